extension SchemaFormat {
    /// What Go's `url.ParseRequestURI` accepts: an absolute path, or an absolute URI.
    static func isRequestURI(_ text: String) -> Bool {
        let bytes = Array(text.utf8)[...]
        guard !bytes.isEmpty, !bytes.contains(where: { $0 < 0x20 || $0 == 0x7F }) else { return false }
        if bytes.elementsEqual("*".utf8) { return true }
        var rest = bytes
        var hasScheme = false
        let scheme = bytes.prefix { $0.isASCIIAlphanumeric || $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") || $0 == UInt8(ascii: ".") }
        if bytes.dropFirst(scheme.count).first == UInt8(ascii: ":") {
            if scheme.isEmpty { return false }
            if scheme.first.map(\.isASCIILetter) ?? false {
                hasScheme = true
                rest = bytes.dropFirst(scheme.count + 1)
            }
        }
        let beforeQuery = rest.prefix { $0 != UInt8(ascii: "?") }
        guard beforeQuery.first == UInt8(ascii: "/") else { return hasScheme }
        var path = beforeQuery
        if hasScheme, path.starts(with: "//".utf8) {
            let authority = path.dropFirst(2).prefix { $0 != UInt8(ascii: "/") }
            guard isAuthority(authority) else { return false }
            path = path.dropFirst(2 + authority.count)
        }
        return hasValidEscapes(path)
    }

    private static func isAuthority(_ bytes: ArraySlice<UInt8>) -> Bool {
        var host = bytes
        if let at = bytes.lastIndex(of: UInt8(ascii: "@")) {
            let user = bytes[..<at]
            let allowed = [UInt8]("-._:~!$&'()*+,;=%@".utf8)
            guard hasValidEscapes(user), user.allSatisfy({ $0.isASCIIAlphanumeric || allowed.contains($0) }) else { return false }
            host = bytes[(at + 1)...]
        }
        var port = ArraySlice<UInt8>()
        if host.first == UInt8(ascii: "[") {
            guard let close = host.lastIndex(of: UInt8(ascii: "]")) else { return false }
            port = host[(close + 1)...]
            host = host[..<close]
        } else if let colon = host.lastIndex(of: UInt8(ascii: ":")) {
            port = host[colon...]
            host = host[..<colon]
        }
        guard port.isEmpty || port.first == UInt8(ascii: ":") && port.dropFirst().allSatisfy(\.isDecimalDigit) else { return false }
        let allowed = [UInt8]("-._~!$&'()*+,;=:[]<>\"%".utf8)
        return host.allSatisfy { $0.isASCIIAlphanumeric || $0 >= 0x80 || allowed.contains($0) } && hasValidEscapes(host)
    }

    private static func hasValidEscapes(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes
        while let percent = rest.firstIndex(of: UInt8(ascii: "%")) {
            let digits = rest[(percent + 1)...].prefix(2)
            guard digits.count == 2, digits.allSatisfy(\.isHexDigit) else { return false }
            rest = rest[(percent + 3)...]
        }
        return true
    }

    /// An address of RFC 5322: `name@example.com` or `A name <name@example.com>`.
    static func isEmailAddress(_ text: String) -> Bool {
        let bytes = text.utf8.trimmingASCIIWhitespace
        guard bytes.last == UInt8(ascii: ">"), let open = bytes.lastIndex(of: UInt8(ascii: "<")) else { return isMailbox(Array(bytes)[...]) }
        return isPhrase(Array(bytes[..<open])[...]) && isMailbox(Array(bytes[bytes.index(after: open)...].dropLast())[...])
    }

    private static func isMailbox(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard let at = bytes.lastIndex(of: UInt8(ascii: "@")) else { return false }
        let (local, domain) = (bytes[..<at], bytes[(at + 1)...])
        let isLocal = local.first == UInt8(ascii: "\"") ? isQuoted(local) : isDotAtom(local)
        if domain.first == UInt8(ascii: "["), domain.last == UInt8(ascii: "]") {
            let literal = String(decoding: domain.dropFirst().dropLast(), as: UTF8.self)
            let isIPv6 = literal.hasPrefix("IPv6:") && IPText.isIPv6(String(literal.dropFirst(5)), allowsLeadingZeros: false)
            return isLocal && (isIPv6 || IPText.isIPv4(literal, allowsLeadingZeros: false))
        }
        return isLocal && isDotAtom(domain)
    }

    private static func isAtomCharacter(_ byte: UInt8) -> Bool {
        byte.isASCIIAlphanumeric || byte >= 0x80 || [UInt8]("!#$%&'*+-/=?^_`{|}~".utf8).contains(byte)
    }

    private static func isDotAtom(_ bytes: ArraySlice<UInt8>) -> Bool {
        bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false).allSatisfy { !$0.isEmpty && $0.allSatisfy(isAtomCharacter) }
    }

    private static func isQuoted(_ bytes: ArraySlice<UInt8>) -> Bool {
        guard bytes.count > 2, bytes.last == UInt8(ascii: "\"") else { return false }
        var isEscaped = false
        for byte in bytes.dropFirst().dropLast() {
            if isEscaped {
                isEscaped = false
            } else if byte == UInt8(ascii: "\\") {
                isEscaped = true
            } else if byte == UInt8(ascii: "\"") || byte < 0x20 && byte != 9 {
                return false
            }
        }
        return !isEscaped
    }

    /// Words before an address in angle brackets: atoms, which may have dots here, and quoted texts; may be empty.
    private static func isPhrase(_ bytes: ArraySlice<UInt8>) -> Bool {
        var rest = bytes.trimmingASCIIWhitespace
        while let first = rest.first {
            if first == UInt8(ascii: "\"") {
                var end = rest.startIndex + 1
                while end < rest.endIndex, rest[end] != UInt8(ascii: "\"") { end += rest[end] == UInt8(ascii: "\\") ? 2 : 1 }
                guard end < rest.endIndex else { return false }
                rest = rest[(end + 1)...]
            } else {
                let word = rest.prefix { isAtomCharacter($0) || $0 == UInt8(ascii: ".") }
                guard !word.isEmpty else { return false }
                rest = rest.dropFirst(word.count)
            }
            rest = rest.trimmingASCIIWhitespace
        }
        return true
    }
}
