/// A point in time in whole seconds (`metav1.Time`): RFC 3339, always written in UTC, such as `2026-07-23T07:07:48Z`. Years 0000 to 9999.
public struct Time: Hashable, Sendable {
    /// Seconds from 1970-01-01T00:00:00Z.
    public let secondsSince1970: Int64

    /// The earliest time, the first second of the year 0000.
    public static let min = Time(clampedSeconds: RFC3339.range.lowerBound)
    /// The latest time, the last second of the year 9999.
    public static let max = Time(clampedSeconds: RFC3339.range.upperBound)

    init(clampedSeconds seconds: Int64) {
        secondsSince1970 = Swift.min(Swift.max(seconds, RFC3339.range.lowerBound), RFC3339.range.upperBound)
    }

    /// Nil outside the years 0000 to 9999.
    public init?(secondsSince1970: Int64) {
        guard RFC3339.range.contains(secondsSince1970) else { return nil }
        self.secondsSince1970 = secondsSince1970
    }

    /// Reads RFC 3339 as Go does; a fraction of a second is dropped, as it is when Kubernetes writes the time again.
    ///
    /// - Throws: ``ValueError`` of kind `time`.
    public init(parsing text: String) throws(ValueError) { secondsSince1970 = try RFC3339.parse(text).seconds }

    /// The second in which `time` is.
    public init(_ time: MicroTime) { secondsSince1970 = time.seconds }

    /// How much later this is than `other`; negative when it is earlier.
    public func duration(since other: Time) -> Duration { .seconds(secondsSince1970 - other.secondsSince1970) }

    /// The time `duration` later, in whole seconds (rounded down), at most ``max`` and at least ``min``.
    public func advanced(by duration: Duration) -> Time { Time(MicroTime(self).advanced(by: duration)) }
}

extension Time: Comparable, CustomStringConvertible {
    public static func < (left: Time, right: Time) -> Bool { left.secondsSince1970 < right.secondsSince1970 }
    public var description: String { RFC3339.text(seconds: secondsSince1970) }
}

extension Time {
    /// An RFC 3339 string. Kubernetes' `null` for "no time" is an absent value here.
    public init?(json: JSONValue) {
        guard let text = json.string, let time = try? Time(parsing: text) else { return nil }
        self = time
    }

    public var json: JSONValue { .string(description) }
}
