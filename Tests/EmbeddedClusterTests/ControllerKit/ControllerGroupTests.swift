import ControllerKit
import Foundation
import KubernetesAPI
import KubernetesClient
import Testing

/// Keeps one copy of every config map labelled `copy`, which it owns; fails for those named `broken`.
private struct CopyReconciler: Reconciler {
    let originals: Store<ConfigMap>
    let copies: Writer<ConfigMap>

    func reconcile(_ key: ObjectKey, now: Date) async throws -> Requeue {
        guard let original = originals[key], !original.isBeingDeleted else { return .onChange }
        if original.name == "broken" { throw Broken() }
        let present = copies.store.owned(by: original)
        if let copy = present.first {
            guard copy.data != original.data else { return .onChange }
            var copy = copy
            copy.data = original.data
            _ = try await copies.update(copy)
            return .after(.zero)
        }
        var copy = ConfigMap(metadata: ObjectMeta(generateName: "\(original.name)-copy-", namespace: original.namespace))
        copy.metadata.addOwner(OwnerReference(controller: original))
        copy.data = original.data
        _ = try await copies.create(copy)
        // Asked again at once: only what was just written can tell that nothing is left to do.
        return .after(.zero)
    }

    struct Broken: Error, CustomStringConvertible {
        var description: String { "this one cannot be copied" }
    }
}

@Suite(.timeLimit(.minutes(2))) struct ControllerGroupTests {
    private func client(_ cluster: TestCluster) throws -> KubernetesClient {
        KubernetesClient(try ClientConfiguration.load(.init(kubeconfig: cluster.kubeconfig)) { _ in })
    }

    private func group(_ client: KubernetesClient, election: LeaderElection? = nil) throws -> ControllerGroup {
        let events = EventRecorder(client: client, controller: "copy-controller", instance: "test")
        let group = ControllerGroup(client: client, events: events, election: election)
        let originals = group.store(ConfigMap.self, scope: Scope(labels: try Selector(parsing: "copy=yes")))
        let all = group.store(ConfigMap.self)
        let controller = Controller("copy", events: events, reconciler: CopyReconciler(originals: originals, copies: group.writer(all)))
        controller.watch(originals)
        controller.watchOwned(all, by: GroupKind(group: "", kind: "ConfigMap"))
        group.add(controller)
        return group
    }

    private func original(_ name: String, _ text: String = "1") -> ConfigMap {
        var metadata = ObjectMeta(name: name, namespace: "default")
        metadata.labels = ["copy": "yes"]
        var map = ConfigMap(metadata: metadata)
        map.data = ["text": text]
        return map
    }

    /// Waits until the collection is as wanted, for at most 20 s.
    private func wait<Object: Resource>(_ resources: Resources<Object>, until isThere: ([Object]) -> Bool) async throws {
        var (objects, _, changes) = try await resources.streamingList(WatchOptions(resumes: false, timeoutSeconds: 20))
        while !isThere(objects) {
            guard let event = try await changes.next() else { break }
            guard let object = event.object else { continue }
            objects.removeAll { $0.name == object.name }
            if case .deleted = event { continue }
            objects.append(object)
        }
        #expect(isThere(objects), "\(objects)")
    }

    @Test func keepsOneCopyOfEachAndShowsWhatFails() async throws {
        try await TestCluster.run { cluster in
            let client = try client(cluster)
            let group = try group(client)
            let running = Task { try await group.run() }
            let maps = client.resources(ConfigMap.self, in: "default")
            for number in 0..<20 { _ = try await maps.create(original("n\(number)")) }
            _ = try await maps.create(original("broken"))
            try await wait(maps) { $0.count { $0.metadata.controller != nil } == 20 }
            for number in 0..<20 { _ = try await maps.patch("n\(number)", .merge(["data": ["text": "2"]])) }
            try await wait(maps) { $0.count { $0.metadata.controller != nil && $0.data?["text"] == "2" } == 20 }

            try await wait(client.resources(Event.self, in: "default")) { events in
                events.contains { event in
                    event.reason == "ReconcileFailed" && event.type == "Warning" && event.note == "this one cannot be copied"
                        && event.regarding?.name == "broken" && event.series?.count ?? 1 > 1
                }
            }
            let copies = try await maps.listAll().items.filter { $0.metadata.controller != nil }
            #expect(Set(copies.compactMap { $0.metadata.controller?.name }).count == copies.count, "one was copied twice")
            running.cancel()
            try await running.value
            await client.shutdown()
        }
    }

    @Test func oneOfTwoLeadsAndTheOtherTakesOver() async throws {
        try await TestCluster.run { cluster in
            let client = try client(cluster)
            let timing = LeaderElection.Timing(leaseDuration: .seconds(30), renewDeadline: .seconds(20), retryPeriod: .seconds(2))
            func member(_ identity: String) throws -> Task<Void, any Error> {
                let election = LeaderElection(client: client, namespace: "default", name: "copy", identity: identity, timing: timing)
                let group = try group(client, election: election)
                return Task { try await group.run() }
            }
            let leases = client.resources(Lease.self, in: "default")
            let maps = client.resources(ConfigMap.self, in: "default")
            let first = try member("first")
            try await wait(leases) { $0.first?.spec?.holderIdentity == "first" }
            let second = try member("second")
            _ = try await maps.create(original("a"))
            try await wait(maps) { $0.count { $0.metadata.controller?.name == "a" } == 1 }
            first.cancel()
            try await first.value
            // It let go: no need to wait for the lease's end.
            try await wait(leases) { $0.first?.spec?.holderIdentity == "second" }
            _ = try await maps.create(original("b"))
            try await wait(maps) { $0.count { $0.metadata.controller?.name == "b" } == 1 }
            #expect(try await leases.get("copy").spec?.leaseTransitions ?? 0 >= 1)
            second.cancel()
            try await second.value
            await client.shutdown()
        }
    }
}
