import Foundation
import KubernetesAPI

/// Picks from a merged kubeconfig what one client needs, and checks it.
struct KubeconfigResolution {
    let kubeconfig: Kubeconfig
    let overrides: ClientConfiguration.Overrides
    let environment: ConfigurationEnvironment

    init(_ kubeconfig: Kubeconfig, overrides: ClientConfiguration.Overrides, environment: ConfigurationEnvironment) {
        self.kubeconfig = kubeconfig
        self.overrides = overrides
        self.environment = environment
    }

    var contextName: String? { overrides.context ?? kubeconfig.currentContext }

    /// - Throws: ``ClientConfigurationError`` for the first thing that is wrong with what was picked. Faults of other entries do not matter.
    func configuration(execTimeout: Duration, warn: @escaping ClientConfigurationWarning.Handler) throws(ClientConfigurationError) -> ClientConfiguration {
        let context = try pickContext()
        let cluster = try pickCluster(context)
        let user = try pickUser(context)
        let (value, origin) = (cluster.value, cluster.origin)

        guard let address = value.server else { throw origin.invalid("cluster.server", "is missing: the URL of the API server") }
        let server = try located(origin, "cluster.server") { () throws(ClientConfigurationError) in try ServerURL(parsing: address) }
        let trust = try self.trust(cluster, warn)
        let proxy = try value.proxyURL.map { text throws(ClientConfigurationError) in
            try located(origin, "cluster.proxy-url") { () throws(ClientConfigurationError) in try ProxyURL(parsing: text.value) }
        }
        var settings = CredentialSettings()
        if let user {
            settings = try CredentialSettings(
                user: user, cluster: { () throws(ClientConfigurationError) in try execClusterInfo(cluster) }, environment: environment, execTimeout: execTimeout
            )
            if server.isEncrypted {
                try checkFiles(of: settings, user)
            } else {
                if settings.identifies {
                    let reason = "is http, so the credentials of user \"\(user.name)\" are not sent; they would be readable on the way"
                    warn(ClientConfigurationWarning(file: origin.file, field: origin.field("cluster.server"), reason: reason))
                }
                settings.authorization = .none
                settings.certificate = nil
            }
        }
        var configuration = ClientConfiguration(
            server: server, trust: trust, credentials: CredentialSource(settings, warn: warn), namespace: try namespace(context))
        configuration.tlsServerName = value.tlsServerName
        configuration.proxy = proxy
        configuration.acceptsCompression = !value.disableCompression
        configuration.context = context?.name
        return configuration
    }

    // MARK: Picking

    private func pickContext() throws(ClientConfigurationError) -> Kubeconfig.Named<Kubeconfig.Context>? {
        guard let name = contextName else {
            if overrides.cluster != nil { return nil }
            throw kubeconfig.currentContextOrigin.invalid(
                "current-context",
                "is not set, so there is no cluster to speak to. \(suggestion(for: "", among: kubeconfig.contexts.map(\.name), called: "contexts")) "
                    + "Choose one with --context or \"kubectl config use-context\".")
        }
        if let context = kubeconfig.contexts.first(where: { $0.name == name }) { return context }
        let reason = "there is no context \"\(name)\". \(suggestion(for: name, among: kubeconfig.contexts.map(\.name), called: "contexts"))"
        if overrides.context != nil { throw .invalid(file: nil, field: "--context", reason: reason) }
        throw kubeconfig.currentContextOrigin.invalid("current-context", reason)
    }

    private func pickCluster(_ context: Kubeconfig.Named<Kubeconfig.Context>?) throws(ClientConfigurationError) -> Kubeconfig.Named<Kubeconfig.Cluster> {
        let origin = context?.origin ?? kubeconfig.currentContextOrigin
        guard let name = overrides.cluster ?? context?.value.cluster else { throw origin.invalid("context.cluster", "is missing: the name of a cluster") }
        if let cluster = kubeconfig.clusters.first(where: { $0.name == name }) { return cluster }
        let reason = "there is no cluster \"\(name)\". \(suggestion(for: name, among: kubeconfig.clusters.map(\.name), called: "clusters"))"
        throw overrides.cluster == nil ? origin.invalid("context.cluster", reason) : .invalid(file: nil, field: "--cluster", reason: reason)
    }

    private func pickUser(_ context: Kubeconfig.Named<Kubeconfig.Context>?) throws(ClientConfigurationError) -> Kubeconfig.Named<Kubeconfig.User>? {
        guard let name = overrides.user ?? context?.value.user else { return nil }  // anonymous
        if let user = kubeconfig.users.first(where: { $0.name == name }) { return user }
        let origin = context?.origin ?? kubeconfig.currentContextOrigin
        let reason = "there is no user \"\(name)\". \(suggestion(for: name, among: kubeconfig.users.map(\.name), called: "users"))"
        throw overrides.user == nil ? origin.invalid("context.user", reason) : .invalid(file: nil, field: "--user", reason: reason)
    }

    /// As kubectl chooses: what is given, what the context says, that of the pod this process runs in, `default`.
    private func namespace(_ context: Kubeconfig.Named<Kubeconfig.Context>?) throws(ClientConfigurationError) -> String {
        if let namespace = overrides.namespace {
            try checkNamespace(namespace, file: nil, field: "--namespace")
            return namespace
        }
        if let context, let namespace = context.value.namespace {
            try checkNamespace(namespace, file: context.origin.file, field: context.origin.field("context.namespace"))
            return namespace
        }
        guard environment.isInPod, let namespace = environment.podNamespace else { return "default" }
        try checkNamespace(namespace, file: nil, field: "POD_NAMESPACE")
        return namespace
    }

    // MARK: Checking

    private func trust(
        _ cluster: Kubeconfig.Named<Kubeconfig.Cluster>, _ warn: ClientConfigurationWarning.Handler
    ) throws(ClientConfigurationError) -> ClientConfiguration.ServerTrust {
        let (value, origin) = (cluster.value, cluster.origin)
        if value.certificateAuthority != nil, value.certificateAuthorityData != nil {
            throw origin.invalid("cluster.certificate-authority", "is set together with cluster.certificate-authority-data; keep one of both")
        }
        if value.insecureSkipTLSVerify {
            if value.certificateAuthority != nil || value.certificateAuthorityData != nil {
                throw origin.invalid("cluster.insecure-skip-tls-verify", "is set together with a certificate authority; remove one of both")
            }
            let reason = "is set: the server is not verified, and whoever answers in its place gets the credentials"
            warn(ClientConfigurationWarning(file: origin.file, field: origin.field("cluster.insecure-skip-tls-verify"), reason: reason))
            return .unverified
        }
        if let data = value.certificateAuthorityData {
            if let fault = pemFault(data, of: .certificate) { throw origin.invalid("cluster.certificate-authority-data", fault) }
            return .certificates(data)
        }
        guard let path = value.certificateAuthority else { return .system }
        _ = try readPEM(path, .certificate, origin, "cluster.certificate-authority")
        return .file(path: path)
    }

    /// Reads the files once, so that a wrong path is known now and not at the first request.
    private func checkFiles(of settings: CredentialSettings, _ user: Kubeconfig.Named<Kubeconfig.User>) throws(ClientConfigurationError) {
        if case .file(let path, _)? = settings.certificate?.certificate { _ = try readPEM(path, .certificate, user.origin, "user.client-certificate") }
        if case .file(let path, _)? = settings.certificate?.key { _ = try readPEM(path, .privateKey, user.origin, "user.client-key") }
        guard case .tokenFile(let path, nil) = settings.authorization else { return }
        do throws(ConfigurationFile.Fault) {
            var file = RotatingFile.token(path)
            _ = try file.value(now: .distantPast, warn: { _ in })
        } catch {
            throw user.origin.invalid("user.tokenFile", "\(path): \(error.reason)")
        }
    }

    private func readPEM(_ path: String, _ kind: PEMKind, _ origin: Kubeconfig.Origin, _ field: String) throws(ClientConfigurationError) -> [UInt8] {
        do throws(ConfigurationFile.Fault) {
            let bytes = try ConfigurationFile.read(path, limit: ConfigurationFile.certificateLimit)
            if let fault = pemFault(bytes, of: kind) { throw ConfigurationFile.Fault("the file \(fault)") }
            return bytes
        } catch {
            throw origin.invalid(field, "\(path): \(error.reason)")
        }
    }

    /// Adds file and field to an error of a value.
    private func located<Value>(
        _ origin: Kubeconfig.Origin, _ field: String, _ body: () throws(ClientConfigurationError) -> Value
    ) throws(ClientConfigurationError) -> Value {
        do throws(ClientConfigurationError) { return try body() } catch { throw origin.invalid(field, "\(error)") }
    }

    /// The `Cluster` of `client.authentication.k8s.io/v1`, which plugins get that ask for it.
    private func execClusterInfo(_ cluster: Kubeconfig.Named<Kubeconfig.Cluster>) throws(ClientConfigurationError) -> JSONValue {
        let value = cluster.value
        var info = JSONObject()
        info["server"] = .string(value.server ?? "")
        if let name = value.tlsServerName { info["tls-server-name"] = .string(name) }
        if value.insecureSkipTLSVerify { info["insecure-skip-tls-verify"] = true }
        var authority = value.certificateAuthorityData
        if let path = value.certificateAuthority { authority = try readPEM(path, .certificate, cluster.origin, "cluster.certificate-authority") }
        if let authority { info["certificate-authority-data"] = .string(Data(authority).base64EncodedString()) }
        if let proxy = value.proxyURL { info["proxy-url"] = .string(proxy.value) }
        if value.disableCompression { info["disable-compression"] = true }
        let extensions = value.otherFields["extensions"]?.array ?? []
        let own = extensions.first { $0["name"]?.string == "client.authentication.k8s.io/exec" }
        info["config"] = own?["extension"] ?? .null
        return .object(info)
    }
}

extension CredentialSettings {
    /// Whether anything would be sent that says who this is.
    var identifies: Bool {
        if case .none = authorization { return certificate != nil }
        return true
    }
}
