/// How a text is written, so that it is read back as the same text.
enum YAMLTextStyle: Equatable {
    case plain
    case singleQuoted
    case doubleQuoted
    /// As a block of lines (`|`), which keys cannot be.
    case literal

    /// The most readable style that is safe, chosen as go-yaml v2 does.
    init(of text: String) {
        if let first = text.utf8.first, Self.isLetter(first), text.utf8.allSatisfy(Self.isWordByte) {
            // Nearly every key and most values, settled without the Unicode scalars.
            self = YAMLScalarType(of: text) == .string ? .plain : .doubleQuoted
            return
        }
        let traits = Traits(of: text)
        if traits.hasBreaks {
            self = traits.hasSpecials || traits.hasSpaceBeforeBreak || traits.endsWithSpace ? .doubleQuoted : .literal
        } else if traits.hasSpecials || traits.hasTabs || Self.readsAsOtherType(text) {
            self = .doubleQuoted
        } else {
            self = traits.hasIndicators || traits.beginsWithSpace || traits.endsWithSpace ? .singleQuoted : .plain
        }
    }

    private static func isLetter(_ byte: UInt8) -> Bool { (byte | 0x20) &- UInt8(ascii: "a") < 26 }

    private static func isWordByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "/"), UInt8(ascii: "_"), UInt8(ascii: "0")...UInt8(ascii: "9"): true
        default: isLetter(byte)
        }
    }

    private struct Traits {
        var hasBreaks = false
        var hasTabs = false
        /// Characters that must be escaped.
        var hasSpecials = false
        /// Characters that YAML gives a meaning where they stand.
        var hasIndicators = false
        var beginsWithSpace = false
        var endsWithSpace = false
        var hasSpaceBeforeBreak = false

        init(of text: String) {
            var previous: Unicode.Scalar = " "
            var isFirst = true
            for scalar in text.unicodeScalars {
                switch scalar {
                case "\n":
                    hasBreaks = true
                    if !isFirst, previous == " " || previous == "\t" { hasSpaceBeforeBreak = true }
                case "\t": hasTabs = true
                case "#": if previous == " " { hasIndicators = true }
                default: if !YAMLTextStyle.isPrintable(scalar) { hasSpecials = true }
                }
                if previous == ":", scalar == " " { hasIndicators = true }
                if isFirst {
                    beginsWithSpace = scalar == " "
                    if YAMLTextStyle.isIndicator(scalar) { hasIndicators = true }
                }
                previous = scalar
                isFirst = false
            }
            guard !isFirst else { return }
            endsWithSpace = previous == " " || previous == "\t"
            if previous == ":" { hasIndicators = true }
            if text.utf8.starts(with: "---".utf8) || text.utf8.starts(with: "...".utf8) { hasIndicators = true }
            for start in ["-", "?", ":"] where text == start || text.utf8.starts(with: "\(start) ".utf8) { hasIndicators = true }
        }
    }

    /// What no plain text may begin with.
    private static func isIndicator(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar {
        case "#", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "'", "\"", "%", "@", "`": true
        default: false
        }
    }

    /// Whether every reader takes the character as it is: the printable characters of YAML 1.1 without its line breaks and the byte order mark.
    static func isPrintable(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.value {
        case 0x20...0x7E: true
        case 0x2028, 0x2029, 0xFEFF: false
        case 0xA0...0xD7FF, 0xE000...0xFFFD, 0x10000...0x10FFFF: true
        default: false
        }
    }

    /// Whether some reader takes the text, if it is plain, for something other than text.
    static func readsAsOtherType(_ text: String) -> Bool {
        guard let first = text.utf8.first else { return true }
        switch first {
        case UInt8(ascii: "="), UInt8(ascii: "<"): return text == "=" || text == "<<"
        case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "."):
            return YAMLScalarType(of: text) != .string || isBase60(text) || YAMLTimestamp.matches(text) || hasUnderscoresAsNumber(text)
        default: return YAMLScalarType(of: text) != .string
        }
    }

    /// `1:30`, `190:20:30.15`: numbers to YAML 1.1.
    private static func isBase60(_ text: String) -> Bool {
        guard text.utf8.contains(UInt8(ascii: ":")) else { return false }
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? text.dropFirst() : Substring(text)
        func isDigit(_ byte: UInt8) -> Bool { byte &- UInt8(ascii: "0") < 10 }
        func isDigitOrUnderscore(_ byte: UInt8) -> Bool { isDigit(byte) || byte == UInt8(ascii: "_") }
        let pieces = unsigned.utf8.split(separator: UInt8(ascii: "."), maxSplits: 1, omittingEmptySubsequences: false)
        guard pieces.count == 1 || pieces[1].allSatisfy(isDigitOrUnderscore) else { return false }
        let places = pieces[0].split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
        guard places.count > 1, let first = places[0].first, isDigit(first), places[0].allSatisfy(isDigitOrUnderscore) else { return false }
        return places.dropFirst().allSatisfy { place in
            place.allSatisfy(isDigit) && (place.count == 1 || place.count == 2 && place[place.startIndex] < UInt8(ascii: "6"))
        }
    }

    /// Readers do not agree where a number may have underscores.
    private static func hasUnderscoresAsNumber(_ text: String) -> Bool {
        text.utf8.contains(UInt8(ascii: "_"))
            && text.utf8.allSatisfy { byte in
                switch byte {
                case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "a")...UInt8(ascii: "f"), UInt8(ascii: "A")...UInt8(ascii: "F"): true
                case UInt8(ascii: "_"), UInt8(ascii: "."), UInt8(ascii: ":"), UInt8(ascii: "+"), UInt8(ascii: "-"), UInt8(ascii: "x"), UInt8(ascii: "o"): true
                default: false
                }
            }
    }
}
