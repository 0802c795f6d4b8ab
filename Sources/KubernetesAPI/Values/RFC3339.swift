/// Reads and writes points in time in the profile of RFC 3339 that Go's `time.Parse` and so Kubernetes take: years 0000 to 9999, no leap seconds.
enum RFC3339 {
    /// A point in time; `nanoseconds` is 0..<1,000,000,000.
    struct Instant {
        var seconds: Int64
        var nanoseconds: Int64
    }

    /// From 0000-01-01T00:00:00Z to 9999-12-31T23:59:59Z, in seconds from 1970-01-01T00:00:00Z.
    static let range: ClosedRange<Int64> = -62_167_219_200...253_402_300_799

    /// As Go, this takes hours of one digit, a comma before the fraction and offsets up to 24:60, and refuses `t` and `z` in lower case. Digits beyond nanoseconds are dropped.
    ///
    /// - Throws: ``ValueError`` of kind `time`.
    static func parse(_ text: String) throws(ValueError) -> Instant {
        var reader = Reader(bytes: Array(text.utf8.prefix(1_024)), text: text)
        guard text.utf8.count <= 1_024 else { throw reader.failure("it is longer than any time") }
        let year = try reader.number(digits: 4, "a year of four digits")
        try reader.skip("-")
        let month = try reader.number(digits: 2, in: 1...12, "a month")
        try reader.skip("-")
        let day = try reader.number(digits: 2, in: 1...daysInMonth(month, of: year), "a day of that month")
        try reader.skip("T")
        let hour = try reader.number(digits: reader.hasDigits(2) ? 2 : 1, in: 0...23, "an hour")
        try reader.skip(":")
        let minute = try reader.number(digits: 2, in: 0...59, "a minute")
        try reader.skip(":")
        let second = try reader.number(digits: 2, in: 0...59, "a second (leap seconds cannot be given)")
        let nanoseconds = reader.fraction()
        let offset = try reader.offset()
        guard reader.isAtEnd else { throw reader.failure("nothing is expected after the offset") }

        let seconds = days(fromYear: year, month: month, day: day) * 86_400 + hour * 3_600 + minute * 60 + second - offset
        guard range.contains(seconds) else { throw ValueError(.time, text, "in UTC it is outside the years 0000 to 9999") }
        return Instant(seconds: seconds, nanoseconds: nanoseconds)
    }

    /// In UTC with `Z`; with six digits of a fraction if `microseconds` is given.
    ///
    /// - Precondition: `seconds` is in ``range``, `microseconds` in 0..<1,000,000.
    static func text(seconds: Int64, microseconds: Int64? = nil) -> String {
        precondition(range.contains(seconds), "beyond the years 0000 to 9999")
        let remainder = seconds % 86_400
        let rest = remainder < 0 ? remainder + 86_400 : remainder
        let day = (seconds - rest) / 86_400
        let (year, month, dayOfMonth) = civil(fromDays: day)
        var bytes: [UInt8] = []
        bytes.reserveCapacity(27)
        func append(_ number: Int64, digits: Int) {
            var divisor = (1..<digits).reduce(Int64(1)) { product, _ in product * 10 }
            for _ in 0..<digits {
                bytes.append(UInt8(ascii: "0") + UInt8(number / divisor % 10))
                divisor /= 10
            }
        }
        append(year, digits: 4)
        bytes.append(UInt8(ascii: "-"))
        append(month, digits: 2)
        bytes.append(UInt8(ascii: "-"))
        append(dayOfMonth, digits: 2)
        bytes.append(UInt8(ascii: "T"))
        append(rest / 3_600, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        append(rest / 60 % 60, digits: 2)
        bytes.append(UInt8(ascii: ":"))
        append(rest % 60, digits: 2)
        if let microseconds {
            bytes.append(UInt8(ascii: "."))
            append(microseconds, digits: 6)
        }
        bytes.append(UInt8(ascii: "Z"))
        return String(decoding: bytes, as: UTF8.self)
    }

    // Days are counted in 400-year eras that begin on 1 March, so that the leap day is the last of its year
    // (Howard Hinnant, "chrono-Compatible Low-Level Date Algorithms").

    /// Days from 1970-01-01 to a date of the Gregorian calendar.
    static func days(fromYear year: Int64, month: Int64, day: Int64) -> Int64 {
        let marchYear = month <= 2 ? year - 1 : year
        let era = (marchYear >= 0 ? marchYear : marchYear - 399) / 400
        let yearOfEra = marchYear - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146_097 + dayOfEra - 719_468
    }

    /// The date `days` after 1970-01-01.
    static func civil(fromDays days: Int64) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719_468
        let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
        let dayOfEra = shifted - era * 146_097
        let yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let marchMonth = (5 * dayOfYear + 2) / 153
        let month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9
        return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, dayOfYear - (153 * marchMonth + 2) / 5 + 1)
    }

    private static func daysInMonth(_ month: Int64, of year: Int64) -> Int64 {
        switch month {
        case 2: year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
        case 4, 6, 9, 11: 30
        default: 31
        }
    }
}

extension RFC3339 {
    private struct Reader {
        let bytes: [UInt8]
        let text: String
        var position = 0

        init(bytes: [UInt8], text: String) {
            self.bytes = bytes
            self.text = text
        }

        var isAtEnd: Bool { position == bytes.count }

        func failure(_ reason: String) -> ValueError {
            ValueError(.time, text.cut(toBytes: 1_024), "\(reason); a time is written as 2006-01-02T15:04:05Z", at: position)
        }

        private func digit(at position: Int) -> Int64? {
            guard position < bytes.count, UInt8(ascii: "0")...UInt8(ascii: "9") ~= bytes[position] else { return nil }
            return Int64(bytes[position] - UInt8(ascii: "0"))
        }

        func hasDigits(_ count: Int) -> Bool { (position..<position + count).allSatisfy { digit(at: $0) != nil } }

        mutating func number(digits: Int, in range: ClosedRange<Int64> = 0...9_999, _ what: String) throws(ValueError) -> Int64 {
            var number: Int64 = 0
            for offset in 0..<digits {
                guard let digit = digit(at: position + offset) else { throw failure("\(what) is expected") }
                number = number * 10 + digit
            }
            guard range.contains(number) else { throw failure("\(number) is not \(what)") }
            position += digits
            return number
        }

        mutating func skip(_ character: Unicode.Scalar) throws(ValueError) {
            guard position < bytes.count, bytes[position] == UInt8(ascii: character) else { throw failure("'\(character)' is expected") }
            position += 1
        }

        /// The nanoseconds of a fraction, or 0 where there is none.
        mutating func fraction() -> Int64 {
            guard position < bytes.count, bytes[position] == UInt8(ascii: ".") || bytes[position] == UInt8(ascii: ","), digit(at: position + 1) != nil else { return 0 }
            position += 1
            var nanoseconds: Int64 = 0
            var unit: Int64 = 100_000_000
            while let digit = digit(at: position) {
                nanoseconds += digit * unit
                unit /= 10
                position += 1
            }
            return nanoseconds
        }

        /// Seconds east of UTC: `Z`, or an offset such as `+05:30`.
        mutating func offset() throws(ValueError) -> Int64 {
            guard position < bytes.count else { throw failure("'Z' or an offset is expected") }
            let sign: Int64
            switch Unicode.Scalar(bytes[position]) {
            case "Z":
                position += 1
                return 0
            case "+": sign = 1
            case "-": sign = -1
            default: throw failure("'Z' or an offset is expected")
            }
            position += 1
            let hours = try number(digits: 2, in: 0...24, "an offset's hours")
            try skip(":")
            let minutes = try number(digits: 2, in: 0...60, "an offset's minutes")
            return sign * (hours * 3_600 + minutes * 60)
        }
    }
}
