extension ExpressionLibrary {
    private static let address = ExpressionType.opaque("net.IP")
    private static let range = ExpressionType.opaque("net.CIDR")

    /// <https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-ip-address-library> and the CIDR library.
    public static let networks = ExpressionLibrary(
        functions: [
            ExpressionFunction(
                "ip",
                [
                    .function([.string], address, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in .opaque(try parseAddress(arguments[0])) },
                    .member([range], address) { (arguments) throws(EvaluationFailure) in .opaque(try arguments.opaque(0, as: NetworkRange.self).address) },
                ]),
            ExpressionFunction(
                "isIP",
                [
                    .function([.string], .bool, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                        .bool((try? parseAddress(arguments[0])) != nil)
                    }
                ]),
            ExpressionFunction(
                "ip.isCanonical",
                [
                    .function([.string], .bool, cost: .rebuilding(0)) { (arguments) throws(EvaluationFailure) in
                        .bool(try parseAddress(arguments[0]).description == (try arguments.string(0)))
                    }
                ]),
            property("family", .int) { .int($0.isIPv4 || $0.isMapped ? 4 : 6) },
            property("isUnspecified", .bool) { .bool($0.isUnspecified) },
            property("isLoopback", .bool) { .bool($0.isLoopback) },
            property("isLinkLocalMulticast", .bool) { .bool($0.isLinkLocalMulticast) },
            property("isLinkLocalUnicast", .bool) { .bool($0.isLinkLocalUnicast) },
            property("isGlobalUnicast", .bool) { .bool($0.isGlobalUnicast) },
            ExpressionFunction(
                "string", [address, range].map { .function([$0], .string) { (arguments) throws(EvaluationFailure) in .string(arguments[0].displayText) } }),
            ExpressionFunction(
                "cidr",
                [.function([.string], range, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in .opaque(try parseRange(arguments[0])) }]),
            ExpressionFunction(
                "isCIDR",
                [
                    .function([.string], .bool, cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
                        .bool(NetworkRange(parsing: try arguments.string(0)) != nil)
                    }
                ]),
            ExpressionFunction(
                "containsIP",
                [address, .string].map { other in
                    .member([range, other], .bool, cost: .computed { containment($0, ofRange: false) }) { (arguments) throws(EvaluationFailure) in
                        .bool(try arguments.opaque(0, as: NetworkRange.self).contains(try parseAddress(arguments[1])))
                    }
                }),
            ExpressionFunction(
                "containsCIDR",
                [range, .string].map { other in
                    .member([range, other], .bool, cost: .computed { containment($0, ofRange: true) }) { (arguments) throws(EvaluationFailure) in
                        .bool(try arguments.opaque(0, as: NetworkRange.self).contains(try parseRange(arguments[1])))
                    }
                }),
            ExpressionFunction(
                "masked",
                [
                    .member([range], range) { (arguments) throws(EvaluationFailure) in
                        .opaque(try arguments.opaque(0, as: NetworkRange.self).masked)
                    }
                ]),
            ExpressionFunction(
                "prefixLength",
                [
                    .member([range], .int) { (arguments) throws(EvaluationFailure) in
                        .int(Int64(try arguments.opaque(0, as: NetworkRange.self).prefixLength))
                    }
                ]),
        ], types: [address, range])

    /// The bytes of the prefix are compared, and those of a range are masked before; text is parsed.
    private static func containment(_ arguments: [ExpressionValue], ofRange isRange: Bool) -> UInt64 {
        let range = try? arguments.opaque(0, as: NetworkRange.self)
        let bytes = ((range?.prefixLength ?? 0) + 7) / 8
        var units = ExpressionFunction.Cost.tenth(2 * bytes)
        if isRange { units += ExpressionFunction.Cost.tenth(bytes) + 1 }
        if case .string = arguments[1] { units += ExpressionFunction.Cost.tenth(arguments[1].size) }
        return units
    }

    private static func property(_ name: String, _ result: ExpressionType, _ get: @escaping @Sendable (NetworkAddress) -> ExpressionValue) -> ExpressionFunction
    {
        ExpressionFunction(name, [.member([address], result) { (arguments) throws(EvaluationFailure) in get(try arguments.opaque(0)) }])
    }

    /// An address as it is, or read from text.
    private static func parseAddress(_ value: ExpressionValue) throws(EvaluationFailure) -> NetworkAddress {
        guard case .string(let text) = value else { return try [value].opaque(0) }
        if text.contains("%"), text.contains(":") { throw EvaluationFailure("IP address \(text.quotedForMessage) with zone value is not allowed") }
        guard let address = NetworkAddress(parsing: text) else {
            let reason = NetworkAddress.problem(with: text)
            throw EvaluationFailure(
                "IP Address \(text.quotedForMessage) parse error during conversion from string: ParseAddr(\(text.quotedForMessage)): \(reason)")
        }
        // `::ffff:1.2.3.4` would be read as IPv4 by some programs and not by others.
        if address.isMapped, text.contains(".") { throw EvaluationFailure("IPv4-mapped IPv6 address \(text.quotedForMessage) is not allowed") }
        return address
    }

    private static func parseRange(_ value: ExpressionValue) throws(EvaluationFailure) -> NetworkRange {
        guard case .string(let text) = value else { return try [value].opaque(0) }
        guard let range = NetworkRange(parsing: text) else {
            let words = "network address parse error during conversion from string: "
            // Kubernetes says it twice.
            throw EvaluationFailure("\(words)\(words)netip.ParsePrefix(\(text.quotedForMessage)): \(NetworkRange.problem(with: text))")
        }
        return range
    }
}

extension NetworkAddress {
    /// Why a text is no address, in the words of Go's `net/netip`, as far as they tell more than that.
    fileprivate static func problem(with text: String) -> String {
        guard let mark = text.first(where: { ".:%".contains($0) }) else { return "unable to parse IP" }
        switch mark {
        case "%": return "missing IPv6 address"
        case ":": return "unable to parse IP"
        default: break
        }
        var (value, digits, fields) = (0, 0, 0)
        let bytes = Array(text.utf8)
        func rest(_ index: Int) -> String { String(decoding: bytes[index...], as: UTF8.self).quotedForMessage }
        for (index, byte) in bytes.enumerated() {
            switch byte {
            case 48...57:
                if digits == 1, value == 0 { return "IPv4 field has octet with leading zero" }
                value = value * 10 + Int(byte - 48)
                digits += 1
                if value > 255 { return "IPv4 field has value >255" }
            case UInt8(ascii: "."):
                if index == 0 || index == bytes.count - 1 || bytes[index - 1] == byte {
                    return "IPv4 field must have at least one digit (at \(rest(index)))"
                }
                if fields == 3 { return "IPv4 address too long" }
                (value, digits, fields) = (0, 0, fields + 1)
            default: return "unexpected character (at \(rest(index)))"
            }
        }
        return fields < 3 ? "IPv4 address too short" : "unable to parse IP"
    }
}

extension NetworkRange {
    fileprivate static func problem(with text: String) -> String {
        guard let slash = text.lastIndex(of: "/") else { return "no '/'" }
        let address = String(text[..<slash])
        guard let parsed = NetworkAddress(parsing: address) else { return "ParseAddr(\(address.quotedForMessage)): \(NetworkAddress.problem(with: address))" }
        let bits = String(text[text.index(after: slash)...])
        guard bits.utf8.count <= 3, !bits.hasPrefix("0") || bits == "0", let length = Int(bits), bits.utf8.allSatisfy({ (48...57).contains($0) }) else {
            return "bad bits after slash: \(bits.quotedForMessage)"
        }
        return length > parsed.bytes.count * 8 ? "prefix length out of range" : "IPv4-mapped IPv6 address \(text.quotedForMessage) is not allowed"
    }
}
