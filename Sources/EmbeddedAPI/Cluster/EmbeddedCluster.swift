import Crypto
import Foundation
import KubernetesAPI
public import Logging
import Synchronization

/// A Kubernetes API on this machine's loopback, for one user: what `martlet up` starts.
///
/// Everything is kept in one directory: `api/` holds the objects, `pki/` the authority, the keys and the user's token.
public final class EmbeddedCluster: Sendable {
    public struct Configuration: Sendable {
        /// Where everything is kept; made when absent.
        public var directory: String
        public var listen: ListenAddress
        /// Where the kubeconfig is written; `kubeconfig` in the directory when nil.
        public var kubeconfig: String?
        public var logger: Logger
        /// How often watches that ask for it are sent a bookmark.
        public var bookmarkInterval: Duration = .seconds(60)
        public var connections = ConnectionLimits()

        public init(directory: String, listen: ListenAddress, kubeconfig: String? = nil, logger: Logger = Logger(label: "martlet")) {
            self.directory = directory
            self.listen = listen
            self.kubeconfig = kubeconfig
            self.logger = logger
        }
    }

    /// What a user needs to know of a cluster that runs.
    public struct Ready: Sendable {
        /// Host and port.
        public let address: String
        /// The absolute path of the kubeconfig.
        public let kubeconfig: String
        /// The token of the user who may do everything.
        public let token: String
        /// The authority's certificate, PEM.
        public let authority: String
    }

    private let configuration: Configuration
    private let certificates: ClusterCertificates
    private let token: String
    private let server: APIServer
    private let client: LocalClient
    private let address: Mutex<String>
    private let upkeep: Upkeep

    /// Opens the directory. Blocks for about a second per hundred thousand objects.
    ///
    /// - Throws: ``ServerSetupError``; ``StorageError``.
    public init(_ configuration: Configuration) throws {
        self.configuration = configuration
        let pki = configuration.directory + "/pki"
        try PrivateFile.makeDirectory(pki)
        let store = try ObjectStore(directory: configuration.directory + "/api")
        let now: @Sendable () -> Time = { Time(Date()) }
        certificates = try ClusterCertificates(directory: pki, host: configuration.listen.host, now: Date())
        token = try Self.token(at: pki + "/token")
        let address = Mutex(configuration.listen.description)
        let parts = try ServerParts(store: store, signingKeyPath: pki + "/sa.key", token: token, now: now)
        server = parts.server
        client = parts.client
        self.address = address
        let logger = configuration.logger
        upkeep = Upkeep(client: client, certificateAuthority: certificates.authority, rules: parts.statusRules, now: now) { failure in
            logger.warning("upkeep will try again", metadata: ["failure": "\(failure)"])
        }
    }

    /// Serves until the task is cancelled; then nothing of the cluster is left but its directory.
    ///
    /// - Parameter onReady: called once requests are answered and the kubeconfig is written.
    public func run(onReady: @escaping @Sendable (Ready) -> Void) async throws {
        try await serve(onReady)
        try await server.store.close()
    }

    private func serve(_ onReady: @escaping @Sendable (Ready) -> Void) async throws {
        server.acceptance.load()
        try await Bootstrap(client: client).run()
        let front = HTTPFront(
            address: configuration.listen, certificates: certificates, limits: configuration.connections, logger: configuration.logger,
            respond: { [server] in await server.respond(to: $0) }, onEnding: { [server] in server.store.endWatches() })
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { [upkeep] in await upkeep.run() }
            group.addTask { [server, configuration] in await server.store.sendBookmarks(every: configuration.bookmarkInterval) }
            group.addTask { [self] in
                do {
                    try await front.run { onReady(try self.isListening(on: $0)) }
                } catch is CancellationError {
                    // The end that was asked for.
                }
            }
            // The first to end is the one that listens: cancelled, or failed.
            defer { group.cancelAll() }
            while let _ = try await group.next() {}
        }
    }

    private func isListening(on port: Int) throws(ServerSetupError) -> Ready {
        let host = configuration.listen.host.contains(":") ? "[\(configuration.listen.host)]" : configuration.listen.host
        let address = "\(host):\(port)"
        self.address.withLock { $0 = address }
        server.documents.setAddress(address)
        let path = configuration.kubeconfig ?? configuration.directory + "/kubeconfig"
        try PrivateFile.write(kubeconfig(address), to: path)
        let absolute = path.hasPrefix("/") ? path : FileManager.default.currentDirectoryPath + "/" + path
        return Ready(address: address, kubeconfig: absolute, token: token, authority: certificates.authority)
    }

    /// A kubeconfig, as JSON, which is YAML too.
    private func kubeconfig(_ address: String) -> String {
        let authority = Data(certificates.authority.utf8).base64EncodedString()
        let json: JSONValue = [
            "apiVersion": "v1", "kind": "Config", "current-context": "martlet",
            "clusters": [["name": "martlet", "cluster": ["server": .string("https://\(address)"), "certificate-authority-data": .string(authority)]]],
            "users": [["name": "martlet", "user": ["token": .string(token)]]],
            "contexts": [["name": "martlet", "context": ["cluster": "martlet", "user": "martlet", "namespace": "default"]]],
        ]
        return String(decoding: json.serialized(indent: 2), as: UTF8.self) + "\n"
    }

    private static func token(at path: String) throws(ServerSetupError) -> String {
        if let known = try PrivateFile.read(path)?.trimmingCharacters(in: .whitespacesAndNewlines), !known.isEmpty { return known }
        let token = SymmetricKey(size: .bits256).withUnsafeBytes { bytes in
            Data(bytes).base64EncodedString().replacing("+", with: "-").replacing("/", with: "_").replacing("=", with: "")
        }
        try PrivateFile.write(token + "\n", to: path)
        return token
    }
}
