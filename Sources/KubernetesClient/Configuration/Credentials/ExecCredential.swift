import Foundation
import KubernetesAPI

/// What an exec plugin prints: `ExecCredential` of `client.authentication.k8s.io`.
struct ExecCredential: Sendable {
    /// The versions of the format that exist; what is configured is what the plugin must answer with.
    enum Version: String, CaseIterable, Sendable {
        case v1 = "client.authentication.k8s.io/v1"
        case v1beta1 = "client.authentication.k8s.io/v1beta1"
    }

    /// Why an output is not usable, as part of a sentence. Never quotes the output.
    struct Fault: Error { let reason: String }

    let token: SecretValue<String>?
    let certificate: ClientCertificate?
    /// From when on it is no longer valid; nil when it stays so until the server refuses it.
    let expiresAt: Date?

    init(parsing bytes: [UInt8], version: Version) throws(Fault) {
        let value: JSONValue
        do {
            value = try JSONValue(parsing: bytes, limits: JSONLimits(depth: 32, sizeBytes: ExecPlugin.outputLimit))
        } catch {
            throw Fault(reason: bytes.isEmpty ? "it printed nothing" : "it did not print JSON (the fault is at byte \(error.offset))")
        }
        guard let object = value.object else { throw Fault(reason: "it printed \(value.typeWithArticle) instead of an ExecCredential") }
        guard object["kind"]?.string == "ExecCredential" else { throw Fault(reason: "kind is not ExecCredential") }
        guard let apiVersion = object["apiVersion"]?.string else { throw Fault(reason: "apiVersion is missing") }
        guard apiVersion == version.rawValue else {
            throw Fault(reason: "apiVersion is \"\(apiVersion.prefix(64))\", while the kubeconfig asks for \"\(version.rawValue)\"; make them the same")
        }
        guard let status = object["status"]?.object else { throw Fault(reason: "it has no status, so there is no credential in it") }
        token = try Self.string(status, "token").map { SecretValue($0) }
        if let token, let fault = headerFault(token.value) { throw Fault(reason: "status.token \(fault)") }
        let certificate = try Self.string(status, "clientCertificateData")
        let key = try Self.string(status, "clientKeyData")
        switch (certificate, key) {
        case (nil, nil): self.certificate = nil
        case (let certificate?, let key?):
            if let fault = pemFault(Array(certificate.utf8), of: .certificate) { throw Fault(reason: "status.clientCertificateData \(fault)") }
            if let fault = pemFault(Array(key.utf8), of: .privateKey) { throw Fault(reason: "status.clientKeyData \(fault)") }
            self.certificate = ClientCertificate(certificate: Array(certificate.utf8), key: SecretValue(Array(key.utf8)))
        case (nil, _): throw Fault(reason: "status has clientKeyData without clientCertificateData")
        case (_, nil): throw Fault(reason: "status has clientCertificateData without clientKeyData")
        }
        guard token != nil || self.certificate != nil else {
            throw Fault(reason: "status has neither a token nor clientCertificateData with clientKeyData")
        }
        guard let expiry = try Self.string(status, "expirationTimestamp") else {
            expiresAt = nil
            return
        }
        guard let date = try? MicroTime(parsing: expiry).date else {
            throw Fault(reason: "status.expirationTimestamp is not a time as in \"2026-01-31T12:00:00Z\" (RFC 3339)")
        }
        expiresAt = date
    }

    func isExpired(at now: Date) -> Bool { expiresAt.map { $0 <= now } ?? false }

    private static func string(_ object: JSONObject, _ key: String) throws(Fault) -> String? {
        guard let value = object[key], !value.isNull else { return nil }
        guard let string = value.string else { throw Fault(reason: "status.\(key) is \(value.typeWithArticle), not a string") }
        return string.nonEmpty
    }
}
