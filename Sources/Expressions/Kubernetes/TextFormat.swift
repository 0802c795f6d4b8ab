/// `format` of the extended string functions: `%s %d %f %e %b %o %x %X`, with a precision before `f` and `e`.
enum TextFormat {
    /// Bytes of a result.
    static let maximumSize = 16 << 20

    static func format(_ format: String, _ arguments: any ExpressionList) throws(EvaluationFailure) -> String {
        var result = ""
        var used = 0
        var rest = Array(format.unicodeScalars)[...]
        while let scalar = rest.popFirst() {
            guard scalar == "%" else {
                result.unicodeScalars.append(scalar)
                continue
            }
            guard let next = rest.first else { throw clause("unexpected end of string") }
            if next == "%" {
                rest.removeFirst()
                result += "%"
                continue
            }
            guard used < arguments.count else { throw EvaluationFailure("index \(used) out of range") }
            let argument = arguments[used]
            used += 1
            var precision: Int?
            if next == "." {
                rest.removeFirst()
                let digits = rest.prefix { $0.isDigit }
                rest = rest.dropFirst(digits.count)
                guard digits.count <= 4, let value = Int(digits.map { String($0) }.joined()), value <= 1000 else { throw clause("invalid precision") }
                precision = value
            }
            guard let verb = rest.popFirst() else { throw clause("unexpected end of string") }
            result += try text(of: argument, verb, precision: precision ?? 6)
            if result.utf8.count > maximumSize { throw EvaluationFailure("the resulting string is larger than \(maximumSize) bytes") }
        }
        return result
    }

    private static func clause(_ message: String) -> EvaluationFailure { EvaluationFailure("could not parse formatting clause: \(message)") }

    private static func wrong(_ rule: String, _ value: ExpressionValue) -> EvaluationFailure {
        EvaluationFailure("error during formatting: \(rule), was given \(value.type.runtimeName)")
    }

    private static func text(of value: ExpressionValue, _ verb: Unicode.Scalar, precision: Int) throws(EvaluationFailure) -> String {
        switch verb {
        case "s":
            if case .opaque = value {
                throw wrong("string clause can only be used on strings, bools, bytes, ints, doubles, maps, lists, types, durations, and timestamps", value)
            }
            return value.displayText
        case "d":
            switch value {
            case .int, .uint, .double: return value.displayText
            default: throw wrong("decimal clause can only be used on integers", value)
            }
        case "f": return try real(value, "fixed-point", precision: precision, scientific: false)
        case "e": return try real(value, "scientific", precision: precision, scientific: true)
        case "b":
            if case .bool(let value) = value { return value ? "1" : "0" }
            return try whole(value, radix: 2, "only integers and bools can be formatted as binary")
        case "o": return try whole(value, radix: 8, "octal clause can only be used on integers")
        case "x": return try hexadecimal(value, isUppercase: false)
        case "X": return try hexadecimal(value, isUppercase: true)
        default: throw clause("unrecognized formatting clause \"\(verb)\"")
        }
    }

    private static func real(_ value: ExpressionValue, _ name: String, precision: Int, scientific: Bool) throws(EvaluationFailure) -> String {
        let number: Double
        switch value {
        case .double(let value): number = value
        case .int(let value): number = Double(value)
        case .uint(let value): number = Double(value)
        default: throw wrong("\(name) clause can only be used on doubles", value)
        }
        return number.isFinite ? NumberText.fixed(number, precision: precision, scientific: scientific) : NumberText.plain(number)
    }

    private static func whole(_ value: ExpressionValue, radix: Int, _ rule: String) throws(EvaluationFailure) -> String {
        switch value {
        case .int(let value): return String(value, radix: radix)
        case .uint(let value): return String(value, radix: radix)
        default: throw wrong(rule, value)
        }
    }

    private static func hexadecimal(_ value: ExpressionValue, isUppercase: Bool) throws(EvaluationFailure) -> String {
        let bytes: [UInt8]
        switch value {
        case .int(let value): return String(value, radix: 16, uppercase: isUppercase)
        case .uint(let value): return String(value, radix: 16, uppercase: isUppercase)
        case .string(let text): bytes = Array(text.utf8)
        case .bytes(let value): bytes = value
        default: throw wrong("only integers, byte buffers, and strings can be formatted as hex", value)
        }
        return bytes.map { ($0 < 16 ? "0" : "") + String($0, radix: 16, uppercase: isUppercase) }.joined()
    }
}
