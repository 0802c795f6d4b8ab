import Foundation
import TestSupport
import Testing

@testable import KubernetesAPI

@Suite struct YAMLWriterTests {
    private func text(_ value: JSONValue, sortedKeys: Bool = true) -> String { String(decoding: value.yaml(sortedKeys: sortedKeys), as: UTF8.self) }

    @Test(
        arguments: [
            ("a scalar", 1, "1\n"),
            ("empty containers", ["a": [], "b": [:], "c": nil], "a: []\nb: {}\nc: null\n"),
            ("an empty document", [:], "{}\n"),
            ("a list is not indented under its key", ["a": [1, ["b": 2, "c": 3], [4, [5]], []]], "a:\n- 1\n- b: 2\n  c: 3\n- - 4\n  - - 5\n- []\n"),
            ("maps are indented by two", ["a": ["b": ["c": true]]], "a:\n  b:\n    c: true\n"),
            (
                "keys are ordered as kubectl does",
                ["b": 1, "a10": 2, "a2": 3, "A": 4, "_": 5, "1": 6, "ä": 7], "_: 5\n\"1\": 6\nA: 4\na2: 3\na10: 2\nb: 1\nä: 7\n"
            ),
            ("lines become a block", ["a": "x\n y\n", "b": ["x\ny", "x\n\n"]], "a: |\n  x\n   y\nb:\n- |-\n  x\n  y\n- |+\n  x\n\n"),
            ("a block that begins with white space says its indentation", ["a": "  x\ny\n", "b": "\nx"], "a: |2\n    x\n  y\nb: |2-\n\n  x\n"),
            ("blocks in nested lists", [[["a": "x\ny\n"]]], "- - a: |\n      x\n      y\n"),
            ("lines that end with spaces are quoted", ["a": "x \ny\n"], "a: \"x \\ny\\n\"\n"),
            (
                "what would be read as another type is quoted", ["a": "yes", "b": "1", "c": "", "d": "1:30", "e": "2001-01-01"],
                "a: \"yes\"\nb: \"1\"\nc: \"\"\nd: \"1:30\"\ne: \"2001-01-01\"\n"
            ),
            (
                "what YAML would take for its own is quoted", ["a": "- x", "b": "it's: 'x'", "c": " x", "d": "#x", "e": "x: "],
                "a: '- x'\nb: 'it''s: ''x'''\nc: ' x'\nd: '#x'\ne: 'x: '\n"
            ),
            (
                "usual texts are plain", ["a": "nginx:1.25", "b": "10.0.0.1", "c": "100m", "d": "http://x/?a=b#c", "e": "-x", "f": "a b"],
                "a: nginx:1.25\nb: 10.0.0.1\nc: 100m\nd: http://x/?a=b#c\ne: -x\nf: a b\n"
            ),
            ("control characters are escaped", ["a": "\u{1B}[0m\t\u{85}\u{2028}\u{FEFF}\0\"\\"], #"a: "\x1B[0m\t\x85\u2028\uFEFF\0\"\\""# + "\n"),
            ("keys follow the same rules", ["yes": 1, "a\nb": 2, "": 3, "a: b": 4], "\"\": 3\n\"a\\nb\": 2\n'a: b': 4\n\"yes\": 1\n"),
            (
                "numbers", [0.5, 1.0, -0.0, 1e20, 1.5e300, 1e-7, 1234567.5, 9.3e18, .integer(.min)],
                "- 0.5\n- 1\n- 0\n- 1.0e+20\n- 1.5e+300\n- 1.0e-07\n- 1.2345675e+06\n- 9300000000000000000\n- -9223372036854775808\n"
            ),
            ("what is no number becomes null", [.double(.nan), .double(.infinity)], "- null\n- null\n"),
        ] as [(String, JSONValue, String)])
    func writes(_ rule: String, _ value: JSONValue, _ expected: String) throws {
        #expect(text(value) == expected)
    }

    @Test func unsortedKeysKeepTheirOrder() { #expect(text(["b": 1, "a": ["d": 1, "c": 2]], sortedKeys: false) == "b: 1\na:\n  d: 1\n  c: 2\n") }

    @Test func aLongKeyIsAnExplicitOne() throws {
        let key = String(repeating: "k", count: 2000)
        let value: JSONValue = ["a": .object([key: ["b": [1]]]), "l": [.object([key: [1]])]]
        #expect(text(value) == "a:\n  ? \(key)\n  : b:\n    - 1\nl:\n- ? \(key)\n  : - 1\n")
        #expect(try JSONValue(parsingYAML: value.yaml()) == value)
    }

    @Test func documentsAreSeparated() throws {
        let values: [JSONValue] = [["a": "x\n\n"], [1], "b"]
        var writer = YAMLWriter()
        for value in values { writer.write(value) }
        #expect(String(decoding: writer.bytes, as: UTF8.self) == "a: |+\n  x\n\n---\n- 1\n---\nb\n")
        #expect(try YAMLDocument.parse(writer.bytes).map(\.value) == values)
    }

    // MARK: What is written is read back equal

    /// Every nasty text as key, as value, in a list and as a document; and random values.
    static let samples: [JSONValue] = {
        var random = SeededGenerator(seed: 3)
        let nasty = SeededGenerator.nasty.map { text -> JSONValue in
            ["value": .string(text), "list": [.string(text), [.string(text)]], "key": .object([text: 1]), "in": [.object([text: .string(text)])]]
        }
        return nasty + SeededGenerator.nasty.map { .string($0) } + (0..<3000).map { _ in random.value() }.filter { !$0.isNull }
    }()

    @Test func isReadBackEqual() throws {
        for sample in Self.samples {
            for sortedKeys in [true, false] {
                let bytes = sample.yaml(sortedKeys: sortedKeys)
                let read = Result { try JSONValue(parsingYAML: bytes) }
                guard case .success(sample) = read else {
                    Issue.record("\(sample) was written as\n\(String(decoding: bytes, as: UTF8.self))\nand read as \(read)")
                    return
                }
            }
        }
    }

    @Test func isReadBackEqualByPyYAML() async throws {
        guard let python = OtherProgram.path(of: "python3"), try await OtherProgram.run(python, ["-c", "import yaml"]).status == 0 else {
            print("PyYAML: skipped, no python3 with yaml on PATH")
            return
        }
        var writer = YAMLWriter()
        for sample in Self.samples { writer.write(sample) }
        let script = "import json, sys, yaml\njson.dump(list(yaml.safe_load_all(sys.stdin.buffer)), sys.stdout)"
        let result = try await OtherProgram.run(python, ["-c", script], input: writer.bytes)
        try #require(result.status == 0, "\(result.errors)")
        let read = try #require(try JSONValue(parsing: result.output).array)
        #expect(read.count == Self.samples.count)
        for (sample, read) in zip(Self.samples, read) where sample != read {
            Issue.record("\(sample) was written as\n\(text(sample))\nand read by PyYAML as \(read)")
            return
        }
        print("PyYAML: \(read.count) documents read back")
    }

    @Test func isReadBackEqualByKubectl() async throws {
        guard let kubectl = OtherProgram.path(of: "kubectl") else {
            print("kubectl: skipped, not on PATH")
            return
        }
        // Floats beyond 64-bit integers change in kubectl's own JSON; keys and values that are text are what matters.
        var spec: JSONObject = [:]
        for (index, text) in SeededGenerator.nasty.enumerated() {
            spec["value\(index)"] = .string(text)
            spec["nested\(index)"] = [[.object(["k" + text: .string(text)])], .string(text)]
        }
        let object: JSONValue = [
            "apiVersion": "example.com/v1", "kind": "Sample", "metadata": ["name": "a", "annotations": ["x": "y"]], "spec": .object(spec),
        ]
        let arguments = ["annotate", "--local", "--overwrite", "-f", "-", "x=y", "-o"]
        let result = try await OtherProgram.run(kubectl, arguments + ["json"], input: object.yaml())
        try #require(result.status == 0, "\(result.errors)")
        let read = try JSONValue(parsing: result.output)
        for (key, value) in spec where read["spec"]?[key] != value {
            Issue.record("\(value) was written as\n\(text(value))\nand read by kubectl as \(String(describing: read["spec"]?[key]))")
        }
        #expect(read["spec"]?.object?.count == spec.count)
        print("kubectl: \(spec.count) values read back")

        // And what it prints is, for an object without the differences that the writer names, what we print.
        let layout: JSONValue = [
            "apiVersion": "example.com/v1", "kind": "Sample", "metadata": ["name": "a", "annotations": ["x": "y"]],
            "spec": [
                "list": [1, "two", ["three": [4, [5, []], [:]], "t2": nil, "t10": true], "a\nb\n"],
                "z": ["empty": [:], "none": [], "text": "a: b", "lines": "  a\n\nb\n\n", "quote": "it's", "1": "1"],
                "number": [0, -1, 1.5, 0.1, 1234567.5, .integer(.max)], .init("k", 130): ["a": 1], .init("l", 130): "x", .init("m", 130): [1, [2]],
                "words": .array(SeededGenerator.nasty.filter(Self.isUsual).map { .string($0) }),
            ],
        ]
        let printed = try await OtherProgram.run(kubectl, arguments + ["yaml"], input: layout.yaml())
        try #require(printed.status == 0, "\(printed.errors)")
        #expect(String(decoding: printed.output, as: UTF8.self) == text(layout))
    }

    /// Text on which we agree with kubectl to the byte. What PyYAML refuses or takes for a number, we quote and kubectl does not.
    private static func isUsual(_ text: String) -> Bool {
        text.utf8.count < 60 && text.unicodeScalars.allSatisfy { $0.value < 0xFFFF && YAMLTextStyle.isPrintable($0) || $0 == "\n" }
            && !["<<", "=", "0x_", "0b_", ".5_", "2001-13-45"].contains(text)
    }
}

extension String {
    fileprivate init(_ character: Character, _ count: Int) { self.init(repeating: character, count: count) }
}
