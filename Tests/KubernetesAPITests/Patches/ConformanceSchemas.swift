import TestSupport
import Foundation

@testable import KubernetesAPI

/// The patch metadata of Kubernetes' own types, from `kubernetes-fields.json`.
struct KubernetesFields: Sendable {
    private let definitions: JSONObject
    private let typesByKind: [String: String]

    init?() throws {
        guard let file = Conformance.path("kubernetes-fields.json") else { return nil }
        definitions = try Conformance.json(file)["definitions"]?.object ?? [:]
        var types: [String: String] = [:]
        for (type, definition) in definitions {
            for kind in definition["kinds"]?.array ?? [] {
                let group = kind["group"]?.string ?? ""
                let version = kind["version"]?.string ?? ""
                types["\(group.isEmpty ? version : "\(group)/\(version)") \(kind["kind"]?.string ?? "")"] = type
            }
        }
        typesByKind = types
    }

    /// The schema of the kind of `object`, nil when it is none of Kubernetes' own.
    func schema(of object: JSONObject) -> (any PatchSchema)? {
        let kind = "\(object["apiVersion"]?.string ?? "") \(object["kind"]?.string ?? "")"
        return typesByKind[kind].map { TypeSchema(all: self, type: $0) }
    }

    private struct TypeSchema: PatchSchema {
        let all: KubernetesFields
        let type: String

        func field(_ name: String) -> PatchField? {
            all.definitions[type]?["fields"]?[name].map { field in
                let strategies = field["patchStrategy"]?.string.flatMap { PatchStrategies(parsing: $0) } ?? []
                return PatchField(value(field), strategies: strategies, mergeKey: field["patchMergeKey"]?.string)
            }
        }

        private func value(_ field: JSONValue) -> PatchValue {
            if let type = field["ref"]?.string { return .object(TypeSchema(all: all, type: type)) }
            if let elements = field["list"] { return .list(value(elements)) }
            if let values = field["map"] { return .map(PatchField(value(values))) }
            return .plain
        }
    }
}

/// The patch metadata of a schema in an OpenAPI v3 document.
struct OpenAPISchema: PatchSchema {
    let document: JSONValue
    let name: String

    func field(_ name: String) -> PatchField? {
        document["components"]?["schemas"]?[self.name]?["properties"]?[name].map { property in
            let strategies = property["x-kubernetes-patch-strategy"]?.string.flatMap { PatchStrategies(parsing: $0) } ?? []
            return PatchField(value(property), strategies: strategies, mergeKey: property["x-kubernetes-patch-merge-key"]?.string)
        }
    }

    private func value(_ schema: JSONValue) -> PatchValue {
        if let reference = (schema["allOf"]?[0] ?? schema)["$ref"]?.string {
            return .object(OpenAPISchema(document: document, name: String(reference.dropFirst("#/components/schemas/".count))))
        }
        if let items = schema["items"] { return .list(value(items)) }
        if let values = schema["additionalProperties"] { return .map(PatchField(value(values))) }
        return .plain
    }
}

/// The type for tests of the rules: `items`, `scalars` and `volumes` are merged lists, `plainItems` and `plainScalars` are replaced, and the type refers to
/// itself.
struct RuleSchema: PatchSchema {
    func field(_ name: String) -> PatchField? {
        switch name {
        case "items": PatchField(.list(.object(RuleSchema())), strategies: .merge, mergeKey: "name")
        case "scalars": PatchField(.list(.plain), strategies: .merge)
        case "volumes": PatchField(.list(.object(RuleSchema())), strategies: [.merge, .retainKeys], mergeKey: "name")
        case "plainItems": PatchField(.list(.object(RuleSchema())))
        case "plainScalars": PatchField(.list(.plain))
        case "keyless": PatchField(.list(.object(RuleSchema())), strategies: .merge)
        case "inner": PatchField(.object(RuleSchema()))
        case "replaced": PatchField(.object(RuleSchema()), strategies: .replace)
        case "byName": PatchField(.map(PatchField(.object(RuleSchema()))))
        case "listsByName": PatchField(.map(PatchField(.list(.plain), strategies: .merge)))
        default: nil
        }
    }
}
