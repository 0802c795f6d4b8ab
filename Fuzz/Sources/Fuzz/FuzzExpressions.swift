import Foundation
import KubernetesAPI

@testable import EmbeddedAPI
@testable import Expressions

private let celEnvironment: ExpressionEnvironment = {
    var environment = ExpressionEnvironment.kubernetes
    for (name, type) in [("self", .dyn), ("n", .int), ("s", .string), ("list", .list(.string)), ("map", .map(.string, .int))] as [(String, ExpressionType)] {
        environment.declare(name, type)
    }
    return environment
}()

private let celValues: [String: ExpressionValue] = [
    "self": DynamicValue.of([
        "name": "web", "replicas": 3, "ratio": 0.5, "tags": ["a", "b", "é"], "limits": ["cpu": "100m"], "none": nil, "at": "2026-01-01T00:00:00Z",
    ]),
    "n": .int(7), "s": .string("héllo wörld"), "list": .list([.string("a"), .string("b"), .string("a")]), "map": .map(DictionaryMap(["x": .int(1)])),
]

/// An expression is refused with places, or evaluated within its limit, each time with the same answer at the same cost.
@Sendable func fuzzCEL(_ bytes: UnsafeRawBufferPointer) {
    let text = String(decoding: bytes.prefix(4096), as: UTF8.self)
    for isChecked in [true, false] {
        let expression: CompiledExpression
        do throws(ExpressionError) {
            expression = try celEnvironment.compile(text, checked: isChecked)
        } catch {
            expect(!error.issues.isEmpty && !error.rendered.isEmpty, "refused without a reason: \(text)")
            continue
        }
        let estimate = expression.estimatedCost()
        expect(estimate.min <= estimate.max, "estimated from \(estimate.min) to \(estimate.max): \(text)")
        func outcome() -> (text: String, cost: UInt64) {
            var cost: UInt64 = 0
            do throws(ExpressionError) {
                let value = try expression.evaluate(celValues, costLimit: 100_000, cost: &cost)
                return ("\(value)", cost)
            } catch {
                return ("error: \(error.rendered)", cost)
            }
        }
        let (first, second) = (outcome(), outcome())
        expect(first.text == second.text && first.cost == second.cost, "two answers: \(first), \(second)")
    }
}

/// The input is a schema, a value of it and one that it replaces, as JSON on lines of their own.
@Sendable func fuzzCELRules(_ bytes: UnsafeRawBufferPointer) {
    guard let lines = jsonLines(bytes, atMost: 3), let json = lines.first, json.object != nil else { return }
    let schema = StructuralSchema(json, patterns: LinearPatterns())
    let place = FieldPath("spec", "validation", "openAPIV3Schema")
    guard !schema.isTooDeep, !schema.hasUnsupportedKeyword, StructuralRules.errors(in: schema, at: place).isEmpty,
        SchemaKeywordRules.errors(in: schema, at: place).isEmpty
    else { return }
    let engine = CELRuleEngine()
    _ = DefaultValueRules(rules: engine).errors(in: schema, at: place)
    let problems = engine.problems(with: schema.ruleSites(at: place), schemaPath: place)
    for problem in problems { _ = "\(problem)" }
    guard problems.isEmpty, lines.count > 1, ValueValidator.errors(in: lines[1], schema: schema).isEmpty else { return }
    for old in [JSONValue?.none, lines.last] {
        let first = ValidationRuleWalk.findings(in: lines[1], schema: schema, replacing: old, engine: engine)
        let second = ValidationRuleWalk.findings(in: lines[1], schema: schema, replacing: old, engine: engine)
        expect(first.errors.map { "\($0)" } == second.errors.map { "\($0)" } && first.warnings == second.warnings, "two findings: \(first), \(second)")
    }
}

/// The input is a pattern and, on the next line, a text: a text sixteen times as long takes about sixteen times as long.
@Sendable func fuzzRegex(_ bytes: UnsafeRawBufferPointer) {
    var choices = Choices(UnsafeRawBufferPointer(rebasing: bytes.prefix(512)))
    let pattern = choices.line()
    let text = choices.rest()
    guard let expression = try? LinearRegex(pattern) else { return }
    func seconds(_ text: String) -> Double {
        let start = clock()
        _ = expression.matches(text)
        return Double(clock() - start) / Double(CLOCKS_PER_SEC)
    }
    expect(expression.matches(text) == (expression.find(in: text) != nil), "matches and finds otherwise: \(pattern)")
    _ = expression.findAll(in: text, limit: 1000)
    let (short, long) = (seconds(text), seconds(String(repeating: text, count: 16)))
    expect(long < 0.5 + 64 * short, "\(short) s for a text, \(long) s for sixteen times as much: \(pattern)")
}
