extension Selector {
    /// The longest text that is read, in bytes; URLs that Kubernetes takes are shorter.
    public static let maximumLength = 1 << 20

    /// Reads the text form with the grammar of apimachinery's `labels.Parse`.
    ///
    /// - Throws: ``ValueError`` of kind `labelSelector`, with Kubernetes' words and the position.
    public init(parsing text: String) throws(ValueError) {
        guard text.utf8.count <= Self.maximumLength else {
            throw ValueError(.labelSelector, text.cut(toBytes: 200), "a selector has at most \(Self.maximumLength) bytes")
        }
        var parser = LabelSelectorParser(text)
        self.init(try parser.selector())
    }
}

/// Recursive descent with one token of lookahead over `<requirement>{,<requirement>}`.
private struct LabelSelectorParser {
    private enum Token {
        case end, comma, not, open, close, identifier
        /// `=`, `in` and the like. Words among them are identifiers where no operator can stand.
        case comparison(LabelRequirement.Operator)
    }

    private let text: String
    private let bytes: [UInt8]
    /// Where the text after ``token`` begins.
    private var position = 0
    private var token = Token.end
    /// The part of the text that ``token`` is.
    private var range = 0..<0

    init(_ text: String) {
        self.text = text
        bytes = Array(text.utf8)
        advance()
    }

    mutating func selector() throws(ValueError) -> [LabelRequirement] {
        var requirements: [LabelRequirement] = []
        if case .end = token { return [] }
        guard isIdentifier || isNot else { throw failure("found '\(literal)', expected: !, identifier, or 'end of string'") }
        while true {
            requirements.append(try requirement())
            switch token {
            case .end: return requirements
            case .comma: advance()
            default: throw failure("found '\(literal)', expected: ',' or 'end of string'")
            }
            guard isIdentifier || isNot else { throw failure("found '\(literal)', expected: identifier after ','") }
        }
    }

    private mutating func requirement() throws(ValueError) -> LabelRequirement {
        let isNegated = isNot
        if isNegated { advance() }
        guard isIdentifier else { throw inRequirement("found '\(literal)', expected: identifier") }
        let (key, start) = (literal, range.lowerBound)
        if let error = LabelRequirement.keyError(key, at: FieldPath("key")) { throw inRequirement(error.description) }
        advance()
        if isNegated { return LabelRequirement(validated: key, .doesNotExist, []) }

        let comparison: LabelRequirement.Operator
        switch token {
        case .end, .comma: return LabelRequirement(validated: key, .exists, [])
        case .comparison(let found): comparison = found
        default: throw inRequirement("found '\(literal)', expected: in, notin, =, ==, !=, gt, lt")
        }
        advance()
        let values = comparison == .isIn || comparison == .isNotIn ? try list() : [try value()]
        do throws(FieldErrors) {
            return try LabelRequirement(key, comparison, values)
        } catch {
            throw inRequirement(error.description, at: start)
        }
    }

    /// `(a,b)`; `()`, `(a,)` and `(,a)` contain the empty value.
    private mutating func list() throws(ValueError) -> [String] {
        guard case .open = token else { throw inRequirement("found '\(literal)' expected: '('") }
        advance()
        var values: [String] = []
        while true {
            switch token {
            case .comma, .close: values.append("")
            case _ where isIdentifier:
                values.append(literal)
                advance()
            default:
                throw inRequirement("found '\(literal)', expected: ',', \(values.isEmpty ? "')' or" : "or") identifier")
            }
            switch token {
            case .comma: advance()
            case .close:
                advance()
                return values
            default: throw inRequirement("found '\(literal)', expected: ',' or ')'")
            }
        }
    }

    /// One value, which may be empty at the end of a requirement.
    private mutating func value() throws(ValueError) -> String {
        switch token {
        case .end, .comma: return ""
        case _ where isIdentifier:
            defer { advance() }
            return literal
        default: throw inRequirement("found '\(literal)', expected: identifier")
        }
    }

    private var literal: String { String(decoding: bytes[range], as: UTF8.self) }

    private var isNot: Bool { if case .not = token { true } else { false } }

    private var isIdentifier: Bool {
        switch token {
        case .identifier, .comparison(.isIn), .comparison(.isNotIn): true
        default: false
        }
    }

    private func failure(_ reason: String, at offset: Int? = nil) -> ValueError {
        ValueError(.labelSelector, text, reason, at: offset ?? range.lowerBound)
    }

    private func inRequirement(_ reason: String, at offset: Int? = nil) -> ValueError {
        failure("unable to parse requirement: \(reason)", at: offset)
    }

    /// Reads the next token.
    private mutating func advance() {
        while position < bytes.count, Self.isWhitespace(bytes[position]) { position += 1 }
        let start = position
        guard start < bytes.count else {
            (token, range) = (.end, start..<start)
            return
        }
        let isDoubled = start + 1 < bytes.count && bytes[start + 1] == UInt8(ascii: "=")
        position += 1
        switch Unicode.Scalar(bytes[start]) {
        case ",": token = .comma
        case "(": token = .open
        case ")": token = .close
        case ">": token = .comparison(.isGreaterThan)
        case "<": token = .comparison(.isLessThan)
        case "=":
            token = .comparison(isDoubled ? .doubleEquals : .equals)
            position += isDoubled ? 1 : 0
        case "!":
            token = isDoubled ? .comparison(.notEquals) : .not
            position += isDoubled ? 1 : 0
        default:
            while position < bytes.count, !Self.isWhitespace(bytes[position]), !Self.isSpecial(bytes[position]) { position += 1 }
            token =
                switch bytes[start..<position] {
                case let word where word.elementsEqual("in".utf8): .comparison(.isIn)
                case let word where word.elementsEqual("notin".utf8): .comparison(.isNotIn)
                default: .identifier
                }
        }
        range = start..<position
    }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == UInt8(ascii: " ") || byte == UInt8(ascii: "\t") || byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n")
    }

    private static func isSpecial(_ byte: UInt8) -> Bool {
        switch Unicode.Scalar(byte) {
        case "=", "!", "(", ")", ",", ">", "<": true
        default: false
        }
    }
}
