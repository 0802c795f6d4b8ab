/// Why a text is no JSON, in the words of Go's scanner.
struct GoSyntax {
    private let bytes: [UInt8]
    private var position = 0

    private struct Fault: Error {
        let reason: String
    }

    /// Go's maximum.
    private static let maxDepth = 10_000

    /// Nil where the text is JSON as far as Go is concerned, which takes duplicate keys and any bytes in strings.
    static func error(in bytes: [UInt8]) -> String? {
        var scanner = GoSyntax(bytes: bytes)
        do {
            scanner.skipWhitespace()
            try scanner.value()
            scanner.skipWhitespace()
            if let byte = scanner.next { return scanner.invalid(byte, "after top-level value").reason }
            return nil
        } catch let fault as Fault {
            return fault.reason
        } catch {
            return nil
        }
    }

    private init(bytes: [UInt8]) { self.bytes = bytes }

    private var next: UInt8? { position < bytes.count ? bytes[position] : nil }

    private static let end = Fault(reason: "unexpected end of JSON input")

    private func invalid(_ byte: UInt8, _ context: String) -> Fault {
        // As Go's quoteChar: a byte is taken for the character of that number.
        let text: String
        switch byte {
        case UInt8(ascii: "'"): text = "'\\''"
        case UInt8(ascii: "\""): text = "'\"'"
        default:
            let quoted = String(Character(Unicode.Scalar(byte))).quotedAsGo
            text = "'\(quoted.dropFirst().dropLast())'"
        }
        return Fault(reason: "invalid character \(text) \(context)")
    }

    private mutating func skipWhitespace() {
        while let byte = next, byte == 0x20 || byte == 0x09 || byte == 0x0A || byte == 0x0D { position += 1 }
    }

    private mutating func take() throws -> UInt8 {
        guard let byte = next else { throw Self.end }
        position += 1
        return byte
    }

    /// Reads a value without recursion, since texts may be nested deeper than the stack is.
    private mutating func value() throws {
        var closers: [UInt8] = []
        while true {
            skipWhitespace()
            let byte = try take()
            var isOpen = false
            switch byte {
            case UInt8(ascii: "{"), UInt8(ascii: "["):
                closers.append(byte == UInt8(ascii: "{") ? UInt8(ascii: "}") : UInt8(ascii: "]"))
                guard closers.count <= Self.maxDepth else { throw Fault(reason: "exceeded max depth") }
                skipWhitespace()
                if let following = next, following == closers.last {
                    position += 1
                    closers.removeLast()
                } else {
                    if byte == UInt8(ascii: "{") { try key() }
                    isOpen = true
                }
            case UInt8(ascii: "\""): try string()
            case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"): try number(byte)
            case UInt8(ascii: "t"): try literal("true")
            case UInt8(ascii: "f"): try literal("false")
            case UInt8(ascii: "n"): try literal("null")
            default: throw invalid(byte, "looking for beginning of value")
            }
            if isOpen { continue }
            if try closeContainers(&closers) { return }
        }
    }

    /// Goes on behind a value; true where it was the last one.
    private mutating func closeContainers(_ closers: inout [UInt8]) throws -> Bool {
        while let closer = closers.last {
            skipWhitespace()
            let byte = try take()
            if byte == closer {
                closers.removeLast()
                continue
            }
            let isObject = closer == UInt8(ascii: "}")
            guard byte == UInt8(ascii: ",") else { throw invalid(byte, isObject ? "after object key:value pair" : "after array element") }
            if isObject {
                skipWhitespace()
                try key()
            }
            return false
        }
        return true
    }

    private mutating func key() throws {
        let byte = try take()
        guard byte == UInt8(ascii: "\"") else { throw invalid(byte, "looking for beginning of object key string") }
        try string()
        skipWhitespace()
        let colon = try take()
        guard colon == UInt8(ascii: ":") else { throw invalid(colon, "after object key") }
    }

    private mutating func string() throws {
        while true {
            let byte = try take()
            switch byte {
            case UInt8(ascii: "\""): return
            case UInt8(ascii: "\\"):
                let escape = try take()
                if escape == UInt8(ascii: "u") {
                    for _ in 0..<4 {
                        let digit = try take()
                        guard Character(Unicode.Scalar(digit)).isHexDigit else { throw invalid(digit, "in \\u hexadecimal character escape") }
                    }
                } else if !"bfnrt\\/\"".utf8.contains(escape) {
                    throw invalid(escape, "in string escape code")
                }
            case 0..<0x20: throw invalid(byte, "in string literal")
            default: continue
            }
        }
    }

    private mutating func number(_ first: UInt8) throws {
        var digit = first
        if digit == UInt8(ascii: "-") {
            digit = try take()
            guard Self.isDigit(digit) else { throw invalid(digit, "in numeric literal") }
        }
        if digit != UInt8(ascii: "0") { skipDigits() }
        if next == UInt8(ascii: ".") {
            position += 1
            let fraction = try take()
            guard Self.isDigit(fraction) else { throw invalid(fraction, "after decimal point in numeric literal") }
            skipDigits()
        }
        if next == UInt8(ascii: "e") || next == UInt8(ascii: "E") {
            position += 1
            if next == UInt8(ascii: "+") || next == UInt8(ascii: "-") { position += 1 }
            let exponent = try take()
            guard Self.isDigit(exponent) else { throw invalid(exponent, "in exponent of numeric literal") }
            skipDigits()
        }
    }

    private mutating func skipDigits() { while let byte = next, Self.isDigit(byte) { position += 1 } }

    private static func isDigit(_ byte: UInt8) -> Bool { byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9") }

    private mutating func literal(_ name: StaticString) throws {
        let text = String(describing: name)
        for expected in text.utf8.dropFirst() {
            let byte = try take()
            guard byte == expected else {
                throw invalid(byte, "in literal \(text) (expecting '\(Character(Unicode.Scalar(expected)))')")
            }
        }
    }
}
