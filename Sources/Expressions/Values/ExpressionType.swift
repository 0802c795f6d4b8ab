/// A type of the language, as declarations name it and the checker derives it.
public indirect enum ExpressionType: Hashable, Sendable {
    /// Known only when the expression is evaluated.
    case dyn
    case null, bool, int, uint, double, string, bytes, timestamp, duration
    case list(ExpressionType)
    case map(ExpressionType, ExpressionType)
    case type(ExpressionType)
    case optional(ExpressionType)
    /// An object with fields that an ``ObjectTypeProvider`` knows.
    case object(String)
    /// A type of a library, such as `kubernetes.Quantity`.
    case opaque(String)
    /// A parameter of a function's type, or, inside the checker, a type that is still open.
    case parameter(String)

    /// The name by which `type(…)` shows the type.
    public var runtimeName: String {
        switch self {
        case .dyn: "dyn"
        case .null: "null_type"
        case .bool: "bool"
        case .int: "int"
        case .uint: "uint"
        case .double: "double"
        case .string: "string"
        case .bytes: "bytes"
        case .timestamp: "google.protobuf.Timestamp"
        case .duration: "google.protobuf.Duration"
        case .list: "list"
        case .map: "map"
        case .type: "type"
        case .optional: "optional_type"
        case .object(let name), .opaque(let name), .parameter(let name): name
        }
    }

    /// The types that expressions can name, such as `int` in `type(x) == int`.
    static let named: [String: ExpressionType] = [
        "bool": .bool, "int": .int, "uint": .uint, "double": .double, "string": .string, "bytes": .bytes, "null_type": .null,
        "list": .list(.dyn), "map": .map(.dyn, .dyn), "type": .type(.dyn), "optional_type": .optional(.dyn),
        "google.protobuf.Timestamp": .timestamp, "google.protobuf.Duration": .duration,
    ]
}

extension ExpressionType: CustomStringConvertible {
    /// The type as error messages write it.
    public var description: String {
        switch self {
        case .null: "null"
        case .timestamp: "timestamp"
        case .duration: "duration"
        case .list(let element): "list(\(element))"
        case .map(let key, let value): "map(\(key), \(value))"
        case .type(.dyn): "type"
        case .type(let type): "type(\(type))"
        case .optional(let type): "optional_type(\(type))"
        default: runtimeName
        }
    }
}
