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
    var trimmingSpaces: String {
        guard let first = firstIndex(where: { !$0.isWhitespace }), let last = lastIndex(where: { !$0.isWhitespace }) else { return "" }
        return String(self[first...last])
    }
}
