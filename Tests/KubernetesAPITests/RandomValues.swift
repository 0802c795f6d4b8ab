@testable import KubernetesAPI

extension JSONValue {
    /// A value of any shape, nested at most `depth` deep, with the texts and numbers that break codecs.
    static func random(depth: Int, using generator: inout some RandomNumberGenerator) -> JSONValue {
        switch Int.random(in: 0..<(depth > 0 ? 9 : 6), using: &generator) {
        case 0: return .null
        case 1: return .bool(.random(using: &generator))
        case 2: return .integer(Bool.random(using: &generator) ? .random(in: -20...20, using: &generator) : .random(in: .min ... .max, using: &generator))
        case 3: return .double(Double(bitPattern: .random(in: 0...0x7FEF_FFFF_FFFF_FFFF, using: &generator)) * (Bool.random(using: &generator) ? 1 : -1))
        case 4, 5: return .string(randomText(using: &generator))
        case 6: return .array((0..<Int.random(in: 0...5, using: &generator)).map { _ in random(depth: depth - 1, using: &generator) })
        default:
            var object = JSONObject()
            for _ in 0..<Int.random(in: 0...(depth == 1 ? 40 : 6), using: &generator) {
                object[randomText(using: &generator)] = random(depth: depth - 1, using: &generator)
            }
            return .object(object)
        }
    }

    private static let pieces = [
        "a", "key", " ", "\"", "\\", "/", "\n", "\t", "\u{0}", "\u{1F}", "\u{7F}", "é", "e\u{301}", "中", "🚀", "\u{2028}", "\u{FFFF}", ":", "- ", "#", "true",
        "0", "~", "|",
    ]
    static func randomText(using generator: inout some RandomNumberGenerator) -> String {
        (0..<Int.random(in: 0...6, using: &generator)).map { _ in pieces[Int.random(in: 0..<pieces.count, using: &generator)] }.joined()
    }
}
