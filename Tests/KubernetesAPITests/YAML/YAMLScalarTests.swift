import Testing

@testable import KubernetesAPI

@Suite struct YAMLScalarTests {
    /// What kubectl makes of each text; ``theTablesAreWhatKubectlReads()`` asks it.
    static let kubectl: [(text: String, value: JSONValue)] = [
        // words
        ("y", true), ("Y", true), ("yes", true), ("Yes", true), ("YES", true), ("on", true), ("On", true), ("ON", true), ("true", true), ("True", true),
        ("TRUE", true),
        ("n", false), ("N", false), ("no", false), ("No", false), ("NO", false), ("off", false), ("Off", false), ("OFF", false), ("false", false),
        ("FALSE", false),
        ("yES", "yES"), ("tRUE", "tRUE"), ("oN", "oN"), ("yesss", "yesss"), ("~", nil), ("null", nil), ("Null", nil), ("NULL", nil), ("", nil),
        ("nULL", "nULL"), ("~a", "~a"),
        // integers
        ("0", 0), ("-0", 0), ("12", 12), ("+12", 12), ("-12", -12), ("1_000", 1000), ("1_", 1), ("+_1", 1), ("_1", "_1"), ("010", 8), ("00", 0), ("0o10", 8),
        ("0O10", 8), ("0o8", "0o8"),
        ("0x1F", 31), ("0X1f", 31), ("-0x1f", -31), ("+0x1", 1), ("0x", "0x"), ("0x_1", 1), ("0b11", 3), ("0B11", 3), ("-0b11", -3), ("0b2", "0b2"),
        ("0b+1", 1), ("0b-1", -1),
        ("9223372036854775807", .integer(.max)), ("-9223372036854775808", .integer(.min)), ("9223372036854775808", 9223372036854775808.0),
        ("9007199254740993", 9007199254740993),
        ("18446744073709551615", 18446744073709551615.0), ("-9223372036854775809", -9223372036854775809.0), ("99999999999999999999", 1e20),
        ("0xFFFFFFFFFFFFFFFF", 18446744073709551615.0), ("0b1111111111111111111111111111111111111111111111111111111111111111", 18446744073709551615.0),
        ("1,000", "1,000"),
        // floats
        ("1.5", 1.5), ("1.0", 1), ("5.", 5), (".5", 0.5), ("+.5", 0.5), ("-.5e3", -500), ("0.", 0), ("08", 8), ("1e3", 1000), ("-2E+05", -200000),
        ("12e03", 12000), ("1_0.5", 10.5),
        ("1_000e1_0", 1e13), (".5_0", 0.5), (".5_", ".5_"), ("._5", "._5"), (".e5", ".e5"), ("1e-400", 0), ("1e400", "1e400"), (".1e400", ".1e400"),
        ("0x1p-2", "0x1p-2"), ("1e", "1e"),
        ("-.inF", "-.inF"), ("inf", "inf"), ("nan", "nan"),
        // text in other readers' eyes a number or a time
        ("1:30", "1:30"), ("190:20:30", "190:20:30"), ("2001-01-01", "2001-01-01"), ("2001-01-01T00:00:00Z", "2001-01-01T00:00:00Z"), ("=", "="),
        ("1.2.3", "1.2.3"), ("100m", "100m"),
        // quotes and tags
        ("\"12\"", "12"), ("'yes'", "yes"), ("! 12", "12"), ("! \"12\"", "12"), ("!foo 12", "12"), ("!!str 12", "12"), ("!!str", ""), ("!!int \"12\"", 12),
        ("!!float 3", 3), ("!!bool y", true),
        ("!!null null", nil), ("!!null \"\"", nil), ("!!binary aGVsbG8=", "hello"), ("!!timestamp 2001-01-01", "2001-01-01"),
        ("!<tag:yaml.org,2002:int> 0x10", 16),
        ("&anchor 12", 12), ("&anchor ! 12", "12"), ("! &anchor 12", "12"), ("!foo [1, 2]", [1, 2]), ("!!set {a, b}", ["a": nil, "b": nil]),
    ]

    @Test(arguments: kubectl) func isReadAsKubectlDoes(text: String, value: JSONValue) throws {
        #expect(try JSONValue(parsingYAML: "key: \(text)\n") == ["key": value])
    }

    static let kubectlKeys: [(key: String, text: String)] = [
        ("12", "12"), ("0x10", "16"), ("1_000", "1000"), ("true", "true"), ("y", "true"), ("off", "false"), ("1.5", "1.5"), ("16777217.5", "1.6777218e+07"),
        ("1e6", "1e+06"), ("0.00001", "1e-05"),
        ("100000.5", "100000.5"), ("1.1", "1.1"), (".inf", ".inf"), ("-.inf", "-.inf"), (".nan", ".nan"), ("2001-01-01", "2001-01-01"), ("\"1\"", "1"),
        ("!!str 0x10", "0x10"), ("!!binary aGk=", "hi"),
    ]

    @Test(arguments: kubectlKeys) func keysBecomeTextAsKubectlDoes(key: String, text: String) throws {
        #expect(try JSONValue(parsingYAML: "? \(key)\n: 1\n") == .object([text: 1]))
    }

    @Test(
        arguments: [
            (".inf", "1:6: .inf is a number that JSON does not have"), ("-.Inf", "a number that JSON does not have"),
            (".nan", "a number that JSON does not have"),
            ("!!int foo", #"1:6: "foo" is no value of the type !!int"#), ("!!int 1.5", "no value of the type !!int"),
            ("!!bool 1", "no value of the type !!bool"),
            ("!!float x", "no value of the type !!float"), ("!!null x", "no value of the type !!null"), ("!!timestamp x", "no value of the type !!timestamp"),
            ("!!binary a", "not valid base64"), ("!!binary a===", "not valid base64"), ("!!binary aGk=a", "not valid base64"), ("!!binary /9j/", "are no text"),
        ] as [(String, String)])
    func isRefused(text: String, why: String) {
        let error = #expect(throws: YAMLError.self) { try JSONValue(parsingYAML: "key: \(text)\n") }
        #expect(error.map { "\($0)".contains(why) } == true, "\(String(describing: error))")
    }

    @Test func aTagOfYAMLOrAnAnchorIsFoundBehindManyCharacters() throws {
        let list = (0..<1000).map { "- &a\($0) ! \($0)  # ä😀\n" }.joined()
        #expect(try JSONValue(parsingYAML: "\u{FEFF}" + list) == .array((0..<1000).map { .string("\($0)") }))
    }

    @Test func theTablesAreWhatKubectlReads() async throws {
        guard let kubectl = OtherProgram.path(of: "kubectl") else {
            print("kubectl: skipped, not on PATH")
            return
        }
        // With --local, kubectl reads and prints an object without a server.
        var text = "apiVersion: example.com/v1\nkind: Sample\nmetadata: {name: a}\nspec:\n"
        for row in Self.kubectl { text += "- value: \(row.text)\n" }
        for row in Self.kubectlKeys { text += "- ? \(row.key)\n  : 1\n" }
        let result = try await OtherProgram.run(kubectl, ["annotate", "--local", "-f", "-", "x=y", "-o", "json"], input: Array(text.utf8))
        try #require(result.status == 0, "\(result.errors)")
        let read = try #require(try JSONValue(parsing: result.output)["spec"]?.array)
        try #require(read.count == Self.kubectl.count + Self.kubectlKeys.count)
        for (row, object) in zip(Self.kubectl, read) { #expect(object["value"] == row.value, "\(row.text)") }
        for (row, object) in zip(Self.kubectlKeys, read.dropFirst(Self.kubectl.count)) { #expect(object == .object([row.text: 1]), "\(row.key)") }
    }
}
