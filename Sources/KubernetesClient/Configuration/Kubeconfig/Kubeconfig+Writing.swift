import Foundation
import KubernetesAPI

extension Kubeconfig {
    /// The kubeconfig as `kubectl config view --raw -o json` shows it, with the fields that nobody knows after those that have a meaning.
    public var json: JSONValue {
        var object = JSONObject()
        object["apiVersion"] = "v1"
        object["kind"] = "Config"
        object["clusters"] = .array(clusters.map { ["name": .string($0.name), "cluster": $0.value.json] })
        object["users"] = .array(users.map { ["name": .string($0.name), "user": $0.value.json] })
        object["contexts"] = .array(contexts.map { ["name": .string($0.name), "context": $0.value.json] })
        object["current-context"] = .string(currentContext ?? "")
        return .object(object.adding(otherFields))
    }

    /// Writes it to a file that only its owner may read (mode 0600), in one step: a reader sees the old contents or the new ones. Missing folders are made,
    /// and a symbolic link is followed.
    ///
    /// The bytes are YAML, in the order of ``json``.
    ///
    /// - Throws: ``ClientConfigurationError/file(path:field:reason:)``.
    public func write(to path: String) throws(ClientConfigurationError) {
        let path = absolute(path, relativeTo: FileManager.default.currentDirectoryPath)
        do throws(ConfigurationFile.Fault) {
            try ConfigurationFile.write(kubeconfigBytes(of: json), to: path)
        } catch {
            throw .file(path: path, field: nil, reason: error.reason)
        }
    }
}

extension JSONObject {
    /// With a string, unless it is nil.
    fileprivate mutating func set(_ key: String, _ value: String?) { if let value { self[key] = .string(value) } }
    fileprivate mutating func set(_ key: String, _ value: SecretValue<String>?) { set(key, value?.value) }
    /// With the bytes in base64, unless they are nil.
    fileprivate mutating func set(_ key: String, base64 value: [UInt8]?) { if let value { self[key] = .string(Data(value).base64EncodedString()) } }
    fileprivate mutating func set(_ key: String, _ value: Bool) { if value { self[key] = true } }
    fileprivate mutating func set(_ key: String, _ values: [String]) { if !values.isEmpty { self[key] = .array(values.map { .string($0) }) } }

    /// With the members of `others` whose keys are not there yet.
    fileprivate func adding(_ others: JSONObject) -> JSONObject {
        var object = self
        for (key, value) in others where object[key] == nil { object[key] = value }
        return object
    }
}

extension Kubeconfig.Cluster {
    var json: JSONValue {
        var object = JSONObject()
        object["server"] = .string(server ?? "")
        object.set("tls-server-name", tlsServerName)
        object.set("insecure-skip-tls-verify", insecureSkipTLSVerify)
        object.set("certificate-authority", certificateAuthority)
        object.set("certificate-authority-data", base64: certificateAuthorityData)
        object.set("proxy-url", proxyURL)
        object.set("disable-compression", disableCompression)
        return .object(object.adding(otherFields))
    }
}

extension Kubeconfig.User {
    var json: JSONValue {
        var object = JSONObject()
        object.set("client-certificate", clientCertificate)
        object.set("client-certificate-data", base64: clientCertificateData)
        object.set("client-key", clientKey)
        object.set("client-key-data", base64: clientKeyData?.value)
        object.set("token", token)
        object.set("tokenFile", tokenFile)
        object.set("as", impersonate)
        object.set("as-uid", impersonateUID)
        object.set("as-groups", impersonateGroups)
        if !impersonateUserExtra.isEmpty {
            var extra = JSONObject()
            for entry in impersonateUserExtra { extra[entry.key] = .array(entry.values.map { .string($0) }) }
            object["as-user-extra"] = .object(extra)
        }
        object.set("username", username)
        object.set("password", password)
        if let authProvider { object["auth-provider"] = .object(authProvider.value) }
        if let exec { object["exec"] = exec.json }
        return .object(object.adding(otherFields.value))
    }
}

extension Kubeconfig.Exec {
    var json: JSONValue {
        var object = JSONObject()
        object["command"] = .string(command ?? "")
        object.set("args", arguments.value)
        if !environment.isEmpty {
            object["env"] = .array(environment.map { ["name": .string($0.name), "value": .string($0.value.value)] })
        }
        object.set("apiVersion", apiVersion)
        object.set("installHint", installHint)
        object["provideClusterInfo"] = .bool(provideClusterInfo)
        object.set("interactiveMode", interactiveMode?.rawValue)
        return .object(object.adding(otherFields.value))
    }
}

extension Kubeconfig.Context {
    var json: JSONValue {
        var object = JSONObject()
        object["cluster"] = .string(cluster ?? "")
        object["user"] = .string(user ?? "")
        object.set("namespace", namespace)
        return .object(object.adding(otherFields))
    }
}
