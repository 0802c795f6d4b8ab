import Foundation
import HTTPTestServer
import KubernetesAPI
import KubernetesClient
import Testing

/// How long the fault tests run, from the environment.
enum FaultSettings {
    static func number(_ variable: String, default count: Int) -> Int { ProcessInfo.processInfo.environment[variable].flatMap { Int($0) } ?? count }

    static var crashRounds: Int { number("MARTLET_CRASH_ROUNDS", default: 50) }
    static var concurrencySeconds: Int { number("MARTLET_CONCURRENCY_SECONDS", default: 20) }
}

/// A client of a kubeconfig that neither limits its rate nor repeats anything: what fails is to be seen.
func faultClient(_ kubeconfig: String, retries: RetryPolicy = RetryPolicy(limit: 0)) throws -> KubernetesClient {
    let configuration = try ClientConfiguration.load(.init(kubeconfig: kubeconfig)) { _ in }
    return KubernetesClient(configuration, settings: .init(rateLimiter: nil, retries: retries, timeout: .seconds(30)))
}

/// Waits for what no watch tells (a number in `/metrics`, a process), and fails with the last value seen.
@discardableResult
func eventually<Value: Sendable>(
    within limit: Duration = .seconds(20), _ what: String, _ value: @Sendable () async throws -> Value, until isRight: (Value) -> Bool
) async throws -> Value {
    let deadline = ContinuousClock.now + limit
    while true {
        let last = try await value()
        if isRight(last) { return last }
        guard ContinuousClock.now < deadline else { throw NeverHappened(description: "\(what): still \(last) after \(limit)") }
        try await Task.sleep(for: .milliseconds(20))
    }
}

struct NeverHappened: Error, CustomStringConvertible { let description: String }

/// Fails when `body` takes longer.
func withDeadline<Result: Sendable>(_ limit: Duration, _ what: String, _ body: @Sendable @escaping () async throws -> Result) async throws -> Result {
    try await withThrowingTaskGroup(of: Result.self) { group in
        group.addTask { try await body() }
        group.addTask {
            try await Task.sleep(for: limit)
            throw NeverHappened(description: "\(what): not within \(limit)")
        }
        defer { group.cancelAll() }
        guard let first = try await group.next() else { throw CancellationError() }
        return first
    }
}

extension TestCluster {
    var client: KubernetesClient { get throws { try faultClient(kubeconfig) } }

    var port: Int { Int(ready.address.split(separator: ":").last ?? "") ?? 0 }

    /// A connection that speaks TLS and nothing more.
    func connect(protocols: [String] = ["http/1.1"]) async throws -> RawConnection {
        try await RawConnection.connect(to: "127.0.0.1", port: port, trusting: ready.authority, protocols: protocols)
    }

    /// That it answers as ever.
    func checkHealth(_ comment: Comment? = nil) async throws {
        let client = try client
        let answer = try await withDeadline(.seconds(20), "/readyz") { try await client.raw("GET", "/readyz") }
        #expect(String(decoding: answer, as: UTF8.self) == "ok", comment)
        await client.shutdown()
    }
}

extension KubernetesClient {
    /// A number that `/metrics` tells; -1 when it does not.
    func metric(_ name: String) async throws -> Int {
        let text = String(decoding: try await raw("GET", "/metrics"), as: UTF8.self)
        let line = text.split(separator: "\n").first { $0.hasPrefix(name + " ") }
        return line.flatMap { Int($0.dropFirst(name.count + 1)) } ?? -1
    }
}

/// How many files this process has open.
func openFileCount() throws -> Int { try FileManager.default.contentsOfDirectory(atPath: "/proc/self/fd").count }
