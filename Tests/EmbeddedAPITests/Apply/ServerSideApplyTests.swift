import KubernetesAPI
import Testing

@testable import EmbeddedAPI

struct ServerSideApplyTests {
    static let kind = GroupVersionKind(group: "example.com", version: "v1", kind: "Widget")
    static let engine = ServerSideApply(kind: kind, schemas: [kind.apiVersion: MergeSchemaTests.widget])
    static let noon = Time(secondsSince1970: 1_800_000_000) ?? .min

    static func widget(_ spec: JSONValue) -> JSONObject { MergeSchemaTests.object(spec).object ?? JSONObject() }

    static func time(_ seconds: Int64) -> Time { noon.advanced(by: .seconds(seconds)) }

    /// As the server stores it.
    static func stored(_ object: JSONObject) -> JSONObject {
        var metadata = object["metadata"]?.object ?? JSONObject()
        metadata["uid"] = "u"
        var object = object
        object["metadata"] = .object(metadata)
        return object
    }

    /// Owners with their fields: `a Apply {"f:spec":…}`.
    static func owners(_ object: JSONObject) -> [String] {
        (object.managedFieldsJSON?.array ?? []).map { entry in
            ["manager", "operation", "subresource"].compactMap { entry[$0]?.string }.joined(separator: " ") + " \(entry["fieldsV1"] ?? .null)"
        }
    }

    @Test func theTimeMovesOnlyWithTheObject() throws {
        let first = try Self.engine.apply(Self.widget(["color": "red"]), to: nil, manager: "a", force: false, now: Self.time(0))
        let again = try Self.engine.apply(Self.widget(["color": "red"]), to: first, manager: "a", force: false, now: Self.time(1))
        #expect(again == first)
        let agreed = try Self.engine.apply(Self.widget(["color": "red"]), to: first, manager: "b", force: false, now: Self.time(2))
        let entries = try ManagedFields(json: agreed.managedFieldsJSON)
        #expect(entries.entries[.init("a", .apply, apiVersion: "")]?.time == Self.time(0))
        #expect(entries.entries[.init("b", .apply, apiVersion: "")]?.time == .some(nil), "it changed nothing")
        #expect(!ServerSideApply.isUnchanged(agreed, since: first))
        let changed = try Self.engine.apply(Self.widget(["color": "red", "on": true]), to: first, manager: "a", force: false, now: Self.time(3))
        #expect(try ManagedFields(json: changed.managedFieldsJSON).entries.values.map(\.time) == [Self.time(3)])
    }

    @Test func anUpdateThatChangesNothingOwnsNothing() throws {
        let live = Self.stored(try Self.engine.apply(Self.widget(["color": "red"]), to: nil, manager: "a", force: false, now: Self.noon))
        #expect(Self.engine.update(live, to: live, manager: "editor", now: Self.time(1)) == live)
    }

    @Test func updatesOfOneManagerAreOneEntry() {
        let first = Self.stored(Self.engine.update(nil, to: Self.widget(["color": "red"]), manager: "m", now: Self.time(0)))
        #expect(Self.owners(first) == [#"m Update {"f:spec":{".":{},"f:color":{}}}"#])
        var next = first
        next["spec"] = ["color": "red", "on": true]
        let second = Self.engine.update(first, to: next, manager: "m", now: Self.time(1))
        #expect(Self.owners(second) == [#"m Update {"f:spec":{".":{},"f:color":{},"f:on":{}}}"#])
        #expect(second.managedFieldsJSON?[0]?["time"]?.string == Self.time(1).description)
    }

    @Test(
        arguments: [
            ("an empty entry forgets all", [[:]], []),
            ("so does an empty list", [], []),
            ("invalid entries are ignored", [["manager": "x", "operation": "Other"]], [#"m Update {"f:spec":{".":{},"f:color":{}}}"#]),
            (
                "valid ones count",
                [["manager": "x", "operation": "Apply", "apiVersion": "example.com/v1", "fieldsType": "FieldsV1", "fieldsV1": ["f:spec": [:]]]],
                [#"x Apply {"f:spec":{}}"#]
            ),
        ] as [(String, JSONValue, [String])])
    func clientsMayEditManagedFields(_ rule: String, sent: JSONValue, owners: [String]) {
        let live = Self.stored(Self.engine.update(nil, to: Self.widget(["color": "red"]), manager: "m", now: Self.noon))
        #expect(Self.owners(Self.engine.update(live, to: live.settingManagedFields(sent), manager: "m", now: Self.noon)) == owners)
        let status = ServerSideApply(kind: Self.kind, subresource: "status", schemas: Self.engine.schemas)
        #expect(
            Self.owners(status.update(live, to: live.settingManagedFields(sent), manager: "m", now: Self.noon)) == Self.owners(live),
            "but not through a subresource")
    }

    @Test func theFirstApplyTracksWhatWasThere() throws {
        let live = Self.stored(Self.widget(["color": "red"]))
        #expect(Self.owners(Self.engine.update(live, to: live, manager: "m", now: Self.noon)).isEmpty, "untracked before")
        let applied = try Self.engine.apply(Self.widget(["on": true]), to: live, manager: "a", force: false, now: Self.noon)
        #expect(Self.owners(applied) == [#"a Apply {"f:spec":{"f:on":{}}}"#, #"before-first-apply Update {"f:spec":{".":{},"f:color":{}}}"#])
    }

    @Test func ownersAreSortedByOperationThenTimeThenName() throws {
        func entry(_ manager: String, _ operation: String, _ seconds: Int64?) -> JSONValue {
            var entry: JSONObject = ["apiVersion": "v1", "fieldsType": "FieldsV1", "fieldsV1": ["f:a": [:]], "manager": .string(manager)]
            entry["operation"] = .string(operation)
            if let seconds { entry["time"] = Self.time(seconds).json }
            return .object(entry)
        }
        let sorted = [
            entry("z", "Apply", nil), entry("b", "Apply", 1), entry("c", "Apply", 1), entry("a", "Apply", 2), entry("y", "Update", 0), entry("x", "Update", 5),
        ]
        #expect(try ManagedFields(json: .array(sorted.reversed())).json == .array(sorted))
    }

    @Test func theOldestUpdatersArePutTogether() throws {
        var object = Self.stored(Self.engine.update(nil, to: Self.widget(["labels": ["k0": "v"]]), manager: "m0", now: Self.time(0)))
        for number in 1...14 {
            var labels = object["spec"]?["labels"]?.object ?? JSONObject()
            labels["k\(number)"] = "v"
            var next = object
            next["spec"] = ["labels": .object(labels)]
            object = Self.engine.update(object, to: next, manager: "m\(number)", now: Self.time(Int64(number)))
        }
        let owners = Self.owners(object)
        #expect(owners.count == ManagedFields.updateLimit)
        #expect(owners.first?.hasPrefix("ancient-changes Update") == true)
        let owned = try ManagedFields(json: object.managedFieldsJSON).entries.values.reduce(FieldSet()) { $0.union($1.fields) }
        for number in 0...14 { #expect(owned.has(["spec", "labels", .field("k\(number)")])) }
    }

    @Test func kubectlTakesOverWhatItAppliedClientSide() throws {
        func lastApplied(_ color: String) -> String {
            #"{"apiVersion":"example.com/v1","kind":"Widget","metadata":{"name":"a"},"spec":{"color":"\#(color)"}}"#
        }
        var object = Self.widget(["color": "red"])
        object["metadata"] = ["name": "a", "annotations": .object([LastAppliedConfiguration.annotation: .string(lastApplied("red"))])]
        let live = Self.stored(Self.engine.update(nil, to: object, manager: "kubectl-client-side-apply", now: Self.noon))
        let configuration = Self.widget(["color": "blue"])
        #expect(throws: ApplyError.self) { try Self.engine.apply(configuration, to: live, manager: "other", force: false, now: Self.noon) }
        let applied = try Self.engine.apply(configuration, to: live, manager: "kubectl", force: false, now: Self.noon)
        #expect(applied["spec"]?["color"] == "blue")
        #expect(applied["metadata"]?["annotations"]?[LastAppliedConfiguration.annotation]?.string == lastApplied("blue") + "\n")

        var edited = live
        edited["spec"] = ["color": "green"]
        let byOther = Self.engine.update(live, to: edited, manager: "editor", now: Self.noon)
        #expect(throws: ApplyError.self, "what someone else changed since is a conflict") {
            try Self.engine.apply(configuration, to: byOther, manager: "kubectl", force: false, now: Self.noon)
        }
    }

    @Test func versionsHaveEntriesOfTheirOwnAndForgottenOnesGo() throws {
        let schemas = ["example.com/v1": MergeSchemaTests.widget, "example.com/v2": MergeSchemaTests.widget]
        let second = ServerSideApply(kind: GroupVersionKind(group: "example.com", version: "v2", kind: "Widget"), schemas: schemas)
        let live = Self.stored(Self.engine.update(nil, to: Self.widget(["color": "red", "on": true]), manager: "m", now: Self.noon))
        var next = live
        next["apiVersion"] = "example.com/v2"
        next["spec"] = ["color": "blue", "on": true]
        let both = second.update(live, to: next, manager: "m", now: Self.noon)
        #expect(Self.owners(both) == [#"m Update {"f:spec":{".":{},"f:on":{}}}"#, #"m Update {"f:spec":{"f:color":{}}}"#])

        let only = ServerSideApply(kind: second.kind, schemas: ["example.com/v2": MergeSchemaTests.widget])
        next["spec"] = ["color": "green", "on": true]
        #expect(Self.owners(only.update(both, to: next, manager: "n", now: Self.noon)) == [#"n Update {"f:spec":{"f:color":{}}}"#])
    }

    @Test func anApplierOfAnotherVersionStillRemovesWhatItStopsApplying() throws {
        let schemas = ["example.com/v1": MergeSchemaTests.widget, "example.com/v2": MergeSchemaTests.widget]
        let second = ServerSideApply(kind: GroupVersionKind(group: "example.com", version: "v2", kind: "Widget"), schemas: schemas)
        let live = try Self.engine.apply(Self.widget(["color": "red", "on": true]), to: nil, manager: "a", force: false, now: Self.noon)
        var configuration = Self.widget(["on": true])
        configuration["apiVersion"] = "example.com/v2"
        var converted = live
        converted["apiVersion"] = "example.com/v2"
        let applied = try second.apply(configuration, to: converted, manager: "a", force: false, now: Self.noon)
        #expect(applied["spec"] == ["on": true])
        #expect(applied["apiVersion"] == "example.com/v2")
        #expect(Self.owners(applied) == [#"a Apply {"f:spec":{"f:on":{}}}"#])
    }

    @Test func whatNobodyOwnsStaysBesideWhatIsRemoved() throws {
        let item: JSONValue = ["name": "x", "kind": "k"]
        let live = try Self.engine.apply(Self.widget(["color": "red", "items": [item]]), to: nil, manager: "a", force: false, now: Self.noon)
        var defaulted = live
        defaulted["spec"] = ["color": "red", "items": [["name": "x", "kind": "k", "value": "defaulted"]], "on": false]
        let applied = try Self.engine.apply(Self.widget(["items": [item]]), to: defaulted, manager: "a", force: false, now: Self.noon)
        #expect(applied["spec"] == ["items": [["name": "x", "kind": "k", "value": "defaulted"]], "on": false])
    }
}
