import KubernetesAPI
import TestSupport
import Testing

@testable import EmbeddedAPI

struct FieldSetTests {
    @Test(
        arguments: [
            (#"{}"#, []),
            (#"{"f:a":{}}"#, [["a"]]),
            (#"{"f:a":{".":{},"f:b":{}}}"#, [["a"], ["a", "b"]]),
            (
                #"{"f:a":{"k:{\"name\":\"x\",\"port\":1}":{".":{},"f:name":{}}}}"#,
                [
                    ["a", .key([.init("name", "x"), .init("port", 1)])], ["a", .key([.init("name", "x"), .init("port", 1)]), "name"],
                ]
            ),
            (#"{"f:a":{"v:1":{},"v:\"1\"":{},"v:true":{}}}"#, [["a", .value(1)], ["a", .value("1")], ["a", .value(true)]]),
            (#"{"f:a":{"i:2":{},"i:10":{}}}"#, [["a", .index(2)], ["a", .index(10)]]),
            (#"{"f:":{},"f:a.b/c":{}}"#, [[""], ["a.b/c"]]),
        ] as [(String, [[PathElement]])])
    func fieldsV1IsReadAndWrittenInTheCanonicalForm(_ text: String, paths: [[PathElement]]) throws {
        let set = try FieldSet(fieldsV1: #require(JSONValue(parsing: text).object))
        #expect(set == FieldSet(paths: paths))
        #expect(set.fieldsV1.description == text)
        #expect(set.count == paths.count)
        for path in paths { #expect(set.has(path)) }
    }

    @Test(arguments: [
        ("keys are written sorted by name", #"{"k:{\"b\":1,\"a\":2}":{}}"#, #"{"k:{\"a\":2,\"b\":1}":{}}"#),
        ("whole doubles are written as integers", #"{"v:1.0":{}}"#, #"{"v:1":{}}"#),
        ("what HTML could take for markup is escaped, as in Go", #"{"v:\"<&>\"":{}}"#, #"{"v:\"\\u003c\\u0026\\u003e\"":{}}"#),
        ("elements are sorted by kind, fields by their bytes", #"{"i:1":{},"v:1":{},"f:b":{},"f:B":{}}"#, #"{"f:B":{},"f:b":{},"v:1":{},"i:1":{}}"#),
        ("unknown kinds of elements are left out", #"{"x:1":{},"f:a":{}}"#, #"{"f:a":{}}"#),
        ("null is an empty object", #"{"f:a":null}"#, #"{"f:a":{}}"#),
    ])
    func otherFormsAreReadToo(_ rule: String, text: String, canonical: String) throws {
        #expect(try FieldSet(fieldsV1: #require(JSONValue(parsing: text).object)).fieldsV1.description == canonical)
    }

    @Test(arguments: [#"{"a":{}}"#, #"{"f":{}}"#, #"{"":{}}"#, #"{"k:[]":{}}"#, #"{"k:{":{}}"#, #"{"v:x":{}}"#, #"{"i:x":{}}"#, #"{"f:a":1}"#])
    func otherKeysAreRefused(_ text: String) throws {
        let object = try #require(JSONValue(parsing: text).object)
        #expect(throws: FieldsV1Error.self) { try FieldSet(fieldsV1: object) }
    }

    @Test func pathsAreWrittenAsInKubernetes() {
        let path: [PathElement] = ["spec", "ports", .keyed([.init("protocol", "TCP"), .init("port", 80)]), "name"]
        #expect(path.fieldText == #".spec.ports[port=80,protocol="TCP"].name"#)
        #expect([PathElement.value("a\"b"), .index(3)].fieldText == #"[="a\"b"][3]"#)
    }

    @Test func theOrderIsTotal() {
        let elements: [PathElement] = [
            "a", "b", .key([]), .key([.init("a", 1)]), .key([.init("a", 1), .init("b", 1)]), .key([.init("b", 1)]), .value(1), .value(1.5), .value(2),
            .value(9_007_199_254_740_992.0), .value(9_007_199_254_740_993), .value(1e300), .value("1"), .value(false), .value(true), .value([]),
            .value(["a": 1]), .value(nil), .index(0), .index(1),
        ]
        for (i, left) in elements.enumerated() {
            for (j, right) in elements.enumerated() {
                #expect((PathElement.compare(left, right) < 0) == (i < j), "\(left) and \(right)")
                #expect((left == right) == (i == j))
            }
        }
    }

    /// Random sets of paths are compared with plain sets of them.
    @Test func setOperationsAreThoseOfSetsOfPaths() throws {
        var random = SeededGenerator(seed: 7)
        for _ in 0..<300 {
            let (a, b, c) = (Self.paths(&random), Self.paths(&random), Self.paths(&random))
            let (left, right, third) = (FieldSet(paths: a), FieldSet(paths: b), FieldSet(paths: c))
            #expect(Set(left.paths) == Set(a))
            #expect(Set(left.union(right).paths) == Set(a).union(b))
            #expect(Set(left.intersection(right).paths) == Set(a).intersection(b))
            #expect(Set(left.difference(right).paths) == Set(a).subtracting(b))
            let below = a.filter { path in !b.contains { path.starts(with: $0) } }
            #expect(Set(left.recursiveDifference(right).paths) == Set(below))
            let leaves = a.filter { path in !a.contains { $0.count > path.count && $0.starts(with: path) } }
            #expect(Set(left.leaves.paths) == Set(leaves))

            #expect(left.union(right) == right.union(left))
            #expect(left.union(right).union(third) == left.union(right.union(third)))
            #expect(left.difference(right).union(left.intersection(right)) == left)
            #expect(left.difference(right).intersection(right).isEmpty)
            #expect(left.count == Set(a).count)
            #expect(try FieldSet(fieldsV1: left.fieldsV1) == left)
            for path in a + b { #expect(left.has(path) == a.contains(path)) }
        }
    }

    private static func paths(_ random: inout SeededGenerator) -> [[PathElement]] {
        let elements: [PathElement] = ["a", "b", .keyed([.init("n", "x")]), .keyed([.init("n", "y"), .init("m", 1)]), .value(1), .value("1"), .index(0)]
        let count = Int.random(in: 0..<12, using: &random)
        return (0..<count).map { _ in
            (0..<Int.random(in: 1..<4, using: &random)).map { _ in elements[Int.random(in: 0..<elements.count, using: &random)] }
        }
    }

    @Test func namedFieldsOnTheWayAreAdded() {
        let set = FieldSet(["spec", "ports", .keyed([.init("port", 80), .init("protocol", "TCP")]), "name"], ["metadata", "labels", "x"])
        let named = set.withNamedFields(of: .declared(KubernetesAPI.Service.self))
        #expect(named.has(["spec"]))
        #expect(named.has(["spec", "ports"]))
        #expect(named.has(["metadata", "labels"]))
        #expect(!named.has(["spec", "ports", .keyed([.init("port", 80), .init("protocol", "TCP")])]), "an element is no named field")
        #expect(named.count == set.count + 4)
    }

    @Test func whatHasBecomeAtomicIsOwnedAsAWhole() {
        let set = FieldSet(["spec", "selector", "app"], ["spec", "type"])
        #expect(set.reconciled(with: .declared(KubernetesAPI.Service.self)) == FieldSet(["spec", "selector"], ["spec", "type"]))
        let same = FieldSet(["spec", "selector"], ["spec", "type"])
        #expect(same.reconciled(with: .declared(KubernetesAPI.Service.self)) == same)
    }
}
