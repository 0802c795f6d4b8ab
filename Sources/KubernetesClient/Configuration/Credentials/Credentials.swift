/// What identifies this client in one request.
public struct Credentials: Sendable {
    /// Header fields to add: `Authorization`, and `Impersonate-…` in the order in which they are sent. Values are secrets.
    public let headers: [(name: String, value: String)]
    /// What to present when TLS asks for a certificate. When it differs from that of open connections, those are no longer for this client.
    public let clientCertificate: ClientCertificate?
    /// Rises whenever the source has got something new.
    let generation: Int
}

extension Credentials: CustomStringConvertible, CustomReflectable {
    /// The names of the headers without their values.
    public var description: String {
        "Credentials(headers: \(headers.map(\.name)), clientCertificate: \(clientCertificate == nil ? "none" : "present"))"
    }
    public var customMirror: Mirror { Mirror(self, children: ["headers": headers.map(\.name)]) }
}

/// A certificate with its private key, both PEM.
public struct ClientCertificate: Hashable, Sendable {
    /// The certificate, and perhaps those of its issuers after it.
    public let certificate: [UInt8]
    public let key: SecretValue<[UInt8]>

    public init(certificate: [UInt8], key: SecretValue<[UInt8]>) {
        self.certificate = certificate
        self.key = key
    }
}

extension ClientCertificate: CustomStringConvertible {
    public var description: String { "ClientCertificate(\(certificate.count) bytes)" }
}
