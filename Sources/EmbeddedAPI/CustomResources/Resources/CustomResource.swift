public import KubernetesAPI

/// A resource that a CustomResourceDefinition defines, compiled once: what the server needs for its objects.
public final class CustomResource: Sendable {
    public let group: String
    /// The names that the definition asks for.
    public let names: DefinitionNames
    /// The names, short names and categories that clients may use.
    public let acceptedNames: DefinitionNames
    public let isNamespaced: Bool
    /// In the order of the definition, the ones that are not served included.
    public let versions: [CustomResourceVersion]
    /// The version in which objects are stored.
    public let storageVersion: CustomResourceVersion

    /// - Parameter definition: a valid CustomResourceDefinition, defaults filled in; nil is returned where it has no storage version.
    public init?(definition: JSONObject, patterns: any PatternMatching) {
        guard let spec = definition["spec"]?.object else { return nil }
        group = spec["group"]?.string ?? ""
        let names = DefinitionNames(json: spec["names"])
        self.names = names
        acceptedNames = DefinitionNames(json: definition["status"]?["acceptedNames"])
        let isNamespaced = spec["scope"]?.string == "Namespaced"
        self.isNamespaced = isNamespaced
        let (group, kind) = (self.group, names.kind)
        let current = (spec["versions"]?.array ?? []).filter { $0["served"]?.bool ?? false && !($0["deprecated"]?.bool ?? false) }
            .compactMap { $0["name"]?.string }
        versions = (spec["versions"]?.array ?? []).map {
            CustomResourceVersion(json: $0, group: group, kind: kind, isNamespaced: isNamespaced, currentVersions: current, patterns: patterns)
        }
        guard let storage = versions.first(where: \.isStorage) else { return nil }
        storageVersion = storage
    }

    /// The version with this name, where it is served.
    public func servedVersion(_ name: String) -> CustomResourceVersion? { versions.first { $0.name == name && $0.isServed } }

    /// An object of `version` in the form in which it is stored: the storage version's fields only.
    public func stored(_ object: JSONObject, from version: CustomResourceVersion) -> JSONObject {
        version === storageVersion ? object : storageVersion.converted(object)
    }

    /// A stored object as clients of `version` read it. Defaults that the definition got since are filled in; fields that `version` does not have are gone.
    public func read(_ stored: JSONObject, as version: CustomResourceVersion) -> JSONObject {
        // A version that was the storage version once has stored objects, too.
        let apiVersion = stored["apiVersion"]?.string
        let origin = versions.first { $0.apiVersion == apiVersion } ?? storageVersion
        let object = ObjectDefaults.apply(ObjectPruner.prune(stored, schema: origin.schema).object, origin.schema)
        return version === origin ? object : version.converted(object)
    }
}

/// One version of a custom resource.
public final class CustomResourceVersion: Sendable {
    public let name: String
    public let group: String
    public let kind: String
    public let isNamespaced: Bool
    public let isServed: Bool
    public let isStorage: Bool
    public let schema: StructuralSchema
    /// `openAPIV3Schema` as the definition has it.
    public let schemaJSON: JSONObject?
    /// How server-side apply merges objects of this version.
    public let mergeSchema: MergeSchema
    /// The schema of `status`, nil where it has none.
    let statusSchema: StructuralSchema?
    public let hasStatus: Bool
    /// Nil without the scale subresource.
    public let scale: ScalePaths?
    public let columns: [PrinterColumn]
    /// In the order of the definition.
    public let selectableFields: [FieldReference]
    /// What clients of a deprecated version are warned of; nil for others.
    public let deprecationWarning: String?

    public var apiVersion: String { "\(group)/\(name)" }
    public var groupKind: GroupKind { GroupKind(group: group, kind: kind) }
    var metadataRules: ObjectMetaRules { ObjectMetaRules(nameRule: .dns1123Subdomain, isNamespaced: isNamespaced) }

    init(json: JSONValue, group: String, kind: String, isNamespaced: Bool, currentVersions: [String], patterns: any PatternMatching) {
        let name = json["name"]?.string ?? ""
        self.name = name
        self.group = group
        self.kind = kind
        self.isNamespaced = isNamespaced
        isServed = json["served"]?.bool ?? false
        isStorage = json["storage"]?.bool ?? false
        schema = StructuralSchema(json["schema"]?["openAPIV3Schema"] ?? [:], patterns: patterns)
        schemaJSON = json["schema"]?["openAPIV3Schema"]?.object
        mergeSchema = .customResource(schemaJSON)
        statusSchema = schema.properties["status"]
        hasStatus = json["subresources"]?["status"]?.object != nil
        scale = ScalePaths(json: json["subresources"]?["scale"])
        columns = PrinterColumn.columns(of: json)
        selectableFields = (json["selectableFields"]?.array ?? []).compactMap { $0["jsonPath"]?.string.map(FieldReference.init) }
        guard json["deprecated"]?.bool ?? false else {
            deprecationWarning = nil
            return
        }
        if let text = json["deprecationWarning"]?.string {
            deprecationWarning = text
        } else {
            let better = APIVersionOrder.sorted(currentVersions).first { APIVersionOrder.precedes($0, name) }
            let replacement = better.map { "; use \(group)/\($0) \(kind)" } ?? ""
            deprecationWarning = "\(group)/\(name) \(kind) is deprecated\(replacement)"
        }
    }

    /// The values of the selectable fields, by their names in field selectors (`spec.v`); empty where the object has no value.
    public func selectableValues(of object: JSONObject) -> [String: String] {
        var values: [String: String] = [:]
        for reference in selectableFields {
            let value = (try? reference.value(in: object)) ?? .null
            values[reference.fields.joined(separator: ".")] = value.isNull ? "" : value.string ?? GoNumber.text(value)
        }
        return values
    }

    /// `columnDefinitions` of the version's Tables.
    public var columnDefinitions: [JSONValue] {
        let name: JSONValue = ["name": "Name", "type": "string", "format": "name", "description": .string(TableTexts.name), "priority": 0]
        return [name] + columns.map(\.definition)
    }

    /// The cells of an object in a Table.
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        [object["metadata"]?["name"] ?? ""] + columns.map { $0.cell(of: object, now: now) }
    }
}
