import Foundation
import TestSupport
import Testing

@testable import KubernetesAPI

@Suite struct StrategicMergePatchTests {
    /// Recorded requests of kubectl: `before` and `patch` give `after`, apart from what the server sets itself.
    @Test func strategicMergePatchConformance() throws {
        guard let file = Conformance.path("strategic-merge-patch/kubectl-edit.json"), let fields = try KubernetesFields() else { return }
        var tally = ConformanceTally("strategic-merge-patch")
        for test in try Conformance.json(file).array ?? [] {
            let before = try #require(test["before"]?.object)
            let patch = try #require(test["patch"]?.object)
            tally.check(test["id"]?.string ?? "?") {
                let isStrategic = test["contentType"] == "application/strategic-merge-patch+json"
                let result =
                    isStrategic
                    ? JSONValue.object(try StrategicMergePatch(patch).applied(to: before, schema: fields.schema(of: before)))
                    : try MergePatch(.object(patch)).applied(to: .object(before))
                // What validation refuses (422), with the messages about the object as patched, still has to merge.
                guard let after = test["after"] else { return test["status"] == 422 && result != .object(before) ? nil : "gives \(result)" }
                return Self.withoutServerFields(result) == Self.withoutServerFields(after) ? nil : "gives \(result)"
            }
        }
        tally.report()
    }

    private static func withoutServerFields(_ object: JSONValue) -> JSONValue {
        var object = object.object ?? [:]
        var metadata = object["metadata"]?.object ?? [:]
        for name in ["resourceVersion", "generation", "uid", "selfLink", "creationTimestamp", "managedFields"] { metadata[name] = nil }
        object["metadata"] = .object(metadata)
        return .object(object)
    }

    // Rules are written as JSON texts: they compare the order of members and elements, too.
    @Test(arguments: [
        // Objects
        ("objects merge", #"{"a":1,"inner":{"b":1,"c":2}}"#, #"{"inner":{"c":3,"d":4}}"#, #"{"a":1,"inner":{"b":1,"c":3,"d":4}}"#),
        ("null removes", #"{"a":1,"b":2}"#, #"{"a":null,"none":null}"#, #"{"b":2}"#),
        ("another type replaces", #"{"a":[1]}"#, #"{"a":{"b":1,"c":null}}"#, #"{"a":{"b":1}}"#),
        ("a new object comes without nulls", "{}", #"{"inner":{"b":null,"c":{"d":null},"l":[null,{"x":null}]}}"#, #"{"inner":{"c":{},"l":[null,{}]}}"#),
        ("an object may be replaced by its strategy", #"{"replaced":{"a":1}}"#, #"{"replaced":{"b":2}}"#, #"{"replaced":{"b":2}}"#),
        ("unknown fields merge like a merge patch", #"{"other":{"a":[1],"b":1}}"#, #"{"other":{"a":[2],"c":1}}"#, #"{"other":{"a":[2],"b":1,"c":1}}"#),
        (
            "values of a map merge by their type", #"{"byName":{"x":{"scalars":[1]}}}"#, #"{"byName":{"x":{"scalars":[2]},"y":{}}}"#,
            #"{"byName":{"x":{"scalars":[2,1]},"y":{}}}"#
        ),
        ("lists in a map merge by its strategy", #"{"listsByName":{"x":[1]}}"#, #"{"listsByName":{"x":[2]}}"#, #"{"listsByName":{"x":[2,1]}}"#),
        // $patch in objects
        ("$patch: replace replaces an object", #"{"inner":{"a":1}}"#, #"{"inner":{"$patch":"replace","b":2}}"#, #"{"inner":{"b":2}}"#),
        ("$patch: replace replaces the whole", #"{"a":1}"#, #"{"$patch":"replace","b":2}"#, #"{"b":2}"#),
        ("$patch: delete empties an object", #"{"inner":{"a":1}}"#, #"{"inner":{"$patch":"delete"}}"#, #"{"inner":{}}"#),
        ("$patch in a new object drops it", "{}", #"{"inner":{"$patch":"replace","b":2},"x":{"y":{"$patch":"delete"}}}"#, #"{"x":{}}"#),
        ("$patch works without a schema", #"{"other":{"o":{"a":1}}}"#, #"{"other":{"o":{"$patch":"replace","b":2}}}"#, #"{"other":{"o":{"b":2}}}"#),
        // Lists of objects
        (
            "lists are replaced without a strategy", #"{"plainItems":[{"name":"a","x":1}]}"#, #"{"plainItems":[{"name":"a","y":2}]}"#,
            #"{"plainItems":[{"name":"a","y":2}]}"#
        ),
        (
            "elements merge by key", #"{"items":[{"name":"a","x":1},{"name":"b"}]}"#, #"{"items":[{"name":"a","y":2}]}"#,
            #"{"items":[{"name":"a","x":1,"y":2},{"name":"b"}]}"#
        ),
        (
            "new elements come first", #"{"items":[{"name":"a"},{"name":"b"}]}"#, #"{"items":[{"name":"d"},{"name":"c"}]}"#,
            #"{"items":[{"name":"d"},{"name":"c"},{"name":"a"},{"name":"b"}]}"#
        ),
        (
            "elements of the patch keep its order, the others come where they were", #"{"items":[{"name":"a"},{"name":"b"},{"name":"c"}]}"#,
            #"{"items":[{"name":"b"},{"name":"n"}]}"#, #"{"items":[{"name":"a"},{"name":"b"},{"name":"n"},{"name":"c"}]}"#
        ),
        (
            "the order of the patch counts", #"{"items":[{"name":"a"},{"name":"b"}]}"#, #"{"items":[{"name":"b"},{"name":"a"}]}"#,
            #"{"items":[{"name":"b"},{"name":"a"}]}"#
        ),
        ("an empty patch list changes nothing", #"{"items":[{"name":"a"}]}"#, #"{"items":[]}"#, #"{"items":[{"name":"a"}]}"#),
        (
            "an element that is named twice merges twice", #"{"items":[]}"#, #"{"items":[{"name":"a","x":1},{"name":"a","y":2}]}"#,
            #"{"items":[{"name":"a","x":1,"y":2}]}"#
        ),
        ("keys may be numbers", #"{"items":[{"name":80,"x":1}]}"#, #"{"items":[{"name":80.0,"y":1}]}"#, #"{"items":[{"name":80,"x":1,"y":1}]}"#),
        ("a number is another key than its text", #"{"items":[{"name":80}]}"#, #"{"items":[{"name":"80"}]}"#, #"{"items":[{"name":"80"},{"name":80}]}"#),
        (
            "lists in elements merge", #"{"items":[{"name":"a","scalars":[1],"items":[{"name":"x","v":1}]}]}"#,
            #"{"items":[{"name":"a","scalars":[2],"items":[{"name":"x","w":2}]}]}"#,
            #"{"items":[{"name":"a","scalars":[2,1],"items":[{"name":"x","v":1,"w":2}]}]}"#
        ),
        (
            "$patch: delete removes elements", #"{"items":[{"name":"a"},{"name":"b"},{"name":"a"}]}"#, #"{"items":[{"name":"a","$patch":"delete"}]}"#,
            #"{"items":[{"name":"b"}]}"#
        ),
        (
            "$patch: delete of a missing element is no error", #"{"items":[{"name":"a"}]}"#, #"{"items":[{"name":"b","$patch":"delete"}]}"#,
            #"{"items":[{"name":"a"}]}"#
        ),
        (
            "an element may be deleted and added anew", #"{"items":[{"name":"a","x":1}]}"#, #"{"items":[{"name":"a","y":1},{"name":"a","$patch":"delete"}]}"#,
            #"{"items":[{"name":"a","y":1}]}"#
        ),
        (
            "$patch: replace as an element replaces the list", #"{"items":[{"name":"a"}]}"#, #"{"items":[{"$patch":"replace"},{"name":"b"}]}"#,
            #"{"items":[{"name":"b"}]}"#
        ),
        ("$patch: replace alone empties the list", #"{"items":[{"name":"a"}]}"#, #"{"items":[{"$patch":"replace"}]}"#, #"{"items":[]}"#),
        (
            "directives of a new list are left out", "{}", #"{"items":[{"$patch":"replace"},{"name":"b"},{"name":"c","$patch":"delete"}]}"#,
            #"{"items":[{"name":"b"}]}"#
        ),
        // Lists of scalars
        ("scalars are a set", #"{"scalars":["a","b"]}"#, #"{"scalars":["b","c"]}"#, #"{"scalars":["a","b","c"]}"#),
        ("new scalars come first", #"{"scalars":["a","b"]}"#, #"{"scalars":["c"]}"#, #"{"scalars":["c","a","b"]}"#),
        ("scalars are there once", #"{"scalars":["a","a","b"]}"#, #"{"scalars":["c","c"]}"#, #"{"scalars":["c","a","b"]}"#),
        ("plain lists of scalars are replaced", #"{"plainScalars":["a"]}"#, #"{"plainScalars":["b"]}"#, #"{"plainScalars":["b"]}"#),
        ("$deleteFromPrimitiveList removes", #"{"scalars":["a","b","a"]}"#, #"{"$deleteFromPrimitiveList/scalars":["a","x"]}"#, #"{"scalars":["b"]}"#),
        (
            "deletion comes before addition", #"{"scalars":["a","b"]}"#, #"{"scalars":["a"],"$deleteFromPrimitiveList/scalars":["a"]}"#,
            #"{"scalars":["a","b"]}"#
        ),
        ("deleting from what is not there does nothing", "{}", #"{"$deleteFromPrimitiveList/scalars":["a"]}"#, "{}"),
        ("deleting from null does nothing", #"{"scalars":null}"#, #"{"$deleteFromPrimitiveList/scalars":["a"]}"#, #"{"scalars":null}"#),
        ("deletion works whatever the strategy", #"{"other":[1,2]}"#, #"{"$deleteFromPrimitiveList/other":[1]}"#, #"{"other":[2]}"#),
        // $setElementOrder
        (
            "$setElementOrder orders merged objects", #"{"items":[{"name":"a"},{"name":"b"}]}"#,
            #"{"$setElementOrder/items":[{"name":"c"},{"name":"b"},{"name":"a"}],"items":[{"name":"c"}]}"#,
            #"{"items":[{"name":"c"},{"name":"b"},{"name":"a"}]}"#
        ),
        (
            "$setElementOrder alone orders what is there", #"{"items":[{"name":"a"},{"name":"b"}],"x":1}"#,
            #"{"$setElementOrder/items":[{"name":"b"},{"name":"a"}]}"#,
            #"{"items":[{"name":"b"},{"name":"a"}],"x":1}"#
        ),
        (
            "what $setElementOrder does not name keeps its place before its successors",
            #"{"items":[{"name":"s1"},{"name":"a"},{"name":"s2"},{"name":"b"},{"name":"s3"}]}"#,
            #"{"$setElementOrder/items":[{"name":"b"},{"name":"n"},{"name":"a"}],"items":[{"name":"n"}]}"#,
            #"{"items":[{"name":"s1"},{"name":"s2"},{"name":"b"},{"name":"n"},{"name":"a"},{"name":"s3"}]}"#
        ),
        (
            "deletions need no place in $setElementOrder", #"{"items":[{"name":"a"},{"name":"b"}]}"#,
            #"{"$setElementOrder/items":[{"name":"b"}],"items":[{"name":"b","x":1},{"name":"a","$patch":"delete"}]}"#, #"{"items":[{"name":"b","x":1}]}"#
        ),
        (
            "an element that replaces a deleted one comes after what $setElementOrder does not name", #"{"items":[{"name":"a"},{"name":"b"},{"name":"s"}]}"#,
            #"{"$setElementOrder/items":[{"name":"b"},{"name":"c"},{"name":"d"}],"items":[{"name":"c"},{"name":"d"},{"name":"a","$patch":"delete"}]}"#,
            #"{"items":[{"name":"b"},{"name":"s"},{"name":"c"},{"name":"d"}]}"#
        ),
        ("$setElementOrder may name what is nowhere", #"{"scalars":[1,2]}"#, #"{"$setElementOrder/scalars":[9,2,1]}"#, #"{"scalars":[2,1]}"#),
        (
            "$setElementOrder orders scalars", #"{"scalars":["a","b"]}"#, #"{"$setElementOrder/scalars":["c","b","a"],"scalars":["c"]}"#,
            #"{"scalars":["c","b","a"]}"#
        ),
        (
            "$setElementOrder goes with deletions", #"{"scalars":["a","b","c"]}"#,
            #"{"$setElementOrder/scalars":["c","a"],"$deleteFromPrimitiveList/scalars":["b"]}"#,
            #"{"scalars":["c","a"]}"#
        ),
        ("$setElementOrder orders a new list", "{}", #"{"$setElementOrder/scalars":["b","c"],"scalars":["b","c"]}"#, #"{"scalars":["b","c"]}"#),
        ("$setElementOrder without a list does nothing", "{}", #"{"$setElementOrder/scalars":["a"]}"#, "{}"),
        ("$setElementOrder of an empty list does nothing", #"{"scalars":[]}"#, #"{"$setElementOrder/scalars":[]}"#, #"{"scalars":[]}"#),
        (
            "$setElementOrder orders a replaced list of scalars", #"{"plainScalars":[1,2]}"#, #"{"$setElementOrder/plainScalars":[2,1]}"#,
            #"{"plainScalars":[2,1]}"#
        ),
        // $retainKeys
        (
            "$retainKeys removes all other members", #"{"inner":{"a":1,"b":2,"c":3}}"#, #"{"inner":{"$retainKeys":["b","d"],"d":4}}"#,
            #"{"inner":{"b":2,"d":4}}"#
        ),
        (
            "$retainKeys works in elements", #"{"volumes":[{"name":"v","emptyDir":{}}]}"#,
            #"{"volumes":[{"name":"v","$retainKeys":["name","configMap"],"configMap":{"x":1}}]}"#,
            #"{"volumes":[{"name":"v","configMap":{"x":1}}]}"#
        ),
        ("$retainKeys need not name what is removed", #"{"inner":{"a":1,"b":2}}"#, #"{"inner":{"$retainKeys":["b"],"a":null}}"#, #"{"inner":{"b":2}}"#),
        ("an empty $retainKeys removes all", #"{"inner":{"a":1}}"#, #"{"inner":{"$retainKeys":[]}}"#, #"{"inner":{}}"#),
    ])
    func applies(_ rule: String, to object: String, _ patch: String, gives result: String) throws {
        let original = try #require(JSONValue(parsing: object).object)
        let changes = try #require(JSONValue(parsing: patch).object)
        #expect("\(try StrategicMergePatch(changes).applied(to: original, schema: RuleSchema()))" == result, "\(rule)")
    }

    @Test(
        arguments: [
            (
                #"{"inner":{}}"#, #"{"inner":{"$patch":"other"}}"#, .invalidDirective,
                "unknown patch type: other in map inner: $patch is \"replace\" or \"delete\", and merging needs no directive"
            ),
            (
                #"{"inner":{}}"#, #"{"inner":{"$patch":"merge"}}"#, .invalidDirective,
                "unknown patch type: merge in map inner: $patch is \"replace\" or \"delete\", and merging needs no directive"
            ),
            (
                "{}", #"{"$patch":1}"#, .invalidDirective,
                "unknown patch type: integer in map of the whole patch: $patch is \"replace\" or \"delete\", and merging needs no directive"
            ),
            (
                #"{"items":[{"name":"a"}]}"#, #"{"items":[{"name":"a","$patch":"other"}]}"#, .invalidDirective,
                "unknown patch type: other in map items[0]: $patch is \"replace\" or \"delete\", and merging needs no directive"
            ),
            (
                #"{"items":[{"name":"a"}]}"#, #"{"items":[{"name":"a","$patch":"merge"}]}"#, .invalidDirective,
                "merging lists cannot yet be specified in the patch: items[0] has $patch: merge; leave it out, elements merge by name without it"
            ),
            (
                #"{"items":[{"name":"a","items":[{"name":"x"}]}]}"#, #"{"items":[{"name":"a","items":[{"name":"x"},{"v":1}]}]}"#, .missingMergeKey,
                "items[a].items[1] does not contain declared merge key: name; add it, since the elements of this list are identified by it"
            ),
            (
                #"{"items":[{"name":"a"}]}"#, #"{"items":[{"$patch":"delete"}]}"#, .missingMergeKey,
                "items[0] does not contain declared merge key: name; add it, since the elements of this list are identified by it"
            ),
            (
                #"{"items":[{"x":1}]}"#, #"{"items":[{"name":"a"}]}"#, .missingMergeKey,
                "items[0] does not contain declared merge key: name; add it, since the elements of this list are identified by it"
            ),
            (#"{"items":[{"name":"a"}]}"#, #"{"items":["a"]}"#, .wrongType, "items[0] is a string, but must be an object"),
            (
                #"{"items":[{"name":"a"}]}"#, #"{"items":[{"name":["a"]}]}"#, .wrongType,
                "items[0].name is an array, but must be a scalar, since elements are identified by it"
            ),
            (#"{"scalars":["a"]}"#, #"{"scalars":[{"name":"a"}]}"#, .wrongType, "scalars[0] is an object, but must be a scalar"),
            (#"{"scalars":["a"]}"#, #"{"scalars":["b",null]}"#, .wrongType, "scalars[1] is null, but must be a scalar"),
            (#"{"scalars":["a"]}"#, #"{"scalars":[["b"]]}"#, .wrongType, "lists of lists are not supported: scalars[0] is a list in a list that is merged"),
            (
                #"{"scalars":["a"]}"#, #"{"scalars":[1]}"#, .wrongType,
                "list element types are not identical: scalars[0] is an integer, the first element of the list is not"
            ),
            (
                #"{"keyless":[{"name":"a"}]}"#, #"{"keyless":[{"name":"b"}]}"#, .missingMergeKey,
                "cannot merge lists without merge key for keyless: its schema has none; replace the list by a JSON patch"
            ),
            (
                "{}", #"{"inner":{"x":{}},"$setElementOrder":[]}"#, .invalidDirective,
                "invalid patch format of setElementOrder list: $setElementOrder names no field; write $setElementOrder/<name of the list>"
            ),
            (
                "{}", #"{"$deleteFromPrimitiveList/":[]}"#, .invalidDirective,
                "invalid patch format of primitive list: $deleteFromPrimitiveList/ names no field; write $deleteFromPrimitiveList/<name of the list>"
            ),
            ("{}", #"{"$setElementOrder/items":{}}"#, .invalidDirective, "$setElementOrder/items is an object, but must be a list"),
            ("{}", #"{"$retainKeys":null}"#, .invalidDirective, "$retainKeys is null, but must be a list"),
            ("{}", #"{"$retainKeys":[1]}"#, .invalidDirective, "$retainKeys[0] is an integer, but must be the name of a field"),
            (
                #"{"inner":{}}"#, #"{"inner":{"$retainKeys":["a"],"a":1,"b":2}}"#, .invalidDirective,
                "invalid patch format of retainKeys: inner.b is set, but inner.$retainKeys does not name it; add it there"
            ),
            (
                #"{"items":[{"name":"c"}]}"#, #"{"$setElementOrder/items":[{"name":"c"},{"name":"d"}],"items":[{"name":"e"}]}"#, .invalidDirective,
                "The order in patch list: [e] doesn't match $setElementOrder list: [c, d]: items[0] is not there in this order; "
                    + "list all elements of the patch there, in the same order"
            ),
            (
                "{}", #"{"$setElementOrder/scalars":[1,2],"scalars":[2,1]}"#, .invalidDirective,
                "The order in patch list: [2 scalars] doesn't match $setElementOrder list: [2 scalars]: scalars[1] is not there in this order; "
                    + "list all elements of the patch there, in the same order"
            ),
            (
                "{}", #"{"$setElementOrder/items":[{"x":1}]}"#, .missingMergeKey,
                "$setElementOrder/items[0] does not contain declared merge key: name; add it, since the elements of this list are identified by it"
            ),
            ("{}", #"{"$setElementOrder/items":["a"]}"#, .wrongType, "$setElementOrder/items[0] is a string, but must be an object"),
            (
                #"{"plainItems":[{"name":"a"}]}"#, #"{"$setElementOrder/plainItems":[{"name":"a"}]}"#, .wrongType,
                "$setElementOrder/plainItems[0] is an object, but must be a scalar: this list has no merge key by which other elements could be ordered"
            ),
            (#"{"items":1}"#, #"{"$setElementOrder/items":[]}"#, .wrongType, "items is an integer, but must be a list, since the patch orders its elements"),
            ("{}", #"{"$setElementOrder/items":[],"items":null}"#, .wrongType, "items is null, but must be a list, since the patch orders its elements"),
            (
                #"{"scalars":1}"#, #"{"$deleteFromPrimitiveList/scalars":[1]}"#, .wrongType,
                "scalars is an integer, but must be a list, since the patch deletes elements from it"
            ),
            (
                #"{"items":[{"name":"a"}]}"#, #"{"$deleteFromPrimitiveList/items":[{"name":"a"}]}"#, .wrongType,
                "$deleteFromPrimitiveList/items[0] is an object, but must be a scalar"
            ),
        ] as [(String, String, PatchError.Reason, String)])
    func saysWhatIsWrong(_ object: String, _ patch: String, _ reason: PatchError.Reason, _ message: String) throws {
        let original = try #require(JSONValue(parsing: object).object)
        let changes = try #require(JSONValue(parsing: patch).object)
        do {
            let result = try StrategicMergePatch(changes).applied(to: original, schema: RuleSchema())
            Issue.record("accepted, gives \(result)")
        } catch {
            #expect(error.reason == reason)
            #expect(error.message == message)
        }
    }

    @Test(
        arguments: [
            ("merge", .merge), ("replace", .replace), ("retainKeys", .retainKeys), ("merge,retainKeys", [.merge, .retainKeys]), ("", []),
        ] as [(String, PatchStrategies)])
    func strategiesAreRead(_ text: String, _ strategies: PatchStrategies) { #expect(PatchStrategies(parsing: text) == strategies) }

    @Test func unknownStrategiesAreRefused() { #expect(PatchStrategies(parsing: "merge,other") == nil) }

    @Test func withoutASchemaOrDirectivesItIsAMergePatch() throws {
        var generator = SeededGenerator(seed: 5)
        for _ in 0..<3_000 {
            guard case .object(let object) = JSONValue.random(depth: 4, nulls: false, using: &generator),
                case .object(let patch) = JSONValue.random(depth: 4, nulls: false, using: &generator)
            else { continue }
            var withRemovals = patch
            for key in patch.keys where Bool.random(using: &generator) { withRemovals[key] = .null }
            let expected = try MergePatch(.object(withRemovals)).applied(to: .object(object))
            #expect(JSONValue.object(try StrategicMergePatch(withRemovals).applied(to: object, schema: nil)) == expected)
        }
    }

    /// Lists of objects under random directives against the rules for their contents: who is deleted, merged, added; and the order that is asked for.
    @Test func mergedListsHaveTheRightElementsInTheRightOrder() throws {
        var generator = SeededGenerator(seed: 6)
        for _ in 0..<3_000 {
            let names = (0..<12).map { "n\($0)" }.shuffled(using: &generator)
            let server = Array(names.prefix(Int.random(in: 0...8, using: &generator)))
            let deleted = Set(names.shuffled(using: &generator).prefix(Int.random(in: 0...3, using: &generator)))
            let changed = names.shuffled(using: &generator).filter { !deleted.contains($0) }.prefix(Int.random(in: 0...4, using: &generator))
            let order = changed + names.filter { !changed.contains($0) && !deleted.contains($0) && Bool.random(using: &generator) }
            let changes: [JSONValue] = changed.map { ["name": .string($0), "new": 1] } + deleted.map { ["name": .string($0), "$patch": "delete"] }
            var patch: JSONObject = ["items": .array(changes.shuffled(using: &generator))]
            let patchOrder = (patch["items"]?.array ?? []).compactMap { $0["$patch"] == nil ? $0["name"]?.string : nil }
            let isOrdered = Bool.random(using: &generator)
            let wanted = isOrdered ? patchOrder + order.filter { !patchOrder.contains($0) } : patchOrder
            if isOrdered { patch["$setElementOrder/items"] = .array(wanted.map { ["name": .string($0)] }) }

            let original: JSONObject = ["items": .array(server.map { ["name": .string($0), "old": 1] })]
            let items = try StrategicMergePatch(patch).applied(to: original, schema: RuleSchema())["items"]?.array ?? []
            let result = items.compactMap { $0["name"]?.string }
            let expected = Set(server).subtracting(deleted).union(changed)
            #expect(Set(result) == expected && result.count == expected.count)
            for item in items {
                let name = item["name"]?.string ?? ""
                #expect((item["old"] == 1) == server.contains(name))
                #expect((item["new"] == 1) == changed.contains(name))
            }
            #expect(result.filter(wanted.contains) == wanted.filter(result.contains), "what is ordered has that order")
            #expect(result.filter { !wanted.contains($0) } == server.filter { result.contains($0) && !wanted.contains($0) }, "the others keep theirs")
        }
    }

    @Test func depthIsLimited() throws {
        func nested(_ depth: Int, in list: Bool) -> JSONObject {
            (0..<depth).reduce(["name": "a"]) { inner, _ in list ? ["name": "a", "items": [.object(inner)]] : ["inner": .object(inner)] }
        }
        for list in [true, false] {
            let deep = nested(list ? 499 : 999, in: list)
            #expect(try StrategicMergePatch(deep).applied(to: deep, schema: RuleSchema()) == deep)
            #expect(try StrategicMergePatch(deep).applied(to: [:], schema: RuleSchema()) == deep)
            let deeper = nested(1_001, in: list)
            for original in [deeper, [:]] {
                let error = #expect(throws: PatchError.self) { try StrategicMergePatch(deeper).applied(to: original, schema: RuleSchema()) }
                #expect(error?.reason == .limitExceeded)
            }
        }
    }

    /// Anything as a patch, with directives at any place: an answer or an error, no crash, and the same each time.
    @Test func anyObjectAsAPatchIsAnsweredOrRefused() {
        var generator = SeededGenerator(seed: 9)
        let names = [
            "items", "items", "scalars", "plainItems", "inner", "byName", "replaced", "name", "name", "$patch", "$retainKeys", "$setElementOrder/items",
            "$setElementOrder/scalars", "$setElementOrder", "$deleteFromPrimitiveList/scalars", "$deleteFromPrimitiveList/", "$other",
        ]
        let words: [JSONValue] = ["a", "b", "delete", "replace", "merge", "name", 1, 1.5, nil, true]

        func value(_ depth: Int, _ directives: Bool) -> JSONValue {
            switch depth > 0 ? Int.random(in: 0..<4, using: &generator) : 0 {
            case 0: return words.randomElement(using: &generator) ?? nil
            case 1: return .array((0..<Int.random(in: 0...3, using: &generator)).map { _ in value(depth - 1, directives) })
            default: return .object(object(depth, directives))
            }
        }
        func object(_ depth: Int, _ directives: Bool) -> JSONObject {
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...4, using: &generator) {
                let name = names.randomElement(using: &generator) ?? ""
                if !directives, name.hasPrefix("$") { continue }
                object[name] = value(depth - 1, directives)
            }
            return object
        }

        var applied = 0
        for _ in 0..<20_000 {
            let (original, patch) = (object(4, false), StrategicMergePatch(object(4, true)))
            let result = Result { () throws(PatchError) in try patch.applied(to: original, schema: RuleSchema()) }
            #expect(result == Result { () throws(PatchError) in try patch.applied(to: original, schema: RuleSchema()) })
            if case .success = result { applied += 1 }
        }
        #expect(applied > 2_000)
    }

    @Test func longListsTakeLinearTime() throws {
        func items(_ names: Range<Int>, _ member: String) -> JSONValue { .array(names.map { ["name": "n\($0)", member: 1] }) }
        let original: JSONObject = ["items": items(0..<20_000, "old"), "scalars": .array((0..<20_000).map { .integer($0) })]
        var patch: JSONObject = ["items": items(10_000..<30_000, "new"), "scalars": .array((10_000..<30_000).map { .integer($0) })]
        patch["$deleteFromPrimitiveList/scalars"] = .array((0..<10_000).map { .integer($0) })
        patch["$setElementOrder/items"] = .array((5_000..<30_000).map { ["name": "n\($0)"] })
        let start = ContinuousClock.now
        let result = try StrategicMergePatch(patch).applied(to: original, schema: RuleSchema())
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(result["items"]?.array?.count == 30_000)
        #expect(result["items"]?[29_999] == ["name": "n29999", "new": 1])
        #expect(result["scalars"]?.array == (10_000..<30_000).map { .integer($0) })
    }

    @Test func namingOneElementManyTimesCostsNoMoreThanItsChanges() throws {
        let changes = (0..<20_000).map { JSONValue.object(["name": "a", "k\($0)": 1]) }
        let start = ContinuousClock.now
        let result = try StrategicMergePatch(["items": .array(changes)]).applied(to: ["items": [["name": "a"]]], schema: RuleSchema())
        #expect(ContinuousClock.now - start < .seconds(10))
        #expect(result["items"]?[0]?.object?.count == 20_001)
    }

    @Test func namingOneElementManyTimesForLongListsInItIsLimited() throws {
        let long = JSONValue.array((0..<100).map { .integer($0) })
        let original: JSONObject = ["items": [["name": "a", "scalars": long]]]
        // Each goes through the 100 scalars and the new one.
        let changes = Array(repeating: JSONValue.object(["name": "a", "scalars": [1]]), count: 10)
        for (limit, isEnough) in [(1 + 10 + 10 * 101, true), (10 + 10 * 101, false)] {
            var merger = StrategicMerger(maxVisitedElements: limit)
            var object = original
            let result = Result { try merger.merge(["items": .array(changes)], into: &object, as: .object(RuleSchema()), at: FieldPath()) }
            switch result {
            case .success: #expect(isEnough)
            case .failure(let error): #expect(!isEnough && (error as? PatchError)?.reason == .limitExceeded)
            }
        }
    }
}
