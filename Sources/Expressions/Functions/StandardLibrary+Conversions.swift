extension ExpressionLibrary {
    private static func conversion(
        _ name: String, _ result: ExpressionType, from types: [ExpressionType], cost: ExpressionFunction.Cost = .one, _ body: @escaping ExpressionFunction.Body
    ) -> ExpressionFunction {
        ExpressionFunction(name, types.map { .function([$0], result, cost: cost, body) })
    }

    static let conversions: [ExpressionFunction] = [
        conversion("int", .int, from: [.int, .uint, .double, .string, .timestamp, .duration]) { (arguments) throws(EvaluationFailure) in
            switch arguments[0] {
            case .uint(let value):
                guard let whole = Int64(exactly: value) else { throw Arithmetic.overflow("integer") }
                return .int(whole)
            case .double(let value):
                // Both ends are out, as cel-go has it: the largest Int64 has no Double of its own.
                guard value > -9_223_372_036_854_775_808, value < 9_223_372_036_854_775_808 else { throw Arithmetic.overflow("integer") }
                return .int(Int64(value))
            case .string(let text):
                guard let value = Int64(text) else { throw EvaluationFailure("type conversion error from 'string' to 'int'") }
                return .int(value)
            case .timestamp(let value): return .int(value.seconds)
            case .duration(let nanoseconds): return .int(nanoseconds)
            case let value: return value
            }
        },
        conversion("uint", .uint, from: [.int, .uint, .double, .string]) { (arguments) throws(EvaluationFailure) in
            switch arguments[0] {
            case .int(let value):
                guard let whole = UInt64(exactly: value) else { throw Arithmetic.overflow("unsigned integer") }
                return .uint(whole)
            case .double(let value):
                guard value >= 0, value < 18_446_744_073_709_551_616 else { throw Arithmetic.overflow("unsigned integer") }
                return .uint(UInt64(value))
            case .string(let text):
                guard let value = UInt64(text), text.utf8.first != 43 else {
                    throw EvaluationFailure("type conversion error from 'string' to 'uint'")
                }
                return .uint(value)
            case let value: return value
            }
        },
        conversion("double", .double, from: [.int, .uint, .double, .string]) { (arguments) throws(EvaluationFailure) in
            switch arguments[0] {
            case .int(let value): return .double(Double(value))
            case .uint(let value): return .double(Double(value))
            case .string(let text):
                guard let value = NumberText.double(text) else {
                    throw EvaluationFailure("type conversion error from 'string' to 'double'")
                }
                return .double(value)
            case let value: return value
            }
        },
        conversion(
            "string", .string, from: [.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration], cost: .traversal([0])
        ) { (arguments) throws(EvaluationFailure) in
            switch arguments[0] {
            case .bool(let value): return .string(value ? "true" : "false")
            case .int(let value): return .string(String(value))
            case .uint(let value): return .string(String(value))
            case .double(let value): return .string(NumberText.shortest(value))
            case .bytes(let value):
                guard let text = String(validating: value, as: UTF8.self) else { throw EvaluationFailure("invalid UTF-8 in bytes, cannot convert to string") }
                return .string(text)
            case .timestamp(let value): return .string(value.text)
            case .duration(let nanoseconds): return .string(DurationText.seconds(nanoseconds))
            case let value: return value
            }
        },
        conversion("bytes", .bytes, from: [.bytes, .string], cost: .traversal([0])) { (arguments) throws(EvaluationFailure) in
            if case .string(let text) = arguments[0] { return .bytes(Array(text.utf8)) }
            return arguments[0]
        },
        conversion("bool", .bool, from: [.bool, .string]) { (arguments) throws(EvaluationFailure) in
            guard case .string(let text) = arguments[0] else { return arguments[0] }
            switch text {
            case "1", "t", "T", "true", "TRUE", "True": return .bool(true)
            case "0", "f", "F", "false", "FALSE", "False": return .bool(false)
            default: throw EvaluationFailure("type conversion error from 'string' to 'bool'")
            }
        },
        conversion("timestamp", .timestamp, from: [.timestamp, .string, .int]) { (arguments) throws(EvaluationFailure) in
            switch arguments[0] {
            case .string(let text):
                guard let value = Timestamp(parsing: text) else {
                    throw EvaluationFailure("type conversion error from 'string' to 'google.protobuf.Timestamp'")
                }
                return .timestamp(value)
            case .int(let seconds):
                guard Timestamp.range.contains(seconds) else { throw Arithmetic.overflow("timestamp") }
                return .timestamp(Timestamp(seconds: seconds, nanoseconds: 0))
            case let value: return value
            }
        },
        conversion("duration", .duration, from: [.duration, .string, .int]) { (arguments) throws(EvaluationFailure) in
            switch arguments[0] {
            case .string(let text):
                guard let value = DurationText.nanoseconds(text) else {
                    throw EvaluationFailure("type conversion error from 'string' to 'google.protobuf.Duration'")
                }
                return .duration(nanoseconds: value)
            case .int(let nanoseconds): return .duration(nanoseconds: nanoseconds)
            case let value: return value
            }
        },
        conversion("dyn", .dyn, from: [.parameter("A")]) { (arguments) throws(EvaluationFailure) in arguments[0] },
        ExpressionFunction(
            "type", [.function([.parameter("A")], .type(.parameter("A"))) { (arguments) throws(EvaluationFailure) in .type(arguments[0].type) }]),
    ]
}

extension String {
    /// The text in quotes, cut to a length that fits a message.
    var quotedForMessage: String {
        let short = unicodeScalars.prefix(80)
        return "\"\(String(short))\(short.endIndex == unicodeScalars.endIndex ? "" : "…")\""
    }
}
