import Glibc

/// Doubles as Go writes and reads them.
enum NumberText {
    /// The shortest text that reads as the same number, as Go's `strconv.FormatFloat(value, 'g', -1, 64)` writes it.
    static func shortest(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        let (digits, point, sign) = decimal(value)
        let exponent = point - 1
        // Go decides by six digits when it writes as few as it takes.
        if exponent < -4 || exponent >= 6 {
            let magnitude = String(abs(exponent))
            let mantissa = String(digits.prefix(1)) + (digits.count > 1 ? "." + String(digits.dropFirst()) : "")
            return sign + mantissa + "e" + (exponent < 0 ? "-" : "+") + (magnitude.count < 2 ? "0" : "") + magnitude
        }
        return sign + plain(digits, point)
    }

    /// Without an exponent, as few digits as it takes.
    static func plain(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Infinity" : "Infinity" }
        let (digits, point, sign) = decimal(value)
        return sign + plain(digits, point)
    }

    private static func plain(_ digits: String, _ point: Int) -> String {
        if point <= 0 { return digits == "0" ? "0" : "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count { return digits + String(repeating: "0", count: point - digits.count) }
        return String(digits.prefix(point)) + "." + String(digits.dropFirst(point))
    }

    /// The shortest digits, and how many of them are before the point.
    private static func decimal(_ value: Double) -> (digits: String, point: Int, sign: String) {
        var text = "\(value.magnitude)"
        var exponent = 0
        if let mark = text.firstIndex(of: "e") {
            exponent = Int(text[text.index(after: mark)...]) ?? 0
            text = String(text[..<mark])
        }
        let parts = text.split(separator: ".", omittingEmptySubsequences: false)
        let fraction = parts.count > 1 ? String(parts[1]) : ""
        var digits = String(parts[0]) + fraction
        var point = parts[0].count + exponent
        while digits.count > 1, digits.hasPrefix("0") { (digits, point) = (String(digits.dropFirst()), point - 1) }
        while digits.count > 1, digits.hasSuffix("0") { digits.removeLast() }
        if digits == "0" { point = 1 }
        return (digits, point, value.sign == .minus ? "-" : "")
    }

    /// `%f` (or `%e`) of C with `precision` digits after the point.
    static func fixed(_ value: Double, precision: Int, scientific: Bool) -> String {
        // The largest double has 309 digits before its point.
        var buffer = [CChar](repeating: 0, count: 340 + precision)
        let format = scientific ? "%.*e" : "%.*f"
        let count = withVaList([CInt(precision), value]) { vsnprintf(&buffer, buffer.count, format, $0) }
        return String(decoding: buffer.prefix(Int(max(0, count))).map { UInt8(bitPattern: $0) }, as: UTF8.self)
    }

    /// Reads a number. Nil for text that is none, and for text with spaces.
    static func double(_ text: String) -> Double? {
        switch text {
        case "NaN": return .nan
        case "Infinity", "+Infinity", "Inf", "+Inf", "inf", "+inf", "infinity", "+infinity": return .infinity
        case "-Infinity", "-Inf", "-inf", "-infinity": return -.infinity
        default:
            guard text.utf8.allSatisfy({ (48...57).contains($0) || [43, 45, 46, 69, 101].contains($0) }), let value = Double(text), value.isFinite else {
                return nil
            }
            return value
        }
    }
}
