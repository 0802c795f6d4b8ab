import Foundation
import KubernetesAPI

/// How a user of a kubeconfig identifies itself, checked: what a ``CredentialSource`` works from.
struct CredentialSettings: Sendable {
    enum Authorization: Sendable {
        case none
        case token(SecretValue<String>)
        /// `fallback` is sent as long as the file cannot be read.
        case tokenFile(path: String, fallback: SecretValue<String>?)
        case basic(username: String, password: SecretValue<String>)
        case exec(ExecPlugin)
    }

    enum PEM: Sendable {
        case file(path: String, field: String)
        case data(SecretValue<[UInt8]>)
    }

    /// What error texts begin with: `/home/u/.kube/config: users[2] "dev"`.
    var place = ""
    var authorization = Authorization.none
    var certificate: (certificate: PEM, key: PEM)?
    /// The headers that ask to act as someone else.
    var impersonation: [(name: String, value: String)] = []
}

extension CredentialSettings {
    /// - Parameter cluster: what exec plugins that ask for it are told about the cluster.
    /// - Throws: ``ClientConfigurationError/invalid(file:field:reason:)`` for what does not make sense together.
    init(
        user: Kubeconfig.Named<Kubeconfig.User>, cluster: () throws(ClientConfigurationError) -> JSONValue, environment: ConfigurationEnvironment,
        execTimeout: Duration
    ) throws(ClientConfigurationError) {
        let (user, origin) = (user.value, user.origin)
        place = [origin.file, origin.entry].compactMap { $0 }.joined(separator: ": ")
        certificate = try Self.certificate(of: user, origin)
        impersonation = try Self.impersonation(of: user, origin)
        try Self.checkText(user.token?.value, "user.token", origin)

        let hasBasic = user.username != nil || user.password != nil
        if hasBasic, user.token != nil || user.tokenFile != nil {
            throw origin.invalid(user.token == nil ? "user.tokenFile" : "user.token", "is set together with user.username or user.password; keep one of both")
        }
        if let provider = user.authProvider {
            throw origin.invalid("user.auth-provider", Self.adviceOnAuthProvider(provider.value["name"]?.string))
        }
        // As for kubectl, an exec plugin is not run for a user that identifies itself in another way.
        if let tokenFile = user.tokenFile {
            authorization = .tokenFile(path: tokenFile, fallback: user.token)
        } else if let token = user.token {
            authorization = .token(token)
        } else if hasBasic {
            authorization = .basic(username: try Self.username(user, origin), password: user.password ?? "")
        } else if let exec = user.exec, certificate == nil {
            authorization = .exec(try ExecPlugin(exec, origin: origin, cluster: cluster, environment: environment, timeout: execTimeout))
        }
    }

    private static func username(_ user: Kubeconfig.User, _ origin: Kubeconfig.Origin) throws(ClientConfigurationError) -> String {
        let username = user.username ?? ""
        guard !username.contains(":") else { throw origin.invalid("user.username", "must not contain a colon (RFC 7617)") }
        try checkText(username, "user.username", origin)
        try checkText(user.password?.value, "user.password", origin)
        return username
    }

    private static func certificate(
        of user: Kubeconfig.User, _ origin: Kubeconfig.Origin
    ) throws(ClientConfigurationError) -> (certificate: PEM, key: PEM)? {
        for (file, data, name) in [
            (user.clientCertificate, user.clientCertificateData != nil, "client-certificate"), (user.clientKey, user.clientKeyData != nil, "client-key"),
        ] where file != nil && data {
            throw origin.invalid("user.\(name)", "is set together with user.\(name)-data; keep one of both")
        }
        let certificate =
            user.clientCertificateData.map { PEM.data(SecretValue($0)) }
            ?? user.clientCertificate.map { PEM.file(path: $0, field: origin.field("user.client-certificate")) }
        let key = user.clientKeyData.map { PEM.data($0) } ?? user.clientKey.map { PEM.file(path: $0, field: origin.field("user.client-key")) }
        // kubectl takes no notice of a key without a certificate.
        guard let certificate else { return nil }
        guard let key else {
            throw origin.invalid("user.client-key", "is missing: a client certificate needs user.client-key or user.client-key-data")
        }
        if case .data(let bytes) = certificate, let fault = pemFault(bytes.value, of: .certificate) {
            throw origin.invalid("user.client-certificate-data", fault)
        }
        if case .data(let bytes) = key, let fault = pemFault(bytes.value, of: .privateKey) { throw origin.invalid("user.client-key-data", fault) }
        return (certificate, key)
    }

    private static func impersonation(
        of user: Kubeconfig.User, _ origin: Kubeconfig.Origin
    ) throws(ClientConfigurationError) -> [(name: String, value: String)] {
        guard let name = user.impersonate else {
            let others: [(String, Bool)] = [
                ("as-uid", user.impersonateUID != nil), ("as-groups", !user.impersonateGroups.isEmpty), ("as-user-extra", !user.impersonateUserExtra.isEmpty),
            ]
            if let other = others.first(where: { $0.1 })?.0 { throw origin.invalid("user.\(other)", "is set without user.as, the user to act as") }
            return []
        }
        var headers = [(name: "Impersonate-User", value: name)]
        if let uid = user.impersonateUID { headers.append(("Impersonate-Uid", uid)) }
        headers += user.impersonateGroups.map { ("Impersonate-Group", $0) }
        for extra in user.impersonateUserExtra {
            guard !extra.key.isEmpty else { throw origin.invalid("user.as-user-extra", "has an empty key") }
            headers += extra.values.map { ("Impersonate-Extra-\(headerKey(extra.key))", $0) }
        }
        for (name, value) in headers { try checkText(value, name == "Impersonate-User" ? "user.as" : "user (\(name))", origin) }
        return headers
    }

    private static func checkText(_ text: String?, _ path: String, _ origin: Kubeconfig.Origin) throws(ClientConfigurationError) {
        if let text, let fault = headerFault(text) { throw origin.invalid(path, fault) }
    }

    private static func adviceOnAuthProvider(_ name: String?) -> String {
        let replacement =
            switch name {
            case "gcp": "install gke-gcloud-auth-plugin and run \"gcloud container clusters get-credentials\" again"
            case "azure": "install kubelogin and run \"kubelogin convert-kubeconfig\""
            case "oidc": "use the exec plugin \"kubectl oidc-login\" (github.com/int128/kubelogin)"
            default: "use user.exec with the plugin of your provider"
            }
        let shown = name.map { "\"\($0.prefix(64))\" " } ?? ""
        return "the auth provider \(shown)is not supported: Kubernetes has replaced auth providers by exec plugins; \(replacement)"
    }
}

/// Bytes that header names may have, others are percent-encoded (as client-go does, and the API server decodes).
private func headerKey(_ key: String) -> String {
    var text = ""
    for byte in key.utf8 {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            text.unicodeScalars.append(UnicodeScalar(byte))
        case _ where "!#$&'*+-.^_`|~".utf8.contains(byte): text.unicodeScalars.append(UnicodeScalar(byte))
        default: text += (byte < 0x10 ? "%0" : "%") + String(byte, radix: 16, uppercase: true)
        }
    }
    return text
}

/// Why a text cannot be sent in a header, nil when it can. A line break in a token would add headers of its own.
func headerFault(_ text: String) -> String? {
    text.utf8.contains(where: { $0 < 0x20 || $0 == 0x7F }) ? "contains a line break or another control character" : nil
}

enum PEMKind: String {
    case certificate = "CERTIFICATE"
    case privateKey = "PRIVATE KEY"
}

/// Why bytes cannot be PEM (RFC 7468) of a kind, nil when they may be. What is inside is left to the TLS library.
func pemFault(_ bytes: [UInt8], of kind: PEMKind) -> String? {
    let text = String(decoding: bytes, as: UTF8.self)
    let labels = text.split(whereSeparator: \.isNewline).filter { $0.hasPrefix("-----BEGIN ") }
    if labels.isEmpty { return "is not PEM: it has no line that begins with \"-----BEGIN \"" }
    if labels.contains(where: { $0.contains("\(kind.rawValue)-----") }) { return nil }
    return "is PEM, but holds no \(kind == .certificate ? "certificate" : "private key") (\"-----BEGIN \(kind.rawValue)-----\")"
}
