extension ExpressionValue {
    /// The value as messages and `%s` of `format` show it.
    var displayText: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .uint(let value): String(value)
        case .double(let value): NumberText.plain(value)
        case .string(let value): value
        case .bytes(let value): String(decoding: value, as: UTF8.self)
        case .list(let list): "[" + list.elements.map(\.displayText).joined(separator: ", ") + "]"
        case .map(let map):
            "{"
                + map.keys.map { (key: $0.displayText, value: map.value(forKey: $0)?.displayText ?? "") }.sorted { $0.key < $1.key }
                .map { "\($0.key): \($0.value)" }.joined(separator: ", ") + "}"
        case .type(let type): type.runtimeName
        case .timestamp(let value): value.text
        case .duration(let nanoseconds): DurationText.seconds(nanoseconds)
        case .optional(let value): value.map { "optional(\($0.displayText))" } ?? "optional.none()"
        case .opaque(let value): "\(value)"
        }
    }
}
