import KubernetesAPI

/// A definition in the form in which Kubernetes validates it, which is why errors name places that the definition does not have: what all versions have in
/// common stands at the top (`spec.validation`, `spec.subresources`), and not in the versions.
struct HoistedDefinition {
    struct Version {
        let name: String
        let json: JSONValue
        let isStorage: Bool
        var parts: Parts
    }

    /// What stands either at the top or in a version; nil or empty where it is absent.
    struct Parts {
        var schema: JSONValue?
        var subresources: JSONValue?
        var columns: [JSONValue] = []
        var selectableFields: [JSONValue] = []
    }

    let metadata: JSONObject
    let spec: JSONObject
    let status: JSONObject
    let names: DefinitionNames
    var versions: [Version]
    var shared = Parts()

    init(_ definition: JSONObject) {
        metadata = definition["metadata"]?.object ?? JSONObject()
        let spec = definition["spec"]?.object ?? JSONObject()
        self.spec = spec
        status = definition["status"]?.object ?? JSONObject()
        names = DefinitionNames(json: spec["names"])
        versions = (spec["versions"]?.array ?? []).map { json in
            Version(
                name: json["name"]?.string ?? "", json: json, isStorage: json["storage"]?.bool ?? false,
                parts: Parts(
                    schema: json["schema"].present, subresources: json["subresources"].present, columns: json["additionalPrinterColumns"]?.array ?? [],
                    selectableFields: json["selectableFields"]?.array ?? []))
        }
        guard let first = versions.first?.parts else { return }
        if versions.allSatisfy({ $0.parts.schema == first.schema }) {
            shared.schema = first.schema
            for index in versions.indices { versions[index].parts.schema = nil }
        }
        if versions.allSatisfy({ $0.parts.subresources == first.subresources }) {
            shared.subresources = first.subresources
            for index in versions.indices { versions[index].parts.subresources = nil }
        }
        if versions.allSatisfy({ $0.parts.columns == first.columns }) {
            shared.columns = first.columns
            for index in versions.indices { versions[index].parts.columns = [] }
        }
        if versions.allSatisfy({ $0.parts.selectableFields == first.selectableFields }) {
            shared.selectableFields = first.selectableFields
            for index in versions.indices { versions[index].parts.selectableFields = [] }
        }
    }

    /// The names of the versions that have the same schema in another definition.
    func versionsWithSchemas(of other: HoistedDefinition) -> Set<String> {
        var schemas: [String: JSONValue] = [:]
        for version in other.versions { schemas[version.name] = version.json["schema"].present }
        return Set(versions.filter { version in version.json["schema"].present.map { schemas[version.name] == $0 } ?? false }.map(\.name))
    }

    /// The versions as a message prints them, with the names of the server's own fields.
    var printedVersions: JSONValue {
        if versions.isEmpty { return .null }
        return .array(
            versions.map {
                ["Name": .string($0.name), "Served": $0.json["served"] ?? false, "Storage": .bool($0.isStorage)]
            })
    }
}
