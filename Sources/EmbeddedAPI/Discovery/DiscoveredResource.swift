public import KubernetesAPI

/// A resource in one version, as discovery and OpenAPI tell clients about it.
public struct DiscoveredResource: Hashable, Sendable {
    /// A path below an object, such as `status`.
    public struct Subresource: Hashable, Sendable {
        public let name: String
        /// The type that is written and read there.
        public let type: GroupVersionKind
        /// Whether discovery names group and version of ``type``, which it does where they are not those of the resource.
        public let namesGroup: Bool
        public let verbs: [String]

        public init(_ name: String, type: GroupVersionKind, namesGroup: Bool = false, verbs: [String]) {
            self.name = name
            self.type = type
            self.namesGroup = namesGroup
            self.verbs = verbs
        }
    }

    public let definition: ResourceDefinition
    /// In the order in which Kubernetes shows them.
    public let verbs: [String]
    /// In the order in which Kubernetes shows them. A server leaves out those that it does not have.
    public var subresources: [Subresource]
    /// The version in which objects are stored; nil for what is not stored.
    public let storageVersion: String?
    /// The schema of a custom resource; nil for a built-in kind, whose schema is that of its declared type.
    public let schema: JSONValue?
    /// The kind of lists.
    public let listKind: String

    public init(
        _ definition: ResourceDefinition, verbs: [String], subresources: [Subresource] = [], storageVersion: String?, schema: JSONValue? = nil,
        listKind: String? = nil
    ) {
        self.definition = definition
        self.verbs = verbs
        self.subresources = subresources
        self.storageVersion = storageVersion
        self.schema = schema
        self.listKind = listKind ?? definition.listKind
    }

    public var groupVersion: GroupVersion { GroupVersion(group: definition.group, version: definition.version) }
    var isNamespaced: Bool { definition.scope == .namespaced }
    var isCustom: Bool { schema != nil }

    /// Opaque to clients: changes with the version in which the objects are stored.
    var storageVersionHash: String? {
        storageVersion.map { Fingerprint(of: Array("\(definition.group)/\($0)/\(definition.kind)".utf8)).base64 }
    }
}

extension DiscoveredResource {
    /// The served versions of a custom resource whose names were accepted, under those names.
    ///
    /// - Parameter isTerminating: whether the definition is being deleted; then its objects can be read and deleted only.
    public static func served(by resource: CustomResource, isTerminating: Bool = false) -> [DiscoveredResource] {
        resource.versions.filter(\.isServed).map { served(as: $0, of: resource, isTerminating: isTerminating) }
    }

    /// One served version of a custom resource.
    public static func served(by version: CustomResourceVersion, of resource: CustomResource) -> DiscoveredResource {
        served(as: version, of: resource, isTerminating: false)
    }

    private static func served(as version: CustomResourceVersion, of resource: CustomResource, isTerminating: Bool) -> DiscoveredResource {
        let names = resource.acceptedNames.kind.isEmpty ? resource.names : resource.acceptedNames
        let scope: ResourceScope = resource.isNamespaced ? .namespaced : .cluster
        let definition = ResourceDefinition(
            group: resource.group, version: version.name, kind: names.kind, plural: names.plural, singular: names.singular, shortNames: names.shortNames,
            categories: names.categories, scope: scope,
            subresources: (version.hasStatus ? ["status"] : []) + (version.scale == nil ? [] : ["scale"]))
        let verbs =
            isTerminating
            ? ["delete", "deletecollection", "get", "list", "watch"] : ["delete", "deletecollection", "get", "list", "patch", "create", "update", "watch"]
        var subresources: [Subresource] = []
        if version.hasStatus { subresources.append(Subresource("status", type: definition.groupVersionKind, verbs: readWrite)) }
        if version.scale != nil { subresources.append(Subresource("scale", type: scale, namesGroup: true, verbs: readWrite)) }
        return DiscoveredResource(
            definition, verbs: verbs, subresources: subresources, storageVersion: resource.storageVersion.name, schema: version.schema.json,
            listKind: names.listKind.isEmpty ? nil : names.listKind)
    }

    static let readWrite = ["get", "patch", "update"]
    static let scale = GroupVersionKind(group: "autoscaling", version: "v1", kind: "Scale")
}
