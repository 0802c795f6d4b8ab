import KubernetesAPI

/// A hash that is the same in every process: names are made of it. FNV-1a, 32 bits.
struct StableHash {
    private(set) var value: UInt32 = 2_166_136_261

    mutating func combine(_ bytes: some Sequence<UInt8>) {
        for byte in bytes { value = (value ^ UInt32(byte)) &* 16_777_619 }
    }

    mutating func combine(_ text: String) {
        combine(text.utf8)
        combine([0])
    }

    mutating func combine(_ number: Int) { withUnsafeBytes(of: Int64(number).littleEndian) { combine($0) } }

    /// The hash without vowels and without digits that look like them, so that it spells no word; up to 10 characters. Kubernetes' alphabet.
    var text: String { String(decoding: "\(value)".utf8.map { Self.alphabet[Int($0) % Self.alphabet.count] }, as: UTF8.self) }

    /// Five such characters: the end of a child's name.
    var suffix: String {
        var rest = value
        return String(
            decoding: (0..<5).map { _ -> UInt8 in
                defer { rest /= UInt32(Self.alphabet.count) }
                return Self.alphabet[Int(rest % UInt32(Self.alphabet.count))]
            }, as: UTF8.self)
    }

    private static let alphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)
}
