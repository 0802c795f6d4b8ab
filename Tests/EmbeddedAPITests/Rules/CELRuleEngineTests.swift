import EmbeddedAPI
import KubernetesAPI
import Testing

/// Rules of schemas where no recording shows what happens.
struct CELRuleEngineTests {
    private static let place = FieldPath("spec", "validation", "openAPIV3Schema")

    private static func root(_ spec: JSONValue) -> StructuralSchema {
        StructuralSchema(["type": "object", "properties": ["spec": spec]], patterns: LinearPatterns())
    }

    private static func problems(_ spec: JSONValue) -> [String] {
        CELRuleEngine().problems(with: root(spec).ruleSites(at: place), schemaPath: place).map { "\($0.path): \($0.message)" }
    }

    private static func rules(_ rules: JSONValue..., in schema: JSONValue = ["type": "string"]) -> JSONValue {
        var object = schema.object ?? JSONObject()
        object["x-kubernetes-validations"] = .array(rules)
        return .object(object)
    }

    private static func printed(_ rule: String) -> String {
        "{\"Rule\":\"\(rule)\",\"Message\":\"\",\"MessageExpression\":\"\",\"Reason\":null,\"FieldPath\":\"\",\"OptionalOldSelf\":null}"
    }
    private static let advice =
        "(try simplifying the rule, or adding maxItems, maxProperties, and maxLength where arrays, maps, and strings are declared)"

    @Test func aRuleThatDoesNotCompileIsShownWithItsPlace() {
        #expect(
            Self.problems(Self.rules(["rule": "self > 1"])) == [
                "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].rule: Invalid value: \(Self.printed("self > 1")): "
                    + "compilation failed: ERROR: <input>:1:6: found no matching overload for '_>_' applied to '(string, int)'\n | self > 1\n | .....^"
            ])
    }

    @Test func oldSelfIsForValuesThatCanBeMatched() {
        let list: JSONValue = ["type": "array", "maxItems": 3, "items": Self.rules(["rule": "self == oldSelf"], in: ["type": "string", "maxLength": 9])]
        #expect(
            Self.problems(list) == [
                "spec.validation.openAPIV3Schema.properties[spec].items.x-kubernetes-validations[0].rule: Invalid value: \"self == oldSelf\": "
                    + "oldSelf cannot be used on the uncorrelatable portion of the schema within spec.validation.openAPIV3Schema.properties[spec]"
            ])
        #expect(
            Self.problems(Self.rules(["rule": "self != ''", "optionalOldSelf": true])) == [
                "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].optionalOldSelf: Invalid value: true: "
                    + "may not be set if oldSelf is not used in rule"
            ])
    }

    @Test func messagesHaveABudgetOfTheirOwn() {
        let number: JSONValue = ["type": "integer"]
        let place = "spec.validation.openAPIV3Schema.properties[spec].x-kubernetes-validations[0].messageExpression"
        let problems = Self.problems(Self.rules(["rule": "self > 0", "messageExpression": "'got ' + string(self)"], in: number))
        #expect(problems.first == "\(place): Forbidden: estimated messageExpression cost exceeds budget by factor of more than 100x \(Self.advice)")
        #expect(problems.count == 3)
        #expect(Self.problems(Self.rules(["rule": "self > 0", "messageExpression": "'got %d'.format([self])"], in: number)).isEmpty)
    }

    @Test func smallFactorsAreExact() {
        // 314,575 units for each of 41 values.
        let list: JSONValue = ["type": "array", "maxItems": 41, "items": Self.rules(["rule": "self.lowerAscii() == 'x'"])]
        let problems = Self.problems(list)
        #expect(problems.count == 1)
        #expect(problems[0].contains("estimated rule cost exceeds budget by factor of 1.289757x"), "\(problems[0])")
    }

    private static func findings(_ spec: JSONValue, _ value: JSONValue, replacing old: JSONValue? = nil) -> (errors: [String], warnings: [String]) {
        let found = ValidationRuleWalk.findings(
            in: ["spec": value], schema: root(spec), replacing: old.map { ["spec": $0] }, engine: CELRuleEngine())
        return (found.errors.map { "\($0)" }, found.warnings)
    }

    @Test(
        arguments: [
            (
                "sets are equal in any order", ["type": "array", "x-kubernetes-list-type": "set", "items": ["type": "string"]], "self == oldSelf",
                ["a", "b"], ["b", "a"]
            ),
            ("lists are not", ["type": "array", "items": ["type": "string"]], "self != oldSelf", ["a", "b"], ["b", "a"]),
            (
                "maps as lists are equal in any order",
                [
                    "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["n"],
                    "items": ["type": "object", "properties": ["n": ["type": "string"], "v": ["type": "integer"]]],
                ], "self == oldSelf", [["n": "a", "v": 1], ["n": "b", "v": 2]], [["n": "b", "v": 2], ["n": "a", "v": 1]]
            ),
            (
                "a sum of maps as lists keeps one item for each key",
                [
                    "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["n"],
                    "items": ["type": "object", "properties": ["n": ["type": "string"], "v": ["type": "integer"]]],
                ], "(oldSelf + self)[0].v == 3 && (oldSelf + self).size() == 2", [["n": "a", "v": 3]], [["n": "a", "v": 1], ["n": "b", "v": 2]]
            ),
            ("numbers are doubles", ["type": "number"], "type(self) == double && self == 1.0", 1, 1),
            ("an int-or-string is what it is", ["x-kubernetes-int-or-string": true], "type(self) == int ? self == 80 : self == 'http'", 80, "http"),
            (
                "moments are moments", ["type": "string", "format": "date-time"], "self - oldSelf == duration('1h')", "2024-01-01T01:00:00Z",
                "2024-01-01T00:00:00Z"
            ),
            ("words for durations count", ["type": "string", "format": "duration"], "self == duration('48h')", "2 days", "1s"),
            (
                "an embedded resource shows its type",
                ["type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true],
                "self.kind == 'Pod' && self.metadata.name == 'p'",
                ["apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p"]], ["apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p"]]
            ),
            (
                "null is a value of nullable fields", ["type": "object", "properties": ["x": ["type": "object", "nullable": true]]], "self.x == null",
                ["x": nil], [:]
            ),
        ] as [(String, JSONValue, String, JSONValue, JSONValue)])
    func types(_ name: String, _ schema: JSONValue, _ rule: String, _ value: JSONValue, _ old: JSONValue) {
        #expect(Self.findings(Self.rules(["rule": .string(rule)], in: schema), value, replacing: old).errors == [], "\(name)")
    }

    @Test func whatAnUpdateLeavesIsAWarning() {
        let found = Self.findings(Self.rules(["rule": "self != 'a'", "message": "not a"]), "a", replacing: "a")
        #expect(found.errors == [])
        #expect(found.warnings == ["spec: Invalid value: \"a\": not a"])
    }

    @Test func aRuleMayNotCostTooMuch() {
        let schema = Self.rules(["rule": "self.all(x, self.all(y, x + y >= 0))", "message": "sums"], in: ["type": "array", "items": ["type": "integer"]])
        let found = Self.findings(schema, .array((0..<1000).map { .integer($0) }))
        #expect(
            found.errors == [
                "spec: Invalid value: \"array\": 'operation cancelled: actual cost limit exceeded': no further validation rules will be run due to call cost "
                    + "exceeds limit for rule: sums"
            ])
    }

    @Test func errorsOfOverloadsAreExplained() {
        let found = Self.findings(Self.rules(["rule": "self + 1 > 0"], in: ["x-kubernetes-int-or-string": true]), "x")
        #expect(
            found.errors == [
                "spec: Invalid value: \"\": 'no such overload': call arguments did not match a supported operator, function or macro signature for rule: "
                    + "self + 1 > 0"
            ])
    }
}
