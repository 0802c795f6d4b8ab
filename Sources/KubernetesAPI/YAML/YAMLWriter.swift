extension JSONValue {
    /// The value as one YAML document in UTF-8, in the layout of `kubectl -o yaml`; see ``YAMLWriter``.
    public func yaml(sortedKeys: Bool = true) -> [UInt8] {
        var writer = YAMLWriter(sortedKeys: sortedKeys)
        writer.write(self)
        return writer.bytes
    }
}

/// Writes YAML documents in the layout of `kubectl -o yaml`: two spaces a level, lists not indented under their key, text of several lines as literal blocks.
///
/// Readers of YAML 1.1 (kubectl, PyYAML) and 1.2 read back what was written; text that any of them would take for something else is quoted.
/// Other than kubectl, long lines are not folded, characters beyond U+FFFF are not escaped, a literal block may have tabs, and floats without fraction are
/// written with all digits below 2^64 and as `1.0e+20` above.
/// A double that is NaN or infinite, which only a program can make, becomes null, as in JSON.
///
/// - Note: libyaml's emitter is not used: it escapes far more text, folds what it should not, and needs an event, with copies of its text, for each value.
public struct YAMLWriter: Sendable {
    public private(set) var bytes: [UInt8] = []
    private let sortedKeys: Bool

    /// - Parameter sortedKeys: orders the keys of every map as kubectl does (`a2` before `a10`); false keeps their order.
    public init(sortedKeys: Bool = true) { self.sortedKeys = sortedKeys }

    /// Appends a document, after `---` when it is not the first.
    public mutating func write(_ document: JSONValue) {
        if !bytes.isEmpty { append("---\n") }
        switch document {
        case .array(let elements) where !elements.isEmpty: write(elements, indent: 0)
        case .object(let object) where !object.isEmpty: write(object, indent: 0)
        default: writeScalar(document, indent: 0)
        }
    }

    // MARK: Containers

    /// Writes a map from the current place of a line on; further lines begin with `indent` spaces.
    private mutating func write(_ object: JSONObject, indent: Int) {
        for (position, member) in (sortedKeys ? Self.sorted(object.members) : object.members).enumerated() {
            if position > 0 { space(indent) }
            // YAML reads a key without "?" only up to 1,024 characters. kubectl writes "?" from 129 bytes on.
            let isExplicit = member.key.utf8.count > 128
            if isExplicit { append("? ") }
            append(key: member.key)
            if isExplicit {
                append("\n")
                space(indent)
            }
            append(":")
            switch member.value {
            case .array(let elements) where !elements.isEmpty:
                beginValue(indent: isExplicit ? nil : indent)
                write(elements, indent: isExplicit ? indent + 2 : indent)
            case .object(let object) where !object.isEmpty:
                beginValue(indent: isExplicit ? nil : indent + 2)
                write(object, indent: indent + 2)
            default:
                append(" ")
                writeScalar(member.value, indent: indent)
            }
        }
    }

    /// Begins a container behind its key: on a line of its own, or on the same line where `indent` is nil.
    private mutating func beginValue(indent: Int?) {
        guard let indent else { return append(" ") }
        append("\n")
        space(indent)
    }

    private mutating func write(_ elements: [JSONValue], indent: Int) {
        for (position, element) in elements.enumerated() {
            if position > 0 { space(indent) }
            append("- ")
            switch element {
            case .array(let elements) where !elements.isEmpty: write(elements, indent: indent + 2)
            case .object(let object) where !object.isEmpty: write(object, indent: indent + 2)
            default: writeScalar(element, indent: indent)
            }
        }
    }

    private static func sorted(_ members: [JSONObject.Member]) -> [JSONObject.Member] {
        let isSorted = zip(members, members.dropFirst()).allSatisfy { YAMLKeyOrder.areInOrder($0.key, $1.key) }
        return isSorted ? members : members.sorted { YAMLKeyOrder.areInOrder($0.key, $1.key) }
    }

    // MARK: Scalars

    /// Writes what fits behind a key or a dash, and the end of the line. `indent` is that of the container around it.
    private mutating func writeScalar(_ value: JSONValue, indent: Int) {
        switch value {
        case .null: append("null")
        case .bool(let value): append(value ? "true" : "false")
        case .integer(let value): append(String(value))
        case .double(let value): append(value.isFinite ? YAMLNumber.text(value) : "null")
        case .array: append("[]")
        case .object: append("{}")
        case .string(let text):
            let style = YAMLTextStyle(of: text)
            if style == .literal { return writeLiteral(text, indent: indent + 2) }
            append(text, style)
        }
        append("\n")
    }

    private mutating func append(key: String) {
        let style = YAMLTextStyle(of: key)
        append(key, style == .literal ? .doubleQuoted : style)
    }

    private mutating func append(_ text: String, _ style: YAMLTextStyle) {
        switch style {
        case .plain, .literal: append(text)
        case .singleQuoted:
            append("'")
            for byte in text.utf8 {
                if byte == UInt8(ascii: "'") { append("'") }
                bytes.append(byte)
            }
            append("'")
        case .doubleQuoted:
            append("\"")
            for scalar in text.unicodeScalars { appendEscaped(scalar) }
            append("\"")
        }
    }

    private mutating func appendEscaped(_ scalar: Unicode.Scalar) {
        switch scalar {
        case "\"": append(#"\""#)
        case "\\": append(#"\\"#)
        case "\n": append(#"\n"#)
        case "\t": append(#"\t"#)
        case "\r": append(#"\r"#)
        case "\0": append(#"\0"#)
        case _ where YAMLTextStyle.isPrintable(scalar): bytes.append(contentsOf: scalar.utf8)
        default:
            let digits = String(scalar.value, radix: 16, uppercase: true)
            append(scalar.value <= 0xFF ? #"\x"# : #"\u"#)
            append(String(repeating: "0", count: (scalar.value <= 0xFF ? 2 : 4) - digits.count))
            append(digits)
        }
    }

    /// Writes a block of lines, each with its own end. `indent` is how far they are indented.
    private mutating func writeLiteral(_ text: String, indent: Int) {
        append("|")
        // A reader takes the indentation from the first line, which must not begin with white space then.
        if let first = text.utf8.first, first <= 0x20 { append("2") }
        let isEnded = text.utf8.last == UInt8(ascii: "\n")
        if !isEnded { append("-") } else if text.utf8.dropLast().last.map({ $0 == UInt8(ascii: "\n") }) ?? true { append("+") }
        append("\n")
        let lines = text.utf8.split(separator: UInt8(ascii: "\n"), omittingEmptySubsequences: false)
        for line in isEnded ? lines.dropLast() : lines[...] {
            if !line.isEmpty { space(indent) }
            bytes.append(contentsOf: line)
            append("\n")
        }
    }

    private mutating func append(_ text: String) { bytes.append(contentsOf: text.utf8) }
    private mutating func space(_ count: Int) { bytes.append(contentsOf: repeatElement(UInt8(ascii: " "), count: count)) }
}
