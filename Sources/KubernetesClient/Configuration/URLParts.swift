import Glibc

/// The parts of an absolute URL with an authority (RFC 3986), as far as servers and proxies need them.
struct URLParts {
    /// Why a text is no such URL, as part of a sentence. Never quotes the text, which may hold a password.
    struct Fault: Error { let reason: String }

    let scheme: String
    /// What stands before `@`, not decoded.
    let userInformation: String?
    /// A name, an IPv4 address, or an IPv6 address without its brackets; lower case.
    let host: String
    let port: Int?
    /// Begins with a slash or is empty.
    let path: String
    let hasQueryOrFragment: Bool

    /// - Parameter defaultScheme: what a text without `://` is taken as; such a text is a host and perhaps a port, without a path.
    init(parsing text: String, defaultScheme: String?) throws(Fault) {
        guard text.utf8.count <= 8192 else { throw Fault(reason: "is longer than 8192 bytes") }
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 < 0x7F }) else {
            throw Fault(reason: "contains a space, a control character or a letter outside ASCII")
        }
        var rest = Substring(text)
        if let colon = text.firstIndex(of: ":"), text[colon...].hasPrefix("://") {
            scheme = text[..<colon].lowercased()
            guard !scheme.isEmpty else { throw Fault(reason: "begins with \"://\", without a scheme") }
            rest = text[colon...].dropFirst(3)
        } else if let defaultScheme {
            scheme = defaultScheme
        } else {
            throw Fault(reason: "has no scheme (\"https://\")")
        }
        if let mark = rest.firstIndex(where: { $0 == "?" || $0 == "#" }) {
            hasQueryOrFragment = true
            rest = rest[..<mark]
        } else {
            hasQueryOrFragment = false
        }
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        path = String(rest[slash...])
        var authority = rest[..<slash]
        if let at = authority.lastIndex(of: "@") {
            userInformation = String(authority[..<at])
            authority = authority[authority.index(after: at)...]
        } else {
            userInformation = nil
        }
        (host, port) = try Self.hostAndPort(authority)
        try Self.checkPath(path)
    }

    private static func hostAndPort(_ authority: Substring) throws(Fault) -> (String, Int?) {
        guard !authority.isEmpty else { throw Fault(reason: "names no host") }
        if authority.hasPrefix("[") {
            guard let close = authority.firstIndex(of: "]") else { throw Fault(reason: "has a \"[\" without \"]\"") }
            let address = authority[authority.index(after: authority.startIndex)..<close].lowercased()
            guard isIPv6(address) else { throw Fault(reason: "has no IPv6 address between \"[\" and \"]\"") }
            return (address, try port(authority[authority.index(after: close)...]))
        }
        let colon = authority.firstIndex(of: ":") ?? authority.endIndex
        let host = authority[..<colon].lowercased()
        guard !authority[colon...].dropFirst().contains(":") else {
            throw Fault(reason: "has more than one colon after the host; an IPv6 address stands in brackets: \"https://[::1]:6443\"")
        }
        guard !host.isEmpty else { throw Fault(reason: "names no host") }
        guard host.utf8.count <= 253, host.utf8.allSatisfy(isHostByte) else { throw Fault(reason: "has a host that is no DNS name and no IP address") }
        return (host, try port(authority[colon...]))
    }

    private static func port(_ text: Substring) throws(Fault) -> Int? {
        guard !text.isEmpty else { return nil }
        let digits = text.dropFirst()
        guard text.first == ":", !digits.isEmpty, digits.utf8.allSatisfy({ (0x30...0x39).contains($0) }), let port = Int(digits), (1...65535).contains(port)
        else { throw Fault(reason: "has a port that is not a number from 1 to 65535") }
        return port
    }

    private static func checkPath(_ path: String) throws(Fault) {
        let bytes = Array(path.utf8)
        for (index, byte) in bytes.enumerated() {
            if "\"<>\\^`{|}".utf8.contains(byte) { throw Fault(reason: "has a character in its path that must be percent-encoded") }
            guard byte == UInt8(ascii: "%") else { continue }
            let hex = bytes[(index + 1)...].prefix(2)
            guard hex.count == 2, hex.allSatisfy({ Character(UnicodeScalar($0)).isHexDigit }) else {
                throw Fault(reason: "has a \"%\" in its path that is not followed by two hexadecimal digits")
            }
        }
        guard !path.split(separator: "/").contains(where: { $0 == "." || $0 == ".." }) else { throw Fault(reason: "has \".\" or \"..\" in its path") }
    }

    private static func isHostByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        default: false
        }
    }

    static func isIPv6(_ text: String) -> Bool {
        var address = in6_addr()
        return inet_pton(AF_INET6, text, &address) == 1
    }
}

extension String {
    /// As a host stands in a URL: an IPv6 address in brackets.
    var asURLHost: String { contains(":") ? "[\(self)]" : self }
}
