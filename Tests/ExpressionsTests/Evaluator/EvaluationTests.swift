import Testing

@testable import Expressions

struct EvaluationTests {
    /// Makes its elements when they are asked for, and counts how often.
    private struct Squares: ExpressionList {
        let count: Int
        subscript(index: Int) -> ExpressionValue { .int(Int64(index * index)) }
    }

    private struct Name: ExpressionMap {
        let count = 1
        let keys: [ExpressionValue] = [.string("name")]
        func value(named name: String) -> ExpressionValue? { name == "name" ? .string("abc") : nil }
    }

    @Test func listsAndMapsOfTheHostAreReadInPlace() throws {
        #expect(
            try evaluate(
                "list[1000000] == 1000000000000 && self.name == 'abc' && !has(self.other)", ["list": .list(Squares(count: 1 << 30)), "self": .map(Name())]
            ).isEqual(to: .bool(true)))
    }

    @Test(
        arguments: [
            ("[1, 2, 3].all(x, 1 / (x - 2) > 5 || x > 0)", true), ("[0, 1].exists(x, 1 / x == 1)", true),
            ("[0, 2].exists(x, 1 / x == 1)", .failure("division by zero")),
            ("{'a': 1}.a", 1), ("{'a': 1}.b", .failure("no such key: b")), ("[1][1]", .failure("index out of bounds: 1")),
            ("-(-9223372036854775807 - 1)", .failure("integer overflow")),
            ("9223372036854775807 + 1", .failure("overflow")), ("1u - 2u", .failure("overflow")), ("1 % 0", .failure("modulus by zero")),
            ("{'a': 1, 'a': 2}", .failure("repeated key")),
            ("timestamp('2024-06-01T12:00:00Z').getHours('Europe/Berlin')", 14), ("timestamp('2060-06-01T12:00:00Z').getHours('Europe/Berlin')", 14),
            ("timestamp('2060-01-01T12:00:00Z').getHours('Europe/Berlin')", 13), ("timestamp('2060-01-01T12:00:00Z').getHours('Australia/Sydney')", 23),
            ("timestamp('2024-01-01T00:00:00Z').getHours('../../etc/passwd')", .failure("unknown time zone")), ("string(duration('-1.5s'))", "'-1.5s'"),
            ("duration('1h1m1s1ms1us1ns')", "duration('3661001001001ns')"),
            ("timestamp('2024-02-30T00:00:00Z')", .failure("type conversion error from 'string' to 'google.protobuf.Timestamp'")),
            ("optional.none().value()", .failure("optional.none() dereference")),
            ("int('1x')", .failure("type conversion error")),
            ("int(9223372036854775807.0)", .failure("overflow")), ("uint(-1)", .failure("overflow")), ("double('nan')", .failure("type conversion error")),
        ] as [(String, Expected)])
    func evaluates(_ text: String, _ expected: Expected) { expect(text, expected) }

    @Test func anErrorOfEvaluationHasItsPlace() {
        let error = #expect(throws: ExpressionError.self) { try evaluate("1 +\n  1 / 0") }
        #expect(error?.issues.first?.line == 2)
        #expect(error?.issues.first?.column == 5)
    }

    @Test func costIsCountedAsCelGoCountsIt() throws {
        var environment = ExpressionEnvironment()
        environment.declare("input", .map(.string, .string))
        func cost(_ text: String) throws -> UInt64 { try environment.compile(text).evaluate(["input": .map(DictionaryMap(["key": .string("value")]))]).cost }
        #expect(try cost("input") == 1)
        #expect(try cost("input['key']") == 2)
        #expect(try cost("input.key") == 2)
        #expect(try cost("'a'.startsWith('a')") == 1)
        #expect(try cost("[1, 2]") == 10)
        #expect(try cost("1 + 2") == 1)
    }

    @Test func aRunawayEvaluationIsStopped() {
        let text = "list.all(a, list.all(b, list.all(c, list.all(d, list.all(e, true)))))"
        let bindings: [String: ExpressionValue] = ["list": .list(Squares(count: 1000))]
        let error = #expect(throws: ExpressionError.self) { try evaluate(text, bindings, costLimit: 100_000) }
        #expect(error?.kind == .costLimit)
        #expect(error?.message == "operation cancelled: actual cost limit exceeded")
        var environment = ExpressionEnvironment()
        environment.declare("list", .dyn)
        let cancelled = #expect(throws: ExpressionError.self) { try environment.compile(text).evaluate(bindings, isCancelled: { true }) }
        #expect(cancelled?.kind == .cancelled)
    }

    @Test(arguments: [
        "optional.of([1, 2, 3, 4])" + String(repeating: ".optMap(x, x + x)", count: 60),
        "optional.of('abcd')" + String(repeating: ".optMap(x, x + x)", count: 60),
        "optional.of('aa')" + String(repeating: ".optMap(x, x.replace('a', 'aaaaaaaa'))", count: 60),
        "optional.of('aa')" + String(repeating: ".optMap(x, [x, x, x, x].join())", count: 60),
        "optional.of([1])" + String(repeating: ".optMap(x, [x, x, x, x].flatten())", count: 60),
        "optional.of(['a'])" + String(repeating: ".optMap(x, dyn([x, x, x, x]))", count: 30) + ".optMap(x, '%s'.format([x]))",
        "optional.of(['a'])" + String(repeating: ".optMap(x, dyn([x, x, x, x]))", count: 30) + ".optMap(x, x == x)",
        "optional.of('a')" + String(repeating: ".optMap(x, '%s%s%s%s'.format([x, x, x, x]))", count: 60),
    ])
    func growingResultsAreStopped(_ text: String) {
        #expect(throws: ExpressionError.self) { try evaluate(text, costLimit: CompiledExpression.defaultCostLimit) }
    }

    @Test func expressionsAsDeepAsAllowedAreEvaluated() throws {
        let depth = 240
        #expect(throws: Never.self) { try evaluate(String(repeating: "[", count: depth) + "1" + String(repeating: "]", count: depth)) }
        #expect(throws: Never.self) { try evaluate("1" + String(repeating: " + 1", count: depth)) }
        #expect(throws: Never.self) { try evaluate("[1]" + String(repeating: ".map(x, x)", count: depth)) }
    }

    @Test func aUsedUpBudgetIsNoErrorThatOrHides() {
        let error = #expect(throws: ExpressionError.self) { try evaluate("list.all(x, x >= 0) || true", ["list": .list(Squares(count: 1000))], costLimit: 50) }
        #expect(error?.kind == .costLimit)
    }

    @Test func hostsCanAddFunctions() throws {
        var environment = ExpressionEnvironment()
        environment.add(
            ExpressionLibrary(functions: [
                ExpressionFunction(
                    "twice",
                    [
                        .function([.int], .int) { (arguments) throws(EvaluationFailure) in
                            guard case .int(let value) = arguments[0] else { throw EvaluationFailure("no number") }
                            return .int(value * 2)
                        }
                    ])
            ]))
        #expect(try evaluate("twice(21)", in: environment).isEqual(to: .int(42)))
    }
}
