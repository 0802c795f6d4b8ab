import KubernetesAPI

/// What Kubernetes says about addresses that are not written as everyone else does.
enum AddressWarnings {
    static func texts(for text: String, at path: FieldPath) -> [String] {
        guard let address = InternetAddress(text) else { return [] }
        if !address.isIPv6 {
            let isStandard = IPText.isIPv4(text, allowsLeadingZeros: false)
            let right = address.text.quotedAsGo
            return isStandard
                ? [] : ["\(path): non-standard IP address \(text.quotedAsGo) will be considered invalid in a future Kubernetes release: use \(right)"]
        }
        return text == address.text ? [] : ["\(path): IPv6 address \(text.quotedAsGo) should be in RFC 5952 canonical format (\(address.text.quotedAsGo))"]
    }
}

/// The same for ranges.
extension AddressWarnings {
    static func texts(forRange text: String, at path: FieldPath) -> [String] {
        guard let range = InternetRange(text), let slash = text.firstIndex(of: "/") else { return [] }
        let (address, right) = (range.address, "\(range.first.text)/\(range.prefixBits)".quotedAsGo)
        var texts: [String] = []
        if range.first != address {
            let one = "\(address.text)/\(address.bytes.count * 8)".quotedAsGo
            texts.append("\(path): CIDR value \(text.quotedAsGo) is ambiguous in this context (should be \(right) or \(one)?)")
        }
        if !address.isIPv6, !IPText.isIPv4(String(text[..<slash]), allowsLeadingZeros: false) {
            let words = "will be considered invalid in a future Kubernetes release: use \(right)"
            texts.append("\(path): non-standard CIDR value \(text.quotedAsGo) \(words)")
        }
        if texts.isEmpty, address.isIPv6, right != text.quotedAsGo {
            texts.append("\(path): IPv6 CIDR value \(text.quotedAsGo) should be in RFC 5952 canonical format (\(right))")
        }
        return texts
    }
}

extension InternetRange {
    /// The range's first address.
    var first: InternetAddress {
        InternetAddress(
            bytes: address.bytes.enumerated().map { index, byte in
                let bits = min(max(prefixBits - index * 8, 0), 8)
                return bits == 0 ? 0 : byte & (255 << (8 - bits))
            })
    }
}

extension InternetAddress {
    /// The address as RFC 5952 writes it.
    var text: String {
        guard isIPv6 else { return bytes.map(String.init).joined(separator: ".") }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        var longest = 0..<0
        var start = 0
        while start < groups.count {
            let end = groups[start...].firstIndex { $0 != 0 } ?? groups.count
            if end - start > max(longest.count, 1) { longest = start..<end }
            start = max(end, start + 1)
        }
        let words = groups.map { String($0, radix: 16) }
        if longest.isEmpty { return words.joined(separator: ":") }
        return words[..<longest.lowerBound].joined(separator: ":") + "::" + words[longest.upperBound...].joined(separator: ":")
    }
}

extension String {
    /// Without white space at both ends.
    var withoutSpaceAround: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}
