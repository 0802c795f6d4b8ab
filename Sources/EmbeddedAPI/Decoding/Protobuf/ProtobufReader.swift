/// Reads the fields of a protobuf message, one after the other: <https://protobuf.dev/programming-guides/encoding/>.
struct ProtobufReader {
    /// What a field holds, which its type has to explain.
    enum Value {
        case varint(UInt64)
        case fixed64(UInt64)
        case fixed32(UInt32)
        case bytes(ArraySlice<UInt8>)
    }

    private var rest: ArraySlice<UInt8>

    init(_ bytes: ArraySlice<UInt8>) { rest = bytes }

    /// The next field; nil at the end.
    mutating func next() throws(ObjectDecodingError) -> (number: UInt64, value: Value)? {
        if rest.isEmpty { return nil }
        let tag = try varint()
        switch tag & 7 {
        case 0: return (tag >> 3, .varint(try varint()))
        case 1: return (tag >> 3, .fixed64(Self.littleEndian(try take(8))))
        case 2:
            let length = try varint()
            guard length <= UInt64(rest.count) else { throw Self.cutShort }
            return (tag >> 3, .bytes(try take(Int(length))))
        case 5: return (tag >> 3, .fixed32(UInt32(truncatingIfNeeded: Self.littleEndian(try take(4)))))
        default: throw ObjectDecodingError("proto: illegal wireType \(tag & 7)")
        }
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func varint() throws(ObjectDecodingError) -> UInt64 {
        var result: UInt64 = 0
        for shift in stride(from: UInt64(0), to: 70, by: 7) {
            guard let byte = rest.popFirst() else { throw Self.cutShort }
            result |= UInt64(byte & 0x7F) << shift
            if byte < 0x80 { return result }
        }
        throw ObjectDecodingError("proto: integer overflow")
    }

    private mutating func take(_ count: Int) throws(ObjectDecodingError) -> ArraySlice<UInt8> {
        guard count <= rest.count else { throw Self.cutShort }
        defer { rest = rest.dropFirst(count) }
        return rest.prefix(count)
    }

    private static func littleEndian(_ bytes: ArraySlice<UInt8>) -> UInt64 { bytes.reversed().reduce(0) { $0 << 8 | UInt64($1) } }

    private static var cutShort: ObjectDecodingError { ObjectDecodingError("unexpected EOF") }
}
