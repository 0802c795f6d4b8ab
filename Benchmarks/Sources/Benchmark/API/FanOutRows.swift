import Foundation
import KubernetesAPI
import KubernetesClient
import Synchronization

/// How long after a write began its watchers have read and decoded it.
func fanOutRows(_ server: EmbeddedServer) async throws -> [Row] {
    var rows: [Row] = []
    var (times, counts): ([Double], [Int]) = ([], [])
    for count in [100, 300, 1_000] {
        let client = server.client(), writer = server.client()
        let namespace = "watched-\(count)"
        let made: JSONValue = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)]]
        _ = try await writer.raw("POST", "/api/v1/namespaces", body: made.serialized())
        let path = "/api/v1/namespaces/\(namespace)/configmaps"
        let version = try JSONValue(parsing: try await writer.raw("GET", path))["metadata"]?["resourceVersion"]?.string ?? ""
        let arrivals = Arrivals()
        let watching = Task {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<count {
                    tasks.addTask {
                        for try await _ in client.resources(ConfigMap.self, in: namespace).watch(WatchOptions(resourceVersion: version)) {
                            arrivals.note()
                        }
                    }
                }
                try await tasks.waitForAll()
            }
        }
        var latencies: [Double] = []
        for round in 0..<11 {
            arrivals.clear()
            let start = ContinuousClock.now
            _ = try await writer.raw("POST", path, body: configMap("event-\(round)").serialized())
            while arrivals.times.count < count {
                guard ContinuousClock.now - start < .seconds(30) else { throw BenchmarkFailure(description: "of \(count) watchers not all were told") }
                try await Task.sleep(for: .milliseconds(2))
            }
            // The first event also waits until all watches are open.
            if round > 0 { latencies += arrivals.times.map { ($0 - start) / .seconds(1) } }
        }
        watching.cancel()
        _ = try? await watching.value
        await client.shutdown()
        await writer.shutdown()
        latencies.sort()
        times.append(latencies[latencies.count * 99 / 100])
        counts.append(count)
        let shown = "\(milliseconds(latencies[latencies.count / 2])); \(milliseconds(latencies[latencies.count * 99 / 100]))"
        rows.append(
            Row(
                what: "\(count) watchers told of one write, p50; p99", martlet: shown + growth(times, counts), peer: "-", ratio: "-",
                target: count == 1_000 ? "p99 <= 100 ms" : "-"))
    }
    return rows
}

/// When watchers were told.
private final class Arrivals: Sendable {
    private let noted = Mutex<[ContinuousClock.Instant]>([])

    var times: [ContinuousClock.Instant] { noted.withLock { $0 } }

    func note() { noted.withLock { $0.append(ContinuousClock.now) } }
    func clear() { noted.withLock { $0 = [] } }
}
