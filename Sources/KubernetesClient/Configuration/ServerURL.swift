/// Where an API server is: scheme, host, port, and the path below which the API begins, if not at the root.
public struct ServerURL: Hashable, Sendable {
    public enum Scheme: String, Hashable, Sendable {
        case http, https
    }

    public let scheme: Scheme
    /// A DNS name or an IP address; an IPv6 address without brackets.
    public let host: String
    /// 1...65535; the scheme's own where the URL names none.
    public let port: Int
    /// What stands before `/api` and `/apis` in every request: empty, or with a slash at its beginning and none at its end, percent-encoded.
    public let pathPrefix: String

    /// Reads `https://host:port/prefix`. As for kubectl, a text without a scheme (`localhost:8080`) means `http`.
    ///
    /// - Throws: ``ClientConfigurationError/invalid(file:field:reason:)`` without file and field.
    public init(parsing text: String) throws(ClientConfigurationError) {
        do throws(URLParts.Fault) {
            try self.init(text)
        } catch {
            let shown = text.contains(where: { "@?#".contains($0) }) || text.utf8.count > 200 ? "the URL" : "\"\(text)\""
            throw .invalid(file: nil, field: nil, reason: "\(shown) \(error.reason)")
        }
    }

    private init(_ text: String) throws(URLParts.Fault) {
        let parts = try URLParts(parsing: text, defaultScheme: "http")
        guard let scheme = Scheme(rawValue: parts.scheme) else { throw URLParts.Fault(reason: "has a scheme that is neither https nor http") }
        guard parts.userInformation == nil else {
            throw URLParts.Fault(reason: "must not hold a user name or password; they belong into the user's entry")
        }
        guard !parts.hasQueryOrFragment else { throw URLParts.Fault(reason: "must not have a query (\"?\") or a fragment (\"#\")") }
        var prefix = Substring(parts.path)
        while prefix.hasSuffix("/") { prefix = prefix.dropLast() }
        guard prefix.isEmpty || text.contains("://") else { throw URLParts.Fault(reason: "has a path but no scheme; begin it with \"https://\"") }
        self.scheme = scheme
        host = parts.host
        port = parts.port ?? (scheme == .https ? 443 : 80)
        pathPrefix = String(prefix)
    }

    /// Host and port, as metrics name a server.
    public var authority: String { "\(host.asURLHost):\(port)" }

    /// Whether what is sent to it is encrypted, and credentials may be.
    public var isEncrypted: Bool { scheme == .https }
}

extension ServerURL: CustomStringConvertible {
    /// The URL, without a slash at its end and without a port that the scheme implies.
    public var description: String {
        let isDefault = port == (scheme == .https ? 443 : 80)
        return "\(scheme.rawValue)://\(host.asURLHost)\(isDefault ? "" : ":\(port)")\(pathPrefix)"
    }
}
