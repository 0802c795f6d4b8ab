import EmbeddedAPI
import Foundation
import KubernetesAPI
import KubernetesClient
import Logging

/// A cluster of a test's own: an empty data directory and a free port.
struct TestCluster: Sendable {
    let ready: EmbeddedCluster.Ready
    /// The directory of the test, with the cluster's `data` in it; removed afterwards.
    let directory: String

    var kubeconfig: String { ready.kubeconfig }

    /// Runs `body` while a cluster runs, and ends the cluster.
    ///
    /// - Parameter configure: changes how it is run.
    static func run<Result: Sendable>(
        configure: (inout EmbeddedCluster.Configuration) -> Void = { _ in }, _ body: @Sendable @escaping (TestCluster) async throws -> Result
    ) async throws -> Result {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-cluster-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(atPath: directory) }
        return try await run(in: directory, configure: configure, body)
    }

    /// Runs `body` while a cluster runs on `directory/data`, which stays.
    static func run<Result: Sendable>(
        in directory: String, configure: (inout EmbeddedCluster.Configuration) -> Void = { _ in },
        _ body: @Sendable @escaping (TestCluster) async throws -> Result
    ) async throws -> Result {
        var logger = Logger(label: "cluster")
        logger.logLevel = .error
        var configuration = try EmbeddedCluster.Configuration(
            directory: directory + "/data", listen: ListenAddress(parsing: "127.0.0.1:0"), logger: logger)
        configure(&configuration)
        let cluster = try EmbeddedCluster(configuration)
        let (ready, continuation) = AsyncStream<EmbeddedCluster.Ready>.makeStream()
        return try await withThrowingTaskGroup(of: Result?.self) { group in
            group.addTask {
                defer { continuation.finish() }
                try await cluster.run { continuation.yield($0) }
                return nil
            }
            group.addTask {
                guard let ready = await ready.first(where: { _ in true }) else { throw ClusterDidNotStart() }
                return try await body(TestCluster(ready: ready, directory: directory))
            }
            while let finished = try await group.next() {
                guard let finished else { continue }
                group.cancelAll()
                try await group.waitForAll()
                return finished
            }
            throw ClusterDidNotStart()
        }
    }

    private struct ClusterDidNotStart: Error {}
}
