import Foundation

/// The proxy through which a server is reached.
public struct ProxyURL: Hashable, Sendable {
    public enum Scheme: String, Hashable, Sendable {
        case http, https, socks5
    }

    public let scheme: Scheme
    /// A DNS name or an IP address; an IPv6 address without brackets.
    public let host: String
    /// 1...65535; the scheme's own (80, 443, 1080) where the URL names none.
    public let port: Int
    /// Decoded, nil without.
    public let username: String?
    /// Decoded, nil without.
    public let password: SecretValue<String>?

    /// Reads `scheme://[user[:password]@]host[:port]`.
    ///
    /// - Throws: ``ClientConfigurationError/invalid(file:field:reason:)`` without file and field; never quotes the text, which may hold a password.
    public init(parsing text: String) throws(ClientConfigurationError) {
        do throws(URLParts.Fault) {
            try self.init(text)
        } catch {
            throw .invalid(file: nil, field: nil, reason: "the URL \(error.reason)")
        }
    }

    private init(_ text: String) throws(URLParts.Fault) {
        let parts = try URLParts(parsing: text, defaultScheme: nil)
        guard let scheme = Scheme(rawValue: parts.scheme) else { throw URLParts.Fault(reason: "has a scheme that is not http, https or socks5") }
        guard parts.path.isEmpty || parts.path == "/", !parts.hasQueryOrFragment else { throw URLParts.Fault(reason: "must end after the port") }
        self.scheme = scheme
        host = parts.host
        port = parts.port ?? [.http: 80, .https: 443, .socks5: 1080][scheme, default: 1080]
        let user = (parts.userInformation ?? "").split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false).map { $0.removingPercentEncoding }
        guard user.allSatisfy({ $0 != nil && $0?.contains(where: \.isNewline) == false }) else {
            throw URLParts.Fault(reason: "has a user name or password that is not percent-encoded")
        }
        username = parts.userInformation == nil ? nil : user.first ?? nil
        password = user.count > 1 ? user[1].map { SecretValue($0) } : nil
    }
}

extension ProxyURL: CustomStringConvertible {
    /// The URL without user name and password.
    public var description: String { "\(scheme.rawValue)://\(host.asURLHost):\(port)" }
}
