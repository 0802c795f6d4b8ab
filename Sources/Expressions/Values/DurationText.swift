/// Durations as Go writes and reads them.
enum DurationText {
    private static let units: [(suffix: String, nanoseconds: Int64)] = [
        ("ns", 1), ("us", 1_000), ("µs", 1_000), ("μs", 1_000), ("ms", 1_000_000), ("s", 1_000_000_000), ("m", 60_000_000_000), ("h", 3_600_000_000_000),
    ]

    /// Reads text such as `1h30m` or `-1.5s`. Nil for other text and beyond 64 bits of nanoseconds.
    static func nanoseconds(_ text: String) -> Int64? {
        guard text.utf8.count <= 200 else { return nil }
        var rest = Array(text.unicodeScalars)[...]
        let isNegative = rest.first == "-"
        if rest.first == "-" || rest.first == "+" { rest.removeFirst() }
        if rest.count == 1, rest.first == "0" { return 0 }
        guard !rest.isEmpty else { return nil }
        // Counted downwards, since there is one more negative value.
        var total: Int64 = 0
        while !rest.isEmpty {
            let whole = rest.prefix { $0.isDigit }
            rest = rest.dropFirst(whole.count)
            var fraction: ArraySlice<Unicode.Scalar> = []
            if rest.first == "." {
                rest.removeFirst()
                fraction = rest.prefix { $0.isDigit }
                rest = rest.dropFirst(fraction.count)
            }
            guard !whole.isEmpty || !fraction.isEmpty else { return nil }
            let suffix = rest.prefix { !$0.isDigit && $0 != "." }
            rest = rest.dropFirst(suffix.count)
            let name = suffix.reduce(into: "") { $0.unicodeScalars.append($1) }
            guard let unit = units.first(where: { $0.suffix.hasSameCodePoints(as: name) })?.nanoseconds else { return nil }
            var value: Int64 = 0
            for digit in whole {
                let (product, overflow) = value.multipliedReportingOverflow(by: 10)
                let (difference, overflowsToo) = product.subtractingReportingOverflow(Int64(digit.value - 48))
                if overflow || overflowsToo { return nil }
                value = difference
            }
            let (scaled, overflow) = value.multipliedReportingOverflow(by: unit)
            var part = 0.0
            var scale = Double(unit)
            for digit in fraction.prefix(18) {
                scale /= 10
                part += scale * Double(digit.value - 48)
            }
            let (sum, sumOverflow) = scaled.subtractingReportingOverflow(Int64(part + 1e-6))
            let (next, nextOverflow) = total.addingReportingOverflow(sum)
            if overflow || sumOverflow || nextOverflow { return nil }
            total = next
        }
        if isNegative { return total }
        return total == .min ? nil : -total
    }

    /// The span in seconds, as CEL writes it: `5400s`, `1.5s`.
    static func seconds(_ nanoseconds: Int64) -> String {
        let (whole, rest) = nanoseconds.quotientAndRemainder(dividingBy: 1_000_000_000)
        var text = (nanoseconds < 0 && whole == 0 ? "-" : "") + String(whole)
        if rest != 0 {
            let digits = String(rest.magnitude)
            var fraction = String(repeating: "0", count: 9 - digits.count) + digits
            while fraction.hasSuffix("0") { fraction.removeLast() }
            text += "." + fraction
        }
        return text + "s"
    }
}
