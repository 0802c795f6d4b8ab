/// A span of time as Go and so Kubernetes write it (`metav1.Duration`): `1h30m`, `1.5h`, `300ms`, `-1m`. Counts nanoseconds and reaches 292 years.
public struct DurationText: Hashable, Sendable {
    public var nanoseconds: Int64

    public init(nanoseconds: Int64) { self.nanoseconds = nanoseconds }

    /// Fractions of a nanosecond are dropped; nil beyond ±2^63 nanoseconds.
    public init?(_ duration: Duration) {
        let (seconds, attoseconds) = duration.components
        guard let nanoseconds = Int64(exactly: Int128(seconds) * 1_000_000_000 + Int128(attoseconds / 1_000_000_000)) else { return nil }
        self.nanoseconds = nanoseconds
    }

    public var duration: Duration { .nanoseconds(nanoseconds) }

    private static let tooLong = UInt64(1) << 63

    /// Reads what Go's `time.ParseDuration` reads: numbers with or without fraction, each with a unit (`ns`, `us` or `µs`, `ms`, `s`, `m`, `h`), after an optional sign; or `0`.
    ///
    /// - Throws: ``ValueError`` of kind `duration`.
    public init(parsing text: String) throws(ValueError) {
        let bytes = Array(text.utf8)
        var position = 0
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { position = 1 }
        let invalid = "time: invalid duration \(text.cut(toBytes: 200).quotedAsGo)"
        guard position < bytes.count else { throw ValueError(.duration, text, invalid) }
        if bytes.count == position + 1, bytes[position] == UInt8(ascii: "0") {
            nanoseconds = 0
            return
        }

        var total: UInt64 = 0
        while position < bytes.count {
            let start = position
            var whole: UInt64 = 0
            while position < bytes.count, let digit = bytes[position].digit {
                guard whole <= Self.tooLong / 10, whole * 10 + digit <= Self.tooLong else { throw ValueError(.duration, text, invalid, at: start) }
                whole = whole * 10 + digit
                position += 1
            }
            var hasDigits = position > start
            var fraction: UInt64 = 0
            var scale = 1.0
            if position < bytes.count, bytes[position] == UInt8(ascii: ".") {
                position += 1
                // Digits that do not fit any more are too small to count.
                var fits = true
                while position < bytes.count, let digit = bytes[position].digit {
                    fits = fits && fraction <= (Self.tooLong - 1) / 10 && fraction * 10 + digit <= Self.tooLong
                    if fits {
                        fraction = fraction * 10 + digit
                        scale *= 10
                    }
                    position += 1
                    hasDigits = true
                }
            }
            guard hasDigits else { throw ValueError(.duration, text, invalid, at: start) }

            let unitStart = position
            while position < bytes.count, bytes[position] != UInt8(ascii: "."), bytes[position].digit == nil { position += 1 }
            guard position > unitStart else {
                throw ValueError(.duration, text, "time: missing unit in duration \(text.cut(toBytes: 200).quotedAsGo)", at: unitStart)
            }
            let name = String(decoding: bytes[unitStart..<position], as: UTF8.self)
            guard let unit = Self.units[name] else {
                let reason = "time: unknown unit \(name.cut(toBytes: 200).quotedAsGo) in duration \(text.cut(toBytes: 200).quotedAsGo)"
                throw ValueError(.duration, text, reason, at: unitStart)
            }
            guard whole <= Self.tooLong / unit else { throw ValueError(.duration, text, invalid, at: start) }
            // In floating point and in this order, as Go does, so that a third of an hour comes out as the same count.
            let part = whole * unit + UInt64(Double(fraction) * (Double(unit) / scale))
            guard part <= Self.tooLong - total else { throw ValueError(.duration, text, invalid, at: start) }
            total += part
        }
        guard isNegative || total < Self.tooLong else { throw ValueError(.duration, text, invalid) }
        nanoseconds = Int64(truncatingIfNeeded: isNegative ? 0 &- total : total)
    }

    private static let units: [String: UInt64] = [
        "ns": 1, "us": 1_000, "\u{B5}s": 1_000, "\u{3BC}s": 1_000, "ms": 1_000_000, "s": 1_000_000_000, "m": 60_000_000_000, "h": 3_600_000_000_000,
    ]
}

extension DurationText: Comparable, CustomStringConvertible {
    public static func < (left: DurationText, right: DurationText) -> Bool { left.nanoseconds < right.nanoseconds }

    /// As Go's `Duration.String()`: `1h30m0s`, `1.5s`, `300ms`, `0s`.
    public var description: String {
        let magnitude = nanoseconds.magnitude
        let sign = nanoseconds < 0 ? "-" : ""
        switch magnitude {
        case 0: return "0s"
        case ..<1_000: return "\(sign)\(magnitude)ns"
        case ..<1_000_000: return sign + Self.decimal(magnitude, unit: 1_000) + "µs"
        case ..<1_000_000_000: return sign + Self.decimal(magnitude, unit: 1_000_000) + "ms"
        default:
            let minutes = magnitude / 60_000_000_000
            var text = sign
            if minutes >= 60 { text += "\(minutes / 60)h" }
            if minutes > 0 { text += "\(minutes % 60)m" }
            return text + Self.decimal(magnitude % 60_000_000_000, unit: 1_000_000_000) + "s"
        }
    }

    /// As people write it in manifests, without zeros at the end: `1h30m`, `2h`, `90s` is `1m30s`.
    public var shortDescription: String {
        var text = description
        if text.hasSuffix("m0s") { text.removeLast(2) }
        if text.hasSuffix("h0m") { text.removeLast(2) }
        return text
    }

    /// `number` divided by `unit`, a power of ten, without zeros at the end.
    private static func decimal(_ number: UInt64, unit: UInt64) -> String {
        var (whole, fraction) = number.quotientAndRemainder(dividingBy: unit)
        guard fraction != 0 else { return "\(whole)" }
        var digits = ""
        while fraction != 0 {
            (whole, fraction) = (fraction * 10).quotientAndRemainder(dividingBy: unit)
            digits += "\(whole)"
        }
        return "\(number / unit).\(digits)"
    }
}

extension DurationText {
    public init?(json: JSONValue) {
        guard let text = json.string, let duration = try? DurationText(parsing: text) else { return nil }
        self = duration
    }

    public var json: JSONValue { .string(description) }
}

extension UInt8 {
    fileprivate var digit: UInt64? {
        UInt8(ascii: "0")...UInt8(ascii: "9") ~= self ? UInt64(self - UInt8(ascii: "0")) : nil
    }
}
