import Testing

@testable import KubernetesAPI

@Suite struct YAMLReaderTests {
    private func read(_ text: String, limits: YAMLLimits = YAMLLimits()) throws -> [JSONValue] { try YAMLDocument.parse(text, limits: limits).map(\.value) }

    @Test(
        arguments: [
            ("a text without documents has none", "", []),
            ("comments alone make no document", "# a\n---\n# b\n", []),
            ("documents are separated by ---", "a: 1\n---\nb: 2\n", [["a": 1], ["b": 2]]),
            ("empty and null documents are left out", "---\n---\na: 1\n--- # nothing\n---\nnull\n---\n~\n---\nb: 2\n---\n", [["a": 1], ["b": 2]]),
            ("... ends a document", "a: 1\n...\n---\nb: 2\n...\n", [["a": 1], ["b": 2]]),
            ("%YAML and %TAG are understood", "%YAML 1.1\n%TAG !y! tag:yaml.org,2002:\n--- !y!str 12\n", ["12"]),
            ("JSON is YAML", #"{"a": [1, 2.5, "x\u0041\/", null, true], "b": {}}"#, [["a": [1, 2.5, "xA/", nil, true], "b": [:]]]),
            ("JSON with escaped surrogate pairs is read, though YAML has none", #"{"a": "\ud83d\ude00"}"#, [["a": "😀"]]),
            ("JSON with tabs is read", "{\n\t\"a\":\t1\n}\n", [["a": 1]]),
            ("an alias repeats its anchor's value", "a: &x [1, {b: 2}]\nc: *x\n", [["a": [1, ["b": 2]], "c": [1, ["b": 2]]]]),
            ("an anchor may be given again", "- &x 1\n- *x\n- &x 2\n- *x\n", [[1, 1, 2, 2]]),
            ("an inner anchor of the same name stays the latest", "- &x [&x 1, *x]\n- *x\n", [[[1, 1], 1]]),
            ("anchors end with their document", "- &x 1\n---\n- &x 2\n- *x\n", [[1], [2, 2]]),
            ("keys may have anchors and be aliases", "&x a: 1\nb: *x\nc: {*x : 2}\n", [["a": 1, "b": "a", "c": ["a": 2]]]),
            ("a map is merged", "<<: {a: 1, b: 2}\nc: 3\n", [["c": 3, "a": 1, "b": 2]]),
            ("own keys win over merged ones, before and behind the merge", "a: 1\n<<: {a: 2, b: 2, c: 2}\nc: 3\n", [["a": 1, "b": 2, "c": 3]]),
            ("of several merged maps, the first wins", "k: &k {a: 1}\nl: {<<: [*k, {a: 2, b: 2}]}\n", [["k": ["a": 1], "l": ["a": 1, "b": 2]]]),
            (
                "merges nest", "k: &k {a: 1, <<: {b: 2}}\nl: &l {<<: *k, c: 3}\nm: {<<: *l}\n",
                [["k": ["a": 1, "b": 2], "l": ["a": 1, "b": 2, "c": 3], "m": ["a": 1, "b": 2, "c": 3]]]
            ),
            ("<< in quotes is a key", "'<<': 1\n", [["<<": 1]]),
            ("<< is text as a value", "a: <<\n", [["a": "<<"]]),
            ("a literal block keeps its lines", "a: |\n  x\n   y\n\n  z\nb: |-\n  x\nc: |+\n  x\n\n", [["a": "x\n y\n\nz\n", "b": "x", "c": "x\n\n"]]),
            ("a folded block joins its lines", "a: >\n  x\n  y\n\n  z\n", [["a": "x y\nz\n"]]),
            ("an indentation indicator is obeyed", "a: |2\n    x\n  y\n", [["a": "  x\ny\n"]]),
            ("escapes are decoded", #"a: "\x41\u00e4\U0001F600\n\0\N\_\e""#, [["a": "Aä😀\n\0\u{85}\u{A0}\u{1B}"]]),
            ("plain text goes on in the next line", "a: x\n  y\n", [["a": "x y"]]),
            ("lists need no indentation under their key", "a:\n- 1\n- 2\nb:\n  - 3\n", [["a": [1, 2], "b": [3]]]),
            ("windows line ends are read", "a: 1\r\nb: |\r\n  x\r\n  y\r\n", [["a": 1, "b": "x\ny\n"]]),
            ("a byte order mark is skipped", "\u{FEFF}a: 1\n", [["a": 1]]),
        ] as [(String, String, [JSONValue])])
    func reads(_ rule: String, _ text: String, _ values: [JSONValue]) throws {
        #expect(try read(text) == values)
    }

    @Test(
        arguments: [
            ("duplicate keys", "a: 1\nb: 2\na: 3\n", #"f.yaml:3:1: duplicate key "a" (first at 1:1)"#),
            ("duplicate keys in a list's map", "x:\n- name: a\n  image: b\n  name: c\n", #"f.yaml:4:3: duplicate key "name" (first at 2:3)"#),
            ("keys that become equal", "1: a\n'1': b\n", #"f.yaml:2:1: duplicate key "1" (first at 1:1)"#),
            ("duplicate keys behind a merge", "<<: {x: {a: 1}}\na: {b: 1}\nc: 1\na: 2\n", #"f.yaml:4:1: duplicate key "a" (first at 2:1)"#),
            ("two merges", "<<: {a: 1}\n<<: {b: 1}\n", #"f.yaml:2:1: duplicate key "<<" (first at 1:1); merge several maps with a list: "<<: [*a, *b]""#),
            ("a merge of a text", "<<: a\n", "f.yaml:1:5: the merge key \"<<\" needs a map, an alias of a map, or a list of these"),
            ("a merge of an alias of a list", "a: &a [{b: 1}]\n<<: *a\n", "f.yaml:2:5: the merge key \"<<\" needs"),
            ("a merge of a list with a text", "<<: [{a: 1}, b]\n", "f.yaml:1:14: the merge key \"<<\" needs"),
            ("an alias without anchor", "a: *b\n", "f.yaml:1:4: the alias *b has no anchor &b before it in its document"),
            ("an anchor of another document", "a: &b 1\n---\na: *b\n", "f.yaml:3:4: the alias *b has no anchor"),
            ("an alias inside its anchor", "a: &a\n  b: [*a]\n", "f.yaml:2:7: the alias *a stands inside the value that it names (which begins at 1:4)"),
            ("a merge inside its anchor", "a: &a\n  <<: *a\n", "f.yaml:2:7: the alias *a stands inside"),
            ("null keys", "? \n: 1\n", "f.yaml:1:2: null is no key"),
            ("list keys", "[a]: 1\n", "f.yaml:1:1: a list is no key"),
            ("map keys", "a: {{b}}\n", "f.yaml:1:5: a map is no key"),
            ("an alias of a list as key", "a: &a [1]\n*a : 2\n", "f.yaml:2:1: the key *a is array; a key must be text, a number or a boolean"),
            ("keys beyond 64 bits", "18446744073709551615: 1\n", "f.yaml:1:1: a number beyond 64 bits"),
            ("tabs as indentation", "a:\n\tb: 1\n", "f.yaml:2:1: a tab where YAML needs spaces"),
            ("text that begins with @", "a: @b\n", #"f.yaml:1:4: "@" cannot begin a value; put the text in quotes"#),
            ("a colon in plain text", "a: b: c\n", #"f.yaml:1:5: ":" is not allowed here; put text that contains ": " in quotes"#),
            ("a list that does not end", "a: [1, 2\nb: 3\n", "f.yaml:2:2: did not find expected ',' or ']' (while parsing a flow sequence that begins at 1:4)"),
            ("quotes that do not end", "a: \"b\n", "f.yaml:2:1: found unexpected end of stream (while scanning a quoted scalar that begins at 1:4)"),
            ("a wrong indentation", "a:\n  b: 1\n c: 2\n", "f.yaml:3:2: a key is expected here"),
            ("control characters", "a: b\nc: \u{7}\n", "f.yaml:2:4: the control character U+0007, which YAML does not allow"),
            ("an escaped surrogate", #"a: "\ud83d""#, "f.yaml:1:"),
        ] as [(String, String, String)])
    func refuses(_ what: String, _ text: String, _ message: String) {
        let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(text, file: "f.yaml") }
        #expect(error?.description.hasPrefix(message) == true, "\(String(describing: error)) instead of \(message)")
    }

    @Test func invalidUTF8IsRefusedWithItsPlace() {
        let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(Array("a: ä\nb: ".utf8) + [0xC3, 0x28]) }
        #expect(error?.description == "invalid YAML at 2:4: the text is not valid UTF-8")
    }

    @Test(arguments: [true, false]) func utf16IsReadByItsByteOrderMark(isLittleEndian: Bool) throws {
        func encode(_ text: String) -> [UInt8] {
            text.utf16.flatMap { unit in
                let (low, high) = (UInt8(unit & 0xFF), UInt8(unit >> 8))
                return isLittleEndian ? [low, high] : [high, low]
            }
        }
        #expect(try JSONValue(parsingYAML: encode("\u{FEFF}a: ä😀\n")) == ["a": "ä😀"])
        #expect(throws: YAMLError.self) { try YAMLDocument.parse(encode("\u{FEFF}a: 1\n") + [0]) }
        #expect(throws: YAMLError.self) { try YAMLDocument.parse(encode("\u{FEFF}a: ") + (isLittleEndian ? [0x00, 0xD8] : [0xD8, 0x00])) }
        #expect(try YAMLDocument.parse(encode("\u{FEFF}")).isEmpty)
    }

    @Test func oneDocumentIsExactlyOne() {
        let none = #expect(throws: YAMLError.self) { try JSONValue(parsingYAML: "---\n") }
        #expect(none?.description == "invalid YAML at 1:1: the text has no document")
        let two = #expect(throws: YAMLError.self) { try JSONValue(parsingYAML: "a: 1\n---\nb: 2\n", file: "x.yaml") }
        #expect(two?.description == "x.yaml:3:1: a second document, where one is expected")
    }

    // MARK: Limits

    @Test(
        arguments: [
            (YAMLLimits(sizeBytes: 10), "a: 1\nb: 2\n", "a: 1\nb: 23\n", "longer than 10 bytes"),
            (YAMLLimits(documents: 2), "---\n---\na: 1\n", "---\n---\n---\na: 1\n", "more than 2 documents"),
            (YAMLLimits(depth: 3), "[[{a: 1}]]", "[[{a: []}]]", "nested deeper than 3 levels"),
            (YAMLLimits(depth: 3), "- &a [1]\n- [*a]", "- &a [1]\n- [[*a]]", "nested deeper than 3 levels by the alias *a"),
            (YAMLLimits(depth: 5), "- &a [&b [1], 2]\n- [[*a]]", "- &a [&b [1], 2]\n- [[[*a]]]", "nested deeper than 5 levels by the alias *a"),
            (YAMLLimits(nodes: 8), "[&a [1, 2], *a]", "[&a [1, 2], *a, 1]", "more than 8 values and keys"),
            (YAMLLimits(nodes: 5), "{a: 1, b: 2}", "{a: 1, b: 2, c: 3}", "more than 5 values and keys"),
            (YAMLLimits(expandedBytes: 8), "[&a abc, *a, ab]", "[&a abc, *a, abc]", "more than 8 bytes of text"),
        ] as [(YAMLLimits, String, String, String)])
    func limitsHold(_ limits: YAMLLimits, _ allowed: String, _ refused: String, _ message: String) throws {
        #expect(throws: Never.self) { try read(allowed, limits: limits) }
        let error = #expect(throws: YAMLError.self) { try read(refused, limits: limits) }
        #expect(error?.reason.contains(message) == true, "\(String(describing: error))")
    }

    @Test func theDeepestNestingIsReadAndWritten() throws {
        let limits = YAMLLimits(depth: 5000)
        func repeated(_ text: String) -> String { String(repeating: text, count: 500) }
        let text = repeated("[") + repeated("{a: ") + "1" + repeated("}") + repeated("]")
        let value = try #require(try read(text, limits: limits).first)
        #expect(try read(String(decoding: value.yaml(), as: UTF8.self), limits: limits) == [value])
        let error = #expect(throws: YAMLError.self) { try read("[\(text)]", limits: limits) }
        #expect(error?.reason == "nested deeper than 1000 levels")
    }

    @Test(arguments: ["[*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]", "{<<: [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]}"])
    func anExplosionOfAliasesIsRefused(level: String) {
        var text = "a: &a0 {k: v, l: w}\n"
        for number in 1...20 { text += "k\(number): &a\(number) \(level.replacing("*a", with: "*a\(number - 1)"))\n" }
        let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(text) }
        #expect(error?.reason.contains("aliases") == true, "\(String(describing: error))")
    }

    @Test func aliasesThatRepeatLittleAreFine() throws {
        let text = "base: &a {image: x, tag: y}\nlist:\n" + String(repeating: "- *a\n", count: 150)
        #expect(try read(text).first?["list"]?.array?.count == 150)
    }

    @Test func manyTagDirectivesAreRefused() {
        let text = (0..<100_000).map { "%TAG !a\($0)! x\n" }.joined() + "--- a\n"
        let error = #expect(throws: YAMLError.self) { try YAMLDocument.parse(text) }
        #expect(error?.description == "invalid YAML at 65:1: more than 64 %TAG directives")
    }

    /// Texts of about a megabyte that a careless reader takes minutes for.
    private static let shapes: [String: @Sendable () -> String] = [
        "open lists": { String(repeating: "[", count: 1_000_000) },
        "nested block lists": { String(repeating: "- ", count: 500_000) },
        "open maps": { String(repeating: "{a: ", count: 250_000) },
        "explicit keys": { String(repeating: "? ", count: 500_000) },
        "one long text": { String(repeating: "a", count: 1_000_000) },
        "escapes": { "\"" + String(repeating: "\\n", count: 500_000) + "\"" },
        "a long block": { "|\n" + String(repeating: "  a\n", count: 250_000) },
        "a folded quote": { "'" + String(repeating: "a\n", count: 500_000) + "'" },
        "many keys": { "{" + (0..<100_000).map { "k\($0): 1," }.joined() + "}" },
        "many anchors": { (0..<50_000).map { "&a\($0) k\($0): *a\($0)\n" }.joined() },
        "many tags !": { "[" + String(repeating: "&a ! 1, ", count: 125_000) + "]" },
        "empty documents": { String(repeating: "---\n", count: 90_000) },
        "comments": { String(repeating: "#\n", count: 500_000) },
        "tagged documents": { String(repeating: "!!int 1\n--- ", count: 80_000) },
        "a long merge": { "<<: [" + String(repeating: "{a: 1},", count: 140_000) + "]" },
        "a merge of many keys": { "a: &a {" + (0..<50_000).map { "k\($0): 1," }.joined() + "}\nb: {<<: *a}\n" },
    ]

    @Test(.timeLimit(.minutes(1)), arguments: shapes.keys.sorted()) func noShapeOfTextIsSlow(name: String) throws {
        // Whether it is accepted is tested elsewhere. A debug build takes well under a second for the slowest; quadratic time would take minutes.
        let makeText = try #require(Self.shapes[name])
        let text = makeText()
        let duration = ContinuousClock().measure { _ = try? YAMLDocument.parse(text) }
        #expect(duration < .seconds(20), "\(name) took \(duration)")
    }
}
