import KubernetesAPI
import KubernetesClient
import TestSupport
import Testing

@testable import ControllerKit

@Suite struct StoreTests {
    /// Whatever happens, an index finds what a look at every object finds.
    @Test(arguments: 0..<10) func indexesAgreeWithTheObjects(_ seed: UInt64) throws {
        var random = SeededGenerator(seed: seed)
        let store = Store<ConfigMap>(indexes: [.label("app")])
        let names = (0..<12).map { "n\($0)" }
        for version in 1...400 {
            let object = thing(
                names.randomElement(using: &random) ?? "", version: version, namespace: Bool.random(using: &random) ? "x" : "y",
                labels: Bool.random(using: &random) ? ["app": Bool.random(using: &random) ? "web" : "db", "tier": "1"] : [:],
                owner: Bool.random(using: &random) ? "rs" : nil)
            switch Int.random(in: 0..<8, using: &random) {
            case 0: store.apply(.deleted(object))
            case 1: store.replace(with: [object], version: "\(version)")
            case 2: store.record(object)
            default: store.apply(.modified(object))
            }
        }
        store.add(StoreIndex("name") { [$0.name] })
        let all = store.snapshot.objects.sorted { ObjectKey($0) < ObjectKey($1) }
        let owner = DynamicObject(members: ["metadata": ["uid": "uid-rs"]])
        #expect(store.owned(by: owner) == all.filter { $0.metadata.isOwned(byUID: "uid-rs") })
        #expect(store.objects(.namespace, "x") == all.filter { $0.namespace == "x" })
        for selector in try [Selector(parsing: "app=web"), Selector(parsing: "app in (db),tier=1"), Selector(parsing: "!app"), .everything, .nothing] {
            for namespace in ["x", nil] {
                let expected = all.filter { (namespace == nil || $0.namespace == namespace) && selector.matches($0.metadata.labels ?? [:]) }
                #expect(store.matching(selector, in: namespace) == expected)
            }
        }
        for object in all { #expect(store.objects(StoreIndex("name") { [$0.name] }, object.name).contains(object)) }
        #expect(store.count == all.count)
    }

    @Test func aSnapshotStaysAsItIs() {
        let store = Store<ConfigMap>()
        store.replace(with: (0..<1000).map { thing("n\($0)", version: 1) }, version: "1")
        let snapshot = store.snapshot
        for index in 0..<500 { store.apply(.deleted(thing("n\(index)", version: 2))) }
        #expect((snapshot.count, snapshot.objects.reduce(0) { count, _ in count + 1 }) == (1000, 1000))
        #expect((store.count, store.snapshot.keys.reduce(0) { count, _ in count + 1 }) == (500, 500))
    }

    @Test func dropsWhatNobodyReads() {
        var object = thing("a", version: 1)
        object.metadata.managedFields = [ManagedFieldsEntry(manager: "kubectl")]
        object.data = ["large": "text"]
        let store = Store<ConfigMap>(stripping: Stripping([["metadata", "managedFields"], ["data"], ["spec", "missing"]]))
        // Another reader needs the data.
        store.restrictStripping(to: .managedFields)
        store.apply(.added(object))
        let stored = store[ObjectKey(object)]
        #expect(stored?.metadata.managedFields == nil)
        #expect(stored?.data == ["large": "text"])
        store.restrictStripping(to: .nothing)
        store.apply(.modified(object))
        #expect(store[ObjectKey(object)] == object)
    }

    @Test(arguments: [
        (Scope(), true),
        (Scope(namespace: "ns"), true),
        (Scope(namespace: "other"), false),
        (Scope(fields: .equal("metadata.name", "a")), true),
        (Scope(fields: .equal("metadata.name", "b")), false),
        (Scope(fields: FieldSelector([FieldSelector.Term("spec.nodeName", isEqual: false, "")])), false),
        (Scope(fields: .equal("immutable", "true")), true),
        (Scope(labels: Selector([])), true),
        (Scope(labels: .nothing), false),
    ])
    func tellsWhatIsInAScope(_ scope: Scope, _ isIn: Bool) {
        var object = thing("a", version: 1)
        object.immutable = true
        #expect(scope.contains(object) == isIn)
    }

    @Test(.timeLimit(.minutes(1))) func waitsUntilItIsFilled() async throws {
        let store = Store<ConfigMap>()
        async let synced: Void = store.waitUntilSynced()
        #expect(!store.isSynced)
        store.replace(with: [], version: "1")
        try await synced
        try await store.waitUntilSynced()
    }
}
