import KubernetesAPI

/// Dates, times and durations as go-openapi's formats read them, which is laxer than RFC 3339.
enum TimeText {
    /// `2006-01-02`, a day that exists.
    static func isDate(_ bytes: ArraySlice<UInt8>) -> Bool {
        let parts = bytes.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
        guard parts.map(\.count) == [4, 2, 2], parts.allSatisfy({ $0.allSatisfy(\.isDecimalDigit) }) else { return false }
        let numbers = parts.map { $0.reduce(0) { $0 * 10 + Int($1 - 48) } }
        let (year, month, day) = (numbers[0], numbers[1], numbers[2])
        guard (1...12).contains(month), day >= 1 else { return false }
        let isLeap = year.isMultiple(of: 4) && (!year.isMultiple(of: 100) || year.isMultiple(of: 400))
        return day <= [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    }

    /// A date, `t`, a time of day, possibly a fraction, and `z` or an offset; letters of either case.
    static func isDateTime(_ text: String) -> Bool {
        let bytes = Array(text.lowercased().utf8)
        let parts = bytes.split(separator: UInt8(ascii: "t"), omittingEmptySubsequences: false)
        guard parts.count >= 2, isDate(parts[0]) else { return false }
        let time = parts[1]
        let clock = Array(time.prefix(8))
        guard clock.count == 8, clock[2] == UInt8(ascii: ":"), clock[5] == UInt8(ascii: ":") else { return false }
        for (start, limit) in [(0, 23), (3, 59), (6, 59)] {
            guard clock[start].isDecimalDigit, clock[start + 1].isDecimalDigit else { return false }
            guard (Int(clock[start]) - 48) * 10 + Int(clock[start + 1]) - 48 <= limit else { return false }
        }
        let rest = time.dropFirst(8)
        if isZone(rest) { return true }
        // A fraction begins with any one character, which the pattern that this follows leaves open.
        let fraction = rest.dropFirst().prefix(while: \.isDecimalDigit)
        return !fraction.isEmpty && isZone(rest.dropFirst(1 + fraction.count))
    }

    private static func isZone(_ bytes: ArraySlice<UInt8>) -> Bool {
        if bytes.elementsEqual("z".utf8) { return true }
        let zone = Array(bytes)
        guard zone.count == 6, zone[0] == UInt8(ascii: "+") || zone[0] == UInt8(ascii: "-"), zone[3] == UInt8(ascii: ":") else { return false }
        return [1, 2, 4, 5].allSatisfy { zone[$0].isDecimalDigit }
    }

    private static let units: [(names: [String], prefix: String, nanoseconds: Int64)] = [
        (["ns", "nano"], "nano", 1), (["us", "µs", "micro"], "micro", 1_000), (["ms", "milli"], "milli", 1_000_000),
        (["s", "sec"], "sec", 1_000_000_000), (["m", "min"], "min", 60_000_000_000), (["h", "hr", "hour"], "hour", 3_600_000_000_000),
        (["d", "day"], "day", 86_400_000_000_000), (["w", "wk", "week"], "week", 604_800_000_000_000),
    ]

    /// Go's form (`1h30m`), or any text that contains a number and a unit (`2 days`).
    static func isDuration(_ text: String) -> Bool { nanoseconds(text) != nil }

    /// The duration that the text means, all of its numbers with units together; nil where it is none. Sums that do not fit wrap, as in Go.
    static func nanoseconds(_ text: String) -> Int64? {
        if let duration = try? DurationText(parsing: text) { return duration.nanoseconds }
        var total: Int64?
        var rest = text.unicodeScalars[...]
        while let start = rest.firstIndex(where: { ("0"..."9").contains($0) }) {
            rest = rest[start...]
            let digits = rest.prefix { ("0"..."9").contains($0) }
            rest = rest.dropFirst(digits.count).drop { $0.isASCII && UInt8($0.value).isASCIIWhitespace }
            let unit = rest.prefix { $0 == "µ" || $0.isASCII && UInt8($0.value).isASCIILetter }
            rest = rest.dropFirst(unit.count)
            guard !unit.isEmpty else { continue }
            guard let number = Int64(String(digits)) else { return nil }
            let name = String(unit).lowercased()
            for unit in units where unit.names.contains(name) || name.hasPrefix(unit.prefix) { total = (total ?? 0) &+ number &* unit.nanoseconds }
        }
        return total
    }
}
