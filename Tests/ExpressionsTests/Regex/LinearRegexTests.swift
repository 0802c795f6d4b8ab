import Testing

@testable import Expressions

struct LinearRegexTests {
    @Test(
        arguments: [
            ("abc", "xabcx", "abc"), ("a|ab", "ab", "a"), ("ab|a", "ab", "ab"), ("a+?", "aaa", "a"), ("a{2,3}", "aaaa", "aaa"), ("a{2,3}?", "aaaa", "aa"),
            ("a{,2}", "a{,2}", "a{,2}"),
            ("^b", "ab", nil), ("(?m)^b$", "a\nb\nc", "b"), ("a.c", "a\nc", nil), ("(?s)a.c", "a\nc", "a\nc"), ("(?i)ÄB", "äb", "äb"), ("(?i:a)b", "Ab", "Ab"),
            ("(?i:a)b", "AB", nil),
            ("\\bfoo\\b", "a foo b", "foo"), ("\\Bo", "foo", "o"), ("\\d+\\s\\w+", "x 12 ab_", "12 ab_"), ("[^\\d]+", "12ab", "ab"),
            ("[[:alpha:]]+", "1ab2", "ab"), ("[[:^alpha:]]+", "a12b", "12"),
            ("\\pL+", "1äβ2", "äβ"), ("\\p{Greek}+", "abαβγ", "αβγ"), ("\\PL+", "ab12", "12"), ("\\p{^Lu}+", "Abc", "bc"), ("[\\p{Lu}x]+", "aXxY", "XxY"),
            ("\\x41\\x{1F600}", "A😀", "A😀"),
            ("\\Qa.b\\E+", "a.bbb", "a.bbb"), ("[]a]+", "]a", "]a"), ("[a-]+", "-a-", "-a-"), ("(a*)*b", "aab", "aab"), ("(|a)+", "aaa", ""), ("()", "x", ""),
            ("(?P<n>a)(?<m>b)", "ab", "ab"),
            ("\\Aab\\z", "ab", "ab"), ("a$", "a\n", nil), ("(?U)a+", "aa", "a"), ("\\.", "a.b", "."), ("[\\W]", "a-", "-"), ("x*", "aaa", ""),
            ("\\141", "a", "a"),
        ] as [(String, String, String?)])
    func findsTheLeftmostPreferredMatch(_ pattern: String, _ text: String, _ match: String?) throws {
        let expression = try LinearRegex(pattern)
        #expect(expression.find(in: text) == match)
        #expect(expression.matches(text) == (match != nil))
    }

    @Test(arguments: [
        ("(", "missing closing )"), (")", "unexpected )"), ("[a", "missing closing ]"), ("*a", "missing argument to repetition operator"),
        ("a**", "invalid nested repetition operator"),
        ("a{1001}", "invalid repeat count"), ("(a{100}){100}", "invalid repeat count"), ("((a{10}){10}){11}", "invalid repeat count"),
        ("a{3,2}", "invalid repeat count"), ("[b-a]", "invalid character class range"), ("\\8", "invalid escape sequence"),
        ("(?=a)", "invalid or unsupported Perl syntax"), ("\\p{Nope}", "invalid character class range"), ("a\\", "trailing backslash"),
        ("(?<1", "invalid named capture"), ("[[:nope:]]", "invalid character class range"),
    ])
    func refuses(_ pattern: String, _ message: String) {
        let error = #expect(throws: LinearRegex.Failure.self) { try LinearRegex(pattern) }
        #expect(error?.message.contains(message) == true, "\(error?.message ?? "")")
    }

    @Test func deepNestingAndLargeProgramsAreRefused() {
        #expect(throws: LinearRegex.Failure.self) { try LinearRegex(String(repeating: "(", count: 5000) + String(repeating: ")", count: 5000)) }
        #expect(throws: LinearRegex.Failure.self) { try LinearRegex(String(repeating: "a{1000}", count: 100)) }
    }

    @Test func findingAllGivesUpBeforeItTakesSquareTime() throws {
        #expect(try LinearRegex("a.*z|a").findAll(in: String(repeating: "a", count: 20_000), limit: .max) == nil)
        #expect(try LinearRegex("a").findAll(in: String(repeating: "a", count: 20_000), limit: .max)?.count == 20_000)
    }

    @Test func timeGrowsWithTheTextOnly() throws {
        // Backtracking engines need 2^n steps for it.
        let expression = try LinearRegex("(a?){60}a{60}")
        #expect(expression.matches(String(repeating: "a", count: 60)))
        #expect(try !LinearRegex("(a+)+$").matches(String(repeating: "a", count: 20_000) + "b"))
    }
}
