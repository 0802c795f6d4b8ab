/// An amount of a resource as Kubernetes writes it: `500m`, `1.5Gi`, `100e3`; a whole number of billionths.
///
/// Reading, the canonical form and arithmetic are those of apimachinery's `resource.Quantity`. Two quantities are equal when they are the same amount:
/// `1000m` equals `1`.
///
/// - Note: The amount is a 128-bit count of billionths ("nano"). Kubernetes rounds whatever is finer up to the next billionth, away from zero, so nothing that it can
///   tell apart is lost there. Above, it uses numbers of any size. Here amounts end at 10^29, where the sum of ten thousand million quantities
///   of 2^63-1 (the most that Kubernetes documents) still fits: reading and arithmetic stop at that bound instead of failing, and what was *read* beyond it keeps
///   its text, so that passing an object on never changes it. Binary quantities (`Ki`…`Ei`) are capped at 2^63-1 when they are read, as in Kubernetes.
public struct Quantity: Sendable {
    /// How a quantity is written.
    public enum Format: String, Hashable, Sendable {
        /// `512Mi`: powers of 1,024.
        case binarySI = "BinarySI"
        /// `1500m`, `2G`: powers of 1,000.
        case decimalSI = "DecimalSI"
        /// `12e6`: powers of 1,000 as exponents of ten.
        case decimalExponent = "DecimalExponent"
    }

    /// The amount in billionths, within ±``limit``.
    let nano: Int128
    public let format: Format
    /// The text that was read, where it is kept; see ``init(parsing:)``.
    let text: String?

    /// 10^29 in billionths.
    static let limit: Int128 = 100_000_000_000_000_000_000_000_000_000_000_000_000

    init(nano: Int128, format: Format, text: String? = nil) {
        self.nano = Swift.min(Swift.max(nano, -Self.limit), Self.limit)
        self.format = format
        self.text = text
    }

    public static let zero = Quantity(nano: 0, format: .decimalSI)
    /// The largest amount, 10^29; ``negate()`` of it is the smallest.
    public static let max = Quantity(nano: limit, format: .decimalSI)

    /// A whole number.
    public init(_ value: Int64, format: Format = .decimalSI) {
        self.init(nano: Int128(value) * 1_000_000_000, format: format)
    }

    /// A number of thousandths, such as millicores.
    public init(milli: Int64, format: Format = .decimalSI) {
        self.init(nano: Int128(milli) * 1_000_000, format: format)
    }

    /// The shortest decimal number that reads back as `value` (0.1 is exactly `100m`), rounded up to billionths; nil for NaN and infinity.
    public init?(double value: Double, format: Format = .decimalSI) {
        guard value.isFinite, let parsed = try? Quantity(parsing: "\(value)") else { return nil }
        self.init(nano: parsed.nano, format: format)
    }

    public var isZero: Bool { nano == 0 }
    public var isNegative: Bool { nano < 0 }

    /// The amount as a whole number, rounded away from zero; beyond 64 bits the nearest `Int64`.
    public func value() -> Int64 { count(of: 1_000_000_000) }

    /// The amount in thousandths, rounded away from zero; beyond 64 bits the nearest `Int64`.
    public func milliValue() -> Int64 { count(of: 1_000_000) }

    private func count(of unit: Int128) -> Int64 {
        let (quotient, remainder) = nano.quotientAndRemainder(dividingBy: unit)
        return Int64(clamping: remainder == 0 ? quotient : quotient + remainder.signum())
    }

    /// The nearest double, within one unit in the last place.
    public var double: Double {
        let (quotient, remainder) = nano.quotientAndRemainder(dividingBy: 1_000_000_000)
        return Double(quotient) + Double(remainder) / 1e9
    }

    /// The same amount in another format.
    public func formatted(as format: Format) -> Quantity { Quantity(nano: nano, format: format) }
}

extension Quantity: Hashable, Comparable {
    public static func == (left: Quantity, right: Quantity) -> Bool { left.nano == right.nano }
    public static func < (left: Quantity, right: Quantity) -> Bool { left.nano < right.nano }
    public func hash(into hasher: inout Hasher) { hasher.combine(nano) }
}

/// Arithmetic is exact and ends at ±``max``. Results have the format of the left side, or of the right side when the left side is zero, as in Kubernetes.
extension Quantity {
    public static func + (left: Quantity, right: Quantity) -> Quantity {
        // Both are within 10^38 and their sum within 2^127, so nothing overflows before the initializer clamps it.
        Quantity(nano: left.nano + right.nano, format: left.isZero ? right.format : left.format)
    }

    public static func - (left: Quantity, right: Quantity) -> Quantity {
        Quantity(nano: left.nano - right.nano, format: left.isZero ? right.format : left.format)
    }

    public static func * (left: Quantity, right: Int64) -> Quantity {
        let (product, overflow) = left.nano.multipliedReportingOverflow(by: Int128(right))
        guard overflow else { return Quantity(nano: product, format: left.format) }
        return Quantity(nano: (left.nano < 0) == (right < 0) ? limit : -limit, format: left.format)
    }

    public static prefix func - (quantity: Quantity) -> Quantity { Quantity(nano: -quantity.nano, format: quantity.format) }

    public static func += (left: inout Quantity, right: Quantity) { left = left + right }
    public static func -= (left: inout Quantity, right: Quantity) { left = left - right }
    public static func *= (left: inout Quantity, right: Int64) { left = left * right }

    public mutating func negate() { self = -self }
}

extension Quantity {
    /// A JSON string, surrounding white space ignored, or a number; nil for anything else.
    public init?(json: JSONValue) {
        let text: String
        switch json {
        case .string(let string): text = string.trimmingWhitespace()
        case .integer(let integer): text = String(integer)
        case .double(let double): text = "\(double)"
        default: return nil
        }
        guard let quantity = try? Quantity(parsing: text) else { return nil }
        self = quantity
    }

    public var json: JSONValue { .string(description) }
}

extension String {
    /// Without white space at both ends, as Go's `strings.TrimSpace`.
    fileprivate func trimmingWhitespace() -> String {
        guard let first = unicodeScalars.firstIndex(where: { !$0.properties.isWhitespace }),
            let last = unicodeScalars.lastIndex(where: { !$0.properties.isWhitespace })
        else { return "" }
        return String(unicodeScalars[first...last])
    }
}
