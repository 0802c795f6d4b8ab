import KubernetesAPI
import Testing

@testable import EmbeddedAPI

@Suite struct StructuralSchemaTests {
    private func schema(_ json: JSONValue) -> StructuralSchema { StructuralSchema(json, patterns: FoundationPatterns()) }
    private func parsed(_ text: String) throws -> JSONValue { try JSONValue(parsing: text) }

    @Test(
        arguments: [
            ("a whole double is an integer", #"{"type":"integer"}"#, "1.0", []),
            (
                "a fraction is no integer", #"{"type":"integer"}"#, "1.5",
                [
                    "v: Invalid value: \"number\": v in body must be of type integer: \"number\"",
                    "<nil>: Invalid value: \"\": Checked value must be of type integer (default format) in v",
                ]
            ),
            (
                "a format names the type of a wrong number", #"{"type":"integer","format":"int64"}"#, "1.5",
                [
                    "v: Invalid value: \"float64\": v in body must be of type int64: \"float64\"",
                    "<nil>: Invalid value: \"\": Checked value must be of type integer with format int64 in v",
                ]
            ),
            (
                "a boolean under a format has no name", #"{"type":"string","format":"date"}"#, "true",
                ["v: Invalid value: \"\": v in body must be of type date: \"\""]
            ),
            ("null needs nullable", #"{"type":"string"}"#, "null", ["v: Invalid value: \"null\": v in body must be of type string: \"null\""]),
            ("null is fine where nullable", #"{"type":"string","nullable":true}"#, "null", []),
            ("int-or-string takes both", #"{"x-kubernetes-int-or-string":true}"#, "\"a\"", []),
            (
                "int-or-string takes nothing else", #"{"x-kubernetes-int-or-string":true}"#, "true",
                ["v: Invalid value: \"boolean\": v in body must be of type integer,string: \"boolean\""]
            ),
            ("lengths count characters", #"{"type":"string","maxLength":3}"#, "\"äöü\"", []),
            ("too long speaks of bytes", #"{"type":"string","maxLength":3}"#, "\"abcd\"", ["v: Too long: may not be more than 3 bytes"]),
            (
                "too many properties", #"{"type":"object","maxProperties":1,"additionalProperties":{"type":"string"}}"#, #"{"a":"","b":""}"#,
                ["v: Too many: 2: must have at most 1 item"]
            ),
            ("too few properties", #"{"type":"object","minProperties":1}"#, "{}", ["v: Invalid value: 0: v in body should have at least 1 properties"]),
            ("bounds may have fractions", #"{"type":"number","maximum":1.5}"#, "1.6", ["v: Invalid value: 1.6: v in body should be less than or equal to 1.5"]),
            ("multipleOf of fractions allows for rounding", #"{"type":"number","multipleOf":0.1}"#, "0.3", []),
            (
                "a bound outside the format is said", #"{"type":"integer","format":"int32","maximum":3000000000}"#, "1",
                ["<nil>: Invalid value: \"\": Maximum boundary value must be of type integer with format int32 in v"]
            ),
            (
                "forbidden properties are named", #"{"type":"object","additionalProperties":false}"#, #"{"x":1}"#,
                ["v: Invalid value: \"x\": v.x in body is a forbidden property"]
            ),
            (
                "repeated errors are reported once", #"{"type":"string","allOf":[{"minLength":2},{"minLength":2}]}"#, "\"a\"",
                [
                    "v: Invalid value: \"a\": v in body should be at least 2 chars long",
                    "<nil>: Invalid value: \"\": \"v\" must validate all the schemas (allOf). None validated",
                ]
            ),
            ("uniqueItems is checked", #"{"type":"array","uniqueItems":true}"#, "[1,1.0]", ["v: Invalid value: \"\": v in body shouldn't contain duplicates"]),
        ] as [(String, String, String, [String])])
    func checksValues(_ rule: String, schema text: String, value: String, errors: [String]) throws {
        let root = schema(["type": "object", "properties": ["v": try parsed(text)]])
        #expect(ValueValidator.errors(in: ["v": try parsed(value)], schema: root).map(\.description) == errors)
    }

    @Test func unchangedValuesMayBreakNewRules() {
        let list = schema([
            "type": "object",
            "properties": [
                "map": [
                    "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                    "items": ["type": "object", "properties": ["name": ["type": "string"], "n": ["type": "integer", "maximum": 5]]],
                ],
                "list": ["type": "array", "items": ["type": "integer", "maximum": 5]],
            ],
        ])
        let old: JSONValue = ["map": [["name": "a", "n": 9], ["name": "b", "n": 1]], "list": [9]]
        let moved: JSONValue = ["map": [["name": "b", "n": 7], ["name": "a", "n": 9]], "list": [9, 1]]
        let errors = ValueValidator.errors(in: moved, schema: list, replacing: old).map(\.path.description)
        #expect(errors == ["map[0].n", "list[0]"], "an item of a map list is found by its key, one of another list is not")
    }

    @Test func pruningFollowsTheSchema() {
        let root = schema([
            "type": "object",
            "properties": [
                "free": ["type": "object", "x-kubernetes-preserve-unknown-fields": true, "properties": ["known": ["type": "object", "properties": [:]]]],
                "bag": ["type": "object", "additionalProperties": true], "embedded": ["type": "object", "x-kubernetes-embedded-resource": true],
            ],
        ])
        let pruned = ObjectPruner.prune(
            [
                "kind": "Widget", "metadata": ["x": 1], "gone": 1, "free": ["any": ["a": 1], "known": ["b": 1]], "bag": ["k": ["x": 1], "n": 1],
                "embedded": ["kind": "Pod", "spec": 1],
            ], schema: root)
        #expect(pruned.removed == ["bag.k.x", "embedded.spec", "free.known.b", "gone"])
        #expect(
            pruned.object == [
                "kind": "Widget", "metadata": ["x": 1], "free": ["any": ["a": 1], "known": [:]], "bag": ["k": [:], "n": 1], "embedded": ["kind": "Pod"],
            ])
    }

    @Test func defaultsReplaceNullsThatAreNotAllowed() {
        let root = schema([
            "type": "object",
            "properties": [
                "a": ["type": "string", "default": "x"], "b": ["type": "string", "nullable": true, "default": "x"], "c": ["type": "string"],
                "l": ["type": "array", "items": ["type": "object", "properties": ["d": ["type": "integer", "default": 1]]]],
            ],
        ])
        #expect(ObjectDefaults.apply(["a": .null, "b": .null, "c": .null, "l": [[:], ["d": 2]]], root) == ["a": "x", "b": .null, "l": [["d": 1], ["d": 2]]])
    }

    @Test func listsOfMapsAndSetsHaveNoDuplicates() {
        let root = schema([
            "type": "object",
            "properties": [
                "m": [
                    "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["port", "name"],
                    "items": ["type": "object", "properties": ["name": ["type": "string"], "port": ["type": "integer"]]],
                ]
            ],
        ])
        let object: JSONObject = ["m": [["name": "a", "port": 1], ["name": "a", "port": 2], ["name": "a", "port": 1], ["name": "a", "port": 1]]]
        #expect(ListTypeRules.errors(in: object, root).map(\.description) == ["m[2]: Duplicate value: {\"name\":\"a\",\"port\":1}"])
    }

    @Test func bigListsTakeLinearTime() {
        let root = schema([
            "type": "object",
            "properties": [
                "m": [
                    "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["n"],
                    "items": ["type": "object", "properties": ["n": ["type": "integer"], "v": ["type": "integer", "maximum": 0]]],
                ]
            ],
        ])
        let items = (1...20_000).map { JSONValue.object(["n": .integer(Int64($0)), "v": 1, "x": 1]) }
        let old = JSONValue.array((1...20_000).reversed().map { JSONValue.object(["n": .integer(Int64($0)), "v": 2]) })
        let clock = ContinuousClock()
        let taken = clock.measure {
            let pruned = ObjectPruner.prune(["m": .array(items)], schema: root)
            #expect(pruned.removed.count == items.count)
            #expect(ListTypeRules.errors(in: pruned.object, root).isEmpty)
            #expect(ValueValidator.errors(in: .object(pruned.object), schema: root, replacing: ["m": old]).count == 20_000)
        }
        #expect(taken < .seconds(20), "quadratic work would take minutes")
    }

    @Test func schemasAreNotReadDeeperThanTheLimit() {
        var deep: JSONValue = ["type": "string"]
        for _ in 0..<400 { deep = ["type": "array", "items": deep] }
        #expect(schema(deep).isTooDeep)
        #expect(!schema(["type": "array", "items": ["type": "string"]]).isTooDeep)
    }
}
