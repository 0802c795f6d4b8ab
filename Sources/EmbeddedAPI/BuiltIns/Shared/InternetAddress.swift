import KubernetesAPI

/// An IP address as a number of bytes: 4 for IPv4 (also when it is written as an IPv6 address), else 16.
struct InternetAddress: Hashable {
    let bytes: [UInt8]

    init(bytes: [UInt8]) { self.bytes = bytes }

    /// Reads what Go's `net.ParseIP` of older times read, so `010.0.0.1` is 10.0.0.1.
    init?(_ text: String) {
        if IPText.isIPv4(text, allowsLeadingZeros: true) {
            bytes = Self.decimals(text)
            return
        }
        guard IPText.isIPv6(text, allowsLeadingZeros: true) else { return nil }
        var halves: [[UInt8]] = []
        var rest = text[...]
        while let gap = rest.firstDoubleColon {
            halves.append(Self.groups(rest[..<gap]))
            rest = rest[rest.index(gap, offsetBy: 2)...]
        }
        halves.append(Self.groups(rest))
        let count = halves.reduce(0) { $0 + $1.count }
        guard count <= 16 else { return nil }
        let all = halves[0] + [UInt8](repeating: 0, count: 16 - count) + (halves.count > 1 ? halves[1] : [])
        let isMapped = all[..<10].allSatisfy { $0 == 0 } && all[10] == 255 && all[11] == 255
        bytes = isMapped ? Array(all[12...]) : all
    }

    private static func decimals(_ text: some StringProtocol) -> [UInt8] { text.split(separator: ".").map { UInt8($0) ?? 0 } }

    private static func groups(_ text: Substring) -> [UInt8] {
        text.split(separator: ":").flatMap { group -> [UInt8] in
            if group.contains(".") { return decimals(group) }
            let value = UInt16(group, radix: 16) ?? 0
            return [UInt8(value >> 8), UInt8(value & 255)]
        }
    }

    var isIPv6: Bool { bytes.count == 16 }

    /// Why a Service or Endpoint cannot have this address.
    var specialUse: String? {
        if bytes.allSatisfy({ $0 == 0 }) { return "may not be unspecified (\(isIPv6 ? "::" : "0.0.0.0"))" }
        let isLoopback = isIPv6 ? bytes[..<15].allSatisfy { $0 == 0 } && bytes[15] == 1 : bytes[0] == 127
        if isLoopback { return "may not be in the loopback range (127.0.0.0/8, ::1/128)" }
        let isLinkLocal = isIPv6 ? bytes[0] == 0xFE && bytes[1] & 0xC0 == 0x80 : bytes[0] == 169 && bytes[1] == 254
        if isLinkLocal { return "may not be in the link-local range (169.254.0.0/16, fe80::/10)" }
        let isMulticast = isIPv6 ? bytes[0] == 0xFF && bytes[1] & 0x0F == 2 : bytes[0] == 224 && bytes[1] == 0 && bytes[2] == 0
        return isMulticast ? "may not be in the link-local multicast range (224.0.0.0/24, ff02::/10)" : nil
    }
}

/// A range of addresses with a common prefix, such as `10.96.0.0/16`.
struct InternetRange {
    let address: InternetAddress
    let prefixBits: Int

    init?(_ text: String) {
        guard IPText.isNetwork(text), let slash = text.firstIndex(of: "/"), let address = InternetAddress(String(text[..<slash])),
            let bits = Int(text[text.index(after: slash)...])
        else { return nil }
        self.address = address
        prefixBits = bits
    }

    func contains(_ other: InternetAddress) -> Bool {
        guard other.bytes.count == address.bytes.count else { return false }
        return (0..<prefixBits).allSatisfy { bit in
            let mask = UInt8(128) >> (bit % 8)
            return address.bytes[bit / 8] & mask == other.bytes[bit / 8] & mask
        }
    }
}

extension FieldChecks {
    static func address(_ text: String, at path: FieldPath) -> [FieldError] {
        InternetAddress(text) != nil
            ? [] : [FieldError(.invalid, at: path, value: .string(text), "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)")]
    }

    static func range(_ text: String, at path: FieldPath) -> [FieldError] {
        InternetRange(text) != nil
            ? [] : [FieldError(.invalid, at: path, value: .string(text), "must be a valid CIDR value, (e.g. 10.9.8.0/24 or 2001:db8::/64)")]
    }

    /// An address that is not for special use: no loopback, link-local or unspecified one.
    static func ordinaryAddress(_ text: String, at path: FieldPath) -> [FieldError] {
        guard let address = InternetAddress(text) else { return [FieldError(.invalid, at: path, value: .string(text), "must be a valid IP address")] }
        return address.specialUse.map { [FieldError(.invalid, at: path, value: .string(text), $0)] } ?? []
    }

    /// The entry points of a load balancer: an address or a DNS name each.
    static func loadBalancerAddress(_ ingress: JSONObject, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        let (ip, host) = (ingress.goString("ip"), ingress.goString("hostname"))
        if !ip.isEmpty { errors += address(ip, at: path.field("ip")) }
        return errors + (host.isEmpty ? [] : name(.dns1123Subdomain, host, at: path.field("hostname")) + notAddress(host, at: path.field("hostname")))
    }

    static func notAddress(_ host: String, at path: FieldPath) -> [FieldError] {
        InternetAddress(host) == nil ? [] : [FieldError(.invalid, at: path, value: .string(host), "must be a DNS name, not an IP address")]
    }
}

extension Substring {
    fileprivate var firstDoubleColon: Index? {
        indices.first { self[$0] == ":" && index(after: $0) < endIndex && self[index(after: $0)] == ":" }
    }
}
