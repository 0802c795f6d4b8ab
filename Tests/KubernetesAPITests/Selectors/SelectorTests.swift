import TestSupport
import Testing

@testable import KubernetesAPI

struct SelectorTests {
    @Test(
        arguments: [
            ("", [:], true), ("x=y", ["x": "y"], true), ("x=y", ["x": "z"], false), ("x=y", [:], false), ("x=y,z=w", ["x": "y", "z": "w"], true),
            ("x=y,z=w", ["x": "y"], false),
            ("x!=y", ["x": "z"], true), ("x!=y", [:], true), ("x!=y", ["x": "y"], false), ("x", ["x": ""], true), ("x", ["y": "1"], false),
            ("!x", ["y": "1"], true), ("!x", ["x": ""], false),
            ("x=", ["x": ""], true), ("x=", [:], false), ("x in (a,b)", ["x": "b"], true), ("x in (a,b)", ["x": "c"], false), ("x in (a,)", ["x": ""], true),
            ("x in (a)", [:], false),
            ("x notin (a,b)", ["x": "c"], true), ("x notin (a,b)", [:], true), ("x notin (a,b)", ["x": "a"], false), ("x>1", ["x": "2"], true),
            ("x>1", ["x": "1"], false),
            ("x>1", [:], false), ("x<1", ["x": "0"], true), ("x<1", ["x": "no"], false), ("x<1", ["x": ""], false), ("x>9", ["x": "10"], true),
            ("x=a,x=b", ["x": "a"], false),
            ("x>1,x<5", ["x": "3"], true), ("x>99999999999", ["x": "999999999999999999999"], false),
        ] as [(String, [String: String], Bool)])
    func matches(_ text: String, _ labels: [String: String], _ isMatch: Bool) throws {
        let selector = try Selector(parsing: text)
        #expect(selector.matches(labels) == isMatch)
        #expect(selector.matches(JSONObject(uniqueKeysWithValues: labels.map { ($0, .string($1)) })) == isMatch)
        if labels.isEmpty { #expect(selector.matches(nil as JSONObject?) == isMatch) }
    }

    @Test func everythingAndNothing() throws {
        #expect(Selector.everything.matches(["a": "b"]) && Selector.everything.matches(nil as JSONObject?))
        #expect(!Selector.nothing.matches(["a": "b"]) && !Selector.nothing.matches([:] as [String: String]))
        #expect(Selector.everything.description.isEmpty && Selector.everything.isEverything && !Selector.everything.isNothing)
        #expect(Selector.nothing.isNothing && !Selector.nothing.isEverything && Selector.nothing.requirements.isEmpty)
        #expect(throws: ValueError.self) { try Selector(parsing: Selector.nothing.description) }
        #expect(try Selector.nothing.adding([LabelRequirement("a", .exists)]).isNothing)
        #expect(try Selector.everything.adding([LabelRequirement("b", .exists), LabelRequirement("a", .exists)]).description == "a,b")
        #expect(Selector.everything != Selector.nothing)
    }

    @Test func labelsBecomeASelector() throws {
        #expect(try Selector(matching: ["b": "2", "a": "1", "c": ""]).description == "a=1,b=2,c=")
        #expect(try Selector(matching: [:]) == .everything)
        let error = #expect(throws: FieldErrors.self) { try Selector(matching: ["bad key": "1", "a": "-"]) }
        #expect(error?.errors.map(\.path.description) == ["values[0][a]", "key"])
    }

    @Test func anExactValueIsFound() throws {
        let selector = try Selector(parsing: "a=1,b in (2),c in (3,4),d!=5,e")
        #expect(["a", "b", "c", "d", "e", "f"].map { selector.exactValue(of: $0) } == ["1", "2", nil, nil, nil, nil])
    }

    @Test(
        arguments: [
            (.isIn, [], "for 'in', 'notin' operators, values set can't be empty"), (.equals, [], "exact-match compatibility requires one single value"),
            (.notEquals, ["a", "b"], "exact-match compatibility requires one single value"),
            (.exists, ["a"], "values set must be empty for exists and does not exist"),
            (.isGreaterThan, ["1", "2"], "for 'Gt', 'Lt' operators, exactly one value is required"),
            (.isLessThan, ["x"], "for 'Gt', 'Lt' operators, the value must be an integer"),
        ] as [(LabelRequirement.Operator, [String], String)])
    func aRequirementNeedsFittingValues(_ comparison: LabelRequirement.Operator, _ values: [String], _ detail: String) {
        let error = #expect(throws: FieldErrors.self) { try LabelRequirement("k", comparison, values, at: FieldPath("spec")) }
        #expect(error?.errors.map(\.detail) == [detail])
        #expect(error?.errors.first?.path.description.hasPrefix("spec.values") == true)
    }

    @Test func printingAndReadingKeepsWhatIsChosen() throws {
        var generator = SeededGenerator(seed: 7)
        let (keys, values) = (["a", "b", "c"], ["", "1", "2", "x"])
        for _ in 0..<2_000 {
            let requirements = try (0..<Int.random(in: 0...3, using: &generator)).map { _ in
                let comparison = try #require(LabelRequirement.Operator.allCases.randomElement(using: &generator))
                let some = (0..<Int.random(in: 1...3, using: &generator)).map { _ in values.randomElement(using: &generator) ?? "" }
                let fitting: [String] =
                    switch comparison {
                    case .isIn, .isNotIn: some
                    case .equals, .doubleEquals, .notEquals: [some[0]]
                    case .isGreaterThan, .isLessThan: ["1"]
                    case .exists, .doesNotExist: []
                    }
                return try LabelRequirement(keys.randomElement(using: &generator) ?? "", comparison, fitting)
            }
            let selector = Selector(requirements)
            let back = try Selector(parsing: selector.description)
            #expect(back == selector)
            for _ in 0..<5 {
                let labels = Dictionary(
                    keys.compactMap { key in values.randomElement(using: &generator).map { (key, $0) } }.filter { $0.1 != "x" || $0.0 != "a" }
                ) { $1 }
                #expect(back.matches(labels) == requirements.allSatisfy { $0.matches(labels[$0.key]) })
            }
        }
    }

    @Test func theStructuredFormIsRead() throws {
        #expect(try Selector(structured: nil).isNothing)
        #expect(try Selector(structured: [:]).isEverything)
        #expect(try Selector(structured: ["matchLabels": nil, "matchExpressions": nil]).isEverything)
        let selector: JSONObject = [
            "matchLabels": ["tier": "web", "app": "shop"],
            "matchExpressions": [
                ["key": "zone", "operator": "In", "values": ["b", "a"]], ["key": "canary", "operator": "DoesNotExist"],
                ["key": "owner", "operator": "Exists", "values": []],
                ["key": "env", "operator": "NotIn", "values": ["test"]],
            ],
        ]
        #expect(try Selector(structured: selector).description == "app=shop,!canary,env notin (test),owner,tier=web,zone in (a,b)")
    }

    @Test(
        arguments: [
            (
                ["matchExpressions": [["key": "a", "operator": "X"]]],
                ["spec.selector.matchExpressions[0].operator: Invalid value: \"X\": not a valid selector operator"]
            ),
            (["matchExpressions": [["key": "a"]]], ["spec.selector.matchExpressions[0].operator: Invalid value: \"\": not a valid selector operator"]),
            (
                ["matchExpressions": [["key": "a", "operator": "In"], ["key": "a", "operator": "NotIn", "values": []]]],
                [
                    "spec.selector.matchExpressions[0].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                    "spec.selector.matchExpressions[1].values: Required value: must be specified when `operator` is 'In' or 'NotIn'",
                ]
            ),
            (
                ["matchExpressions": [["key": "a", "operator": "Exists", "values": ["b"]]]],
                ["spec.selector.matchExpressions[0].values: Forbidden: may not be specified when `operator` is 'Exists' or 'DoesNotExist'"]
            ),
            (
                ["matchExpressions": [["operator": "Exists"]]],
                [
                    "spec.selector.matchExpressions[0].key: Invalid value: \"\": name part must be non-empty",
                    "spec.selector.matchExpressions[0].key: Invalid value: \"\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')",
                ]
            ),
            (
                ["matchLabels": ["bad key": "x"]],
                [
                    "spec.selector.matchLabels: Invalid value: \"bad key\": name part must consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyName',  or 'my.name',  or '123-abc', regex used for validation is '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]')"
                ]
            ),
            (
                ["matchExpressions": [["key": "a", "operator": "In", "values": ["ok", "-"]]]],
                [
                    "spec.selector.matchExpressions[0].values[1]: Invalid value: \"-\": a valid label must be an empty string or consist of alphanumeric characters, '-', '_' or '.', and must start and end with an alphanumeric character (e.g. 'MyValue',  or 'my_value',  or '12345', regex used for validation is '(([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9])?')"
                ]
            ),
            (["matchLabels": ["a": 1]], ["spec.selector.matchLabels[a]: Invalid value: \"integer\": must be of type string"]),
            (["matchLabels": []], ["spec.selector.matchLabels: Invalid value: \"array\": must be of type object"]),
            (["matchExpressions": [1]], ["spec.selector.matchExpressions[0]: Invalid value: \"integer\": must be of type object"]),
            (["matchExpressions": ["a": 1]], ["spec.selector.matchExpressions: Invalid value: \"object\": must be of type array"]),
        ] as [(JSONObject, [String])])
    func whatIsWrongWithTheStructuredFormIsSaidWithItsPlace(_ selector: JSONObject, _ messages: [String]) {
        let error = #expect(throws: FieldErrors.self) { try Selector(structured: selector, at: FieldPath("spec", "selector")) }
        #expect(error?.errors.map(\.description) == messages)
        #expect(error?.description == (messages.count == 1 ? messages[0] : "[\(messages.joined(separator: ", "))]"))
    }
}
