import Foundation
import KubernetesAPI

/// The fields of one object in a kubeconfig, taken one by one; what is left over is what nobody knows.
///
/// Messages say which type a wrong value has, never the value, which may be a secret.
struct KubeconfigFields {
    let origin: Kubeconfig.Origin
    /// Where in the entry the object is: `user.exec`; empty for the entry itself.
    let path: String
    private(set) var rest: JSONObject
    private var known: [String] = []

    /// - Parameter value: nil and null are an object without fields.
    init(_ value: JSONValue?, origin: Kubeconfig.Origin, path: String) throws(ClientConfigurationError) {
        self.origin = origin
        self.path = path
        switch value ?? .null {
        case .null: rest = JSONObject()
        case .object(let object): rest = object
        case let other:
            throw .invalid(
                file: origin.file, field: origin.entry == nil && path.isEmpty ? nil : origin.field(path), reason: "must be a map, not \(other.typeWithArticle)")
        }
    }

    func path(of key: String) -> String { path.isEmpty ? key : "\(path).\(key)" }

    func invalid(_ key: String, _ reason: String) -> ClientConfigurationError { origin.invalid(path(of: key), reason) }

    /// The value of `key`, nil when it is absent or null.
    mutating func take(_ key: String) -> JSONValue? {
        known.append(key)
        guard let value = rest.removeValue(forKey: key), !value.isNull else { return nil }
        return value
    }

    /// nil also when it is empty.
    mutating func string(_ key: String) throws(ClientConfigurationError) -> String? {
        guard let value = take(key) else { return nil }
        return try string(value, key).nonEmpty
    }

    mutating func secret(_ key: String) throws(ClientConfigurationError) -> SecretValue<String>? { try string(key).map { SecretValue($0) } }

    mutating func bool(_ key: String) throws(ClientConfigurationError) -> Bool {
        guard let value = take(key) else { return false }
        guard let bool = value.bool else { throw invalid(key, "must be true or false, not \(value.typeWithArticle)") }
        return bool
    }

    mutating func strings(_ key: String) throws(ClientConfigurationError) -> [String] {
        try list(key).enumerated().map { (index, value) throws(ClientConfigurationError) in try string(value, "\(key)[\(index)]") }
    }

    mutating func list(_ key: String) throws(ClientConfigurationError) -> [JSONValue] {
        guard let value = take(key) else { return [] }
        guard let list = value.array else { throw invalid(key, "must be a list, not \(value.typeWithArticle)") }
        return list
    }

    mutating func fields(_ key: String) throws(ClientConfigurationError) -> KubeconfigFields {
        try KubeconfigFields(take(key), origin: origin, path: path(of: key))
    }

    /// Decodes base64 (RFC 4648 §4); line breaks in it are skipped, as Go does. nil also when it is empty.
    mutating func base64(_ key: String) throws(ClientConfigurationError) -> [UInt8]? {
        guard let text = try string(key) else { return nil }
        let joined = text.utf8.contains(where: { $0 == 0x0A || $0 == 0x0D }) ? String(text.filter { !$0.isNewline }) : text
        guard let data = Data(base64Encoded: joined) else {
            guard text.contains("-----BEGIN") else { throw invalid(key, "not valid base64") }
            let fileKey = key.replacing("-data", with: "")
            throw invalid(key, "not valid base64; it looks like PEM, which must be encoded here, or be named as a file by \(fileKey)")
        }
        return [UInt8](data)
    }

    func string(_ value: JSONValue, _ key: String) throws(ClientConfigurationError) -> String {
        if let string = value.string { return string }
        let hint = value.array == nil && value.object == nil ? "; put it in quotes" : ""
        throw invalid(key, "must be a string, not \(value.typeWithArticle)\(hint)")
    }

    /// A warning for every field that is left, except `passed`, which are kept without a meaning to us.
    func unknown(except passed: [String] = []) -> [ClientConfigurationWarning] {
        rest.keys.filter { !passed.contains($0) }.map { key in
            // A key that resembles no field is not shown: it may be a value that went astray, as in `{token:secret}`, which is one key for YAML.
            let isShown = nearestName(to: key, among: Self.names) != nil
            var reason = "is not a field that kubeconfigs have here; it is ignored."
            if let nearest = nearestName(to: key, among: known) { reason += " Did you mean \"\(nearest)\"?" }
            if !isShown, key.contains(":") { reason += " Is a space missing after a colon?" }
            let shown = path(of: isShown ? key : "(a key of \(key.utf8.count) bytes)")
            return ClientConfigurationWarning(file: origin.file, field: origin.field(shown), reason: reason)
        }
    }

    /// All fields that kubeconfigs have somewhere.
    private static let names = [
        "apiVersion", "args", "as", "as-groups", "as-uid", "as-user-extra", "auth-provider", "certificate-authority", "certificate-authority-data",
        "client-certificate", "client-certificate-data", "client-key", "client-key-data", "cluster", "clusters", "command", "context", "contexts",
        "current-context", "disable-compression", "env", "exec", "extensions", "insecure-skip-tls-verify", "installHint", "interactiveMode", "kind",
        "name", "namespace", "password", "preferences", "provideClusterInfo", "proxy-url", "server", "tls-server-name", "token", "tokenFile", "user",
        "username", "users", "value",
    ]
}

extension JSONValue {
    /// For messages: `a number`, `an array`.
    var typeWithArticle: String {
        switch self {
        case .null: "null"
        case .bool: "a boolean"
        case .integer, .double: "a number"
        case .string: "a string"
        case .array: "a list"
        case .object: "a map"
        }
    }
}

extension String {
    var nonEmpty: String? { isEmpty ? nil : self }
}
