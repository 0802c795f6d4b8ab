/// The rule by which a zone goes on after its last listed transition: a POSIX `TZ` text such as `CET-1CEST,M3.5.0,M10.5.0/3`.
struct PosixZone {
    private let standard: Int64
    private var daylight: (offset: Int64, start: Rule, end: Rule)?

    private struct Rule {
        enum Day {
            /// 1...365, February 29 left out.
            case julian(Int64)
            /// 0...365.
            case zeroBased(Int64)
            case weekday(month: Int64, week: Int64, day: Int64)
        }

        let day: Day
        /// Seconds after midnight.
        let time: Int64

        /// Local seconds since 1970 in a year.
        func seconds(in year: Int64) -> Int64 {
            let first = CivilDate.days(year: year, month: 1, day: 1)
            let isLeap = CivilDate.daysInMonth(2, year: year) == 29
            let days: Int64
            switch day {
            case .julian(let day): days = first + day - 1 + (isLeap && day >= 60 ? 1 : 0)
            case .zeroBased(let day): days = first + day
            case .weekday(let month, let week, let day):
                let start = CivilDate.days(year: year, month: month, day: 1)
                var offset = (day - CivilDate(seconds: start * 86400).dayOfWeek + 7) % 7 + (week - 1) * 7
                if offset >= CivilDate.daysInMonth(month, year: year) { offset -= 7 }
                days = start + offset
            }
            return days * 86400 + time
        }
    }

    init?(_ text: String) {
        var reader = Reader(rest: Array(text.unicodeScalars)[...])
        guard reader.name(), let offset = reader.time() else { return nil }
        standard = -offset
        guard !reader.rest.isEmpty else { return }
        guard reader.name() else { return nil }
        var summer = standard + 3600
        if reader.rest.first != "," {
            guard let offset = reader.time() else { return nil }
            summer = -offset
        }
        guard let start = reader.rule(), let end = reader.rule(), reader.rest.isEmpty else { return nil }
        daylight = (summer, start, end)
    }

    /// Seconds to add to UTC at a moment, in seconds since 1970.
    func offset(at seconds: Int64) -> Int64 {
        guard let (offset, start, end) = daylight else { return standard }
        let year = CivilDate(seconds: seconds + standard).year
        let (from, to) = (start.seconds(in: year) - standard, end.seconds(in: year) - offset)
        let isDaylight = from < to ? seconds >= from && seconds < to : seconds >= from || seconds < to
        return isDaylight ? offset : standard
    }

    private struct Reader {
        var rest: ArraySlice<Unicode.Scalar>

        mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
            guard rest.first == scalar else { return false }
            rest.removeFirst()
            return true
        }

        mutating func name() -> Bool {
            if accept("<") {
                rest = rest.drop { $0 != ">" }
                return accept(">")
            }
            let letters = rest.prefix { $0.isNameStart }
            rest = rest.dropFirst(letters.count)
            return letters.count >= 3
        }

        mutating func number() -> Int64? {
            let digits = rest.prefix { $0.isDigit }
            rest = rest.dropFirst(digits.count)
            guard (1...4).contains(digits.count) else { return nil }
            return digits.reduce(0) { $0 * 10 + Int64($1.value - 48) }
        }

        mutating func time() -> Int64? {
            let isNegative = accept("-")
            if !isNegative { _ = accept("+") }
            guard var total = number() else { return nil }
            total *= 3600
            for unit: Int64 in [60, 1] where accept(":") {
                guard let value = number() else { return nil }
                total += value * unit
            }
            return isNegative ? -total : total
        }

        mutating func rule() -> Rule? {
            guard accept(",") else { return nil }
            let day: Rule.Day
            if accept("M") {
                guard let month = number(), accept("."), let week = number(), accept("."), let weekday = number(), (1...12).contains(month),
                    (1...5).contains(week), weekday < 7
                else { return nil }
                day = .weekday(month: month, week: week, day: weekday)
            } else if accept("J") {
                guard let number = number(), (1...365).contains(number) else { return nil }
                day = .julian(number)
            } else {
                guard let number = number(), number <= 365 else { return nil }
                day = .zeroBased(number)
            }
            guard accept("/") else { return Rule(day: day, time: 7200) }
            return time().map { Rule(day: day, time: $0) }
        }
    }
}
