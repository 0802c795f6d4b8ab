/// A point in time in microseconds (`metav1.MicroTime`, as in a Lease): RFC 3339, always written in UTC with six digits, such as `2026-07-23T07:07:48.000000Z`.
/// Years 0000 to 9999.
public struct MicroTime: Hashable, Sendable {
    /// Microseconds from 1970-01-01T00:00:00Z.
    public let microsecondsSince1970: Int64

    private static let range = RFC3339.range.lowerBound * 1_000_000...RFC3339.range.upperBound * 1_000_000 + 999_999

    /// The earliest time, the first microsecond of the year 0000.
    public static let min = MicroTime(clampedMicroseconds: range.lowerBound)
    /// The latest time, the last microsecond of the year 9999.
    public static let max = MicroTime(clampedMicroseconds: range.upperBound)

    init(clampedMicroseconds microseconds: Int64) {
        microsecondsSince1970 = Swift.min(Swift.max(microseconds, Self.range.lowerBound), Self.range.upperBound)
    }

    /// Nil outside the years 0000 to 9999.
    public init?(microsecondsSince1970: Int64) {
        guard Self.range.contains(microsecondsSince1970) else { return nil }
        self.microsecondsSince1970 = microsecondsSince1970
    }

    /// A second and the nanoseconds in it, which are rounded down to microseconds; nil outside the years 0000 to 9999 or unless `nanoseconds` is in 0..<1,000,000,000.
    public init?(secondsSince1970 seconds: Int64, nanoseconds: Int64) {
        guard RFC3339.range.contains(seconds), 0..<1_000_000_000 ~= nanoseconds else { return nil }
        microsecondsSince1970 = seconds * 1_000_000 + nanoseconds / 1_000
    }

    /// Reads RFC 3339 as Go does, with any number of digits in the fraction or none; what is finer than a microsecond is dropped. (Kubernetes itself insists on six digits.)
    ///
    /// - Throws: ``ValueError`` of kind `time`.
    public init(parsing text: String) throws(ValueError) {
        let instant = try RFC3339.parse(text)
        microsecondsSince1970 = instant.seconds * 1_000_000 + instant.nanoseconds / 1_000
    }

    public init(_ time: Time) { microsecondsSince1970 = time.secondsSince1970 * 1_000_000 }

    /// The second that this is in, counted from 1970-01-01T00:00:00Z.
    public var seconds: Int64 { (microsecondsSince1970 - microseconds) / 1_000_000 }

    /// Microseconds after ``seconds``, 0..<1,000,000.
    public var microseconds: Int64 {
        let remainder = microsecondsSince1970 % 1_000_000
        return remainder < 0 ? remainder + 1_000_000 : remainder
    }

    /// How much later this is than `other`; negative when it is earlier.
    public func duration(since other: MicroTime) -> Duration { .microseconds(microsecondsSince1970 - other.microsecondsSince1970) }

    /// The time `duration` later (rounded down to microseconds), at most ``max`` and at least ``min``.
    public func advanced(by duration: Duration) -> MicroTime {
        let (seconds, attoseconds) = duration.components
        let (whole, rest) = attoseconds.quotientAndRemainder(dividingBy: 1_000_000_000_000)
        let sum = Int128(microsecondsSince1970) + Int128(seconds) * 1_000_000 + Int128(rest < 0 ? whole - 1 : whole)
        return MicroTime(clampedMicroseconds: Int64(clamping: sum))
    }
}

extension MicroTime: Comparable, CustomStringConvertible {
    public static func < (left: MicroTime, right: MicroTime) -> Bool { left.microsecondsSince1970 < right.microsecondsSince1970 }
    public var description: String { RFC3339.text(seconds: seconds, microseconds: microseconds) }
}

extension MicroTime {
    /// An RFC 3339 string. Kubernetes' `null` for "no time" is an absent value here.
    public init?(json: JSONValue) {
        guard let text = json.string, let time = try? MicroTime(parsing: text) else { return nil }
        self = time
    }

    public var json: JSONValue { .string(description) }
}
