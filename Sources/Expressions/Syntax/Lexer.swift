/// Cuts the text of an expression into tokens, as <https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax> has them.
struct Lexer {
    private let source: Source
    private let scalars: [Unicode.Scalar]
    private var position = 0

    init(_ source: Source) {
        self.source = source
        scalars = source.scalars
    }

    static func tokens(of source: Source) throws(ExpressionError) -> [Token] {
        var lexer = Lexer(source)
        var tokens: [Token] = []
        while true {
            let token = try lexer.next()
            tokens.append(token)
            if token.kind == .end { return tokens }
        }
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? { position + ahead < scalars.count ? scalars[position + ahead] : nil }

    private func failure(_ message: String, at offset: Int) -> ExpressionError {
        ExpressionError(kind: .syntax, issues: [source.issue("Syntax error: " + message, at: offset)])
    }

    private mutating func next() throws(ExpressionError) -> Token {
        skipSpace()
        let start = position
        guard let scalar = peek() else { return Token(kind: .end, offset: start, end: start) }
        let kind: Token.Kind
        if let literal = try stringLiteral() {
            kind = literal
        } else if scalar.isNameStart {
            kind = word()
        } else if scalar.isDigit || (scalar == "." && peek(1)?.isDigit == true) {
            kind = try number()
        } else if scalar == "`" {
            kind = try quotedName()
        } else {
            kind = try symbol()
        }
        return Token(kind: kind, offset: start, end: position)
    }

    private mutating func skipSpace() {
        while let scalar = peek() {
            if scalar == " " || scalar == "\t" || scalar == "\n" || scalar == "\r" || scalar == "\u{C}" {
                position += 1
            } else if scalar == "/" && peek(1) == "/" {
                while let next = peek(), next != "\n" { _ = next; position += 1 }
            } else {
                return
            }
        }
    }

    private mutating func word() -> Token.Kind {
        let start = position
        while let scalar = peek(), scalar.isNameStart || scalar.isDigit { position += 1 }
        let text = source.text(start..<position)
        return ["true", "false", "null", "in"].contains(text) ? .symbol(text) : .identifier(text)
    }

    private mutating func quotedName() throws(ExpressionError) -> Token.Kind {
        let start = position
        position += 1
        while let scalar = peek(), scalar.isNameStart || scalar.isDigit || scalar == "." || scalar == "-" || scalar == "/" || scalar == " " { position += 1 }
        guard peek() == "`", position > start + 1 else { throw failure("token recognition error at: '`'", at: start) }
        position += 1
        return .quotedIdentifier(source.text(start + 1..<position - 1))
    }

    private mutating func symbol() throws(ExpressionError) -> Token.Kind {
        let one = source.text(position..<position + 1)
        if position + 1 < scalars.count {
            let two = source.text(position..<position + 2)
            if ["==", "!=", "<=", ">=", "&&", "||"].contains(two) {
                position += 2
                return .symbol(two)
            }
        }
        guard "<>[]{}(),.-!?:+*/%".contains(one) else { throw failure("token recognition error at: '\(one)'", at: position) }
        position += 1
        return .symbol(one)
    }

    private mutating func number() throws(ExpressionError) -> Token.Kind {
        let start = position
        if peek() == "0", peek(1) == "x" || peek(1) == "X" {
            position += 2
            while let scalar = peek(), scalar.hexDigit != nil { position += 1 }
            let text = source.text(start + 2..<position)
            return try whole(text, radix: 16, start: start)
        }
        var isDouble = false
        while peek()?.isDigit == true { position += 1 }
        if peek() == ".", peek(1)?.isDigit == true {
            isDouble = true
            position += 1
            while peek()?.isDigit == true { position += 1 }
        }
        if peek() == "e" || peek() == "E" {
            let sign = peek(1) == "+" || peek(1) == "-" ? 1 : 0
            if peek(1 + sign)?.isDigit == true {
                isDouble = true
                position += 1 + sign
                while peek()?.isDigit == true { position += 1 }
            }
        }
        let text = source.text(start..<position)
        guard isDouble else { return try whole(text, radix: 10, start: start) }
        guard let value = Double(text), value.isFinite else { throw failure("invalid double literal", at: start) }
        return .double(value)
    }

    private mutating func whole(_ text: String, radix: Int, start: Int) throws(ExpressionError) -> Token.Kind {
        let isUnsigned = peek() == "u" || peek() == "U"
        if isUnsigned { position += 1 }
        guard let value = UInt64(text, radix: radix) else { throw failure(isUnsigned ? "invalid uint literal" : "invalid int literal", at: start) }
        return isUnsigned ? .uint(value) : .int(value)
    }

    /// A string or bytes literal, or nil, nothing read, where none starts.
    private mutating func stringLiteral() throws(ExpressionError) -> Token.Kind? {
        let start = position
        var (isRaw, isBytes, ahead) = (false, false, 0)
        while let scalar = peek(ahead), ahead < 2 {
            if !isRaw, scalar == "r" || scalar == "R" {
                isRaw = true
            } else if !isBytes, scalar == "b" || scalar == "B" {
                isBytes = true
            } else {
                break
            }
            ahead += 1
        }
        guard let quote = peek(ahead), quote == "\"" || quote == "'" else { return nil }
        let isTriple = peek(ahead + 1) == quote && peek(ahead + 2) == quote
        position += ahead + (isTriple ? 3 : 1)
        var content = LiteralContent(isBytes: isBytes)
        while true {
            guard let scalar = peek(), isTriple || (scalar != "\n" && scalar != "\r") else { throw failure("string literal is not closed", at: start) }
            if scalar == quote && (!isTriple || (peek(1) == quote && peek(2) == quote)) {
                position += isTriple ? 3 : 1
                return isBytes ? .bytes(content.bytes) : .string(String(content.text))
            }
            position += 1
            if scalar == "\\" {
                if isRaw {
                    content.append(scalar)
                    guard let escaped = peek(), isTriple || (escaped != "\n" && escaped != "\r") else {
                        throw failure("string literal is not closed", at: start)
                    }
                    position += 1
                    content.append(escaped)
                } else {
                    try escape(into: &content)
                }
            } else if scalar == "\r" && isTriple {
                // Every line end counts as a line feed.
                if peek() == "\n" { position += 1 }
                content.append("\n")
            } else {
                content.append(scalar)
            }
        }
    }

    private mutating func escape(into content: inout LiteralContent) throws(ExpressionError) {
        let start = position - 1
        guard let scalar = peek() else { throw failure("string literal is not closed", at: start) }
        position += 1
        let simple: [Unicode.Scalar: Unicode.Scalar] = [
            "a": "\u{7}", "b": "\u{8}", "f": "\u{C}", "n": "\n", "r": "\r", "t": "\t", "v": "\u{B}", "\\": "\\", "'": "'", "\"": "\"", "`": "`", "?": "?",
        ]
        if let plain = simple[scalar] { return content.append(plain) }
        let code: UInt32
        switch scalar {
        case "x", "X": code = try digits(2, radix: 16, start)
        case "u" where !content.isBytes: code = try digits(4, radix: 16, start)
        case "U" where !content.isBytes: code = try digits(8, radix: 16, start)
        case "0", "1", "2", "3":
            position -= 1
            code = try digits(3, radix: 8, start)
        default: throw failure("invalid escape sequence '\\\(scalar)'", at: start)
        }
        guard content.append(code: code) else { throw failure("invalid unicode code point", at: start) }
    }

    private mutating func digits(_ count: Int, radix: UInt32, _ start: Int) throws(ExpressionError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<count {
            guard let digit = peek()?.hexDigit, digit < radix else { throw failure("invalid escape sequence", at: start) }
            position += 1
            let (product, overflow) = value.multipliedReportingOverflow(by: radix)
            if overflow { throw failure("invalid escape sequence", at: start) }
            value = product + digit
        }
        return value
    }
}

/// What a literal stands for; in bytes, `\x` and octal escapes are single bytes.
private struct LiteralContent {
    let isBytes: Bool
    var text = String.UnicodeScalarView()
    var bytes: [UInt8] = []

    init(isBytes: Bool) { self.isBytes = isBytes }

    mutating func append(_ scalar: Unicode.Scalar) {
        if isBytes { bytes.append(contentsOf: Array(String(scalar).utf8)) } else { text.append(scalar) }
    }

    mutating func append(code: UInt32) -> Bool {
        if isBytes {
            guard code <= 0xFF else { return false }
            bytes.append(UInt8(code))
            return true
        }
        guard let scalar = Unicode.Scalar(code) else { return false }
        text.append(scalar)
        return true
    }
}

extension Unicode.Scalar {
    var isDigit: Bool { ("0"..."9").contains(self) }
    var isNameStart: Bool { ("a"..."z").contains(self) || ("A"..."Z").contains(self) || self == "_" }

    var hexDigit: UInt32? {
        switch self {
        case "0"..."9": value - 48
        case "a"..."f": value - 87
        case "A"..."F": value - 55
        default: nil
        }
    }
}
