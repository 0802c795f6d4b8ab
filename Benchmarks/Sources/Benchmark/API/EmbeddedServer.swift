import Foundation
import KubernetesAPI
import KubernetesClient

/// `martlet up` in a process of its own, on a data directory.
final class EmbeddedServer {
    let directory: URL
    /// Seconds from the start of the process to the answer of `/readyz`.
    let startSeconds: Double
    let configuration: ClientConfiguration
    private let process = Process()

    /// - Parameter directory: made when absent.
    init(directory: URL) async throws {
        self.directory = directory
        let start = ContinuousClock.now
        process.executableURL = martlet
        process.arguments = ["up", "--data", directory.path, "--listen", "127.0.0.1:0", "--output", "json"]
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        var line: [UInt8] = []
        while !line.contains(UInt8(ascii: "\n")) {
            let data = pipe.fileHandleForReading.availableData
            guard !data.isEmpty else { throw BenchmarkFailure(description: "martlet up ended before it was ready") }
            line += data
        }
        configuration = try ClientConfiguration.load(.init(kubeconfig: directory.appendingPathComponent("kubeconfig").path)) { _ in }
        let client = KubernetesClient(configuration, settings: .init(rateLimiter: nil))
        _ = try await client.raw("GET", "/readyz")
        startSeconds = (ContinuousClock.now - start) / .seconds(1)
        await client.shutdown()
    }

    func client() -> KubernetesClient { KubernetesClient(configuration, settings: .init(rateLimiter: nil)) }

    var url: String { "\(configuration.server)" }

    func token() throws -> String {
        try String(contentsOf: directory.appendingPathComponent("pki/token"), encoding: .utf8).trimmingCharacters(in: .whitespacesAndNewlines)
    }

    /// Resident memory in MiB.
    func residentMiB() throws -> Double {
        let status = try String(contentsOfFile: "/proc/\(process.processIdentifier)/status", encoding: .utf8)
        guard let match = status.firstMatch(of: /VmRSS:\s*([0-9]+) kB/), let kibibytes = Double(match.1) else { return .nan }
        return kibibytes / 1024
    }

    /// Ends the server as Ctrl-C does, and waits until it has ended.
    func stop() {
        guard process.isRunning else { return }
        process.interrupt()
        process.waitUntilExit()
    }

    deinit { stop() }
}

/// The release build that is measured; `scripts/benchmark` makes it.
let martlet: URL = {
    if let path = ProcessInfo.processInfo.environment["MARTLET"] { return URL(fileURLWithPath: path) }
    return peer("../../.build/release/martlet").standardizedFileURL
}()

struct BenchmarkFailure: Error, CustomStringConvertible {
    let description: String
}

func temporaryFolder() -> URL { FileManager.default.temporaryDirectory.appendingPathComponent("martlet-benchmark-\(UUID().uuidString)") }
