/// The order in which kubectl prints keys: go-yaml v2, `sorter.go`. Digits count as numbers (`a2` before `a10`), and what is no letter comes before letters.
enum YAMLKeyOrder {
    static func areInOrder(_ left: String, _ right: String) -> Bool {
        // Most keys first differ in letters of ASCII.
        guard let (a, b) = zip(left.utf8, right.utf8).first(where: { $0 != $1 }) else { return left.utf8.count < right.utf8.count }
        if (a | 0x20) &- UInt8(ascii: "a") < 26, (b | 0x20) &- UInt8(ascii: "a") < 26 { return a < b }
        return areInOrder(Array(left.unicodeScalars), Array(right.unicodeScalars))
    }

    private static func areInOrder(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Bool {
        guard let place = zip(left, right).enumerated().first(where: { $1.0 != $1.1 })?.offset else { return left.count < right.count }
        let (a, b) = (left[place], right[place])
        switch (a.properties.isAlphabeticLetter, b.properties.isAlphabeticLetter) {
        case (true, true): return a < b
        case (true, false): return false
        case (false, true): return true
        case (false, false): break
        }
        // Behind a digit other than zero, a zero does not lead a number: 10 and 101 share "10", and then 0 is less than 1.
        var start = 0
        if a == "0" || b == "0" {
            var before = place - 1
            while before >= 0, let digit = left[before].decimalDigit {
                if digit != 0 {
                    start = 1
                    break
                }
                before -= 1
            }
        }
        let (leftNumber, leftEnd) = number(in: left, from: place, start: start)
        let (rightNumber, rightEnd) = number(in: right, from: place, start: start)
        if leftNumber != rightNumber { return leftNumber < rightNumber }
        return leftEnd != rightEnd ? leftEnd < rightEnd : a < b
    }

    private static func number(in text: [Unicode.Scalar], from place: Int, start: Int) -> (value: Int, end: Int) {
        var value = start
        var end = place
        while end < text.count, let digit = text[end].decimalDigit {
            value = value &* 10 &+ digit  // wraps around, as in Go: keys with 20 digits have some order
            end += 1
        }
        return (value, end)
    }
}

extension Unicode.Scalar {
    /// The value of an ASCII digit.
    fileprivate var decimalDigit: Int? { ("0"..."9").contains(self) ? Int(value) - 48 : nil }
}

extension Unicode.Scalar.Properties {
    /// Go's `unicode.IsLetter`.
    fileprivate var isAlphabeticLetter: Bool {
        switch generalCategory {
        case .uppercaseLetter, .lowercaseLetter, .titlecaseLetter, .modifierLetter, .otherLetter: true
        default: false
        }
    }
}
