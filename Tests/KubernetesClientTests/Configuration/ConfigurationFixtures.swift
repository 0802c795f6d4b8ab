import Foundation
import Synchronization

@testable import KubernetesClient

/// A folder that is removed with the last reference to it.
final class TemporaryFolder: Sendable {
    let path: String

    init() throws {
        let root = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: root, withIntermediateDirectories: true)
        path = root.path
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    /// Writes a file and returns its path.
    @discardableResult
    func write(_ name: String, _ text: String, executable: Bool = false) throws -> String {
        let file = "\(path)/\(name)"
        try FileManager.default.createDirectory(atPath: (file as NSString).deletingLastPathComponent, withIntermediateDirectories: true)
        try Data(text.utf8).write(to: URL(fileURLWithPath: file))
        if executable { try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: file) }
        return file
    }

    func read(_ name: String) throws -> String { try String(contentsOfFile: "\(path)/\(name)", encoding: .utf8) }

    /// An environment with nothing in it but the folder as home and working directory, and a PATH for shell scripts.
    func environment(_ variables: [String: String] = [:], hasTerminalInput: Bool = false) -> ConfigurationEnvironment {
        ConfigurationEnvironment(
            variables: ["HOME": path, "PATH": "\(path)/bin:/usr/bin:/bin"].merging(variables) { $1 }, workingDirectory: path,
            serviceAccountDirectory: "\(path)/serviceaccount", hasTerminalInput: hasTerminalInput)
    }
}

/// Collects warnings, from any thread.
final class Warnings: Sendable {
    private let list = Mutex<[ClientConfigurationWarning]>([])
    var all: [String] { list.withLock { $0.map(\.description) } }
    var handler: ClientConfigurationWarning.Handler { { warning in self.list.withLock { $0.append(warning) } } }
}

/// Text that has the form of PEM; nothing in these tests looks inside.
enum PEM {
    static let certificate = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n"
    static let otherCertificate = "-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n"
    static let key = "-----BEGIN EC PRIVATE KEY-----\nsecret-key-bytes\n-----END EC PRIVATE KEY-----\n"
    static func base64(_ text: String) -> String { Data(text.utf8).base64EncodedString() }
}

extension Kubeconfig {
    /// One cluster, user and context, all named `dev`.
    static func example(cluster: String = "server: https://dev:6443", user: String = "token: t", context: String = "cluster: dev, user: dev") -> String {
        """
        apiVersion: v1
        kind: Config
        clusters: [{name: dev, cluster: {\(cluster)}}]
        users: [{name: dev, user: {\(user)}}]
        contexts: [{name: dev, context: {\(context)}}]
        current-context: dev
        """
    }
}

/// The text of what `body` throws, or nil.
func failure<Value>(of body: () throws -> Value) -> String? {
    do {
        _ = try body()
        return nil
    } catch {
        return "\(error)"
    }
}

/// The text of what `body` throws, or nil.
func failure<Value>(isolation: isolated (any Actor)? = #isolation, of body: () async throws -> Value) async -> String? {
    do {
        _ = try await body()
        return nil
    } catch {
        return "\(error)"
    }
}
