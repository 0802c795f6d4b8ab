import TestSupport
import Testing

@testable import KubernetesAPI

@Suite struct MergePatchTests {
    @Test func mergePatchConformance() throws {
        guard let file = Conformance.path("merge-patch/rfc7386.json") else { return }
        var tally = ConformanceTally("merge-patch")
        for test in try Conformance.json(file).array ?? [] {
            let original = try #require(test["original"])
            let patch = try #require(test["patch"])
            tally.check(test["id"]?.string ?? "?") {
                let result = try MergePatch(patch).applied(to: original)
                return result == test["result"] ? nil : "gives \(result)"
            }
        }
        tally.report()
    }

    @Test(arguments: [
        ("members keep their places, new ones come last", #"{"a":1,"b":2,"c":3}"#, #"{"d":4,"b":null,"a":5}"#, #"{"a":5,"c":3,"d":4}"#),
        ("nulls of a new object are left out", "{}", #"{"a":{"b":null,"c":{"d":null}}}"#, #"{"a":{"c":{}}}"#),
        ("an object replaces another value, without nulls", #"{"a":[1]}"#, #"{"a":{"b":null,"c":1}}"#, #"{"a":{"c":1}}"#),
        ("nulls in lists stay", #"{"a":[1]}"#, #"{"a":[null,{"b":null}]}"#, #"{"a":[null,{"b":null}]}"#),
        ("nulls that were there stay", #"{"a":null,"b":1}"#, #"{"b":2}"#, #"{"a":null,"b":2}"#),
        ("keys are told apart by their bytes", "{\"é\":1,\"e\u{301}\":2}", "{\"e\u{301}\":null}", "{\"é\":1}"),
    ])
    func applies(_ rule: String, to value: String, _ patch: String, gives result: String) throws {
        #expect("\(try MergePatch(JSONValue(parsing: patch)).applied(to: JSONValue(parsing: value)))" == result, "\(rule)")
    }

    @Test(arguments: [
        ("nothing changes", #"{"a":{"b":[1]}}"#, #"{"a":{"b":[1.0]}}"#, "{}"),
        ("only what changes is named", #"{"a":1,"b":{"c":2,"d":3},"e":4}"#, #"{"a":1,"b":{"c":2,"d":5},"f":6}"#, #"{"e":null,"b":{"d":5},"f":6}"#),
        ("lists are named whole", #"{"a":[1,2]}"#, #"{"a":[1,2,3]}"#, #"{"a":[1,2,3]}"#),
        ("an emptied object loses each member", #"{"a":{"b":1}}"#, #"{"a":{}}"#, #"{"a":{"b":null}}"#),
        ("a null that was there is removed", #"{"a":null}"#, "{}", #"{"a":null}"#),
        ("another type replaces the whole", "[1]", #"{"a":1}"#, #"{"a":1}"#),
        ("a value that is no object is the patch", #"{"a":1}"#, "[2]", "[2]"),
    ])
    func makes(_ rule: String, from old: String, to new: String, _ patch: String) throws {
        #expect("\(try MergePatch.make(from: JSONValue(parsing: old), to: JSONValue(parsing: new)).json)" == patch, "\(rule)")
    }

    @Test func aMadePatchGivesTheNewValueAndIsMinimal() throws {
        var generator = SeededGenerator(seed: 7)
        for _ in 0..<5_000 {
            let old = JSONValue.random(depth: 4, nulls: true, using: &generator)
            let new = JSONValue.random(depth: 4, nulls: false, using: &generator)
            let patch = try MergePatch.make(from: old, to: new)
            #expect(try patch.applied(to: old) == new)
            #expect(try MergePatch.make(from: new, to: new).applied(to: new) == new)
            if case .object = new { #expect(try MergePatch.make(from: new, to: new).json == [:]) }
        }
    }

    @Test func applyingTwiceIsApplyingOnce() throws {
        var generator = SeededGenerator(seed: 8)
        for _ in 0..<3_000 {
            let value = JSONValue.random(depth: 4, nulls: true, using: &generator)
            let patch = MergePatch(.random(depth: 4, nulls: true, using: &generator))
            let once = try patch.applied(to: value)
            #expect(try patch.applied(to: once) == once)
        }
    }

    @Test func depthIsLimited() throws {
        func nested(_ depth: Int) -> JSONValue { (0..<depth).reduce(1) { inner, _ in ["a": inner] } }
        #expect(try MergePatch(nested(1_000)).applied(to: [:]) == nested(1_000))
        #expect(try MergePatch.make(from: nested(1_000), to: nested(1_000)).json == [:])
        #expect { try MergePatch(nested(1_001)).applied(to: [:]) } throws: { ($0 as? PatchError)?.reason == .limitExceeded }
        #expect { try MergePatch.make(from: nested(1_001), to: nested(1_001)) } throws: { ($0 as? PatchError)?.reason == .limitExceeded }
    }

    @Test func manyMembersAreRemovedInOnePass() throws {
        let keys = (0..<50_000).map { "k\($0)" }
        let object = JSONObject(uniqueKeysWithValues: keys.map { ($0, 1) })
        let patch = JSONObject(uniqueKeysWithValues: keys.dropLast().map { ($0, nil) })
        let start = ContinuousClock.now
        #expect(try MergePatch(.object(patch)).applied(to: .object(object)) == ["k49999": 1])
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
