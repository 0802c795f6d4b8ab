import NIOSSL
import SwiftASN1
import X509

/// Whether the server speaks TLS, and as whom.
public enum ServerTLS: Sendable {
    case none
    /// A certificate of the server's own authority (``HTTPTestServer/authority``).
    ///
    /// - Parameters:
    ///   - names: the host names and addresses in it. Leave out 127.0.0.1 for a server of the wrong name.
    ///   - maximumVersion: to be an outdated server.
    case selfSigned(
        names: [String] = ["localhost", "127.0.0.1"], validity: CertificateValidity = .current, maximumVersion: TLSVersion = .tls13,
        clientAuthentication: ClientAuthentication = .none)

    public enum TLSVersion: Sendable { case tls11, tls12, tls13 }

    public enum ClientAuthentication: Sendable {
        case none
        /// Asks for a certificate, checks it if there is one and serves clients without one too, as API servers do.
        case optional(by: TestCertificateAuthority? = nil)
        /// Refuses clients without a certificate by this authority, `nil` being the server's own.
        case required(by: TestCertificateAuthority? = nil)
    }

    func makeContext(authority: TestCertificateAuthority, alpn: [String]) throws(TestServerError) -> NIOSSLContext? {
        guard case .selfSigned(let names, let validity, let maximumVersion, let clientAuthentication) = self else { return nil }
        let issued = try authority.issueServerCertificate(names: names, validity: validity)
        do {
            let certificate = try NIOSSLCertificate(bytes: Array(issued.certificatePEM.utf8), format: .pem)
            let key = try NIOSSLPrivateKey(bytes: Array(issued.keyPEM.utf8), format: .pem)
            var configuration = TLSConfiguration.makeServerConfiguration(certificateChain: [.certificate(certificate)], privateKey: .privateKey(key))
            configuration.applicationProtocols = alpn
            configuration.maximumTLSVersion =
                switch maximumVersion {
                case .tls11: .tlsv11
                case .tls12: .tlsv12
                case .tls13: .tlsv13
                }
            switch clientAuthentication {
            case .none: break
            case .optional(let other):
                configuration.certificateVerification = .optionalVerification
                configuration.trustRoots = .certificates([try trusted(other ?? authority)])
            case .required(let other):
                configuration.certificateVerification = .noHostnameVerification
                configuration.trustRoots = .certificates([try trusted(other ?? authority)])
            }
            return try NIOSSLContext(configuration: configuration)
        } catch {
            throw .setup("TLS: \(error)")
        }
    }

    private func trusted(_ authority: TestCertificateAuthority) throws -> NIOSSLCertificate {
        try NIOSSLCertificate(bytes: Array(authority.certificatePEM.utf8), format: .pem)
    }
}

/// Who a client says it is, from its certificate.
public struct ClientCertificate: Sendable, Hashable {
    public let commonName: String
    public let organizations: [String]

    init?(_ certificate: NIOSSLCertificate) {
        guard let bytes = try? certificate.toDERBytes(), let parsed = try? Certificate(derEncoded: bytes) else { return nil }
        var commonName = ""
        var organizations: [String] = []
        for attribute in parsed.subject.flatMap({ Array($0) }) {
            switch attribute.type {
            case .RDNAttributeType.commonName: commonName = "\(attribute.value)"
            case .RDNAttributeType.organizationName: organizations.append("\(attribute.value)")
            default: break
            }
        }
        self.commonName = commonName
        self.organizations = organizations
    }
}
