import KubernetesAPI

extension Kubeconfig {
    /// Reads a kubeconfig from YAML or JSON.
    ///
    /// - Parameters:
    ///   - file: its path, for messages.
    ///   - warn: is told of fields that are probably misspelt.
    /// - Throws: ``ClientConfigurationError/invalid(file:field:reason:)`` for the first value of a wrong type or form. Whether entries make sense together is
    ///   checked when a ``ClientConfiguration`` is made from them.
    public init(
        parsing bytes: [UInt8], file: String? = nil, warn: @escaping ClientConfigurationWarning.Handler = { _ in }
    ) throws(ClientConfigurationError) {
        let origin = Origin(file: file)
        var fields = try KubeconfigFields(kubeconfigDocument(from: bytes, file: file), origin: origin, path: "")
        try Self.checkType(&fields)
        self.init()
        currentContext = try fields.string("current-context")
        currentContextOrigin = origin
        clusters = try Self.entries("clusters", "cluster", of: &fields, warn, Cluster.init)
        users = try Self.entries("users", "user", of: &fields, warn, User.init)
        contexts = try Self.entries("contexts", "context", of: &fields, warn, Context.init)
        fields.unknown(except: ["preferences", "extensions"]).forEach(warn)
        otherFields = fields.rest
    }

    /// Reads the kubeconfig at `path`, and makes the relative paths in it absolute.
    ///
    /// - Throws: also ``ClientConfigurationError/file(path:field:reason:)``.
    public init(contentsOf path: String, warn: @escaping ClientConfigurationWarning.Handler = { _ in }) throws(ClientConfigurationError) {
        let bytes: [UInt8]
        do throws(ConfigurationFile.Fault) {
            bytes = try ConfigurationFile.read(path, limit: ConfigurationFile.kubeconfigLimit)
        } catch {
            throw .file(path: path, field: nil, reason: error.reason)
        }
        try self.init(parsing: bytes, file: path, warn: warn)
        resolvePaths(relativeTo: directory(of: path))
    }

    private static func checkType(_ fields: inout KubeconfigFields) throws(ClientConfigurationError) {
        if let version = try fields.string("apiVersion"), version != "v1" { throw fields.invalid("apiVersion", "must be v1, not \"\(version.prefix(64))\"") }
        if let kind = try fields.string("kind"), kind != "Config" {
            throw fields.invalid("kind", "must be Config, not \"\(kind.prefix(64))\"; this is no kubeconfig")
        }
    }

    private static func entries<Value>(
        _ list: String, _ key: String, of fields: inout KubeconfigFields, _ warn: @escaping ClientConfigurationWarning.Handler,
        _ read: (inout KubeconfigFields, @escaping ClientConfigurationWarning.Handler) throws(ClientConfigurationError) -> Value
    ) throws(ClientConfigurationError) -> [Named<Value>] {
        var entries: [Named<Value>] = []
        var positions: [String: Int] = [:]
        for (index, element) in try fields.list(list).enumerated() {
            let place = Origin(file: fields.origin.file, entry: "\(list)[\(index)]")
            var entry = try KubeconfigFields(element, origin: Origin(file: fields.origin.file), path: "\(list)[\(index)]")
            let name = try entry.string("name") ?? ""
            if let first = positions.updateValue(index, forKey: name) {
                throw place.invalid("name", "\"\(name)\" is the name of \(list)[\(first)] already; names must be unique in a file")
            }
            let origin = Origin(file: place.file, entry: name.isEmpty ? place.entry : "\(list)[\(index)] \"\(name)\"")
            var inner = try KubeconfigFields(entry.take(key), origin: origin, path: key)
            entry.unknown().forEach(warn)
            var named = Named(name, try read(&inner, warn))
            named.origin = origin
            entries.append(named)
        }
        return entries
    }
}

extension Kubeconfig.Cluster {
    init(_ fields: inout KubeconfigFields, _ warn: @escaping ClientConfigurationWarning.Handler) throws(ClientConfigurationError) {
        server = try fields.string("server")
        tlsServerName = try fields.string("tls-server-name")
        insecureSkipTLSVerify = try fields.bool("insecure-skip-tls-verify")
        certificateAuthority = try fields.string("certificate-authority")
        certificateAuthorityData = try fields.base64("certificate-authority-data")
        proxyURL = try fields.secret("proxy-url")
        disableCompression = try fields.bool("disable-compression")
        fields.unknown(except: ["extensions"]).forEach(warn)
        otherFields = fields.rest
    }
}

extension Kubeconfig.User {
    init(_ fields: inout KubeconfigFields, _ warn: @escaping ClientConfigurationWarning.Handler) throws(ClientConfigurationError) {
        clientCertificate = try fields.string("client-certificate")
        clientCertificateData = try fields.base64("client-certificate-data")
        clientKey = try fields.string("client-key")
        clientKeyData = try fields.base64("client-key-data").map { SecretValue($0) }
        token = try fields.secret("token")
        tokenFile = try fields.string("tokenFile")
        username = try fields.string("username")
        password = try fields.secret("password")
        impersonate = try fields.string("as")
        impersonateUID = try fields.string("as-uid")
        impersonateGroups = try fields.strings("as-groups")
        var extra = try fields.fields("as-user-extra")
        impersonateUserExtra = try extra.rest.keys.map { key throws(ClientConfigurationError) in
            Kubeconfig.UserExtra(key: key, values: try extra.strings(key))
        }
        if let value = fields.take("auth-provider") {
            guard let provider = value.object else { throw fields.invalid("auth-provider", "must be a map, not \(value.typeWithArticle)") }
            authProvider = SecretValue(provider)
        }
        if let value = fields.take("exec") {
            var inner = try KubeconfigFields(value, origin: fields.origin, path: fields.path(of: "exec"))
            exec = try Kubeconfig.Exec(&inner, warn)
        }
        fields.unknown(except: ["extensions"]).forEach(warn)
        otherFields = SecretValue(fields.rest)
    }
}

extension Kubeconfig.Exec {
    init(_ fields: inout KubeconfigFields, _ warn: @escaping ClientConfigurationWarning.Handler) throws(ClientConfigurationError) {
        command = try fields.string("command")
        arguments = SecretValue(try fields.strings("args"))
        for (index, value) in try fields.list("env").enumerated() {
            var variable = try KubeconfigFields(value, origin: fields.origin, path: fields.path(of: "env[\(index)]"))
            environment.append(EnvironmentVariable(name: try variable.string("name") ?? "", value: try variable.secret("value") ?? ""))
            variable.unknown().forEach(warn)
        }
        apiVersion = try fields.string("apiVersion")
        installHint = try fields.string("installHint")
        provideClusterInfo = try fields.bool("provideClusterInfo")
        if let mode = try fields.string("interactiveMode") {
            guard let known = InteractiveMode(rawValue: mode) else {
                throw fields.invalid("interactiveMode", "must be Never, IfAvailable or Always, not \"\(mode.prefix(64))\"")
            }
            interactiveMode = known
        }
        fields.unknown().forEach(warn)
        otherFields = SecretValue(fields.rest)
    }
}

extension Kubeconfig.Context {
    init(_ fields: inout KubeconfigFields, _ warn: @escaping ClientConfigurationWarning.Handler) throws(ClientConfigurationError) {
        cluster = try fields.string("cluster")
        user = try fields.string("user")
        namespace = try fields.string("namespace")
        fields.unknown(except: ["extensions"]).forEach(warn)
        otherFields = fields.rest
    }
}
