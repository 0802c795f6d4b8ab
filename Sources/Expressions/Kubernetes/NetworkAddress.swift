/// An IPv4 or IPv6 address without a zone.
public struct NetworkAddress: OpaqueValue, Hashable, CustomStringConvertible {
    /// 4 or 16 bytes.
    let bytes: [UInt8]

    public var type: ExpressionType { .opaque("net.IP") }
    var isIPv4: Bool { bytes.count == 4 }
    /// IPv4 addresses written in IPv6 are the same as themselves.
    public func isEqual(to other: any OpaqueValue) -> Bool { (other as? NetworkAddress)?.unmapped.bytes == unmapped.bytes }

    var unmapped: NetworkAddress { isMapped ? NetworkAddress(bytes: Array(bytes.suffix(4))) : self }
    var isMapped: Bool { bytes.count == 16 && bytes.prefix(10).allSatisfy { $0 == 0 } && bytes[10] == 0xFF && bytes[11] == 0xFF }

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads an address; nil for other text, and for an IPv4 address with leading zeros.
    init?(parsing text: String) {
        guard text.utf8.count <= 64, let bytes = text.utf8.contains(58) ? Self.version6(text) : Self.version4(text[...]) else { return nil }
        self.bytes = bytes
    }

    private static func version4(_ text: Substring) -> [UInt8]? {
        let parts = text.utf8.split(separator: 46, omittingEmptySubsequences: false)
        guard parts.count == 4 else { return nil }
        var bytes: [UInt8] = []
        for part in parts {
            guard (1...3).contains(part.count), part.allSatisfy({ (48...57).contains($0) }), part.count == 1 || part.first != 48 else { return nil }
            let value = part.reduce(0) { $0 * 10 + Int($1 - 48) }
            guard value <= 255 else { return nil }
            bytes.append(UInt8(value))
        }
        return bytes
    }

    private static func version6(_ text: String) -> [UInt8]? {
        var head = text[...]
        var (before, after): ([UInt8], [UInt8]?) = ([], nil)
        if let gap = text.utf8.firstRange(of: [58, 58]) {
            head = text[..<gap.lowerBound]
            guard let bytes = groups(text[gap.upperBound...], allowsIPv4: true) else { return nil }
            after = bytes
        }
        guard let bytes = groups(head, allowsIPv4: after == nil) else { return nil }
        before = bytes
        guard let after else { return before.count == 16 ? before : nil }
        // The gap stands for at least one group.
        guard before.count + after.count <= 14 else { return nil }
        return before + Array(repeating: 0, count: 16 - before.count - after.count) + after
    }

    private static func groups(_ text: Substring, allowsIPv4: Bool) -> [UInt8]? {
        if text.isEmpty { return [] }
        let parts = text.split(separator: ":", omittingEmptySubsequences: false)
        guard parts.count <= 8 else { return nil }
        var bytes: [UInt8] = []
        for (index, part) in parts.enumerated() {
            if index == parts.count - 1, allowsIPv4, part.utf8.contains(46) {
                guard let last = version4(part) else { return nil }
                bytes += last
                continue
            }
            var value: UInt32 = 0
            guard (1...4).contains(part.utf8.count) else { return nil }
            for scalar in part.unicodeScalars {
                guard let digit = scalar.hexDigit else { return nil }
                value = value * 16 + digit
            }
            bytes += [UInt8(value >> 8), UInt8(value & 255)]
        }
        return bytes.count <= 16 ? bytes : nil
    }

    /// RFC 5952: lower case, the longest run of zero groups left out.
    public var description: String {
        if isIPv4 { return bytes.map { String($0) }.joined(separator: ".") }
        if isMapped { return "::ffff:" + unmapped.description }
        let groups = stride(from: 0, to: 16, by: 2).map { UInt16(bytes[$0]) << 8 | UInt16(bytes[$0 + 1]) }
        var (start, length, index) = (0, 0, 0)
        while index < 8 {
            let run = groups[index...].prefix { $0 == 0 }.count
            if run > length { (start, length) = (index, run) }
            index += max(1, run)
        }
        let texts = groups.map { String($0, radix: 16) }
        if length < 2 { return texts.joined(separator: ":") }
        return texts[..<start].joined(separator: ":") + "::" + texts[(start + length)...].joined(separator: ":")
    }

    var isUnspecified: Bool { bytes.allSatisfy { $0 == 0 } }
    var isLoopback: Bool {
        let address = unmapped; return address.isIPv4 ? address.bytes[0] == 127 : address.bytes.dropLast().allSatisfy { $0 == 0 } && address.bytes[15] == 1
    }
    var isLinkLocalMulticast: Bool {
        let bytes = unmapped.bytes
        return bytes.count == 4 ? bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0 : bytes[0] == 0xFF && bytes[1] & 0x0F == 2
    }
    var isLinkLocalUnicast: Bool {
        let bytes = unmapped.bytes
        return bytes.count == 4 ? bytes[0] == 169 && bytes[1] == 254 : bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80
    }
    var isGlobalUnicast: Bool {
        let address = unmapped
        let isMulticast = address.isIPv4 ? address.bytes[0] & 0xF0 == 224 : address.bytes[0] == 0xFF
        return !(address.isUnspecified || address.isLoopback || isMulticast || address.isLinkLocalUnicast || address.bytes == [255, 255, 255, 255])
    }
}

/// A range of addresses in CIDR notation.
public struct NetworkRange: OpaqueValue, CustomStringConvertible {
    let address: NetworkAddress
    let prefixLength: Int

    public var type: ExpressionType { .opaque("net.CIDR") }
    public var description: String { "\(address)/\(prefixLength)" }
    public func isEqual(to other: any OpaqueValue) -> Bool {
        guard let other = other as? NetworkRange else { return false }
        return address == other.address && prefixLength == other.prefixLength
    }

    init(address: NetworkAddress, prefixLength: Int) { (self.address, self.prefixLength) = (address, prefixLength) }

    init?(parsing text: String) {
        guard let slash = text.lastIndex(of: "/"), let address = NetworkAddress(parsing: String(text[..<slash])), !address.isMapped else { return nil }
        let digits = text[text.index(after: slash)...].utf8
        guard (1...3).contains(digits.count), digits.allSatisfy({ (48...57).contains($0) }), digits.count == 1 || digits.first != 48 else { return nil }
        let length = digits.reduce(0) { $0 * 10 + Int($1 - 48) }
        guard length <= address.bytes.count * 8 else { return nil }
        self.init(address: address, prefixLength: length)
    }

    var masked: NetworkRange {
        let bytes = address.bytes.enumerated().map { index, byte in
            let kept = min(8, max(0, prefixLength - index * 8))
            return kept == 0 ? 0 : byte & (0xFF << UInt8(8 - kept))
        }
        return NetworkRange(address: NetworkAddress(bytes: bytes), prefixLength: prefixLength)
    }

    func contains(_ other: NetworkAddress) -> Bool {
        let other = other.unmapped
        return other.bytes.count == address.bytes.count && NetworkRange(address: other, prefixLength: prefixLength).masked.address == masked.address
    }

    func contains(_ other: NetworkRange) -> Bool { prefixLength <= other.prefixLength && contains(other.address) }
}
