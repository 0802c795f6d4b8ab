/// Bytes that are base64 in JSON, such as the values of a Secret's `data`.
public struct Base64Data: Hashable, Sendable {
    public var bytes: [UInt8]

    public init(_ bytes: [UInt8]) { self.bytes = bytes }
    /// The UTF-8 of `text`.
    public init(utf8 text: String) { bytes = Array(text.utf8) }

    /// Reads standard base64 (RFC 4648 §4) with its padding; line feeds and carriage returns are skipped and unused bits of the last character ignored, as in Go's `encoding/json`.
    ///
    /// - Throws: ``ValueError`` of kind `base64`; it tells the position and keeps the text, which may be secret, to itself.
    public init(base64 text: String) throws(ValueError) {
        var decoded: [UInt8] = []
        decoded.reserveCapacity(text.utf8.count / 4 * 3)
        var bits: UInt32 = 0
        /// Characters of the current group of four, padding included.
        var count = 0
        var padding = 0
        var isAtEnd = false
        var offset = 0
        for byte in text.utf8 {
            defer { offset += 1 }
            if byte == UInt8(ascii: "\n") || byte == UInt8(ascii: "\r") { continue }
            let isPadding = byte == UInt8(ascii: "=")
            let value = Self.values[Int(byte)]
            guard !isAtEnd, isPadding ? count >= 2 : value < 64 && padding == 0 else { throw Self.illegal(at: offset) }
            padding += isPadding ? 1 : 0
            bits = bits << 6 | UInt32(isPadding ? 0 : value)
            count += 1
            guard count == 4 else { continue }
            decoded.append(UInt8(truncatingIfNeeded: bits >> 16))
            if padding < 2 { decoded.append(UInt8(truncatingIfNeeded: bits >> 8)) }
            if padding < 1 { decoded.append(UInt8(truncatingIfNeeded: bits)) }
            isAtEnd = padding > 0
            (bits, count) = (0, 0)
        }
        guard count == 0 else { throw Self.illegal(at: offset) }
        bytes = decoded
    }

    private static func illegal(at offset: Int) -> ValueError {
        ValueError(.base64, nil, "illegal base64 data at input byte \(offset)", at: offset)
    }

    /// The bytes in standard base64 with padding, on one line.
    public var base64: String {
        var text: [UInt8] = []
        text.reserveCapacity((bytes.count + 2) / 3 * 4)
        for start in stride(from: 0, to: bytes.count, by: 3) {
            let count = min(3, bytes.count - start)
            var bits = UInt32(bytes[start]) << 16
            if count > 1 { bits |= UInt32(bytes[start + 1]) << 8 }
            if count > 2 { bits |= UInt32(bytes[start + 2]) }
            text.append(Self.alphabet[Int(bits >> 18)])
            text.append(Self.alphabet[Int(bits >> 12 & 63)])
            text.append(count > 1 ? Self.alphabet[Int(bits >> 6 & 63)] : UInt8(ascii: "="))
            text.append(count > 2 ? Self.alphabet[Int(bits & 63)] : UInt8(ascii: "="))
        }
        return String(decoding: text, as: UTF8.self)
    }

    /// The bytes as text, or nil where they are no UTF-8.
    public var utf8: String? { String(validating: bytes, as: UTF8.self) }

    private static let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
    /// What each byte stands for; 64 for those that stand for nothing.
    private static let values: [UInt8] = {
        var values = [UInt8](repeating: 64, count: 256)
        for (value, byte) in alphabet.enumerated() { values[Int(byte)] = UInt8(value) }
        return values
    }()
}

extension Base64Data: CustomStringConvertible {
    /// How many bytes there are, and not which: they may be secret.
    public var description: String { "\(bytes.count) bytes" }
}

extension Base64Data {
    public init?(json: JSONValue) {
        guard let text = json.string, let data = try? Base64Data(base64: text) else { return nil }
        self = data
    }

    public var json: JSONValue { .string(base64) }
}
