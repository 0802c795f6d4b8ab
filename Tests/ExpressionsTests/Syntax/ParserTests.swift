import TestSupport
import Testing

@testable import Expressions

struct ParserTests {
    @Test(arguments: [
        ("1 +", "ERROR: <input>:1:4: Syntax error: mismatched input '<EOF>' expecting"),
        ("1 = 2", "<input>:1:3: Syntax error: token recognition error at: '='"),
        ("a.\n b(", "<input>:2:4: Syntax error"), ("let", "<input>:1:1: reserved identifier: let"),
        ("'abc", "<input>:1:1: Syntax error: string literal is not closed"),
        ("has(a)", "invalid argument to has() macro"), ("a.all(b.c, true)", "argument must be a simple name"), ("a.all(x, x, true)", "duplicate variable name"),
        ("9223372036854775808", "invalid int literal"), ("'\\uD800'", "invalid unicode code point"), ("b'\\u0041'", "invalid escape sequence"),
        ("'\\400'", "invalid escape sequence"),
        ("1 2", "mismatched input '2' expecting <EOF>"), ("{1: 2", "mismatched input '<EOF>' expecting"), ("a.`b", "token recognition error"),
        ("", "mismatched input '<EOF>'"), ("[1,,2]", "mismatched input ','"),
    ])
    func refuses(_ text: String, _ message: String) {
        let error = #expect(throws: ExpressionError.self) { try ExpressionEnvironment().compile(text) }
        #expect(error?.kind == .syntax)
        #expect(error?.rendered.contains(message) == true, "\(error?.rendered ?? "")")
    }

    @Test func anErrorShowsItsPlace() {
        let error = #expect(throws: ExpressionError.self) { try ExpressionEnvironment().compile("1 + x") }
        #expect(error?.rendered == "ERROR: <input>:1:5: undeclared reference to 'x' (in container '')\n | 1 + x\n | ....^")
    }

    @Test(arguments: [
        String(repeating: "(", count: 5000), String(repeating: "[", count: 5000), String(repeating: "-1+(", count: 5000),
        "a" + String(repeating: ".b", count: 5000),
        "1" + String(repeating: "+1", count: 5000), "a" + String(repeating: "[0]", count: 5000), String(repeating: "true?true:", count: 5000) + "true",
        String(repeating: "!-", count: 5000) + "1", "[]" + String(repeating: ".map(x, x)", count: 5000), String(repeating: " ", count: 100_001),
    ])
    func largeExpressionsAreRefused(_ text: String) {
        #expect(throws: ExpressionError.self) { try ExpressionEnvironment().compile(text) }
    }

    @Test func longChainsOfAndCostNoDepth() throws {
        let text = Array(repeating: "true", count: 5000).joined(separator: " && ")
        #expect(try evaluate(text).isEqual(to: .bool(true)))
    }

    @Test func anyTextIsParsedOrRefused() {
        var random = SeededGenerator(seed: 1)
        let pieces = [
            "a", "1", "'x'", "(", ")", "[", "]", "{", "}", ".", "?", ":", ",", "+", "-", "!", "&&", "||", "in", "has", "all", "x", " ", "\"", "\\", "b'", "`",
            "1.5", "0x", "u", "==",
        ]
        for _ in 0..<3000 {
            let text = (0..<Int.random(in: 0..<14, using: &random)).map { _ in pieces.randomElement(using: &random) ?? "" }.joined()
            do { _ = try ExpressionEnvironment(libraries: []).compile(text, checked: false).evaluate(["a": .int(1)]) } catch { #expect(!error.issues.isEmpty) }
        }
    }
}
