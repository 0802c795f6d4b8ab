import KubernetesAPI

/// Numbers as Go's validation sees and prints them.
enum GoNumber {
    /// The number as Go's `%v` prints it: the shortest digits, with an exponent below 1e-4 and from 1e21 on.
    static func text(_ number: Double) -> String {
        if number == number.rounded(), number.magnitude < 1e15 { return "\(Int64(number))" }
        var text = "\(number)"
        if text.hasSuffix(".0") { text.removeLast(2) }
        guard let mark = text.firstIndex(of: "e") else { return text }
        // Swift writes "1e-07" and "1e+16"; Go wants digits below 1e21 and a sign with two digits of exponent.
        guard let exponent = Int(text[text.index(after: mark)...]) else { return text }
        let mantissa = text[..<mark]
        if (0..<21).contains(exponent) {
            let digits = mantissa.filter { $0 != "." && $0 != "-" }
            return (number < 0 ? "-" : "") + digits + String(repeating: "0", count: max(0, exponent + 1 - digits.count))
        }
        let magnitude = exponent.magnitude
        let digits = mantissa.hasSuffix(".0") ? mantissa.dropLast(2) : mantissa
        return "\(digits)e\(exponent < 0 ? "-" : "+")\(magnitude < 10 ? "0" : "")\(magnitude)"
    }

    static func text(_ value: JSONValue) -> String {
        switch value {
        case .integer(let integer): "\(integer)"
        case .double(let double): text(double)
        default: "\(value)"
        }
    }

    /// The value as it stands in a message: whole doubles without a fraction.
    static func shown(_ value: JSONValue) -> JSONValue {
        if case .double(let double) = value, double.magnitude < 0x1p53, let integer = Int64(exactly: double) { return .integer(integer) }
        return value
    }

    /// Whether a double counts as an integer: close to one, and below 2^53.
    static func isInteger(_ number: Double) -> Bool {
        guard number.isFinite, number.magnitude <= 0x1p53 - 1 else { return false }
        let truncated = number.rounded(.towardZero)
        if number == truncated { return true }
        let difference = (number - truncated).magnitude
        return truncated != 0 && difference / (number.magnitude + truncated.magnitude) < 1e-9
    }

    /// A schema's bound cut to an integer, which is what integers are compared with.
    static func truncated(_ bound: JSONValue) -> Int64 {
        switch bound {
        case .integer(let integer): integer
        case .double(let double):
            double >= 0x1p63 ? .max : double <= -0x1p63 ? .min : Int64(double)
        default: 0
        }
    }
}
