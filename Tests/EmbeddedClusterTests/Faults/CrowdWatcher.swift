import KubernetesAPI
import KubernetesClient
import TestSupport

/// A client that watches, and comes back at random: half of the time from where it was, and else from a list.
struct CrowdWatcher {
    let cluster: TestCluster
    let number: Int
    let tally: WriteTally

    /// Until everything is seen: one state for each time that the watch began anew.
    func run() async throws -> [WatchedState] {
        var random = SeededGenerator(seed: UInt64(1000 + number))
        var finished: [WatchedState] = []
        var client = try cluster.client
        var state = try await begin(client, &random)
        while true {
            let pause = Duration.milliseconds(Int.random(in: 300...4000, using: &random))
            state = try await follow(state, client, for: pause)
            if case let last = tally.last.withLock({ $0 }), last > 0, state.version >= last { break }
            if Bool.random(using: &random) {
                // Another connection, too.
                await client.shutdown()
                client = try cluster.client
            }
            if Int.random(in: 0..<3, using: &random) == 0 {
                finished.append(state)
                state = try await begin(client, &random)
            }
        }
        await client.shutdown()
        return finished + [state]
    }

    private func begin(_ client: KubernetesClient, _ random: inout SeededGenerator) async throws -> WatchedState {
        let configMaps = client.resources(ConfigMap.self, in: "default")
        if Bool.random(using: &random) { return WatchedState(try await configMaps.list(ListOptions(labels: FaultTests.ManyClients.labels))) }
        let (objects, version, _) = try await configMaps.streamingList(WatchOptions(labels: FaultTests.ManyClients.labels))
        return WatchedState(objects, version: version)
    }

    private func follow(_ start: WatchedState, _ client: KubernetesClient, for time: Duration) async throws -> WatchedState {
        let options = WatchOptions(labels: FaultTests.ManyClients.labels, resourceVersion: "\(start.version)", resumes: false)
        let watch = client.resources(ConfigMap.self, in: "default").watch(options)
        return try await withThrowingTaskGroup(of: WatchedState?.self) { group in
            group.addTask {
                var state = start
                do {
                    for try await event in watch { state.follow(event) }
                } catch is CancellationError {
                    // It has followed for long enough.
                }
                return state
            }
            group.addTask {
                try? await Task.sleep(for: time)
                return nil
            }
            var state = start
            while let ended = try await group.next() {
                group.cancelAll()
                state = ended ?? state
            }
            return state
        }
    }
}
