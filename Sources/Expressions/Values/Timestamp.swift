/// A moment between the years 1 and 9999, to the nanosecond.
public struct Timestamp: Hashable, Comparable, Sendable {
    /// Since 1970-01-01T00:00:00Z.
    public let seconds: Int64
    /// 0...999_999_999, after `seconds`.
    public let nanoseconds: Int32

    static let range: ClosedRange<Int64> = -62_135_596_800...253_402_300_799

    public init(seconds: Int64, nanoseconds: Int32) { (self.seconds, self.nanoseconds) = (seconds, nanoseconds) }

    public static func < (left: Timestamp, right: Timestamp) -> Bool { (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds) }

    /// The moment `nanoseconds` later, or nil beyond the years 1 to 9999.
    func adding(nanoseconds delta: Int64) -> Timestamp? {
        let (quotient, remainder) = delta.quotientAndRemainder(dividingBy: 1_000_000_000)
        var (seconds, nanos) = (seconds + quotient, Int64(nanoseconds) + remainder)
        if nanos < 0 { (seconds, nanos) = (seconds - 1, nanos + 1_000_000_000) }
        if nanos >= 1_000_000_000 { (seconds, nanos) = (seconds + 1, nanos - 1_000_000_000) }
        return Self.range.contains(seconds) ? Timestamp(seconds: seconds, nanoseconds: Int32(nanos)) : nil
    }

    /// The nanoseconds from `other` until here, or nil where 64 bits do not hold them.
    func nanoseconds(since other: Timestamp) -> Int64? {
        let (product, overflow) = (seconds - other.seconds).multipliedReportingOverflow(by: 1_000_000_000)
        let (sum, sumOverflow) = product.addingReportingOverflow(Int64(nanoseconds) - Int64(other.nanoseconds))
        return overflow || sumOverflow ? nil : sum
    }

    /// Reads RFC 3339 text. Nil for other text and for years outside 1...9999.
    public init?(parsing text: String) {
        let bytes = Array(text.utf8)
        func number(_ range: Range<Int>) -> Int64? {
            guard range.upperBound <= bytes.count else { return nil }
            var value: Int64 = 0
            for byte in bytes[range] {
                guard (48...57).contains(byte) else { return nil }
                value = value * 10 + Int64(byte - 48)
            }
            return value
        }
        func byte(_ index: Int) -> UInt8? { index < bytes.count ? bytes[index] : nil }
        guard bytes.count >= 20, bytes.count <= 64, let year = number(0..<4), byte(4) == 45, let month = number(5..<7), byte(7) == 45, let day = number(8..<10),
            byte(10) == 84 || byte(10) == 116, let hour = number(11..<13), byte(13) == 58, let minute = number(14..<16), byte(16) == 58,
            let second = number(17..<19), (1...12).contains(month), hour < 24, minute < 60, second < 60,
            day >= 1, day <= CivilDate.daysInMonth(month, year: year)
        else { return nil }
        var index = 19
        var nanos: Int64 = 0
        if byte(index) == 46 {
            index += 1
            var digits = 0
            while let digit = byte(index), (48...57).contains(digit) {
                if digits < 9 { nanos = nanos * 10 + Int64(digit - 48) }
                digits += 1
                index += 1
            }
            guard digits > 0 else { return nil }
            for _ in 0..<max(0, 9 - digits) { nanos *= 10 }
        }
        var offset: Int64 = 0
        if byte(index) == 90 || byte(index) == 122 {
            index += 1
        } else {
            guard let sign = byte(index), sign == 43 || sign == 45, let hours = number(index + 1..<index + 3), byte(index + 3) == 58,
                let minutes = number(index + 4..<index + 6), hours < 24, minutes < 60
            else { return nil }
            offset = (hours * 3600 + minutes * 60) * (sign == 45 ? -1 : 1)
            index += 6
        }
        guard index == bytes.count else { return nil }
        let days = CivilDate.days(year: year, month: month, day: day)
        let seconds = days * 86400 + hour * 3600 + minute * 60 + second - offset
        guard Self.range.contains(seconds) else { return nil }
        self.init(seconds: seconds, nanoseconds: Int32(nanos))
    }

    /// RFC 3339 in UTC, with as many digits of the second as it takes.
    public var text: String {
        let civil = CivilDate(seconds: seconds)
        var result = pad(civil.year, 4) + "-" + pad(civil.month, 2) + "-" + pad(civil.day, 2) + "T"
        result += pad(civil.hour, 2) + ":" + pad(civil.minute, 2) + ":" + pad(civil.second, 2)
        if nanoseconds != 0 {
            var digits = pad(Int64(nanoseconds), 9)
            while digits.hasSuffix("0") { digits.removeLast() }
            result += "." + digits
        }
        return result + "Z"
    }

    private func pad(_ value: Int64, _ width: Int) -> String {
        let digits = String(value)
        return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
}

/// A date and time of day in the proleptic Gregorian calendar.
struct CivilDate {
    let year, month, day, hour, minute, second: Int64
    /// 0 is Sunday.
    let dayOfWeek: Int64
    /// 0 is January 1.
    let dayOfYear: Int64

    init(seconds: Int64) {
        let time = ((seconds % 86400) + 86400) % 86400
        let days = (seconds - time) / 86400
        (hour, minute, second) = (time / 3600, time / 60 % 60, time % 60)
        dayOfWeek = ((days + 4) % 7 + 7) % 7
        // Howard Hinnant's civil_from_days: <https://howardhinnant.github.io/date_algorithms.html>
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146_096) / 365
        let dayFromMarch = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let monthFromMarch = (5 * dayFromMarch + 2) / 153
        day = dayFromMarch - (153 * monthFromMarch + 2) / 5 + 1
        month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
        year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        dayOfYear = days - Self.days(year: year, month: 1, day: 1)
    }

    /// Days since 1970-01-01.
    static func days(year: Int64, month: Int64, day: Int64) -> Int64 {
        let shiftedYear = month <= 2 ? year - 1 : year
        let era = (shiftedYear >= 0 ? shiftedYear : shiftedYear - 399) / 400
        let yearOfEra = shiftedYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        return era * 146_097 + yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear - 719_468
    }

    static func daysInMonth(_ month: Int64, year: Int64) -> Int64 {
        switch month {
        case 2: (year % 4 == 0 && year % 100 != 0) || year % 400 == 0 ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}
