/// Texts of Internet and hardware addresses, as Go's `net` reads them.
enum IPText {
    static func isIPv4(_ text: String, allowsLeadingZeros: Bool) -> Bool { isIPv4(Array(text.utf8)[...], allowsLeadingZeros: allowsLeadingZeros) }
    static func isIPv6(_ text: String, allowsLeadingZeros: Bool) -> Bool { isIPv6(Array(text.utf8)[...], allowsLeadingZeros: allowsLeadingZeros) }

    private static func isIPv4(_ bytes: ArraySlice<UInt8>, allowsLeadingZeros: Bool) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "."), omittingEmptySubsequences: false)
        return parts.count == 4
            && parts.allSatisfy { part in
                guard !part.isEmpty, part.allSatisfy(\.isDecimalDigit) else { return false }
                if !allowsLeadingZeros, part.count > 1, part.first == UInt8(ascii: "0") { return false }
                let significant = part.drop { $0 == UInt8(ascii: "0") }
                return significant.count <= 3 && significant.reduce(0) { $0 * 10 + Int($1 - 48) } <= 255
            }
    }

    /// Eight groups of up to four hexadecimal digits, one `::`, and possibly an IPv4 address as the last two groups.
    private static func isIPv6(_ bytes: ArraySlice<UInt8>, allowsLeadingZeros: Bool) -> Bool {
        guard bytes.count <= 64, bytes.contains(UInt8(ascii: ":")) else { return false }
        var groups = 0
        var hasGap = false
        var rest = bytes
        if rest.starts(with: "::".utf8) {
            hasGap = true
            rest = rest.dropFirst(2)
            if rest.isEmpty { return true }
        }
        while groups < 8 {
            let group = rest.prefix { $0 != UInt8(ascii: ":") }
            if group.contains(UInt8(ascii: ".")) {
                guard isIPv4(group, allowsLeadingZeros: allowsLeadingZeros), group.count == rest.count else { return false }
                groups += 2
                return hasGap ? groups < 8 : groups == 8
            }
            guard (1...4).contains(group.count), group.allSatisfy(\.isHexDigit) else { return false }
            groups += 1
            rest = rest.dropFirst(group.count)
            if rest.isEmpty { return hasGap ? groups < 8 : groups == 8 }
            rest = rest.dropFirst()
            if rest.first == UInt8(ascii: ":") {
                guard !hasGap else { return false }
                hasGap = true
                rest = rest.dropFirst()
                if rest.isEmpty { return groups < 8 }
            } else if rest.isEmpty {
                return false
            }
        }
        return false
    }

    /// An address, a slash and the length of the prefix.
    static func isNetwork(_ text: String) -> Bool {
        let bytes = Array(text.utf8)[...]
        guard let slash = bytes.firstIndex(of: UInt8(ascii: "/")) else { return false }
        let length = bytes[(slash + 1)...]
        guard (1...3).contains(length.count), length.allSatisfy(\.isDecimalDigit) else { return false }
        let bits = length.reduce(0) { $0 * 10 + Int($1 - 48) }
        let address = bytes[..<slash]
        if isIPv4(address, allowsLeadingZeros: true) { return bits <= 32 }
        return isIPv6(address, allowsLeadingZeros: true) && bits <= 128
    }

    /// 6, 8 or 20 bytes, as pairs of digits with `:` or `-` or as fours with `.`.
    static func isHardwareAddress(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count >= 14 else { return false }
        let separator = bytes[2] == UInt8(ascii: ":") || bytes[2] == UInt8(ascii: "-") ? bytes[2] : UInt8(ascii: ".")
        let size = separator == UInt8(ascii: ".") ? 4 : 2
        let groups = bytes.split(separator: separator, omittingEmptySubsequences: false)
        return [6, 8, 20].contains(groups.count * size / 2) && groups.allSatisfy { $0.count == size && $0.allSatisfy(\.isHexDigit) }
    }
}
