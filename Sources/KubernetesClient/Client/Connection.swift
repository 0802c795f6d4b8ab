import Foundation
import HTTPTransport
import Synchronization

/// The transport of a client, renewed when the client certificate is: TLS presents a certificate only when a connection begins.
final class Connection: Sendable {
    private struct State {
        var current: (transport: HTTPTransport, certificate: ClientCertificate?)?
        /// Transports of earlier certificates, which live on while a watch is read from them.
        var earlier: [WeakTransport] = []
        var isShutDown = false
    }
    private struct WeakTransport { weak var transport: HTTPTransport? }

    private let configuration: ClientConfiguration
    private let state = Mutex(State())

    init(_ configuration: ClientConfiguration) { self.configuration = configuration }

    /// The transport whose connections present `certificate`.
    ///
    /// - Throws: ``HTTPTransportError`` when it cannot be made, ``ClientConfigurationError`` when the file of authorities cannot be read.
    func transport(presenting certificate: ClientCertificate?) throws -> HTTPTransport {
        try state.withLock { state in
            if let current = state.current, current.certificate == certificate || state.isShutDown { return current.transport }
            let transport = try HTTPTransport(transportConfiguration(certificate))
            if let replaced = state.current {
                state.earlier.removeAll { $0.transport == nil }
                state.earlier.append(WeakTransport(transport: replaced.transport))
            }
            state.current = (transport, certificate)
            return transport
        }
    }

    /// Ends everything that is under way. Later calls find the transport shut down.
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

    private func transportConfiguration(_ certificate: ClientCertificate?) throws(ClientConfigurationError) -> HTTPTransportConfiguration {
        var transport = HTTPTransportConfiguration(userAgent: configuration.userAgent)
        switch configuration.trust {
        case .system: break
        case .certificates(let pem): transport.tls.certificateAuthorities = pem
        case .unverified: transport.tls.skipsVerification = true
        case .file(let path):
            do {
                transport.tls.certificateAuthorities = [UInt8](try Data(contentsOf: URL(fileURLWithPath: path)))
            } catch {
                throw ClientConfigurationError.file(path: path, field: "certificate-authority", reason: "cannot be read: \(error.localizedDescription)")
            }
        }
        if let certificate {
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
