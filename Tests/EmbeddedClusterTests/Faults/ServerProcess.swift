import Foundation
import KubernetesAPI
import Subprocess

/// `martlet up` as a process of its own, for a test to end as it likes.
struct ServerProcess: Sendable {
    let processID: Int32
    let kubeconfig: String
    /// `https://127.0.0.1:…`
    let address: String

    /// How a process ended.
    struct End: Sendable, Equatable, CustomStringConvertible {
        /// The exit code; minus the number of the signal that ended it.
        let code: Int
        let errorText: String

        var description: String { "exit \(code): \(errorText)" }
    }

    private static var executable: String {
        URL(fileURLWithPath: "/proc/self/exe").resolvingSymlinksInPath().deletingLastPathComponent().appendingPathComponent("martlet").path
    }

    func send(_ signal: Int32) { kill(processID, signal) }

    /// Waits until the process has ended.
    func waitForEnd() async throws {
        // A process that has ended has no executable any more, even if nobody has asked for its exit code yet.
        try await eventually("process \(processID)") {
            FileManager.default.fileExists(atPath: "/proc/\(processID)/exe")
        } until: {
            !$0
        }
    }

    /// Runs `martlet up` on `data` while `body` runs. `body` may end the process; it is killed afterwards if it has not.
    static func up<Result: Sendable>(
        _ data: String, _ arguments: [String] = [], environment: [String: String] = [:], _ body: @Sendable @escaping (ServerProcess) async throws -> Result
    ) async throws -> (result: Result, end: End) {
        let arguments = ["up", "--data", data, "--listen", "127.0.0.1:0", "--output", "json"] + arguments
        let finished = try await Subprocess.run(
            .path(.init(executable)), arguments: Arguments(arguments), environment: variables(environment), input: .none, output: .sequence,
            error: .string(limit: 1 << 20)
        ) { execution in
            let processID = execution.processIdentifier.value
            do {
                let server = try await ready(execution.standardOutput, processID)
                let result = try await body(server)
                kill(processID, SIGKILL)
                return Swift.Result<Result, any Error>.success(result)
            } catch {
                kill(processID, SIGKILL)
                return .failure(error)
            }
        }
        let end = End(code: code(of: finished.terminationStatus), errorText: finished.standardError)
        do {
            return (try finished.closureResult.get(), end)
        } catch is NeverReady {
            throw NeverHappened(description: "martlet up did not start: \(end)")
        }
    }

    /// Runs `martlet up` to its end, which must come by itself.
    static func failure(_ arguments: [String], environment: [String: String] = [:]) async throws -> End {
        try await withDeadline(.seconds(30), "the end of martlet up \(arguments)") {
            let finished = try await Subprocess.run(
                .path(.init(executable)), arguments: Arguments(["up"] + arguments), environment: variables(environment), input: .none, output: .discarded,
                error: .string(limit: 1 << 20))
            return End(code: code(of: finished.terminationStatus), errorText: finished.standardError)
        }
    }

    private struct NeverReady: Error {}

    /// Waits for the line that says where the server is.
    private static func ready(_ output: SubprocessOutputSequence, _ processID: Int32) async throws -> ServerProcess {
        var bytes: [UInt8] = []
        for try await buffer in output {
            buffer.withUnsafeBytes { bytes.append(contentsOf: $0) }
            guard bytes.contains(10) else { continue }
            let line = try JSONValue(parsing: Array(bytes.prefix { $0 != 10 }))
            guard let kubeconfig = line["kubeconfig"]?.string, let address = line["api"]?.string else { throw NeverReady() }
            return ServerProcess(processID: processID, kubeconfig: kubeconfig, address: address)
        }
        throw NeverReady()
    }

    private static func variables(_ changes: [String: String]) -> Environment {
        var variables: [Environment.Key: String?] = [:]
        for (name, value) in changes { if let key = Environment.Key(rawValue: name) { variables[key] = value } }
        return .inherit.updating(variables)
    }

    private static func code(of status: TerminationStatus) -> Int {
        switch status {
        case .exited(let code): Int(code)
        case .signaled(let signal): -Int(signal)
        }
    }
}
