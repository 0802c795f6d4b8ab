import KubernetesAPI
import Testing

@testable import EmbeddedAPI

/// The estimated cost of rules by the limits of their schema, as Kubernetes' own tests have it (`TestCostEstimation` of its CEL compiler).
struct RuleCostTests {
    private static func list(of items: JSONValue) -> JSONValue { ["type": "array", "items": items] }
    private static func map(of values: JSONValue) -> JSONValue { ["type": "object", "additionalProperties": values] }
    private static func text(_ format: String) -> JSONValue { ["type": "string", "format": .string(format)] }
    private static let string: JSONValue = ["type": "string"]
    private static let number: JSONValue = ["type": "number"]
    private static let bool: JSONValue = ["type": "boolean"]
    private static let any: JSONValue = ["x-kubernetes-int-or-string": true]

    @Test(
        arguments: [
            (list(of: number), "self.all(x, true)", 4_718_591), (list(of: string), "self.all(x, true)", 3_145_727),
            (list(of: bool), "self.all(x, true)", 1_887_437), (list(of: list(of: number)), "self.all(x, true)", 3_145_727),
            (map(of: number), "self.all(x, true)", 1_348_169), (map(of: string), "self.all(x, true)", 1_179_647), (map(of: bool), "self.all(x, true)", 943_718),
            (string, "self.contains('test')", 314_574), (string, "self.startsWith('test')", 2), (string, "size(self + \"hello\") > size(\"hello\")", 314_578),
            (list(of: number), "self[1] == 0.0", 2), (list(of: string), "self[1] == self[1]", 314_577), (string, "self.matches(\"x\")", 314_574),
            (string, "\"\".matches(\"(((((((((())))))))))[0-9]\")", 7), (string, "self.matches(\"\")", 1),
            (map(of: string), "self.all(x, x.contains(self[x]))", 2_752_507), (string, "self == \"x\"", 2), (text("byte"), "self == b\"x\"", 2),
            (list(of: number), "self.all(x, x == 0.0)", 6_291_454), (list(of: any), "self.all(x, true)", 4_718_591), (list(of: any), "self[0] == 5", 3),
            (list(of: bool), "self[0] == false", 2), (list(of: list(of: number)), "self[0][0] == -1.0", 3),
            (list(of: map(of: number)), "self.all(x, x.y == 25.2)", 6_291_452), (list(of: map(of: number)), "self[0].x > 2.0", 4),
            (list(of: text("duration")), "self.all(x, true)", 2_359_295), (list(of: text("duration")), "self[0].getHours() == 2", 4),
            (list(of: text("date")), "self.all(x, true)", 725_936), (list(of: text("date-time")), "self.all(x, true)", 428_963),
            (map(of: any), "self.all(x, true)", 1_348_169), (map(of: text("duration")), "self.all(x, true)", 1_048_577),
            (map(of: text("date")), "self.all(x, true)", 524_288), (map(of: text("date-time")), "self.all(x, true)", 349_526),
            (string, "self.find('[0-9]+') == ''", 629_147), (list(of: string), "self.join(' ') == 'aa bb'", 329_853_068_905),
            (list(of: string), "self.isSorted() == true", 329_854_432_052), (string, "self.lowerAscii() == 'lower!'", 314_575),
            (map(of: ["type": "integer"]), "oldSelf.size() == self.size()", 5), (map(of: text("date-time")), "self[\"a\"] == self[\"b\"]", 8),
            (["type": "string", "enum": ["A", "B", "C", "LongValue"]], "self.contains('A')", 2),
            (["type": "string", "maxLength": 10], "self.contains('test')", 5), (["type": "string", "maxLength": 50], "self.matches(\"x\")", 22),
            (["type": "array", "maxItems": 10, "items": number], "self.all(x, self.all(y, self.all(z, true)))", 3552),
            (["type": "array", "maxItems": 10, "items": ["type": "string", "maxLength": 10]], "self.join(' ') == 'aa bb'", 43),
            (["type": "array", "maxItems": 10, "items": ["type": "string", "maxLength": 10]], "self.isSorted() == true", 52),
            (
                ["type": "array", "items": ["type": "object", "properties": ["required": string, "optional": string], "required": ["required"]]],
                "self.all(x, true)", 555_128
            ),
            (
                [
                    "type": "object",
                    "properties": ["str": string, "before": ["type": "string", "maxLength": 2], "after": ["type": "string", "maxLength": 4]],
                ],
                "self.str.replace(self.before, self.after) == 'does not matter'", 629_154
            ),
            (["type": "object", "properties": ["str": string, "separator": string]], "self.str.split(self.separator) == []", 629_160),
            (["type": "object", "properties": ["x": string]], "has(self.x)", 1),
        ] as [(JSONValue, String, UInt64)])
    func estimates(_ schema: JSONValue, _ rule: String, _ cost: UInt64) throws {
        var json = schema.object ?? JSONObject()
        json["x-kubernetes-validations"] = [["rule": .string(rule)]]
        let compiled = CompiledRules(StructuralSchema(.object(json), patterns: LinearPatterns()), isResource: false)
        let type = try #require(compiled.type)
        #expect(compiled.rules[0].problem == nil)
        #expect(compiled.rules[0].expression?.estimatedCost(sizes: DeclaredSizes(root: type)).max == cost, "\(rule)")
    }
}
