import Crypto
import Foundation
import SwiftASN1
import X509

/// The certificate authority of one data directory, and the server's certificate that it signed.
///
/// The authority lives as long as the directory, so that kubeconfigs stay valid; the server's certificate is renewed at each start.
struct ClusterCertificates: Sendable {
    /// PEM.
    let authority: String
    /// PEM.
    let server: String
    /// PEM, PKCS #8.
    let serverKey: String

    /// How long an authority is valid.
    private static let authorityYears = 10
    private static let serverDays = 365

    /// Reads the authority from `directory`, or makes one there, and has it sign a certificate for the loopback addresses.
    ///
    /// - Parameter host: where the server listens.
    /// - Throws: ``ServerSetupError`` when the files cannot be read or written, or do not belong together.
    init(directory: String, host: String, now: Date) throws(ServerSetupError) {
        let certificatePath = directory + "/ca.crt"
        let keyPath = directory + "/ca.key"
        do {
            let authority: Certificate
            let key: P256.Signing.PrivateKey
            if let pem = try PrivateFile.read(certificatePath), let keyPEM = try PrivateFile.read(keyPath) {
                authority = try Certificate(pemEncoded: pem)
                key = try P256.Signing.PrivateKey(pemRepresentation: keyPEM)
                guard authority.publicKey == Certificate.PrivateKey(key).publicKey else {
                    throw ServerSetupError("\(keyPath) is not the key of \(certificatePath). Remove both and start again: kubeconfigs then change.")
                }
            } else {
                key = P256.Signing.PrivateKey()
                authority = try Self.makeAuthority(key: key, now: now)
                // The key first: a certificate without its key would be of no use.
                try PrivateFile.write(key.pemRepresentation, to: keyPath)
                try PrivateFile.write(authority.serializeAsPEM().pemString, to: certificatePath)
            }
            let serverKey = P256.Signing.PrivateKey()
            let server = try Self.makeServer(key: serverKey, host: host, authority: authority, authorityKey: key, now: now)
            self.authority = try authority.serializeAsPEM().pemString
            self.server = try server.serializeAsPEM().pemString
            self.serverKey = serverKey.pemRepresentation
        } catch let error as ServerSetupError {
            throw error
        } catch {
            throw ServerSetupError(
                "The certificates in \(directory) cannot be used: \(error). Remove ca.crt and ca.key there and start again: kubeconfigs then change.")
        }
    }

    private static func makeAuthority(key: P256.Signing.PrivateKey, now: Date) throws -> Certificate {
        let privateKey = Certificate.PrivateKey(key)
        let name = try DistinguishedName { CommonName("kubernetes") }
        return try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: privateKey.publicKey, notValidBefore: now - 3600,
            notValidAfter: now + TimeInterval(authorityYears * 365 * 86400), issuer: name, subject: name, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.isCertificateAuthority(maxPathLength: 0))
                Critical(KeyUsage(digitalSignature: true, keyCertSign: true))
                SubjectKeyIdentifier(hash: privateKey.publicKey)
            },
            issuerPrivateKey: privateKey)
    }

    private static func makeServer(
        key: P256.Signing.PrivateKey, host: String, authority: Certificate, authorityKey: P256.Signing.PrivateKey, now: Date
    ) throws -> Certificate {
        // Another address of 127.0.0.0/8, if the server listens there.
        let parts = host.split(separator: ".").compactMap { UInt8($0) }
        let others: [GeneralName] = parts.count == 4 && host != "127.0.0.1" ? [.ipAddress(ASN1OctetString(contentBytes: parts[...]))] : []
        return try Certificate(
            version: .v3, serialNumber: Certificate.SerialNumber(), publicKey: Certificate.PrivateKey(key).publicKey, notValidBefore: now - 3600,
            notValidAfter: now + TimeInterval(serverDays * 86400), issuer: authority.subject,
            subject: try DistinguishedName { CommonName("kube-apiserver") }, signatureAlgorithm: .ecdsaWithSHA256,
            extensions: try Certificate.Extensions {
                Critical(BasicConstraints.notCertificateAuthority)
                Critical(KeyUsage(digitalSignature: true))
                try ExtendedKeyUsage([.serverAuth])
                SubjectAlternativeNames(
                    [
                        .dnsName("localhost"), .dnsName("kubernetes"), .dnsName("kubernetes.default"), .dnsName("kubernetes.default.svc"),
                        .ipAddress(ASN1OctetString(contentBytes: [127, 0, 0, 1])),
                        .ipAddress(ASN1OctetString(contentBytes: [0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1])),
                    ] + others)
            },
            issuerPrivateKey: Certificate.PrivateKey(authorityKey))
    }
}
