import KubernetesAPI
import Testing

@Suite struct JSONFindingsTests {
    @Test(arguments: [
        (#"{"a":1,"a":2}"#, #"{"a":2}"#, ["a"]),
        (#"{"a":{"b":1,"b":2,"b":3}}"#, #"{"a":{"b":3}}"#, ["a.b"]),
        (#"{"l":[{"x":1},{"x":1,"x":{"y":1}}],"l":[]}"#, #"{"l":[]}"#, ["l[1].x", "l"]),
        (#"{"a":"\ud800","b":"\ud800\u0041"}"#, "{\"a\":\"\u{FFFD}\",\"b\":\"\u{FFFD}A\"}", []),
        (#"[1,{}]"#, #"[1,{}]"#, []),
    ]) func theLastOfDuplicateKeysCounts(_ text: String, _ expected: String, _ duplicates: [String]) throws {
        var findings = JSONFindings()
        let value = try JSONValue(parsing: Array(text.utf8), findings: &findings)
        #expect(value == (try JSONValue(parsing: expected)))
        #expect(findings.duplicates.map(\.path) == duplicates)
    }

    @Test func bytesThatAreNoUnicodeAreReplaced() throws {
        var findings = JSONFindings()
        #expect(try JSONValue(parsing: [0x22, 0xFF, 0x22], findings: &findings) == "\u{FFFD}")
    }

    @Test func objectsOfDuplicateKeysAreMergedWhereThatIsAsked() throws {
        var findings = JSONFindings()
        findings.mergesObjects = true
        let value = try JSONValue(parsing: Array(#"{"a":{"x":1,"o":{"p":1}},"a":{"y":2,"o":{"q":2}}}"#.utf8), findings: &findings)
        #expect(value == ["a": ["x": 1, "y": 2, "o": ["p": 1, "q": 2]]])
        #expect(findings.duplicates.map(\.path) == ["a"])
    }

    @Test func pathsAreFound() throws {
        var findings = JSONFindings()
        findings.wanted = ["b[0].c", "none"]
        _ = try JSONValue(parsing: Array(#"{"a":1,"b":[{"c":1}]}"#.utf8), findings: &findings)
        #expect(findings.found.map(\.offset) == [13])
    }

    @Test func manyDuplicatesAreCountedUpToALimit() throws {
        let text = "{" + (0..<500).map { "\"k\($0)\":1,\"k\($0)\":2" }.joined(separator: ",") + "}"
        var findings = JSONFindings()
        #expect(try JSONValue(parsing: Array(text.utf8), findings: &findings).object?.count == 500)
        #expect(findings.duplicates.count == JSONFindings.limit)
    }

    @Test(arguments: ["", "{", #"{"a""#, "[1,]", "nul", #"{"a":1,}"#, "01", "\"\u{1}\""]) func faultsStayFaults(_ text: String) {
        var findings = JSONFindings()
        #expect(throws: JSONError.self) { try JSONValue(parsing: Array(text.utf8), findings: &findings) }
    }

    @Test func duplicateKeysInYAML() throws {
        var duplicates: [YAMLDuplicateKey] = []
        let value = try JSONValue(parsingYAML: Array("a: 1\nb:\n  c: 1\n  c:\n    - 2\na: 3\n".utf8), duplicates: &duplicates)
        #expect(value == ["a": 3, "b": ["c": [2]]])
        #expect(duplicates.map(\.description) == [#"line 5: key "c" already set in map"#, #"line 6: key "a" already set in map"#])
        #expect(try JSONValue(parsingYAML: [], duplicates: &duplicates) == .null)
    }
}
