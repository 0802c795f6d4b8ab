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

/// A repeatable sequence of random numbers (SplitMix64).
struct SeededGenerator: RandomNumberGenerator {
    private var state: UInt64
    init(seed: UInt64) { state = seed }

    mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var z = state
        z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
        z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
        return z ^ (z >> 31)
    }
}

extension JSONValue {
    /// A random value with few different keys, so that two of them have much in common.
    static func random(depth: Int, nulls: Bool, using generator: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 5), using: &generator) {
        case 0: return nulls ? .null : 0
        case 1: return .bool(Bool.random(using: &generator))
        case 2: return .integer(Int64.random(in: -2...2, using: &generator))
        case 3: return .double(Double(Int.random(in: -9...9, using: &generator)) / 4)
        case 4: return .string(["", "a", "b~/", "é", "e\u{301}"].randomElement(using: &generator) ?? "")
        case 5:
            return .array((0..<Int.random(in: 0...3, using: &generator)).map { _ in random(depth: depth - 1, nulls: nulls, using: &generator) })
        default:
            var object = JSONObject()
            let many = Int.random(in: 0..<20, using: &generator) == 0
            let keys = many ? (0..<60).map { "k\($0)" } : ["a", "b", "c/d", "é", "e\u{301}", ""]
            for _ in 0..<(many ? 40 : Int.random(in: 0...5, using: &generator)) {
                let key = keys.randomElement(using: &generator) ?? ""
                object[key] = random(depth: depth - 1, nulls: nulls, using: &generator)
            }
            return .object(object)
        }
    }
}
