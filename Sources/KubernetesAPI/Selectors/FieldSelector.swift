/// Chooses objects by their fields: all terms must hold. Without any it chooses everything.
///
/// The text form is that of the API's `fieldSelector` parameter: `metadata.name=web,status.phase!=Running`. A `\` in front of `,`, `=` or `\` in a value makes it part of the value.
public struct FieldSelector: Hashable, Sendable {
    /// One condition on a field.
    public struct Term: Hashable, Sendable {
        /// Such as `metadata.name`. No text form can have `=`, `!=`, `,` or `\` in it.
        public let field: String
        public let value: String
        /// Whether the field must have the value, or must not have it.
        public let isEqual: Bool

        public init(_ field: String, isEqual: Bool = true, _ value: String) {
            self.field = field
            self.value = value
            self.isEqual = isEqual
        }
    }

    /// In the order of their texts.
    public let terms: [Term]

    public init(_ terms: [Term]) {
        self.terms = terms.map { ($0, $0.description) }.sorted { $0.1.utf8.lexicographicallyPrecedes($1.1.utf8) }.map(\.0)
    }

    public static let everything = FieldSelector([])

    /// Chooses objects whose `field` is `value`.
    public static func equal(_ field: String, _ value: String) -> FieldSelector { FieldSelector([Term(field, value)]) }

    public var isEverything: Bool { terms.isEmpty }

    /// The value that `field` must have, where a term says so.
    public func exactValue(of field: String) -> String? { terms.first { $0.isEqual && $0.field == field }?.value }

    /// Whether an object matches of whose fields `value` gives the text; nil is a field that is absent, which counts as empty.
    public func matches(_ value: (String) -> String?) -> Bool {
        terms.allSatisfy { (value($0.field) ?? "").hasSameUTF8(as: $0.value) == $0.isEqual }
    }
}

extension FieldSelector.Term: CustomStringConvertible {
    public var description: String {
        var escaped = ""
        for scalar in value.unicodeScalars {
            if scalar == "\\" || scalar == "," || scalar == "=" { escaped += "\\" }
            escaped.unicodeScalars.append(scalar)
        }
        return field + (isEqual ? "=" : "!=") + escaped
    }
}

extension FieldSelector: CustomStringConvertible {
    public var description: String { terms.map(\.description).joined(separator: ",") }
}

extension FieldSelector {
    /// Reads the text form with the grammar of apimachinery's `fields.ParseSelector`: terms with `=`, `==` or `!=` between commas, empty terms ignored.
    ///
    /// - Throws: ``ValueError`` of kind `fieldSelector`, with Kubernetes' words and the position.
    public init(parsing text: String) throws(ValueError) {
        guard text.utf8.count <= Selector.maximumLength else {
            throw ValueError(.fieldSelector, text.cut(toBytes: 200), "a selector has at most \(Selector.maximumLength) bytes")
        }
        let bytes = Array(text.utf8)
        var terms: [Term] = []
        var start = 0
        while start <= bytes.count {
            let end = Self.endOfTerm(in: bytes, from: start)
            if end > start { terms.append(try Self.term(bytes, start..<end, of: text)) }
            start = end + 1
        }
        self.init(terms)
    }

    /// Where the next comma without a `\` in front is, or the end.
    private static func endOfTerm(in bytes: [UInt8], from start: Int) -> Int {
        var position = start
        while position < bytes.count, bytes[position] != UInt8(ascii: ",") {
            position += bytes[position] == UInt8(ascii: "\\") ? 2 : 1
        }
        return min(position, bytes.count)
    }

    private static func term(_ bytes: [UInt8], _ range: Range<Int>, of text: String) throws(ValueError) -> Term {
        let equals = UInt8(ascii: "=")
        // Nothing is escaped on the left side, so the first operator ends it.
        guard let sign = bytes[range].firstIndex(of: equals) else {
            let reason = "invalid selector: '\(text.cut(toBytes: 200))'; can't understand '\(String(decoding: bytes[range], as: UTF8.self).cut(toBytes: 200))'"
            throw ValueError(.fieldSelector, text, reason, at: range.lowerBound)
        }
        let isEqual = sign == range.lowerBound || bytes[sign - 1] != UInt8(ascii: "!")
        let field = String(decoding: bytes[range.lowerBound..<(isEqual ? sign : sign - 1)], as: UTF8.self)
        let isDoubled = isEqual && sign + 1 < range.upperBound && bytes[sign + 1] == equals

        var value: [UInt8] = []
        var position = sign + (isDoubled ? 2 : 1)
        while position < range.upperBound {
            switch Unicode.Scalar(bytes[position]) {
            case "\\":
                let escaped = position + 1 < range.upperBound ? Unicode.Scalar(bytes[position + 1]) : nil
                guard let escaped, escaped == "\\" || escaped == "," || escaped == "=" else {
                    let sequence = String(decoding: bytes[position..<range.upperBound], as: UTF8.self).unicodeScalars.prefix(2)
                    throw ValueError(.fieldSelector, text, "invalid field selector: invalid escape sequence: \(String(sequence))", at: position)
                }
                value.append(bytes[position + 1])
                position += 2
            case "=":
                throw ValueError(.fieldSelector, text, "invalid field selector: unescaped character in value: '=' (write \\=)", at: position)
            default:
                value.append(bytes[position])
                position += 1
            }
        }
        return Term(field, isEqual: isEqual, String(decoding: value, as: UTF8.self))
    }
}
