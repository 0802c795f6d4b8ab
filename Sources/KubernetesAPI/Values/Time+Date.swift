public import FoundationEssentials

extension Time {
    /// The second in which `date` is. Dates outside the years 0000 to 9999 become ``min`` or ``max``.
    public init(_ date: Date) { self.init(MicroTime(date)) }

    public var date: Date { Date(timeIntervalSince1970: Double(secondsSince1970)) }
}

extension MicroTime {
    /// The nearest microsecond: a `Date` of our days is a few tenths of a microsecond coarse. Dates outside the years 0000 to 9999 become ``min`` or ``max``.
    public init(_ date: Date) {
        let microseconds = (date.timeIntervalSince1970 * 1e6).rounded()
        let limited = microseconds > -1e18 ? Swift.min(microseconds, 1e18) : -1e18  // NaN, too, becomes the earliest
        self.init(clampedMicroseconds: Int64(limited))
    }

    public var date: Date { Date(timeIntervalSince1970: Double(seconds) + Double(microseconds) / 1e6) }
}
