/// 128 bits of FNV-1a: tells documents that changed from those that did not. No protection against someone who looks for a collision.
struct Fingerprint: Hashable, Sendable {
    private var high: UInt64 = 0x6C62_272E_07BB_0142
    private var low: UInt64 = 0x62B8_2175_6295_C58D

    init(of bytes: [UInt8]) {
        for byte in bytes {
            // Times the prime, 2^88 + 0x13B.
            low ^= UInt64(byte)
            let product = low.multipliedFullWidth(by: 0x13B)
            high = high &* 0x13B &+ product.high &+ (low << 24)
            low = product.low
        }
    }

    /// 32 upper-case hexadecimal digits.
    var hex: String {
        [high, low].map { half in
            let digits = String(half, radix: 16, uppercase: true)
            return String(repeating: "0", count: 16 - digits.count) + digits
        }.joined()
    }

    /// The first 64 bits in base64.
    var base64: String {
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/".utf8)
        // Ten characters of six bits, and one with the last four.
        var characters: [UInt8] = []
        for shift in stride(from: UInt64(58), through: 4, by: -6) { characters.append(alphabet[Int(high >> shift & 63)]) }
        characters.append(alphabet[Int(high & 15) << 2])
        return String(decoding: characters, as: UTF8.self) + "="
    }
}
