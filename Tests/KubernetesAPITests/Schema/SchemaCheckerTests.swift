import TestSupport
import Testing

@testable import KubernetesAPI

@Suite struct SchemaCheckerTests {
    static let valid: [(String, JSONValue)] = [
        ("an empty object lacks required fields and is fine", [:]),
        (
            "null is absent everywhere",
            ["apiVersion": nil, "kind": nil, "metadata": nil, "spec": ["name": nil, "parts": nil, "mode": nil, "limits": ["a": nil]]]
        ),
        ("undeclared fields hold anything", ["x": ["name": 1], "spec": ["x": [1, "a"]], "status": ["conditions": [["y": false]]]]),
        ("a whole number written as a double is an integer", ["spec": ["low": 2.0, "generation": 1e15, "high": 3]]),
        ("limits of integers", ["spec": ["low": -2_147_483_648, "replicas": 2_147_483_647, "generation": 9_223_372_036_854_775_807]]),
        ("times", ["spec": ["started": "2024-02-29T23:59:59Z", "beat": "2026-01-31T09:30:00.123456+02:00"]]),
        ("a time with a fraction and offset", ["spec": ["started": "2026-01-31T09:30:00.5-08:00"]]),
        ("quantities as string and number", ["spec": ["memory": "1.5Gi", "parts": [["size": 5], ["size": "100m"], ["size": "1e3"], ["size": 0.5]]]]),
        ("a port as number and name", ["spec": ["port": 8080]]),
        ("any value", ["spec": ["anything": [1, [:], nil], "object": ["a": [1]]]]),
        ("lists of lists", ["spec": ["grid": [[1, 2.5], []], "partsByName": ["a": [["name": "x"]]]]]),
        ("its own type", ["apiVersion": "tests.martlet.dev/v1", "kind": "Widget"]),
        ("recursion", ["spec": ["children": [["name": "a", "children": [["byName": ["b": ["name": "c"]]]]]]]]),
    ]

    @Test(arguments: valid)
    func accepts(_ rule: String, _ json: JSONValue) throws {
        #expect(Widget.checker.accepts(json))
        let widget = try Widget(checking: json)
        #expect(widget.members["kind"] == "Widget" && widget.members["apiVersion"] == "tests.martlet.dev/v1", "the type is added where it is absent")
    }

    static let invalid: [(JSONValue, [String])] = [
        ("x", ["the object: found string, expected an object"]),
        ([], ["the object: found array, expected an object"]),
        (["kind": "Pod", "apiVersion": "v1"], [#"apiVersion: found "v1", expected "tests.martlet.dev/v1""#, #"kind: found "Pod", expected "Widget""#]),
        (["kind": 7], ["kind: found integer, expected a string"]),
        (["metadata": ["labels": ["a/b": true]]], ["metadata.labels[a/b]: found boolean, expected a string"]),
        (["metadata": ["labels": []]], ["metadata.labels: found array, expected an object"]),
        (["spec": ["name": 1, "isActive": "true"]], ["spec.name: found integer, expected a string", "spec.isActive: found string, expected a boolean"]),
        (["spec": ["low": 2_147_483_648]], ["spec.low: found 2147483648, expected an integer of 32 bits"]),
        (
            ["spec": ["low": 1.5, "generation": 1.5]],
            ["spec.low: found 1.5, expected an integer of 32 bits", "spec.generation: found 1.5, expected an integer of 64 bits"]
        ),
        (["spec": ["generation": 1e19]], ["spec.generation: found 10000000000000000000, expected an integer of 64 bits"]),
        (["spec": ["high": "1"]], ["spec.high: found string, expected a number"]),
        (["spec": ["mode": "auto"]], [#"spec.mode: found "auto", expected one of "Auto", "Off", "default""#]),
        (["spec": ["modes": ["Auto", 1]]], [#"spec.modes[1]: found integer, expected one of "Auto", "Off", "default""#]),
        (
            ["spec": ["started": "2026-02-29T00:00:00Z"]],
            [#"spec.started: found "2026-02-29T00:00:00Z", expected a time such as "2026-01-31T09:30:00Z" (RFC 3339)"#]
        ),
        (
            ["spec": ["started": "2026-13-01T00:00:00Z"]],
            [#"spec.started: found "2026-13-01T00:00:00Z", expected a time such as "2026-01-31T09:30:00Z" (RFC 3339)"#]
        ),
        (["spec": ["beat": 5]], [#"spec.beat: found integer, expected a time such as "2026-01-31T09:30:00Z" (RFC 3339)"#]),
        (["spec": ["timeout": "5 parsecs"]], [#"spec.timeout: found "5 parsecs", expected a duration such as "1h30m""#]),
        (["spec": ["memory": "1GiB"]], [#"spec.memory: found "1GiB", expected a quantity such as "500m" or "2Gi""#]),
        (["spec": ["port": 1.5]], ["spec.port: found 1.5, expected an integer of 32 bits or a string"]),
        (["spec": ["secret": "not base64 but secret"]], ["spec.secret: found string, expected a base64 string"]),
        (["spec": ["object": [1]]], ["spec.object: found array, expected an object"]),
        (["spec": ["grid": [[1], ["a"]]]], ["spec.grid[1][0]: found string, expected a number"]),
        (["spec": ["parts": [["name": "a"], ["name": []]]]], ["spec.parts[1].name: found array, expected a string"]),
        (["spec": ["parts": ["name": "a"]]], ["spec.parts: found object, expected an array"]),
        (
            ["spec": ["children": [["byName": ["k": ["children": [["name": 1]]]]]]]],
            ["spec.children[0].byName[k].children[0].name: found integer, expected a string"]
        ),
    ]

    @Test(arguments: invalid)
    func refuses(_ json: JSONValue, saying problems: [String]) {
        let error = #expect(throws: InvalidObjectError.self) { try Widget(checking: json) }
        #expect(error?.problems.map(\.description) == problems)
        #expect(error?.description == "invalid Widget: " + problems.joined(separator: "; "))
    }

    @Test func aPathLeadsThroughWhatTheObjectIsPartOf() {
        let error = #expect(throws: InvalidObjectError.self) {
            try WidgetPart(checking: ["size": "x"], at: FieldPath("items").index(3))
        }
        #expect(error?.description == #"invalid object: items[3].size: found "x", expected a quantity such as "500m" or "2Gi""#)
    }

    @Test func problemsAreCountedUpToALimit() {
        let error = #expect(throws: InvalidObjectError.self) { try WidgetSpec(checking: ["tags": .array(Array(repeating: 1, count: 1_000))]) }
        #expect(error?.problems.count == SchemaChecker.problemLimit && error?.isTruncated == true)
        #expect(error?.description.hasSuffix("; and more") == true)
        let exactly = #expect(throws: InvalidObjectError.self) {
            try WidgetSpec(checking: ["tags": .array(Array(repeating: 1, count: SchemaChecker.problemLimit))])
        }
        #expect(exactly?.isTruncated == false)
    }

    @Test func longTextIsCutInMessages() {
        let error = #expect(throws: InvalidObjectError.self) { try WidgetPart(checking: ["size": .string(String(repeating: "é", count: 100_000))]) }
        #expect((error?.description.utf8.count ?? .max) < 300)
    }

    /// The shortcuts for plain times and quantities have to agree with the types themselves.
    @Test func shortcutsAcceptOnlyWhatTheTypesRead() {
        var random = SeededGenerator(seed: 7)
        let time = Array("2026-01-31T09:30:00Z".utf8)
        for _ in 0..<20_000 {
            var bytes = time
            for _ in 0..<Int.random(in: 0...2, using: &random) {
                bytes[Int.random(in: bytes.indices, using: &random)] = UInt8(ascii: "0123456789-:TZ. ".unicodeScalars.randomElement(using: &random) ?? "0")
            }
            let json = JSONValue.string(String(decoding: bytes, as: UTF8.self))
            #expect(WidgetSpec.checker.accepts(["started": json]) == (Time(json: json) != nil), "\(json)")
        }
        for _ in 0..<20_000 {
            let text = String(
                (0..<Int.random(in: 0...18, using: &random)).map { _ in "0123456789012345678901234567mkMGiKe.-+ ".randomElement(using: &random) ?? "0" })
            #expect(WidgetPart.checker.accepts(["size": .string(text)]) == (Quantity(json: .string(text)) != nil), "\(text)")
        }
    }

    /// One walk decides, another finds the reasons; they have to agree on every input.
    @Test func whatIsRefusedHasAReason() throws {
        var random = SeededGenerator(seed: 1)
        var refused = 0
        let original = try FieldAccessTests.widget().json
        for _ in 0..<5_000 {
            var json = original
            for _ in 0..<Int.random(in: 1...3, using: &random) { json = Self.mutated(json, using: &random) }
            var search = ProblemSearch(checker: Widget.checker)
            search.visit(json, node: 0, at: FieldPath())
            search.checkType(of: json, at: FieldPath())
            let isAccepted = Widget.checker.accepts(json)
            #expect(isAccepted == search.problems.isEmpty, "\(json)")
            if !isAccepted { refused += 1 }
        }
        #expect(refused > 500 && refused < 4_900)
    }

    private static let replacements: [JSONValue] = [nil, true, 3, 2.5, "x", "Auto", [], [1], [:], ["name": 1], 99_999_999_999]

    private static func mutated(_ json: JSONValue, using random: inout SeededGenerator) -> JSONValue {
        if Int.random(in: 0..<4, using: &random) == 0 { return replacements.randomElement(using: &random) ?? nil }
        switch json {
        case .array(var elements) where !elements.isEmpty:
            let index = Int.random(in: elements.indices, using: &random)
            elements[index] = mutated(elements[index], using: &random)
            return .array(elements)
        case .object(var members) where !members.isEmpty:
            let key = members[Int.random(in: 0..<members.count, using: &random)].key
            members[key] = mutated(members[key] ?? nil, using: &random)
            return .object(members)
        default: return replacements.randomElement(using: &random) ?? nil
        }
    }

    @Test func everyDeclaredFieldIsFound() {
        for type in Scheme.kubernetesAPI.structs + Scheme.kubernetesAPITests.structs {
            for field in type.definition.fields {
                guard case .string = field.schema.type else { continue }
                #expect(!type.checker.accepts([field.name: 1]), "\(type.definition.name).\(field.name)")
                #expect(type.checker.accepts([field.name + "x": 1]), "\(type.definition.name).\(field.name)")
            }
        }
    }

    @Test func deepNestingIsCheckedToTheBottom() {
        var json: JSONValue = ["name": 1]
        for _ in 0..<500 { json = ["children": [json]] }
        #expect(!WidgetNode.checker.accepts(json))
    }
}
