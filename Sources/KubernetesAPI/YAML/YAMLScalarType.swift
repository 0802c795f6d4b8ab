/// What a plain scalar means to kubectl: the rules of go-yaml v2, `resolve.go`, which are those of YAML 1.1 without base 60 numbers.
enum YAMLScalarType: Equatable {
    case null
    case bool(Bool)
    case integer(Int64)
    /// Only beyond Int64.
    case unsigned(UInt64)
    /// Can be infinite or NaN.
    case double(Double)
    case string

    init(of text: String) {
        var text = text
        self = text.withUTF8 { Self(of: $0) }
    }

    private init(of text: UnsafeBufferPointer<UInt8>) {
        guard let first = text.first else {
            self = .null
            return
        }
        // The first byte settles most texts.
        switch first {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): self = Self.number(text)
        case UInt8(ascii: "+"), UInt8(ascii: "-"): self = Self.word(text) ?? Self.number(text)
        case UInt8(ascii: "."): self = Self.word(text) ?? Self.fraction(text)
        case UInt8(ascii: "~"), UInt8(ascii: "y"), UInt8(ascii: "Y"), UInt8(ascii: "n"), UInt8(ascii: "N"), UInt8(ascii: "t"), UInt8(ascii: "T"),
            UInt8(ascii: "f"), UInt8(ascii: "F"), UInt8(ascii: "o"), UInt8(ascii: "O"):
            self = Self.word(text) ?? .string
        default: self = .string
        }
    }

    private static func word(_ text: UnsafeBufferPointer<UInt8>) -> YAMLScalarType? {
        guard text.count <= 5 else { return nil }
        switch String(decoding: text, as: UTF8.self) {
        case "y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON": return .bool(true)
        case "n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF": return .bool(false)
        case "~", "null", "Null", "NULL": return .null
        case ".nan", ".NaN", ".NAN": return .double(.nan)
        case ".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF": return .double(.infinity)
        case "-.inf", "-.Inf", "-.INF": return .double(-.infinity)
        default: return nil
        }
    }

    // MARK: Numbers

    /// A text that begins with a digit or a sign. Underscores count for nothing, wherever they stand.
    private static func number(_ text: UnsafeBufferPointer<UInt8>) -> YAMLScalarType {
        guard text.allSatisfy(isNumberByte) else { return .string }
        let digits = text.filter { $0 != UInt8(ascii: "_") }
        if let integer = integer(digits[...]) { return integer }
        if let double = double(digits[...]) { return .double(double) }
        // go-yaml reads what follows "0b" once more, and that may have a sign of its own.
        if digits.starts(with: Array("0b".utf8)), let (isNegative, magnitude) = signed(digits.dropFirst(2), radix: 2) {
            return integer(isNegative, magnitude) ?? .string
        }
        return .string
    }

    private static func isNumberByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
        case UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"): true
        case UInt8(ascii: "o"), UInt8(ascii: "O"), UInt8(ascii: "x"), UInt8(ascii: "X"): true
        default: false
        }
    }

    /// Go's `ParseInt` and `ParseUint` with base 0: `0x`, `0o`, `0b`, and `0` for octal.
    private static func integer(_ text: ArraySlice<UInt8>) -> YAMLScalarType? {
        var digits = text
        let sign = digits.first.flatMap { $0 == UInt8(ascii: "+") || $0 == UInt8(ascii: "-") ? $0 : nil }
        if sign != nil { digits.removeFirst() }
        var radix: UInt64 = 10
        if digits.count > 1, digits.first == UInt8(ascii: "0") {
            digits.removeFirst()
            let prefixed: UInt64? =
                switch digits.first.map({ $0 | 0x20 }) {
                case UInt8(ascii: "x"): 16
                case UInt8(ascii: "o"): 8
                case UInt8(ascii: "b"): 2
                default: nil
                }
            radix = prefixed ?? 8
            if prefixed != nil { digits.removeFirst() }
        }
        guard let magnitude = magnitude(digits, radix: radix) else { return nil }
        if sign == nil, magnitude > UInt64(Int64.max) { return .unsigned(magnitude) }
        return integer(sign == UInt8(ascii: "-"), magnitude)
    }

    private static func integer(_ isNegative: Bool, _ magnitude: UInt64) -> YAMLScalarType? {
        if isNegative { return magnitude <= UInt64(Int64.max) + 1 ? .integer(Int64(truncatingIfNeeded: 0 &- magnitude)) : nil }
        return Int64(exactly: magnitude).map { .integer($0) }
    }

    private static func signed(_ text: ArraySlice<UInt8>, radix: UInt64) -> (isNegative: Bool, magnitude: UInt64)? {
        let hasSign = text.first == UInt8(ascii: "+") || text.first == UInt8(ascii: "-")
        return magnitude(hasSign ? text.dropFirst() : text, radix: radix).map { (text.first == UInt8(ascii: "-"), $0) }
    }

    private static func magnitude(_ digits: ArraySlice<UInt8>, radix: UInt64) -> UInt64? {
        guard !digits.isEmpty else { return nil }
        var value: UInt64 = 0
        for byte in digits {
            let digit: UInt8
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"): digit = byte - UInt8(ascii: "0")
            case UInt8(ascii: "a")...UInt8(ascii: "f"): digit = byte - UInt8(ascii: "a") + 10
            case UInt8(ascii: "A")...UInt8(ascii: "F"): digit = byte - UInt8(ascii: "A") + 10
            default: return nil
            }
            guard UInt64(digit) < radix else { return nil }
            let (product, first) = value.multipliedReportingOverflow(by: radix)
            let (sum, second) = product.addingReportingOverflow(UInt64(digit))
            if first || second { return nil }
            value = sum
        }
        return value
    }

    /// `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`, when it is within the range of doubles.
    private static func double(_ text: ArraySlice<UInt8>) -> Double? {
        var rest = text
        func skipDigits() -> Int {
            let count = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }.count
            rest = rest.dropFirst(count)
            return count
        }
        func skip(_ bytes: Unicode.Scalar...) -> Bool {
            guard let first = rest.first, bytes.contains(Unicode.Scalar(first)) else { return false }
            rest = rest.dropFirst()
            return true
        }
        _ = skip("+", "-")
        let whole = skipDigits()
        let hasPoint = skip(".")
        let fraction = hasPoint ? skipDigits() : 0
        guard whole > 0 || fraction > 0 else { return nil }
        if skip("e", "E") {
            _ = skip("+", "-")
            guard skipDigits() > 0 else { return nil }
        }
        guard rest.isEmpty, let value = Double(String(decoding: text, as: UTF8.self)), value.isFinite else { return nil }
        return value
    }

    /// A text that begins with a point, which go-yaml gives to Go's `ParseFloat`: an underscore must stand between digits.
    private static func fraction(_ text: UnsafeBufferPointer<UInt8>) -> YAMLScalarType {
        guard text.allSatisfy(isNumberByte) else { return .string }
        func isDigit(_ index: Int) -> Bool { text.indices.contains(index) && text[index] &- UInt8(ascii: "0") < 10 }
        for index in text.indices where text[index] == UInt8(ascii: "_") {
            guard isDigit(index - 1), isDigit(index + 1) else { return .string }
        }
        let digits = text.filter { $0 != UInt8(ascii: "_") }
        return double(digits[...]).map { .double($0) } ?? .string
    }
}
