import KubernetesAPI

/// Checks the schedule of a CronJob as the cron parser of Kubernetes reads it: five fields, or a word such as `@daily`.
enum CronSchedule {
    struct Problem: Error {
        let text: String
    }

    private struct Bounds {
        let range: ClosedRange<Int>
        var names: [String] = []
    }

    private static let bounds = [
        Bounds(range: 0...59), Bounds(range: 0...23), Bounds(range: 1...31),
        Bounds(range: 1...12, names: ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"]),
        Bounds(range: 0...6, names: ["sun", "mon", "tue", "wed", "thu", "fri", "sat"]),
    ]
    private static let words = ["@yearly", "@annually", "@monthly", "@weekly", "@daily", "@midnight", "@hourly"]

    /// Why a schedule is refused; nil where it is right.
    static func problem(of schedule: String) -> String? {
        do throws(Problem) {
            try check(schedule)
            return nil
        } catch {
            return error.text
        }
    }

    private static func check(_ schedule: String) throws(Problem) {
        guard !schedule.isEmpty else { throw Problem(text: "empty spec string") }
        var text = schedule[...]
        if schedule.hasPrefix("TZ=") || schedule.hasPrefix("CRON_TZ=") {
            let zone = String(text.drop { $0 != "=" }.dropFirst().prefix { $0 != " " })
            guard TimeZoneName.exists(zone) else { throw Problem(text: "provided bad location \(zone): unknown time zone \(zone)") }
            text = text.drop { $0 != " " }.drop { $0 == " " }
        }
        if text.hasPrefix("@") { return try checkWord(String(text)) }
        let fields = text.split { $0.isWhitespace }
        guard fields.count == bounds.count else {
            throw Problem(text: "expected exactly \(bounds.count) fields, found \(fields.count): [\(fields.joined(separator: " "))]")
        }
        for (field, bounds) in zip(fields, bounds) {
            for part in field.split(separator: ",") { try check(String(part), within: bounds) }
        }
    }

    private static func checkWord(_ word: String) throws(Problem) {
        if words.contains(word) { return }
        guard word.hasPrefix("@every ") else { throw Problem(text: "unrecognized descriptor: \(word)") }
        do throws(ValueError) {
            _ = try DurationText(parsing: String(word.dropFirst("@every ".count)))
        } catch {
            throw Problem(text: "failed to parse duration \(word): \(error.reason)")
        }
    }

    private static func check(_ part: String, within bounds: Bounds) throws(Problem) {
        let pieces = part.split(separator: "/", omittingEmptySubsequences: false).map(String.init)
        let ends = pieces[0].split(separator: "-", omittingEmptySubsequences: false).map(String.init)
        var (low, high) = (bounds.range.lowerBound, bounds.range.upperBound)
        if ends[0] != "*", ends[0] != "?" {
            low = try number(ends[0], names: bounds)
            switch ends.count {
            case 1: high = low
            case 2: high = try number(ends[1], names: bounds)
            default: throw Problem(text: "too many hyphens: \(part)")
            }
        }
        var step = 1
        switch pieces.count {
        case 1: break
        case 2:
            step = try number(pieces[1], names: nil)
            if ends.count == 1 { high = bounds.range.upperBound }
        default: throw Problem(text: "too many slashes: \(part)")
        }
        if low < bounds.range.lowerBound { throw Problem(text: "beginning of range (\(low)) below minimum (\(bounds.range.lowerBound)): \(part)") }
        if high > bounds.range.upperBound { throw Problem(text: "end of range (\(high)) above maximum (\(bounds.range.upperBound)): \(part)") }
        if low > high { throw Problem(text: "beginning of range (\(low)) beyond end of range (\(high)): \(part)") }
        if step == 0 { throw Problem(text: "step of range should be a positive number: \(part)") }
    }

    private static func number(_ text: String, names bounds: Bounds?) throws(Problem) -> Int {
        if let bounds, let index = bounds.names.firstIndex(of: text.lowercased()) { return index + bounds.range.lowerBound }
        guard let number = Int(text) else {
            throw Problem(text: "failed to parse int from \(text): strconv.Atoi: parsing \(text.quotedAsGo): invalid syntax")
        }
        guard number >= 0 else { throw Problem(text: "negative number (\(number)) not allowed: \(text)") }
        return number
    }
}
