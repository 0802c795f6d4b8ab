import Foundation
import KubernetesAPI
import KubernetesClient

/// The embedded API server over HTTPS, each part at three sizes: starts and memory, writes, reads, and watchers.
func apiBenchmark() async throws -> [Row] {
    guard FileManager.default.isExecutableFile(atPath: martlet.path) else {
        throw BenchmarkFailure(description: "\(martlet.path) is missing: swift build -c release --product martlet")
    }
    var rows = try await startRows()
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let server = try await EmbeddedServer(directory: folder)
    rows += try await writeRows(server)
    rows += try await readRows(server)
    rows += try await fanOutRows(server)
    server.stop()
    return rows
}

/// A ConfigMap of about a KiB.
func configMap(_ name: String, text: String = String(repeating: "x", count: 800)) -> JSONValue {
    ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": .string(name)], "data": ["text": .string(text)]]
}

func rateText(_ rate: Double) -> String { rate.isNaN ? "-" : String(format: "%.0f/s", rate) }

/// How much more one unit of work takes than at the size before.
func growth(_ seconds: [Double], _ counts: [Int]) -> String {
    guard let last = seconds.last, let size = counts.last, seconds.count > 1 else { return "" }
    let before = seconds[seconds.count - 2] / Double(counts[counts.count - 2])
    return String(format: "; %.2f x for each", last / Double(size) / before)
}

/// Does `body` for 0..<count with `clients` at a time, each with a client of its own.
///
/// - Returns: calls a second.
func rate(_ count: Int, clients: [KubernetesClient], _ body: @escaping @Sendable (KubernetesClient, Int) async throws -> Void) async throws -> Double {
    let start = ContinuousClock.now
    try await withThrowingTaskGroup(of: Void.self) { tasks in
        for (place, client) in clients.enumerated() {
            tasks.addTask { for number in stride(from: place, to: count, by: clients.count) { try await body(client, number) } }
        }
        try await tasks.waitForAll()
    }
    return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
}

/// Requests a second as h2load counts them; nan when it is missing, or when a request fails.
func h2load(_ url: String, count: Int, connections: Int, _ arguments: [String]) throws -> Double {
    let text = try output(of: "h2load", ["-n", "\(count)", "-c", "\(connections)", "-m", "1"] + arguments + [url]) ?? ""
    guard text.contains("\(count) succeeded") else { return .nan }
    return text.firstMatch(of: /([0-9.]+) req\/s/).flatMap { Double($0.1) } ?? .nan
}
