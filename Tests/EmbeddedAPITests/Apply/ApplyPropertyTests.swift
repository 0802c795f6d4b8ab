import KubernetesAPI
import TestSupport
import Testing

@testable import EmbeddedAPI

/// What holds for all objects: random ones of one schema.
struct ApplyPropertyTests {
    private typealias Engine = ServerSideApplyTests

    @Test func applyingTwiceChangesNothing() throws {
        var random = SeededGenerator(seed: 1)
        for _ in 0..<300 {
            let live = Engine.stored(Engine.engine.update(nil, to: Self.widget(&random), manager: "m", now: Engine.time(0)))
            let configuration = Self.widget(&random)
            let once = try Engine.engine.apply(configuration, to: live, manager: "a", force: true, now: Engine.time(1))
            let twice = try Engine.engine.apply(configuration, to: once, manager: "a", force: false, now: Engine.time(2))
            #expect(twice == once)
        }
    }

    @Test func whatWasAppliedIsInTheObject() throws {
        var random = SeededGenerator(seed: 2)
        for _ in 0..<300 {
            let (live, configuration) = (JSONValue.object(Self.widget(&random)), JSONValue.object(Self.widget(&random)))
            let merged = try MergeSchemaTests.widget.merge(live, applying: configuration)
            let changes = try MergeSchemaTests.widget.compare(configuration, merged)
            #expect(changes.modified.isEmpty && changes.removed.isEmpty, "\(configuration) in \(merged)")
            let set = MergeSchemaTests.widget.fieldSet(of: live).union(MergeSchemaTests.widget.fieldSet(of: configuration))
            #expect(MergeSchemaTests.widget.fieldSet(of: merged) == set)
            #expect(try MergeSchemaTests.widget.merge(live, applying: live) == live)
            #expect(try MergeSchemaTests.widget.compare(live, live).isSame)
        }
    }

    /// Apply, then apply nothing: what was there before is back, but for the order of lists.
    @Test func applyingAndRemovingRestores() throws {
        var random = SeededGenerator(seed: 3)
        var restored = 0
        for _ in 0..<600 {
            let live = Engine.stored(Engine.engine.update(nil, to: Self.widget(&random), manager: "m", now: Engine.time(0)))
            guard let applied = try? Engine.engine.apply(Self.widget(&random), to: live, manager: "a", force: false, now: Engine.time(1)) else { continue }
            let nothing: JSONObject = ["apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "a"]]
            let after = try Engine.engine.apply(nothing, to: applied, manager: "a", force: false, now: Engine.time(2))
            #expect(Self.unordered(.object(after)) == Self.unordered(.object(live)))
            restored += 1
        }
        #expect(restored > 50)
    }

    /// Removed items are gone, and those that were kept are what was extracted otherwise.
    @Test func removingAndExtractingAreComplements() {
        var random = SeededGenerator(seed: 4)
        for _ in 0..<300 {
            let value = JSONValue.object(Self.widget(&random))
            let schema = MergeSchemaTests.widget
            let all = schema.fieldSet(of: value)
            let some = FieldSet(paths: all.leaves.paths.filter { _ in Bool.random(using: &random) })
            #expect(schema.fieldSet(of: schema.removing(some, from: value)).intersection(some).isEmpty)
            #expect(schema.fieldSet(of: schema.extracting(some, from: value, withKeys: true)).intersection(some) == some)
            #expect(schema.extracting(all, from: value) == value)
        }
    }

    @Test(.timeLimit(.minutes(1))) func thousandsOfElementsTakeTimeInProportion() throws {
        func object(_ names: some Sequence<Int>) -> JSONObject {
            let items = names.map { number -> JSONValue in ["name": .string("n\(number)"), "kind": "k", "value": "v"] }
            return Engine.widget(["items": .array(items), "tags": .array(names.map { .string("t\($0)") })])
        }
        // Quadratic time would be minutes.
        let live = Engine.stored(try Engine.engine.apply(object(0..<4_000), to: nil, manager: "a", force: false, now: Engine.noon))
        let other = try Engine.engine.apply(object((2_000..<6_000).reversed()), to: live, manager: "b", force: false, now: Engine.noon)
        #expect(other["spec"]?["items"]?.array?.count == 6_000)
        let less = try Engine.engine.apply(object(0..<10), to: other, manager: "a", force: false, now: Engine.noon)
        #expect(less["spec"]?["items"]?.array?.count == 4_010)
    }

    /// Any JSON may come in any place: it is refused or taken, and the ownership that comes out can be read again.
    @Test func whateverIsSentHasAnAnswer() throws {
        var random = SeededGenerator(seed: 5)
        var refused = 0
        for round in 0..<2000 {
            let live = Self.damaged(.object(Engine.stored(Engine.engine.update(nil, to: Self.widget(&random), manager: "m", now: Engine.noon))), &random)
            let sent = Self.damaged(.object(Self.widget(&random)), &random)
            guard case .object(let live) = live, case .object(let sent) = sent else { continue }
            let updated = Engine.engine.update(round.isMultiple(of: 5) ? nil : live, to: sent, manager: "m", now: Engine.noon)
            let fields = try? ManagedFields(json: updated.managedFieldsJSON)
            #expect(fields != nil || updated.managedFieldsJSON == live.managedFieldsJSON)
            do throws(ApplyError) {
                let applied = try Engine.engine.apply(sent, to: live, manager: "a", force: true, now: Engine.noon)
                #expect(throws: Never.self) { try ManagedFields(json: applied.managedFieldsJSON) }
            } catch {
                refused += 1
                #expect(!error.description.isEmpty)
            }
        }
        #expect(refused > 100 && refused < 1990)
    }

    @Test func theDeepestJSONThatIsReadIsApplied() throws {
        var value: JSONValue = "x"
        for _ in 0..<(JSONLimits().depth - 3) { value = ["d": value] }
        let configuration = Engine.widget(["any": value])
        _ = try JSONValue(parsing: JSONValue.object(configuration).description)
        let live = try Engine.engine.apply(configuration, to: nil, manager: "a", force: false, now: Engine.noon)
        let other = try Engine.engine.apply(Engine.widget(["any": ["e": "y"]]), to: live, manager: "a", force: false, now: Engine.noon)
        #expect(other["spec"] == ["any": ["e": "y"]])
    }

    /// The value with something else in a few places.
    private static func damaged(_ value: JSONValue, _ random: inout SeededGenerator) -> JSONValue {
        if Int.random(in: 0..<25, using: &random) == 0 {
            let garbage: [JSONValue] = [nil, true, 1, 1.5, "x", [], [:], [nil, [], [:], 1, 1], ["name": "n", "": nil], ["f:a": ["k:{}": [:]], "v:": 1]]
            return garbage[Int.random(in: 0..<garbage.count, using: &random)]
        }
        switch value {
        case .array(let items):
            var items = items.map { damaged($0, &random) }
            if Int.random(in: 0..<10, using: &random) == 0, let first = items.first { items.append(first) }
            return .array(items)
        case .object(let members):
            var damaged = JSONObject()
            for (key, member) in members where Int.random(in: 0..<40, using: &random) != 0 { damaged[key] = Self.damaged(member, &random) }
            return .object(damaged)
        default: return value
        }
    }

    /// Maps and lists are not empty: an empty one is a value, which a map with something in it replaces.
    private static func widget(_ random: inout SeededGenerator) -> JSONObject {
        func chance() -> Bool { Int.random(in: 0..<3, using: &random) == 0 }
        func text() -> JSONValue { .string(["a", "b", "c"][Int.random(in: 0..<3, using: &random)]) }
        func some<Element>(_ elements: [Element]) -> [Element] {
            let kept = elements.shuffled(using: &random).prefix(Int.random(in: 1...elements.count, using: &random))
            return Array(kept)
        }
        var spec = JSONObject()
        if chance() { spec["color"] = text() }
        if chance() { spec["replicas"] = .integer(Int64.random(in: 0..<3, using: &random)) }
        if chance() { spec["labels"] = .object(JSONObject(uniqueKeysWithValues: some(["x", "y", "z"]).map { ($0, text()) })) }
        if chance() { spec["atomicList"] = .array(some([text(), text()])) }
        if chance() { spec["tags"] = .array(some(["r", "s", "t", "u"])) }
        if chance() {
            spec["items"] = .array(
                some([("n", "k"), ("n", "l"), ("m", "k")]).map { name, kind in
                    var item: JSONObject = ["name": .string(name), "kind": .string(kind)]
                    if chance() { item["value"] = text() }
                    return .object(item)
                })
        }
        if chance() { spec["any"] = .object(["deep": .object(JSONObject(uniqueKeysWithValues: some(["p", "q"]).map { ($0, text()) }))]) }
        if spec.isEmpty { spec["on"] = true }
        return Engine.widget(.object(spec))
    }

    /// The same object with sorted lists and without managedFields.
    private static func unordered(_ value: JSONValue) -> JSONValue {
        switch value {
        case .array(let items): .array(items.map(unordered).sorted { ByteOrder.compare($0, $1) < 0 })
        case .object(let members):
            .object(JSONObject(uniqueKeysWithValues: members.filter { $0.key != "managedFields" }.map { ($0.key, unordered($0.value)) }))
        default: value
        }
    }
}
