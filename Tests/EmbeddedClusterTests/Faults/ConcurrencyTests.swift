import KubernetesAPI
import KubernetesClient
import Testing

extension FaultTests {
    /// Two hundred clients at once, each with a connection of its own: no error but conflicts, no lost update, no gap.
    @Suite struct ManyClients {
        private static let writerCount = 100
        private static let watcherCount = 100
        private static let counters = 6
        static let labels = "crowd"

        @Test func loseNothing() async throws {
            let seconds = FaultSettings.concurrencySeconds
            try await TestCluster.run(configure: { $0.bookmarkInterval = .seconds(1) }) { cluster in
                let (tally, end) = (WriteTally(), ContinuousClock.now + .seconds(seconds))
                let first = try cluster.client.resources(ConfigMap.self, in: "default")
                for counter in 0..<Self.counters { _ = try await first.create(Self.object("counter-\(counter)", ["count": "0"])) }
                _ = try await first.create(Self.object("shared", [:]))
                let watched = try await withThrowingTaskGroup(of: [WatchedState].self) { group in
                    for number in 0..<Self.watcherCount {
                        group.addTask { try await CrowdWatcher(cluster: cluster, number: number, tally: tally).run() }
                    }
                    group.addTask {
                        try await withThrowingTaskGroup(of: Void.self) { writers in
                            for number in 0..<Self.writerCount {
                                writers.addTask { try await CrowdWriter(cluster: cluster, number: number, tally: tally).run(until: end) }
                            }
                            try await writers.waitForAll()
                        }
                        // What every watcher has to see before it ends.
                        let last = try await cluster.client.resources(ConfigMap.self, in: "default").create(Self.object("the-last", [:]))
                        tally.last.withLock { $0 = last.versionNumber }
                        return []
                    }
                    return try await group.reduce(into: []) { $0 += $1 }
                }
                let list = try await first.listAll(ListOptions(labels: Self.labels))
                Self.checkWrites(tally, list)
                Self.checkWatches(watched, tally, list)
                let events = watched.reduce(0) { $0 + $1.changes.count }
                print(
                    "api crowd test: \(Self.writerCount + Self.watcherCount) clients, \(seconds) s, \(tally.versions.withLock { $0.count }) writes, "
                        + "\(tally.conflicts.withLock { $0 }) conflicts, \(events) events in \(watched.count) watches, 0 lost")
            }
        }

        static func object(_ name: String, _ data: [String: String]) -> ConfigMap {
            ConfigMap(metadata: ObjectMeta(labels: [labels: "yes"], name: name), data: data)
        }

        private static func checkWrites(_ tally: WriteTally, _ list: ResourceList<ConfigMap>) {
            let objects = Dictionary(list.items.map { ($0.name, $0) }) { first, _ in first }
            for (counter, increments) in tally.increments.withLock({ $0 }) {
                #expect(objects[counter]?.data?["count"] == "\(increments)", "increments of \(counter) are lost")
            }
            for (key, value) in tally.applied.withLock({ $0 }) { #expect(objects["shared"]?.data?[key] == value, "what was applied to \(key) is lost") }
            for (name, value) in tally.own.withLock({ $0 }) { #expect(objects[name]?.data?["value"] == value, "\(name) is not as it was written last") }
        }

        /// All watches tell the same changes, and those are all that there were.
        private static func checkWatches(_ watched: [WatchedState], _ tally: WriteTally, _ list: ResourceList<ConfigMap>) {
            let present = Dictionary(list.items.map { ($0.name, $0.versionNumber) }) { first, _ in first }
            var all: [Int64: WatchedState.Change] = [:]
            for state in watched { all.merge(state.changes) { first, _ in first } }
            let versions = all.keys.sorted()
            for (number, state) in watched.enumerated() {
                #expect(state.faults.isEmpty, "watch \(number): \(state.faults.prefix(5))")
                let expected = versions.filter { $0 > state.start && $0 <= state.version }
                let told = state.changes.keys.sorted()
                #expect(told == expected, "watch \(number) has gaps at \(Set(expected).symmetricDifference(told).sorted().prefix(5))")
                #expect(state.changes.allSatisfy { all[$0.key] == $0.value }, "watch \(number) tells other changes than the rest")
            }
            for state in watched where state.version >= tally.last.withLock({ $0 }) { #expect(state.versions == present) }
            let acknowledged = tally.versions.withLock { $0 }
            #expect(acknowledged.isSubset(of: Set(versions)), "no watch told \(acknowledged.subtracting(versions).sorted().prefix(5))")
            #expect(watched.contains { $0.bookmarkCount > 0 })
        }
    }
}
