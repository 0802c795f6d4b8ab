/// The place of a value in a JSON document (RFC 6901): `/spec/containers/0/image`. The empty pointer is the whole document.
public struct JSONPointer: Hashable, Sendable, CustomStringConvertible {
    /// Names of members and indices of elements from the root on, without escapes.
    public let tokens: [String]

    public init(_ tokens: [String] = []) { self.tokens = tokens }

    /// Reads a pointer in its string form, in which `~1` stands for a slash and `~0` for a tilde.
    ///
    /// - Throws: ``PatchError`` when the text is neither empty nor begins with a slash, or when a tilde begins no escape.
    public init(parsing text: String) throws(PatchError) {
        let bytes = Array(text.utf8)
        guard bytes.isEmpty || bytes.first == UInt8(ascii: "/") else {
            throw PatchError(.doesNotApply, at: .patch, "JSON pointer \(text.quotedForMessage) does not begin with a slash: write \("/" + text.prefix(128))")
        }
        var tokens: [String] = []
        var token: [UInt8] = []
        var position = 1
        while position < bytes.count {
            switch bytes[position] {
            case UInt8(ascii: "/"):
                tokens.append(String(decoding: token, as: UTF8.self))
                token.removeAll(keepingCapacity: true)
            case UInt8(ascii: "~"):
                position += 1
                switch position < bytes.count ? bytes[position] : 0 {
                case UInt8(ascii: "0"): token.append(UInt8(ascii: "~"))
                case UInt8(ascii: "1"): token.append(UInt8(ascii: "/"))
                default:
                    let message = "JSON pointer \(text.quotedForMessage) has a tilde that begins no escape: write ~0 for a tilde, ~1 for a slash"
                    throw PatchError(.doesNotApply, at: .patch, message)
                }
            default: token.append(bytes[position])
            }
            position += 1
        }
        if !bytes.isEmpty { tokens.append(String(decoding: token, as: UTF8.self)) }
        self.tokens = tokens
    }

    public func appending(_ token: String) -> JSONPointer { JSONPointer(tokens + [token]) }

    /// Whether `other` is below this place or this place itself.
    public func isPrefix(of other: JSONPointer) -> Bool {
        tokens.count <= other.tokens.count && zip(tokens, other.tokens).allSatisfy { $0.hasSameUTF8(as: $1) }
    }

    /// The value at this place of `document`, nil when there is none. An index is decimal, without sign and leading zeros; `-`, behind the last element, has no
    /// value.
    public func value(in document: JSONValue) -> JSONValue? {
        var value = document
        for token in tokens {
            switch value {
            case .object(let object):
                guard let member = object[token] else { return nil }
                value = member
            case .array(let elements):
                guard let index = Self.index(token), index < elements.count else { return nil }
                value = elements[index]
            default: return nil
            }
        }
        return value
    }

    /// The index that `token` writes by the rules of RFC 6901; nil when it is none, or beyond what an array can have.
    static func index(_ token: String) -> Int? {
        let digits = token.utf8
        guard let first = digits.first, digits.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else { return nil }
        guard first != UInt8(ascii: "0") || digits.count == 1 else { return nil }
        return Int(token)
    }

    /// The pointer in its string form.
    public var description: String {
        var bytes: [UInt8] = []
        for token in tokens {
            bytes.append(UInt8(ascii: "/"))
            for byte in token.utf8 {
                switch byte {
                case UInt8(ascii: "~"): bytes.append(contentsOf: "~0".utf8)
                case UInt8(ascii: "/"): bytes.append(contentsOf: "~1".utf8)
                default: bytes.append(byte)
                }
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    public static func == (left: JSONPointer, right: JSONPointer) -> Bool { left.tokens.count == right.tokens.count && left.isPrefix(of: right) }

    public func hash(into hasher: inout Hasher) {
        for token in tokens { token.hashUTF8(into: &hasher) }
    }
}
