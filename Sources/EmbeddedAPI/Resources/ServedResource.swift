import KubernetesAPI
import Synchronization

/// One resource in one version, as requests find it.
final class ServedResource: Sendable {
    let definition: ResourceDefinition
    /// Where its objects are stored.
    let storage: GroupResource
    let rules: any ResourceRules
    /// Merging and ownership for requests to the object, and to its status.
    let apply: ServerSideApply
    let statusApply: ServerSideApply
    /// The path of `replicas` in the objects of each version, by apiVersion, where there is a scale.
    let replicasPaths: [String: [PathElement]]
    let isCustom: Bool
    /// All versions in which the resource is served.
    let servedVersions: [String]
    /// The version at which the resource came to be, while the server ran: nobody can have seen an earlier one in a list of it. 0 for others.
    let firstVersion: Int64
    /// How the resource is shown as a Table.
    let table: TableAnswer
    /// The kind of lists.
    let listKind: String
    /// How discovery and OpenAPI tell clients about the resource.
    let discovered: DiscoveredResource
    /// What the object of a bookmark has, its metadata aside.
    let emptyForBookmarks: JSONObject
    /// Tells this resource, as its definition is now, from all others: what stored objects know their reader by.
    private let reader = ServedResource.lastReader.add(1, ordering: .relaxed).newValue
    private static let lastReader = Atomic<Int>(0)

    var isNamespaced: Bool { definition.scope == .namespaced }
    var groupResource: GroupResource { definition.groupResource }
    var kind: GroupVersionKind { definition.groupVersionKind }
    var groupKind: GroupKind { GroupKind(group: definition.group, kind: definition.kind) }

    init(builtIn: any BuiltInKind) {
        let definition = builtIn.type.resource
        self.definition = definition
        let stored = (builtIn as? any ConvertedKind)?.storedType.resource ?? definition
        storage = stored.groupResource
        rules = BuiltInRules(builtIn)
        isCustom = false
        let forms = FormsOfKind(of: builtIn)
        servedVersions = forms.versions
        firstVersion = 0
        table = TableAnswer(builtIn)
        listKind = definition.listKind
        discovered = .builtIn(definition)
        var empty: JSONObject = ["kind": .string(definition.kind), "apiVersion": .string(definition.apiVersion)]
        for (name, value) in builtIn.emptyObject { empty[name] = value }
        emptyForBookmarks = empty
        let schemas = forms.schemas
        apply = ServerSideApply(
            kind: definition.groupVersionKind, schemas: schemas, resetFields: ResetFields.object(hasStatus: definition.subresources.contains("status")),
            emptyObject: builtIn.emptyObject, conversion: forms.converted)
        statusApply = ServerSideApply(
            kind: definition.groupVersionKind, subresource: "status", schemas: schemas,
            resetFields: ResetFields.status(of: GroupKind(group: definition.group, kind: definition.kind)), emptyObject: builtIn.emptyObject,
            conversion: forms.converted)
        replicasPaths = definition.subresources.contains("scale") ? [definition.apiVersion: ["spec", "replicas"]] : [:]
    }

    init(custom: CustomResource, version: CustomResourceVersion, rules engine: any ValidationRuleEngine, firstVersion: Int64) {
        self.firstVersion = firstVersion
        let names = custom.acceptedNames
        var subresources: [String] = []
        if version.hasStatus { subresources.append("status") }
        if version.scale != nil { subresources.append("scale") }
        definition = ResourceDefinition(
            group: custom.group, version: version.name, kind: names.kind, plural: names.plural, singular: names.singular, shortNames: names.shortNames,
            categories: names.categories, scope: custom.isNamespaced ? .namespaced : .cluster, subresources: subresources)
        storage = GroupResource(group: custom.group, resource: names.plural)
        rules = CustomRules(resource: custom, version: version, rules: engine)
        isCustom = true
        servedVersions = custom.versions.filter(\.isServed).map(\.name)
        table = TableAnswer(version)
        listKind = names.listKind.isEmpty ? definition.listKind : names.listKind
        discovered = .served(by: version, of: custom)
        emptyForBookmarks = ["kind": .string(definition.kind), "apiVersion": .string(definition.apiVersion)]
        var schemas: [String: MergeSchema] = [:]
        for version in custom.versions where version.isServed { schemas[version.apiVersion] = version.mergeSchema }
        let kind = definition.groupVersionKind
        apply = ServerSideApply(kind: kind, schemas: schemas, resetFields: ResetFields.object(hasStatus: version.hasStatus))
        statusApply = ServerSideApply(kind: kind, subresource: "status", schemas: schemas, resetFields: ResetFields.customResourceStatus)
        replicasPaths = Dictionary(
            custom.versions.compactMap { version in version.scale.map { (version.apiVersion, $0.specReplicas.fields.map { .field($0) }) } }
        ) { first, _ in first }
    }

    /// Whether a PUT makes an object that does not exist.
    var createsOnUpdate: Bool {
        switch (definition.group, definition.plural) {
        case ("coordination.k8s.io", "leases"), ("rbac.authorization.k8s.io", _), ("", "events"), ("events.k8s.io", _), ("", "endpoints"), ("", "limitranges"),
            ("", "services"), ("discovery.k8s.io", _):
            true
        default: false
        }
    }

    /// Whether a deletion is answered with the object and not with a Status.
    var returnsDeletedObject: Bool {
        definition.group.isEmpty
            && ["pods", "services", "serviceaccounts", "podtemplates", "persistentvolumes", "persistentvolumeclaims", "resourcequotas", "limitranges"]
                .contains(definition.plural)
    }

    /// An object as clients of this version read it.
    func read(_ stored: JSONObject) -> JSONObject { rules.read(stored) }

    /// An object as clients of this version read it, in one line of JSON. Mostly these are the stored bytes, which is found out once for each object.
    func bytes(of stored: StoredObject) throws -> [UInt8] {
        if rules.readsStoredBytes || stored.isPlain(for: reader) { return stored.bytes }
        let bytes = JSONValue.object(read(try stored.decoded())).serialized()
        guard bytes == stored.bytes else { return bytes }
        stored.notePlain(for: reader)
        return stored.bytes
    }

    /// A stored object with its type first, which is how lists of built-in kinds can leave it out cheaply.
    func typed(_ object: JSONObject) -> JSONObject {
        var typed = JSONObject()
        typed["kind"] = object["kind"] ?? .string(definition.kind)
        typed["apiVersion"] = object["apiVersion"] ?? .string(definition.apiVersion)
        for (key, value) in object where key != "kind" && key != "apiVersion" { typed[key] = value }
        return typed
    }
}
