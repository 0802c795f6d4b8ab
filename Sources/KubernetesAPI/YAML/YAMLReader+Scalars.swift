extension YAMLScalar {
    private static let tags = "tag:yaml.org,2002:"

    /// The tag's name when it is one of YAML's own.
    fileprivate var coreTag: Substring? {
        guard let tag, tag.hasPrefix(Self.tags) else { return nil }
        return tag.dropFirst(Self.tags.count)
    }

    var isMergeKey: Bool { text == "<<" && (isPlain || coreTag == "merge") }
}

extension YAMLReader {
    /// The value of a scalar by its tag or, without one, by its text.
    borrowing func value(of scalar: YAMLScalar, at position: SourcePosition) throws(YAMLError) -> JSONValue {
        switch try type(of: scalar, at: position) {
        case .null: return .null
        case .bool(let value): return .bool(value)
        case .integer(let value): return .integer(value)
        case .unsigned(let value): return .double(Double(value))
        case .double(let value):
            guard value.isFinite else {
                throw error("\(scalar.text) is a number that JSON does not have; put it in quotes if it is meant as text", at: position)
            }
            return .double(value)
        case .string: return .string(scalar.coreTag == "binary" ? try decodedBinary(scalar.text, at: position) : scalar.text)
        }
    }

    /// The text of a scalar as a key.
    borrowing func keyText(of scalar: YAMLScalar, at position: SourcePosition) throws(YAMLError) -> String {
        switch try type(of: scalar, at: position) {
        case .string: return scalar.coreTag == "binary" ? try decodedBinary(scalar.text, at: position) : scalar.text
        case .bool(let value): return value ? "true" : "false"
        case .integer(let value): return String(value)
        case .double(let value): return YAMLNumber.key(value)
        case .null: throw error("null is no key; put it in quotes if it is meant as text", at: position)
        case .unsigned: throw error("a number beyond 64 bits with sign is no key; put it in quotes", at: position)
        }
    }

    private borrowing func type(of scalar: YAMLScalar, at position: SourcePosition) throws(YAMLError) -> YAMLScalarType {
        if scalar.isPlain { return YAMLScalarType(of: scalar.text) }
        guard let tag = scalar.coreTag else { return .string }
        let type = YAMLScalarType(of: scalar.text)
        switch (tag, type) {
        case ("null", .null), ("bool", .bool), ("int", .integer), ("int", .unsigned), ("float", .double): return type
        case ("float", .integer(let value)): return .double(Double(value))
        case ("float", .unsigned(let value)): return .double(Double(value))
        case ("timestamp", _) where YAMLTimestamp.matches(scalar.text): return .string
        case ("null", _), ("bool", _), ("int", _), ("float", _), ("timestamp", _):
            throw error("\(quoted(scalar.text)) is no value of the type !!\(tag)", at: position)
        default: return .string
        }
    }

    private borrowing func decodedBinary(_ text: String, at position: SourcePosition) throws(YAMLError) -> String {
        guard let bytes = try? Base64Data(base64: text).bytes else { throw error("the value of a !!binary is not valid base64", at: position) }
        guard let decoded = String(validating: bytes, as: UTF8.self) else {
            throw error("the bytes of a !!binary are no text, and JSON holds nothing else; leave out the tag to keep the base64 text", at: position)
        }
        return decoded
    }
}

extension JSONValue {
    /// A scalar as a key, by the rules of sigs.k8s.io/yaml; nil for null, lists and maps.
    var keyText: String? {
        switch self {
        case .string(let value): value
        case .bool(let value): value ? "true" : "false"
        case .integer(let value): String(value)
        case .double(let value): YAMLNumber.key(value)
        case .null, .array, .object: nil
        }
    }
}

/// The shape of YAML 1.1's timestamps. Kubernetes keeps them as text, and writes text of this shape in quotes.
enum YAMLTimestamp {
    /// `2006-01-02`, alone or before `T`, `t`, a space or a tab; months and days may have one digit.
    static func matches(_ text: String) -> Bool {
        var rest = Substring(text).utf8
        func digits(_ range: ClosedRange<Int>) -> Bool {
            let count = rest.prefix { $0 &- UInt8(ascii: "0") < 10 }.count
            rest = rest.dropFirst(count)
            return range.contains(count)
        }
        func dash() -> Bool { rest.popFirst() == UInt8(ascii: "-") }
        guard digits(4...4), dash(), digits(1...2), dash(), digits(1...2) else { return false }
        guard let next = rest.first else { return true }
        return [UInt8(ascii: "T"), UInt8(ascii: "t"), UInt8(ascii: " "), UInt8(ascii: "\t")].contains(next)
    }
}
