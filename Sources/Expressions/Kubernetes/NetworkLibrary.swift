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
        if text.contains("%") { throw EvaluationFailure("IP Address \(text.quotedForMessage) with zone value is not allowed") }
        guard let address = NetworkAddress(parsing: text) else {
            throw EvaluationFailure("IP Address \(text.quotedForMessage) parse error during conversion from string")
        }
        // `::ffff:1.2.3.4` would be read as IPv4 by some programs and not by others.
        if address.isMapped, text.contains(".") { throw EvaluationFailure("IPv4-mapped IPv6 address \(text.quotedForMessage) is not allowed") }
        return address
    }

    private static func parseRange(_ value: ExpressionValue) throws(EvaluationFailure) -> NetworkRange {
        guard case .string(let text) = value else { return try [value].opaque(0) }
        guard let range = NetworkRange(parsing: text) else {
            throw EvaluationFailure("network address \(text.quotedForMessage) parse error during conversion from string")
        }
        return range
    }
}
