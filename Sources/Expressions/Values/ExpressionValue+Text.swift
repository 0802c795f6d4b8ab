extension ExpressionValue {
    /// The value as messages and `%s` of `format` show it; cut off when it gets very long.
    var displayText: String {
        var text = ""
        write(to: &text)
        return text
    }

    private func write(to text: inout String) {
        // Nested lists that hold the same list again and again have no other bound.
        guard text.utf8.count <= TextFormat.maximumSize else { return }
        switch self {
        case .null: text += "null"
        case .bool(let value): text += value ? "true" : "false"
        case .int(let value): text += String(value)
        case .uint(let value): text += String(value)
        case .double(let value): text += NumberText.plain(value)
        case .string(let value): text += value
        case .bytes(let value): text += String(decoding: value, as: UTF8.self)
        case .list(let list):
            text += "["
            for index in 0..<list.count {
                guard text.utf8.count <= TextFormat.maximumSize else { return }
                if index > 0 { text += ", " }
                list[index].write(to: &text)
            }
            text += "]"
        case .map(let map):
            text += "{"
            for (index, (name, key)) in map.keys.map({ ($0.displayText, $0) }).sorted(by: { $0.0 < $1.0 }).enumerated() {
                guard text.utf8.count <= TextFormat.maximumSize else { return }
                text += (index > 0 ? ", " : "") + name + ": "
                map.value(forKey: key)?.write(to: &text)
            }
            text += "}"
        case .type(let type): text += type.runtimeName
        case .timestamp(let value): text += value.text
        case .duration(let nanoseconds): text += DurationText.seconds(nanoseconds)
        case .optional(.some(let value)):
            text += "optional("
            value.write(to: &text)
            text += ")"
        case .optional(nil): text += "optional.none()"
        case .opaque(let value): text += "\(value)"
        }
    }
}
