import Foundation
import TestSupport
import Testing

@testable import KubernetesAPI

/// Applies a patch in its JSON form; nil when it is refused.
private func patched(_ document: JSONValue, _ patch: JSONValue, _ dialect: JSONPatch.Dialect = .standard) -> JSONValue? {
    try? JSONPatch(parsing: patch, dialect: dialect).applied(to: document)
}

private func failure(_ document: JSONValue, _ patch: JSONValue, _ dialect: JSONPatch.Dialect = .standard, limits: JSONPatch.Limits = .init()) -> PatchError? {
    do {
        _ = try JSONPatch(parsing: patch, dialect: dialect, limits: limits).applied(to: document, limits: limits)
        return nil
    } catch {
        return error
    }
}

@Suite struct JSONPatchTests {
    @Test func jsonPatchConformance() throws {
        var tally = ConformanceTally("json-patch")
        for name in ["spec_tests", "tests"] {
            guard let file = Conformance.path("json-patch/\(name).json") else { return }
            let text = try String(contentsOf: file, encoding: .utf8)
            // One operation has "op" twice: the reader refuses it before it can be a patch, and with it the file.
            let twice = /\[ \{ "op": "add", "path": "\/baz", "value": "qux",\s+"op": "move", "from":"\/foo" \} \]/
            for test in try JSONValue(parsing: text.replacing(twice, with: "null")).array ?? [] {
                let document = try #require(test["doc"])
                let patch = try #require(test["patch"])
                tally.check(test["id"]?.string ?? "?") {
                    if patch.isNull, let operations = text.firstMatch(of: twice)?.output {
                        return (try? JSONValue(parsing: String(operations))) == nil ? nil : "a duplicate key is accepted"
                    }
                    return switch (Result { try JSONPatch(parsing: patch).applied(to: document) }, test["error"]) {
                    case (.success(let result), nil): test["expected"].map { $0 == result } ?? true ? nil : "gives \(result)"
                    case (.success(let result), _?): "accepted, gives \(result)"
                    case (.failure, _?): nil
                    case (.failure(let error), nil): "\(error)"
                    }
                }
            }
        }
        tally.report()
    }

    @Test(
        arguments: [
            ("a move into itself is refused", ["a": ["b": 1]], [["op": "move", "from": "/a", "path": "/a/b"]], nil),
            ("a move to the same place changes nothing", ["a": 1], [["op": "move", "from": "/a", "path": "/a"]], ["a": 1]),
            ("a move to the same place needs a value", ["a": 1], [["op": "move", "from": "/b", "path": "/b"]], nil),
            ("a move replaces what is there", ["a": 1, "b": 2], [["op": "move", "from": "/a", "path": "/b"]], ["b": 1]),
            ("a move of an element counts without it", [1, 2, 3], [["op": "move", "from": "/0", "path": "/2"]], [2, 3, 1]),
            (
                "a copy is independent", ["a": [1]], [["op": "copy", "from": "/a", "path": "/b"], ["op": "add", "path": "/b/-", "value": 2]],
                ["a": [1], "b": [1, 2]]
            ),
            ("the document may be copied into itself", ["a": 1], [["op": "copy", "from": "", "path": "/b"]], ["a": 1, "b": ["a": 1]]),
            ("the document cannot be removed", ["a": 1], [["op": "remove", "path": ""]], nil),
            ("a member of a scalar is refused", ["a": 1], [["op": "add", "path": "/a/b", "value": 1]], nil),
            ("a member of null is refused", ["a": nil], [["op": "add", "path": "/a/b", "value": 1]], nil),
            ("removing a missing member is refused", ["a": 1], [["op": "remove", "path": "/b"]], nil),
            ("a missing member is not null", ["a": 1], [["op": "test", "path": "/b", "value": nil]], nil),
            ("the end of a list has no element", [1], [["op": "remove", "path": "/-"]], nil),
            ("replace keeps the place of a member", ["a": 1, "b": 2], [["op": "replace", "path": "/a", "value": 3]], ["a": 3, "b": 2]),
            ("numbers are compared by value", ["a": 1], [["op": "test", "path": "/a", "value": 1.0]], ["a": 1]),
            ("texts are compared by byte", ["a": "é"], [["op": "test", "path": "/a", "value": "e\u{301}"]], nil),
            ("keys are compared by byte", ["é": 1, "e\u{301}": 2], [["op": "remove", "path": "/e\u{301}"]], ["é": 1]),
            ("a slash before a combining mark is a slash", ["a": ["\u{301}": 1]], [["op": "remove", "path": "/a/\u{301}"]], ["a": [:]]),
            ("unknown members of an operation are ignored", ["a": 1], [["op": "remove", "path": "/a", "comment": 1]], [:]),
            ("an index has no leading zero", [1, 2], [["op": "remove", "path": "/01"]], nil),
            ("an index has no sign", [1, 2], [["op": "remove", "path": "/-1"]], nil),
            ("an index beyond 64 bits is refused", [1, 2], [["op": "remove", "path": "/99999999999999999999"]], nil),
            ("an object has numbers as keys, too", ["0": 1], [["op": "remove", "path": "/0"]], [:]),
            ("a tilde needs its escape", ["a~b": 1], [["op": "remove", "path": "/a~b"]], nil),
            ("a tilde at the end needs its escape", ["a~": 1], [["op": "remove", "path": "/a~"]], nil),
            ("nothing is applied when a later operation fails", ["a": 1], [["op": "remove", "path": "/a"], ["op": "remove", "path": "/a"]], nil),
        ] as [(String, JSONValue, JSONValue, JSONValue?)])
    func applies(_ rule: String, to document: JSONValue, _ patch: JSONValue, gives expected: JSONValue?) {
        #expect(patched(document, patch) == expected, "\(rule)")
    }

    @Test(
        arguments: [
            ("replace adds a missing member", [:], [["op": "replace", "path": "/a", "value": 1]], ["a": 1]),
            ("replace needs the parent", [:], [["op": "replace", "path": "/a/b", "value": 1]], nil),
            ("a missing member is null for test", [:], [["op": "test", "path": "/a", "value": nil]], [:]),
            ("test needs the parent", [:], [["op": "test", "path": "/a/b", "value": nil]], nil),
            ("test needs the element", [1], [["op": "test", "path": "/1", "value": nil]], nil),
            ("a missing member is another value for test", [:], [["op": "test", "path": "/a", "value": 1]], nil),
            ("a missing value is null", [:], [["op": "add", "path": "/a"]], ["a": nil]),
            ("a missing member is copied as null", [:], [["op": "copy", "from": "/a", "path": "/b"]], ["b": nil]),
            ("a missing member is not moved", [:], [["op": "move", "from": "/a", "path": "/b"]], nil),
            ("-1 is the last element", [1, 2, 3], [["op": "remove", "path": "/-1"]], [1, 2]),
            ("-1 inserts behind the last element", [1, 2], [["op": "add", "path": "/-1", "value": 3]], [1, 2, 3]),
            ("-3 is the first of three", [1, 2, 3], [["op": "replace", "path": "/-3", "value": 0]], [0, 2, 3]),
            ("-4 is before the first of three", [1, 2, 3], [["op": "replace", "path": "/-4", "value": 0]], nil),
            ("-4 inserts before the first of three", [1, 2, 3], [["op": "add", "path": "/-4", "value": 0]], [0, 1, 2, 3]),
            ("an index may have a leading zero", [1, 2], [["op": "remove", "path": "/01"]], [1]),
            ("an index is a number", [1, 2], [["op": "remove", "path": "/1e0"]], nil),
        ] as [(String, JSONValue, JSONValue, JSONValue?)])
    func appliesAsKubernetes(_ rule: String, to document: JSONValue, _ patch: JSONValue, gives expected: JSONValue?) {
        #expect(patched(document, patch, .kubernetes) == expected, "\(rule)")
    }

    @Test(
        arguments: [
            (["op": "add"], .invalidPatch, "a JSON patch is a list of operations, not an object: write [{\"op\": …, \"path\": …}]"),
            ([["op": "test", "path": "/a", "value": 1], "x"], .invalidPatch, "patch[1] is a string, not an operation: write {\"op\": …, \"path\": …}"),
            ([["path": "/a"]], .doesNotApply, "patch[0]: an operation without a text \"op\": it is one of add, remove, replace, move, copy, test"),
            ([["op": "spam", "path": "/a"]], .doesNotApply, "patch[0]: Unexpected kind: \"spam\"; \"op\" is one of add, remove, replace, move, copy, test"),
            ([["op": "remove"]], .doesNotApply, "patch[0]: remove operation without \"path\": add it, a JSON pointer such as \"/metadata/labels\""),
            ([["op": "remove", "path": 1]], .doesNotApply, "patch[0]: \"path\" is an integer: it must be a JSON pointer such as \"/metadata/labels\""),
            ([["op": "remove", "path": "a"]], .doesNotApply, "patch[0]: JSON pointer \"a\" does not begin with a slash: write /a"),
            ([["op": "add", "path": "/a"]], .doesNotApply, "patch[0]: add operation without \"value\": add it, which may be null"),
            ([["op": "test", "path": "/a", "value": 2]], .testFailed, "patch[0]: testing value \"/a\" failed: the object has another value there"),
            (
                [["op": "add", "path": "/o/none/x", "value": 1]], .doesNotApply,
                "patch[0]: add operation does not apply: doc is missing path: \"/o/none/x\": \"/o\" has no \"none\"; add that first, or correct the path"
            ),
            (
                [["op": "add", "path": "/a/x", "value": 1]], .doesNotApply,
                "patch[0]: add operation does not apply: doc is missing path: \"/a/x\": \"/a\" is an integer, neither an object nor a list; correct the path"
            ),
            (
                [["op": "test", "path": "/a", "value": 1], ["op": "remove", "path": "/l/3"]], .doesNotApply,
                "patch[1]: error in remove for path: \"/l/3\": Unable to access invalid index: 3: the list has 3 elements"
            ),
            (
                [["op": "add", "path": "/l/x", "value": 1]], .doesNotApply,
                "patch[0]: error in add for path: \"/l/x\": value was not a proper array index: \"x\": it must be a number from 0 to 3, or - for the end"
            ),
        ] as [(JSONValue, PatchError.Reason, String)])
    func saysWhatIsWrong(_ patch: JSONValue, _ reason: PatchError.Reason, _ message: String) {
        let error = failure(["a": 1, "l": [1, 2, 3], "o": [:]], patch)
        #expect(error?.reason == reason)
        #expect(error?.message == message)
    }

    @Test func anErrorNamesOperationAndPointer() throws {
        let error = failure(["a": 1], [["op": "test", "path": "/a", "value": 1], ["op": "remove", "path": "/b~1c"]])
        #expect(error?.place == .operation(1, JSONPointer(["b/c"])))
    }

    @Test func theNumberOfOperationsIsLimited() throws {
        let test: JSONValue = ["op": "test", "path": "/a", "value": 1]
        #expect(failure(["a": 1], .array(Array(repeating: test, count: 10_000))) == nil)
        let error = failure(["a": 1], .array(Array(repeating: test, count: 10_001)))
        #expect(error?.reason == .limitExceeded)
        #expect(error?.message == "The allowed maximum operations in a JSON patch is 10000, got 10001")
    }

    @Test func copiesThatDoubleTheDocumentAreStopped() throws {
        // 2^10,000 elements without the limit.
        let error = failure(["a": [1]], .array(Array(repeating: ["op": "copy", "from": "/a", "path": "/a/-"], count: 10_000)))
        #expect(error?.reason == .limitExceeded)
    }

    @Test func copiesUpToTheLimitPass() {
        let copy: JSONValue = ["op": "copy", "from": "/a", "path": "/b"]  // of 5 bytes, "abc" in quotes
        #expect(failure(["a": "abc"], [copy, copy], limits: .init(copiedBytes: 10)) == nil)
        #expect(failure(["a": "abc"], [copy, copy], limits: .init(copiedBytes: 9))?.place == .operation(1, JSONPointer(["a"])))
    }

    @Test(
        arguments: [
            ("adding", [["op": "add", "path": "/a/a/x", "value": ["b": [1]]]], 4),
            ("replacing", [["op": "replace", "path": "/a/a", "value": ["b": [1]]]], 4),
            ("copying", [["op": "copy", "from": "/a", "path": "/a/a/x"]], 4),
            ("moving", [["op": "move", "from": "/l", "path": "/a/a/x"]], 4),
        ] as [(String, JSONValue, Int)])
    func theDepthOfTheResultIsLimited(_ how: String, _ patch: JSONValue, to depth: Int) {
        let document: JSONValue = ["a": ["a": [:]], "l": [[1]]]
        let depthOfResult = how == "replacing" ? depth : depth + 1
        #expect(failure(document, patch, limits: .init(depth: depthOfResult)) == nil, "\(how)")
        #expect(failure(document, patch, limits: .init(depth: depthOfResult - 1))?.reason == .limitExceeded, "\(how)")
    }

    @Test func depthCannotBeBuiltUpStepByStep() throws {
        var operations: [JSONPatch.Operation] = []
        for _ in 0..<5_000 {
            operations.append(.add(JSONPointer(["b"]), [:]))
            operations.append(.move(from: JSONPointer(["a"]), to: JSONPointer(["b", "x"])))
            operations.append(.move(from: JSONPointer(["b"]), to: JSONPointer(["a"])))
        }
        let patch = JSONPatch(operations)
        #expect { try patch.applied(to: ["a": [:]], limits: .init(operations: 100_000)) } throws: { ($0 as? PatchError)?.reason == .limitExceeded }
    }

    @Test func shiftingLongListsIsLimited() {
        let document: JSONValue = ["l": .array(Array(repeating: 0, count: 1_000))]
        let insertion: JSONValue = ["op": "add", "path": "/l/0", "value": 1]
        #expect(failure(document, .array(Array(repeating: insertion, count: 10)), limits: .init(shiftedElements: 11_000)) == nil)
        #expect(failure(document, .array(Array(repeating: insertion, count: 12)), limits: .init(shiftedElements: 11_000))?.reason == .limitExceeded)
    }

    @Test func aLongListIsNotCopiedForEveryOperation() throws {
        // 10,000 changes of a list of 100,000 elements, each of which would take milliseconds if the list were copied.
        let document: JSONValue = ["o": ["l": .array(Array(repeating: ["x": 0], count: 100_000))]]
        let operations = (0..<10_000).map { JSONPatch.Operation.replace(JSONPointer(["o", "l", "\($0 * 10)", "x"]), 1) }
        let start = ContinuousClock.now
        let result = try JSONPatch(operations).applied(to: document)
        #expect(ContinuousClock.now - start < .seconds(5))
        #expect(result["o"]?["l"]?[99_990] == ["x": 1])
        #expect(result["o"]?["l"]?[99_991] == ["x": 0])
        #expect(document["o"]?["l"]?[0] == ["x": 0], "the document that was passed is unchanged")
    }

    @Test func aPatchIsReadAndWrittenUnchanged() throws {
        let json: JSONValue = [
            ["op": "add", "path": "/a~1b/~0", "value": nil], ["op": "remove", "path": ""], ["op": "replace", "path": "/", "value": [1]],
            ["op": "move", "from": "/x", "path": "/y/-"], ["op": "copy", "from": "/x", "path": "/0"], ["op": "test", "path": "/t", "value": "x"],
        ]
        #expect(try JSONPatch(parsing: json).json == json)
    }

    /// Random patches against a second implementation that looks up, rebuilds and checks nothing else.
    @Test func randomOperationsDoWhatTheyAreDefinedToDo() throws {
        var generator = SeededGenerator(seed: 1)
        for _ in 0..<3_000 {
            let document = JSONValue.random(depth: 4, nulls: true, using: &generator)
            let value = JSONValue.random(depth: 2, nulls: true, using: &generator)
            let steps = ["a", "b", "c/d", "0", "1", "-", "é"]
            let path = JSONPointer((0..<Int.random(in: 0...3, using: &generator)).map { _ in steps.randomElement(using: &generator) ?? "" })
            if let added = try? JSONPatch([.add(path, value)]).applied(to: document) {
                let place = Self.place(of: path, in: added)
                #expect(place.value(in: added) == value)
                #expect(try JSONPatch([.test(place, value)]).applied(to: added) == added)
                if !path.tokens.isEmpty, path.value(in: document) == nil {
                    #expect(try JSONPatch([.remove(place)]).applied(to: added) == document, "adding what was not there and removing it changes nothing")
                }
            }
            let found = path.value(in: document)
            #expect((found != nil) == ((try? JSONPatch([.replace(path, value)]).applied(to: document)) != nil))
            if let found, !path.tokens.isEmpty {
                let move = JSONPatch.Operation.move(from: JSONPointer(["x"] + path.tokens), to: JSONPointer(["y"]))
                let moved = try JSONPatch([.add(JSONPointer(), ["x": document]), move]).applied(to: document)
                #expect(moved["y"] == found)
                #expect(try JSONPatch([.remove(path)]).applied(to: document) == moved["x"])
            }
        }
    }

    /// Where a value is after it was added at `path`: `-` means behind the last element of a list.
    private static func place(of path: JSONPointer, in document: JSONValue) -> JSONPointer {
        let parent = JSONPointer(Array(path.tokens.dropLast()))
        guard path.tokens.last == "-", case .array(let elements)? = parent.value(in: document) else { return path }
        return parent.appending("\(elements.count - 1)")
    }

    /// Anything as a patch: an answer or an error, no crash.
    @Test func anyValueAsAPatchIsAnsweredOrRefused() {
        var generator = SeededGenerator(seed: 2)
        let pointers = ["", "/", "/a", "/a/b", "/a/-", "/a/0", "/a/-1", "/a/-9223372036854775808", "/a/9223372036854775807", "/~", "x"]
        var applied = 0
        for _ in 0..<5_000 {
            let document = JSONValue.random(depth: 3, nulls: true, using: &generator)
            let operations = (0..<Int.random(in: 0...6, using: &generator)).map { _ in
                var operation = JSONObject()
                for name in ["path", "from"] where Int.random(in: 0..<20, using: &generator) > 0 {
                    operation[name] = .string(pointers.randomElement(using: &generator) ?? "")
                }
                operation["op"] = .string(["add", "remove", "replace", "move", "copy", "test", "x"].randomElement(using: &generator) ?? "")
                operation["value"] = Bool.random(using: &generator) ? .random(depth: 2, nulls: true, using: &generator) : nil
                return JSONValue.object(operation)
            }
            for dialect in [JSONPatch.Dialect.standard, .kubernetes] where patched(document, .array(operations), dialect) != nil { applied += 1 }
        }
        #expect(applied > 500)
    }
}

@Suite struct JSONPointerTests {
    @Test(arguments: [("", []), ("/", [""]), ("/a", ["a"]), ("/a/", ["a", ""]), ("/a~1b/~0~01", ["a/b", "~~1"]), ("//", ["", ""]), ("/é", ["é"])])
    func readsAndWrites(_ text: String, _ tokens: [String]) throws {
        #expect(try JSONPointer(parsing: text).tokens == tokens)
        #expect("\(JSONPointer(tokens))" == text)
    }

    @Test(arguments: ["a", "~", "/~", "/~2", "/a/~", " /a"])
    func refuses(_ text: String) {
        #expect(throws: PatchError.self) { try JSONPointer(parsing: text) }
    }

    /// RFC 6901, section 5.
    @Test func findsValuesAsInTheSpecification() throws {
        let document: JSONValue = ["foo": ["bar", "baz"], "": 0, "a/b": 1, "c%d": 2, "m~n": 8]
        for (text, value) in [("/foo", ["bar", "baz"]), ("/foo/0", "bar"), ("/", 0), ("/a~1b", 1), ("/c%d", 2), ("/m~0n", 8)] as [(String, JSONValue)] {
            #expect(try JSONPointer(parsing: text).value(in: document) == value)
        }
        for text in ["/foo/2", "/foo/-", "/foo/00", "/none", "/foo/0/0"] { #expect(try JSONPointer(parsing: text).value(in: document) == nil) }
    }
}
