extension ConfigurationEnvironment {
    /// Whether everything is there that a pod needs to reach its API server.
    var isInPod: Bool {
        self["KUBERNETES_SERVICE_HOST"] != nil && self["KUBERNETES_SERVICE_PORT"] != nil
            && (try? ConfigurationFile.identity(of: "\(serviceAccountDirectory)/token")) != nil
    }

    /// The namespace of the pod that this process runs in; nil when it does not, or cannot know.
    var podNamespace: String? {
        if let namespace = self["POD_NAMESPACE"] { return namespace }
        guard let bytes = try? ConfigurationFile.read("\(serviceAccountDirectory)/namespace", limit: 4096) else { return nil }
        return String(decoding: bytes, as: UTF8.self).split(whereSeparator: \.isWhitespace).first.map(String.init)
    }
}

extension ClientConfiguration {
    /// The configuration of a pod: the server from `KUBERNETES_SERVICE_HOST` and `_PORT`, and the token of the service account, which is read again as
    /// it is rotated.
    ///
    /// Of `overrides` only the namespace counts.
    ///
    /// - Throws: ``ClientConfigurationError/notConfigured(_:)`` outside of a pod.
    public static func inCluster(
        _ overrides: Overrides = Overrides(), environment: ConfigurationEnvironment = .process, warn: @escaping ClientConfigurationWarning.Handler
    ) throws(ClientConfigurationError) -> ClientConfiguration {
        guard let host = environment["KUBERNETES_SERVICE_HOST"], let port = environment["KUBERNETES_SERVICE_PORT"] else {
            throw .notConfigured("this process does not run in a pod: KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set")
        }
        let server: ServerURL
        do throws(ClientConfigurationError) {
            server = try ServerURL(parsing: "https://\(host.asURLHost):\(port)")
        } catch {
            throw .invalid(file: nil, field: "KUBERNETES_SERVICE_HOST, KUBERNETES_SERVICE_PORT", reason: "\(error)")
        }
        let folder = environment.serviceAccountDirectory
        let tokenPath = "\(folder)/token"
        do throws(ConfigurationFile.Fault) {
            var token = RotatingFile.token(tokenPath)
            _ = try token.value(now: .distantPast, warn: { _ in })
        } catch {
            let advice = error.isAbsence ? "; does the pod set automountServiceAccountToken: false?" : ""
            throw .file(path: tokenPath, field: nil, reason: error.reason + advice)
        }
        var settings = CredentialSettings()
        settings.place = "service account"
        settings.authorization = .tokenFile(path: tokenPath, fallback: nil)

        var trust = ServerTrust.file(path: "\(folder)/ca.crt")
        do throws(ConfigurationFile.Fault) {
            if let fault = pemFault(try ConfigurationFile.read("\(folder)/ca.crt", limit: ConfigurationFile.certificateLimit), of: .certificate) {
                throw ConfigurationFile.Fault("the file \(fault)")
            }
        } catch {
            trust = .system
            warn(ClientConfigurationWarning(file: "\(folder)/ca.crt", reason: "\(error.reason); the server is verified by the authorities of the system"))
        }
        let namespace = overrides.namespace ?? environment.podNamespace ?? "default"
        try checkNamespace(namespace, file: nil, field: "namespace")
        return ClientConfiguration(server: server, trust: trust, credentials: CredentialSource(settings, warn: warn), namespace: namespace)
    }
}

/// A namespace becomes a part of URLs; it must be a DNS label (RFC 1123).
func checkNamespace(_ name: String, file: String?, field: String) throws(ClientConfigurationError) {
    let bytes = Array(name.utf8)
    func isAlphanumeric(_ byte: UInt8) -> Bool { (0x30...0x39).contains(byte) || (0x61...0x7A).contains(byte) }
    guard (1...63).contains(bytes.count), bytes.allSatisfy({ isAlphanumeric($0) || $0 == 0x2D }), isAlphanumeric(bytes[0]),
        isAlphanumeric(bytes[bytes.count - 1])
    else {
        throw .invalid(
            file: file, field: field,
            reason: "\"\(printable(String(name.prefix(80))))\" is no namespace: use up to 63 of a-z, 0-9 and \"-\", not beginning or ending with \"-\"")
    }
}
