/// Numbers with check digits or a fixed layout, as go-openapi's formats know them.
enum CheckedNumber {
    static func isISBN10(_ text: String) -> Bool {
        let digits = withoutSpacesAndDashes(text)
        guard digits.count == 10, digits.dropLast().allSatisfy(\.isDecimalDigit) else { return false }
        guard digits[9].isDecimalDigit || digits[9] == UInt8(ascii: "X") else { return false }
        var sum = 0
        for (index, digit) in digits.enumerated() { sum += (index + 1) * (digit == UInt8(ascii: "X") ? 10 : Int(digit) - 48) }
        return sum.isMultiple(of: 11)
    }

    static func isISBN13(_ text: String) -> Bool {
        let digits = withoutSpacesAndDashes(text)
        guard digits.count == 13, digits.allSatisfy(\.isDecimalDigit) else { return false }
        var sum = 0
        for (index, digit) in digits.enumerated() { sum += (index.isMultiple(of: 2) ? 1 : 3) * (Int(digit) - 48) }
        return sum.isMultiple(of: 10)
    }

    /// The digits of the text, whatever stands between them, are a number of a known issuer with a right check digit.
    static func isCreditCard(_ text: String) -> Bool {
        let digits = text.utf8.filter(\.isDecimalDigit).map { Int($0) - 48 }
        guard (13...16).contains(digits.count) else { return false }
        let prefix = digits.prefix(4).reduce(0) { $0 * 10 + $1 }
        let isIssued =
            switch digits.count {
            case 13: digits[0] == 4
            case 14: (3000...3059).contains(prefix) || (3600...3699).contains(prefix) || (3800...3899).contains(prefix)
            case 15: (3400...3499).contains(prefix) || (3700...3799).contains(prefix) || prefix == 2131 || prefix == 1800
            default:
                digits[0] == 4 || (5100...5599).contains(prefix) || (2221...2720).contains(prefix) || prefix == 6011 || (6500...6599).contains(prefix)
                    || (3500...3599).contains(prefix) || (6200...6299).contains(prefix) || (6700...6799).contains(prefix)
            }
        guard isIssued else { return false }
        var sum = 0
        for (index, digit) in digits.reversed().enumerated() {
            let weighed = index.isMultiple(of: 2) ? digit : digit * 2
            sum += weighed > 9 ? weighed - 9 : weighed
        }
        return sum.isMultiple(of: 10)
    }

    /// `123-45-6789`, with dashes or spaces.
    static func isSocialSecurityNumber(_ text: String) -> Bool {
        let bytes = Array(text.utf8)
        guard bytes.count == 11 else { return false }
        return bytes.enumerated().allSatisfy { index, byte in
            index == 3 || index == 6 ? byte == UInt8(ascii: "-") || byte == UInt8(ascii: " ") : byte.isDecimalDigit
        }
    }

    private static func withoutSpacesAndDashes(_ text: String) -> [UInt8] {
        text.utf8.filter { !$0.isASCIIWhitespace && $0 != UInt8(ascii: "-") }
    }
}
