import Glibc

/// The keys seen most recently, found by their bytes: one `String` serves all objects of a text.
struct KeyCache {
    private static let slots = 512  // a power of two
    private var texts = [String?](repeating: nil, count: slots)
    private var places = [UnsafeBufferPointer<UInt8>](repeating: UnsafeBufferPointer(start: nil, count: 0), count: slots)

    func find(_ bytes: UnsafeBufferPointer<UInt8>, _ fingerprint: UInt32) -> String? {
        let slot = Self.slot(fingerprint)
        let known = places[slot]
        guard known.count == bytes.count, let text = texts[slot] else { return nil }
        guard let left = known.baseAddress, let right = bytes.baseAddress, memcmp(left, right, bytes.count) == 0 else { return nil }
        return text
    }

    mutating func remember(_ bytes: UnsafeBufferPointer<UInt8>, _ fingerprint: UInt32, as text: String) {
        let slot = Self.slot(fingerprint)
        texts[slot] = text
        places[slot] = bytes
    }

    /// Length, first, middle and last byte.
    static func fingerprint(_ bytes: Span<UInt8>) -> UInt32 {
        guard bytes.count > 0 else { return 0 }
        let ends = UInt32(bytes[0]) << 16 | UInt32(bytes[bytes.count / 2]) << 8 | UInt32(bytes[bytes.count - 1])
        return UInt32(truncatingIfNeeded: bytes.count) << 24 ^ ends
    }

    /// Fibonacci hashing: the upper bits of the product.
    private static func slot(_ fingerprint: UInt32) -> Int { Int((fingerprint &* 2_654_435_769) >> 23) }
}
