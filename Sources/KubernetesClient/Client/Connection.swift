import Foundation
import HTTPTransport
import Synchronization

/// The transport of a client, renewed when the client certificate or the file of authorities is: TLS looks at both only when a connection begins.
final class Connection: Sendable {
    /// What the connections of one transport have in common.
    private struct Identity: Equatable {
        let certificate: ClientCertificate?
        let authorities: [UInt8]?
    }
    private struct State {
        var current: (transport: HTTPTransport, identity: Identity)?
        var authorityFile: RotatingFile<[UInt8]>?
        /// Transports of earlier identities, which live on while a watch is read from them.
        var earlier: [WeakTransport] = []
        var isShutDown = false
    }
    private struct WeakTransport { weak var transport: HTTPTransport? }

    private let configuration: ClientConfiguration
    private let onWarning: @Sendable (String) -> Void
    private let state: Mutex<State>

    init(_ configuration: ClientConfiguration, onWarning: @escaping @Sendable (String) -> Void) {
        self.configuration = configuration
        self.onWarning = onWarning
        var state = State()
        if case .file(let path) = configuration.trust { state.authorityFile = .pem(path, .certificate) }
        self.state = Mutex(state)
    }

    /// The transport whose connections present `certificate` and trust the authorities as they are in their file now.
    ///
    /// - Throws: ``HTTPTransportError`` when it cannot be made, ``ClientConfigurationError`` when the file of authorities cannot be read,
    ///   ``KubernetesError`` after ``shutdown()``.
    func transport(presenting certificate: ClientCertificate?) throws -> HTTPTransport {
        try state.withLock { state in
            if state.isShutDown { throw KubernetesError(.invalidRequest("the client has been shut down")) }
            let identity = Identity(certificate: certificate, authorities: try authorities(&state.authorityFile))
            if let current = state.current, current.identity == identity { return current.transport }
            let transport = try HTTPTransport(transportConfiguration(identity))
            if let replaced = state.current {
                state.earlier.removeAll { $0.transport == nil }
                state.earlier.append(WeakTransport(transport: replaced.transport))
            }
            state.current = (transport, identity)
            return transport
        }
    }

    /// Ends everything that is under way, and refuses what comes later.
    func shutdown() async {
        let transports = state.withLock { state in
            state.isShutDown = true
            return [state.current?.transport].compactMap { $0 } + state.earlier.compactMap(\.transport)
        }
        for transport in transports { await transport.shutdown() }
    }

    var statistics: [HTTPTransportStatistics] {
        state.withLock { state in
            ([state.current?.transport] + state.earlier.map(\.transport)).compactMap { $0?.statistics }
        }
    }

    /// The certificate authorities to trust, PEM; nil leaves it to the system, or to nobody.
    private func authorities(_ file: inout RotatingFile<[UInt8]>?) throws(ClientConfigurationError) -> [UInt8]? {
        switch configuration.trust {
        case .system, .unverified: return nil
        case .certificates(let pem): return pem
        case .file(let path):
            do throws(ConfigurationFile.Fault) {
                return try file?.value(now: Date()) { reason in onWarning("certificate-authority \(path): \(reason)") }
            } catch {
                throw ClientConfigurationError.file(path: path, field: "certificate-authority", reason: error.reason)
            }
        }
    }

    private func transportConfiguration(_ identity: Identity) -> HTTPTransportConfiguration {
        var transport = HTTPTransportConfiguration(userAgent: configuration.userAgent)
        transport.tls.certificateAuthorities = identity.authorities
        transport.tls.skipsVerification = configuration.trust == .unverified
        if let certificate = identity.certificate {
            transport.tls.client = .init(certificateChain: certificate.certificate, privateKey: certificate.key.value)
        }
        transport.tls.serverName = configuration.tlsServerName
        if let proxy = configuration.proxy { transport.proxy = .url(proxy.urlWithCredentials) }
        return transport
    }
}

extension ProxyURL {
    /// The whole URL, as curl takes it. Not for messages.
    fileprivate var urlWithCredentials: String {
        let user = username.map { percentEncoded($0, keeping: "-._~") + (password.map { ":" + percentEncoded($0.value, keeping: "-._~") } ?? "") + "@" } ?? ""
        return "\(scheme.rawValue)://\(user)\(host.asURLHost):\(port)"
    }
}
