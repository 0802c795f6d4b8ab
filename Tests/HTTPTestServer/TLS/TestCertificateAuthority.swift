import Crypto
import Foundation
import NIOCore
import SwiftASN1
import X509

/// A certificate with its private key, both PEM.
public struct IssuedCertificate: Sendable {
    public let certificatePEM: String
    /// PKCS #8, unencrypted.
    public let keyPEM: String
}

/// When a certificate is valid, seen from now.
public enum CertificateValidity: Sendable {
    case current, expired, notYet

    fileprivate var interval: (from: Date, to: Date) {
        let now = Date()
        let hour = 3600.0
        return switch self {
        case .current: (now - hour, now + 24 * hour)
        case .expired: (now - 48 * hour, now - hour)
        case .notYet: (now + hour, now + 48 * hour)
        }
    }
}

/// Signs the certificates of one test: its own, a server's, clients'. Keys are P-256.
public struct TestCertificateAuthority: Sendable {
    public let certificatePEM: String
    private let name: DistinguishedName
    private let key: Certificate.PrivateKey

    public init(commonName: String = "Test Authority") throws(TestServerError) {
        do {
            let key = Certificate.PrivateKey(P256.Signing.PrivateKey())
            let name = try DistinguishedName { CommonName(commonName) }
            let (from, to) = CertificateValidity.current.interval
            let certificate = try Certificate(
                version: .v3, serialNumber: .init(), publicKey: key.publicKey, notValidBefore: from, notValidAfter: to, issuer: name, subject: name,
                extensions: Certificate.Extensions {
                    Critical(BasicConstraints.isCertificateAuthority(maxPathLength: nil))
                    Critical(KeyUsage(keyCertSign: true, cRLSign: true))
                    SubjectKeyIdentifier(hash: key.publicKey)
                },
                issuerPrivateKey: key)
            certificatePEM = try certificate.serializeAsPEM().pemString + "\n"
            self.key = key
            self.name = name
        } catch {
            throw .setup("no certificate authority: \(error)")
        }
    }

    /// - Parameter names: host names and IP addresses that the certificate holds for.
    public func issueServerCertificate(names: [String], validity: CertificateValidity = .current) throws(TestServerError) -> IssuedCertificate {
        let general = try names.map(generalName)
        return try issue(commonName: names.first ?? "server", organizations: [], names: general, usage: .serverAuth, validity: validity)
    }

    /// - Parameters:
    ///   - commonName: the user name, for Kubernetes.
    ///   - organizations: its groups.
    public func issueClientCertificate(
        commonName: String, organizations: [String] = [], validity: CertificateValidity = .current
    ) throws(TestServerError) -> IssuedCertificate {
        try issue(commonName: commonName, organizations: organizations, names: [], usage: .clientAuth, validity: validity)
    }

    private func issue(
        commonName: String, organizations: [String], names: [GeneralName], usage: ExtendedKeyUsage.Usage, validity: CertificateValidity
    ) throws(TestServerError) -> IssuedCertificate {
        do {
            let subjectKey = Certificate.PrivateKey(P256.Signing.PrivateKey())
            let subject = try DistinguishedName {
                for organization in organizations { OrganizationName(organization) }
                CommonName(commonName)
            }
            let (from, to) = validity.interval
            let certificate = try Certificate(
                version: .v3, serialNumber: .init(), publicKey: subjectKey.publicKey, notValidBefore: from, notValidAfter: to, issuer: name,
                subject: subject,
                extensions: Certificate.Extensions {
                    Critical(BasicConstraints.notCertificateAuthority)
                    Critical(KeyUsage(digitalSignature: true))
                    try ExtendedKeyUsage([usage])
                    AuthorityKeyIdentifier(keyIdentifier: SubjectKeyIdentifier(hash: key.publicKey).keyIdentifier)
                    if !names.isEmpty { SubjectAlternativeNames(names) }
                },
                issuerPrivateKey: key)
            return IssuedCertificate(
                certificatePEM: try certificate.serializeAsPEM().pemString + "\n", keyPEM: try subjectKey.serializeAsPEM().pemString + "\n")
        } catch {
            throw .setup("no certificate for \(commonName): \(error)")
        }
    }
}

private func generalName(_ name: String) throws(TestServerError) -> GeneralName {
    guard let address = try? SocketAddress(ipAddress: name, port: 0) else { return .dnsName(name) }
    switch address {
    case .v4(let v4):
        let bytes = withUnsafeBytes(of: v4.address.sin_addr) { Array($0) }
        return .ipAddress(ASN1OctetString(contentBytes: bytes[...]))
    case .v6(let v6):
        let bytes = withUnsafeBytes(of: v6.address.sin6_addr) { Array($0) }
        return .ipAddress(ASN1OctetString(contentBytes: bytes[...]))
    case .unixDomainSocket: throw .setup("\"\(name)\" is neither a host name nor an IP address")
    }
}
