import Foundation
import KubernetesAPI
import Synchronization
import Testing

@testable import ControllerKit

/// Does what a test says, and remembers for whom.
private struct RecordingReconciler: Reconciler {
    let calls = Captured<ObjectKey>()
    let called = Signal(staysSet: false)
    var action: @Sendable (ObjectKey, _ call: Int) async throws -> Requeue = { _, _ in .onChange }

    func reconcile(_ key: ObjectKey, now: Date) async throws -> Requeue {
        calls.append(key)
        defer { called.set() }
        return try await action(key, calls.values.count { $0 == key })
    }

    func wait(for count: Int) async throws { while calls.values.count < count { try await called.wait() } }
}

@Suite(.timeLimit(.minutes(1))) struct ControllerTests {
    private static let quick = Backoff(first: .milliseconds(1), longest: .milliseconds(5))

    /// Runs a controller while `body` runs.
    private func run(_ controller: Controller, _ body: () async throws -> Void) async throws {
        let running = Task { await controller.run() }
        try await body()
        running.cancel()
        await running.value
    }

    @Test func looksAtWhatIsThereAndAtWhatChanges() async throws {
        let store = Store<ConfigMap>()
        let reconciler = RecordingReconciler()
        let controller = Controller("test", reconciler: reconciler)
        controller.watch(store)
        try await run(controller) {
            store.replace(with: [thing("a", version: 1)], version: "1")
            try await reconciler.wait(for: 1)
            store.apply(.added(thing("b", version: 2)))
            try await reconciler.wait(for: 2)
            store.apply(.deleted(thing("a", version: 3)))
            try await reconciler.wait(for: 3)
        }
        #expect(reconciler.calls.values.map(\.name) == ["a", "b", "a"])
    }

    @Test func beginsWhenAllThatItWatchesIsThere() async throws {
        let (own, owned) = (Store<ConfigMap>(), Store<ConfigMap>())
        let reconciler = RecordingReconciler()
        let controller = Controller("test", reconciler: reconciler)
        controller.watch(own)
        controller.watchOwned(owned, by: GroupKind(group: "apps", kind: "ReplicaSet"))
        try await run(controller) {
            own.replace(with: [thing("a", version: 1)], version: "1")
            // Nothing tells that it does not begin: a moment for it to be wrong in.
            try await Task.sleep(for: .milliseconds(20))
            #expect(reconciler.calls.values.isEmpty)
            owned.replace(with: [], version: "1")
            try await reconciler.wait(for: 1)
        }
    }

    @Test func aChangeOfWhatIsOwnedIsItsOwnersOldAndNew() async throws {
        let store = Store<ConfigMap>()
        let reconciler = RecordingReconciler()
        let controller = Controller("test", reconciler: reconciler)
        controller.watchOwned(store, by: GroupKind(group: "apps", kind: "ReplicaSet"))
        store.replace(with: [thing("child", version: 1, owner: "one"), thing("orphan", version: 1)], version: "1")
        try await run(controller) {
            try await reconciler.wait(for: 1)
            store.apply(.modified(thing("child", version: 2, owner: "two")))
            try await reconciler.wait(for: 3)
        }
        #expect(reconciler.calls.values.first == ObjectKey(namespace: "ns", name: "one"))
        #expect(Set(reconciler.calls.values.map(\.name)) == ["one", "two"])
    }

    @Test func repeatsWhatFailedAndWhatAsksForIt() async throws {
        struct Broken: Error {}
        let store = Store<ConfigMap>()
        let reconciler = RecordingReconciler { key, call in
            if key.name == "broken", call < 4 { throw Broken() }
            return key.name == "again" && call < 3 ? .after(.milliseconds(1)) : .onChange
        }
        let controller = Controller("test", backoff: Self.quick, reconciler: reconciler)
        controller.watch(store)
        store.replace(with: [thing("broken", version: 1), thing("again", version: 1), thing("good", version: 1)], version: "1")
        try await run(controller) { try await reconciler.wait(for: 8) }
        let calls = Dictionary(grouping: reconciler.calls.values, by: \.name).mapValues(\.count)
        #expect(calls == ["broken": 4, "again": 3, "good": 1])
    }

    @Test func worksOnManyKeysButNeverTwiceOnOne() async throws {
        let store = Store<ConfigMap>()
        let running = Mutex<(keys: Set<ObjectKey>, most: Int, isTwice: Bool)>(([], 0, false))
        let reconciler = RecordingReconciler { key, _ in
            running.withLock { running in
                if !running.keys.insert(key).inserted { running.isTwice = true }
                running.most = max(running.most, running.keys.count)
            }
            try await Task.sleep(for: .milliseconds(2))
            running.withLock { _ = $0.keys.remove(key) }
            return .onChange
        }
        let controller = Controller("test", workers: 3, reconciler: reconciler)
        controller.watch(store)
        store.replace(with: (0..<6).map { thing("n\($0)", version: 1) }, version: "1")
        try await run(controller) {
            for version in 2..<40 {
                store.apply(.modified(thing("n\(version % 6)", version: version)))
                try await Task.sleep(for: .milliseconds(1))
            }
            try await reconciler.wait(for: 12)
        }
        running.withLock {
            #expect(!$0.isTwice)
            #expect($0.most <= 3 && $0.most > 1)
        }
    }

    @Test func endsWhileAReconcileIsUnderWay() async throws {
        let store = Store<ConfigMap>()
        let began = Signal(staysSet: true)
        let reconciler = RecordingReconciler { _, _ in
            began.set()
            try await Task.sleep(for: .seconds(600))
            return .onChange
        }
        let controller = Controller("test", reconciler: reconciler)
        controller.watch(store)
        store.replace(with: [thing("a", version: 1)], version: "1")
        try await run(controller) { try await began.wait() }
        #expect(reconciler.calls.values.count == 1)
    }

    @Test(
        arguments: [
            (Requeue.onChange, nil), (.after(.seconds(3)), .seconds(3)), (.after(.seconds(-3)), .zero),
            (.at(Date(timeIntervalSince1970: 107)), .seconds(7)), (.at(Date(timeIntervalSince1970: 90)), .zero),
            (.at(.distantFuture), .seconds(366 * 86_400)),
        ] as [(Requeue, Duration?)])
    func requeuesAfter(_ requeue: Requeue, _ delay: Duration?) {
        let now = Date(timeIntervalSince1970: 100)
        #expect(requeue.delay(now: now) == delay)
        #expect(requeue.sooner(.onChange, now: now) == requeue)
        #expect(Requeue.onChange.sooner(requeue, now: now) == requeue)
        #expect(requeue.sooner(.after(.zero), now: now).delay(now: now) == .zero)
    }
}
