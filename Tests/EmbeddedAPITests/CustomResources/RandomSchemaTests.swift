import KubernetesAPI
import TestSupport
import Testing

@testable import EmbeddedAPI

/// Rules that hold for every schema and every object, tried on random ones.
@Suite struct RandomSchemaTests {
    private static let names = ["a", "b", "c", "metadata", "kind", "apiVersion"]

    @Test(arguments: 0..<40 as Range<UInt64>)
    func preparingTwiceChangesNothingMore(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let schema = StructuralSchema(.object(Self.schema(depth: 4, &random)), patterns: FoundationPatterns())
            guard let object = Self.value(depth: 5, &random).object else { continue }
            let pruned = ObjectPruner.prune(object, schema: schema)
            let again = ObjectPruner.prune(pruned.object, schema: schema)
            #expect(again.object == pruned.object && again.removed.isEmpty, "pruned with \(schema.json)")
            #expect(pruned.removed.isEmpty == (pruned.object == object))
            let filled = ObjectDefaults.apply(pruned.object, schema)
            #expect(ObjectDefaults.apply(filled, schema) == filled, "defaulted with \(schema.json)")
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func anUpdateWithoutChangesIsAlwaysAccepted(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        for _ in 0..<50 {
            let schema = StructuralSchema(.object(Self.schema(depth: 4, &random)), patterns: FoundationPatterns())
            let value = Self.value(depth: 5, &random)
            let errors = ValueValidator.errors(in: value, schema: schema)
            #expect(errors == ValueValidator.errors(in: value, schema: schema), "errors do not depend on the run")
            #expect(ValueValidator.errors(in: value, schema: schema, replacing: value).isEmpty)
            #expect(errors.count == Set(errors).count)
        }
    }

    @Test(arguments: 0..<40 as Range<UInt64>)
    func anyDefinitionCanBeChecked(seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        let rules = DefinitionRules(patterns: FoundationPatterns(), rules: DefinitionTests.RecordingEngine())
        for _ in 0..<30 {
            let schema = Bool.random(using: &random) ? JSONValue.object(Self.schema(depth: 4, &random)) : Self.value(depth: 5, &random)
            let definition = DefinitionStatus.preparedForCreation(DefinitionTests.definition(schema: schema))
            let errors = rules.creationErrors(in: definition)
            #expect(errors == rules.creationErrors(in: definition))
            _ = rules.updateErrors(in: definition, replacing: definition)
            _ = rules.warnings(for: definition)
            guard let resource = CustomResource(definition: definition, patterns: FoundationPatterns()), errors.isEmpty else { continue }
            guard let body = Self.value(depth: 5, &random).object, let decoded = try? resource.storageVersion.decoded(body) else { continue }
            _ = resource.storageVersion.creationFindings(in: resource.storageVersion.preparedForCreation(decoded.object))
        }
    }

    @Test func deepSchemasAndValuesAreWorkedThrough() {
        var schema: JSONValue = ["type": "string", "default": "x"]
        var value: JSONValue = 1
        for _ in 0..<180 {
            schema = ["type": "object", "properties": ["a": schema]]
            value = ["a": value, "b": 1]
        }
        let compiled = StructuralSchema(schema, patterns: FoundationPatterns())
        let pruned = ObjectPruner.prune(value.object ?? [:], schema: compiled)
        #expect(pruned.removed.count == 180)
        #expect(ValueValidator.errors(in: .object(ObjectDefaults.apply(pruned.object, compiled)), schema: compiled).count == 1)
        let definition = DefinitionStatus.preparedForCreation(DefinitionTests.definition(schema: schema))
        #expect(DefinitionRules(patterns: FoundationPatterns()).creationErrors(in: definition).isEmpty)
    }

    // MARK: Random values

    private static func schema(depth: Int, _ random: inout SeededGenerator) -> JSONObject {
        func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &random) < percent }
        var schema = JSONObject()
        let type = ["object", "object", "array", "string", "integer", "number", "boolean", ""].randomElement(using: &random) ?? ""
        if !type.isEmpty { schema["type"] = .string(type) } else { schema["x-kubernetes-int-or-string"] = true }
        if chance(20) { schema["nullable"] = true }
        if chance(10) { schema["x-kubernetes-preserve-unknown-fields"] = true }
        if chance(10) { schema["enum"] = [1, "a", true] }
        if chance(20) { schema["minimum"] = .integer(Int64.random(in: -2...2, using: &random)) }
        if chance(20) { schema["maxLength"] = 1 }
        if chance(10) { schema["format"] = "int32" }
        if chance(10) { schema["multipleOf"] = .double(0.5) }
        if type == "string", chance(30) { schema["default"] = "d" }
        if type == "integer", chance(30) { schema["default"] = 1 }
        if depth > 0 {
            if type == "object" {
                if chance(25) {
                    schema["additionalProperties"] = chance(30) ? .bool(chance(50)) : .object(Self.schema(depth: depth - 1, &random))
                } else {
                    let fields = names.filter { _ in chance(50) }
                    schema["properties"] = .object(
                        JSONObject(uniqueKeysWithValues: fields.map { ($0, .object(Self.schema(depth: depth - 1, &random))) }))
                }
                if chance(20) { schema["required"] = ["a"] }
                if chance(10) { schema["x-kubernetes-embedded-resource"] = true }
            }
            if type == "array" {
                schema["items"] = .object(Self.schema(depth: depth - 1, &random))
                if chance(20) { schema["x-kubernetes-list-type"] = chance(50) ? "set" : "map" }
                if chance(20) { schema["x-kubernetes-list-map-keys"] = ["a"] }
            }
            for keyword in ["anyOf", "oneOf", "allOf"] where chance(8) {
                schema[keyword] = [.object(Self.schema(depth: 0, &random)), ["minimum": 1]]
            }
            if chance(5) { schema["not"] = .object(Self.schema(depth: 0, &random)) }
        }
        return schema
    }

    private static func value(depth: Int, _ random: inout SeededGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 12 : 6), using: &random) {
        case 0: return .null
        case 1: return .bool(Bool.random(using: &random))
        case 2: return .integer(Int64.random(in: -3...3, using: &random))
        case 3: return .double(Double(Int.random(in: -6...6, using: &random)) / 2)
        case 4, 5: return .string(["", "a", "b", "text"].randomElement(using: &random) ?? "")
        case 6, 7: return .array((0..<Int.random(in: 0...3, using: &random)).map { _ in value(depth: depth - 1, &random) })
        default:
            let fields = names.filter { _ in Bool.random(using: &random) }
            return .object(JSONObject(uniqueKeysWithValues: fields.map { ($0, value(depth: depth - 1, &random)) }))
        }
    }
}
