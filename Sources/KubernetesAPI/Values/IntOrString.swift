/// A 32-bit integer or a string (`intstr.IntOrString`), such as a port by number or name, or a count or a percentage: `3`, `"http"`, `"25%"`.
public enum IntOrString: Hashable, Sendable {
    case int(Int32)
    case string(String)

    /// A decimal integer of 32 bits becomes an integer, any other text a string.
    public init(_ text: String) { self = Int32(text).map { .int($0) } ?? .string(text) }

    /// The number of a percentage such as `25%`; nil for anything else.
    public var percent: Int? {
        guard case .string(let text) = self, text.utf8.last == UInt8(ascii: "%") else { return nil }
        return Int(text.dropLast())
    }

    /// The integer as it is, or the percentage of `total`; Kubernetes' `intstr.GetScaledValueFromIntOrPercent`.
    ///
    /// - Parameter roundUp: whether a fraction counts as one more (as for `maxSurge`) or not at all (as for `maxUnavailable`).
    /// - Throws: ``ValueError`` of kind `percentage` for a string that is none, or when the result exceeds 64 bits.
    public func scaled(of total: Int, roundUp: Bool) throws(ValueError) -> Int {
        switch self {
        case .int(let value): return Int(value)
        case .string(let text):
            guard text.utf8.last == UInt8(ascii: "%") else {
                throw ValueError(.percentage, text, "invalid value for IntOrString: invalid type: string is not a percentage")
            }
            guard let percent else {
                let number = String(text.dropLast()).cut(toBytes: 200).quotedAsGo
                let reason = "invalid value \(text.cut(toBytes: 200).quotedAsGo): strconv.Atoi: parsing \(number): invalid syntax"
                throw ValueError(.percentage, text, "invalid value for IntOrString: \(reason)")
            }
            let (whole, rest) = (Int128(percent) * Int128(total)).quotientAndRemainder(dividingBy: 100)
            let rounded = rest > 0 && roundUp ? whole + 1 : rest < 0 && !roundUp ? whole - 1 : whole
            guard let result = Int(exactly: rounded) else { throw ValueError(.percentage, text, "that share of \(total) exceeds 64 bits") }
            return result
        }
    }
}

extension IntOrString: CustomStringConvertible, ExpressibleByIntegerLiteral, ExpressibleByStringLiteral {
    public var description: String {
        switch self {
        case .int(let value): "\(value)"
        case .string(let text): text
        }
    }

    public init(integerLiteral value: Int32) { self = .int(value) }
    /// A string, even where it looks like a number.
    public init(stringLiteral value: String) { self = .string(value) }
}

extension IntOrString {
    /// A string, or an integer of 32 bits that is written as one (`80`, not `80.0`), as in Kubernetes.
    public init?(json: JSONValue) {
        switch json {
        case .string(let text): self = .string(text)
        case .integer(let integer):
            guard let value = Int32(exactly: integer) else { return nil }
            self = .int(value)
        default: return nil
        }
    }

    public var json: JSONValue {
        switch self {
        case .int(let value): .integer(Int64(value))
        case .string(let text): .string(text)
        }
    }
}
