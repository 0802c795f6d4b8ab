import KubernetesAPI
import KubernetesClient
import Synchronization
import TestSupport

/// What a crowd of writers was told.
final class WriteTally: Sendable {
    let increments = Mutex<[String: Int]>([:])
    let applied = Mutex<[String: String]>([:])
    /// The objects that each writer has for itself; nil for deleted ones.
    let own = Mutex<[String: String?]>([:])
    let versions = Mutex<Set<Int64>>([])
    let conflicts = Mutex(0)
    /// The version after which there is nothing more; 0 as long as writers write.
    let last = Mutex<Int64>(0)

    func count(_ object: ConfigMap) { _ = versions.withLock { $0.insert(object.versionNumber) } }
}

/// A client that writes in all ways.
struct CrowdWriter {
    let cluster: TestCluster
    let number: Int
    let tally: WriteTally

    func run(until end: ContinuousClock.Instant) async throws {
        var random = SeededGenerator(seed: UInt64(number))
        let client = try cluster.client
        let configMaps = client.resources(ConfigMap.self, in: "default")
        var count = 0
        while ContinuousClock.now < end {
            count += 1
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1: try await increment("counter-\(Int.random(in: 0..<6, using: &random))", configMaps, byPatch: Bool.random(using: &random))
            case 2:
                let object = FaultTests.ManyClients.object("shared", ["writer-\(number)": "\(count)"])
                tally.count(try await configMaps.apply(object, as: "writer-\(number)", force: false))
                tally.applied.withLock { $0["writer-\(number)"] = "\(count)" }
            default: try await writeOwn("own-\(number)-\(Int.random(in: 0..<3, using: &random))", "\(count)", configMaps, &random)
            }
            try await Task.sleep(for: .milliseconds(Int.random(in: 0...100, using: &random)))
        }
        await client.shutdown()
    }

    /// Reads, adds one and writes under the version that was read, until that succeeds.
    private func increment(_ name: String, _ configMaps: Resources<ConfigMap>, byPatch: Bool) async throws {
        while true {
            var object = try await configMaps.get(name)
            let next = "\((Int(object.data?["count"] ?? "") ?? 0) + 1)"
            do {
                if byPatch {
                    let version = JSONValue.string(object.resourceVersion ?? "")
                    let patch: JSONValue = ["metadata": ["resourceVersion": version], "data": ["count": .string(next)]]
                    tally.count(try await configMaps.patch(name, .merge(patch)))
                } else {
                    object.data?["count"] = next
                    tally.count(try await configMaps.update(object))
                }
                tally.increments.withLock { $0[name, default: 0] += 1 }
                return
            } catch let error as KubernetesError where error.isConflict {
                tally.conflicts.withLock { $0 += 1 }
            }
        }
    }

    private func writeOwn(_ name: String, _ value: String, _ configMaps: Resources<ConfigMap>, _ random: inout SeededGenerator) async throws {
        let isThere = tally.own.withLock { $0[name] ?? nil } != nil
        switch (isThere, Int.random(in: 0..<4, using: &random)) {
        case (false, _): tally.count(try await configMaps.create(FaultTests.ManyClients.object(name, ["value": value])))
        case (true, 0):
            try await configMaps.delete(name)
            tally.own.withLock { $0[name] = .some(nil) }
            return
        case (true, 1): tally.count(try await configMaps.patch(name, .json([["op": "replace", "path": "/data/value", "value": .string(value)]])))
        case (true, 2): tally.count(try await configMaps.patch(name, .strategicMerge(["data": ["value": .string(value)]])))
        case (true, _): tally.count(try await configMaps.update(FaultTests.ManyClients.object(name, ["value": value])))
        }
        tally.own.withLock { $0[name] = value }
    }
}
