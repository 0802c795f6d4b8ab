/// Makes names and label values that Kubernetes takes.
///
/// Names that are derived end in a hash of all that they are derived from, so two that differ in what was cut off stay different. The hash has 64 bits (FNV-1a): enough
/// against chance, not against someone who looks for a collision, so whoever writes an object under such a name checks that its owner is the expected one.
public enum ObjectName {
    /// How many random characters `generateName` gets.
    public static let suffixLength = 5
    /// No vowels and no 0, 1, 3, so that neither words come out nor characters that look alike.
    private static let suffixAlphabet = Array("bcdfghjklmnpqrstvwxz2456789".utf8)

    /// A name for `metadata.generateName`, as the API server makes it: the prefix, cut to 58 bytes, and five random characters.
    public static func generate(prefix: String, using generator: inout some RandomNumberGenerator) -> String {
        var name = prefix.cut(toBytes: 63 - suffixLength)
        for _ in 0..<suffixLength {
            let character = suffixAlphabet[Int.random(in: suffixAlphabet.indices, using: &generator)]
            name.unicodeScalars.append(Unicode.Scalar(character))
        }
        return name
    }

    /// The name of an object that `owner` has in the role `role`: `<owner>-<role>-<hash>`, a DNS-1123 label. The same arguments give the same name, always.
    ///
    /// - Parameters:
    ///   - owner: the owner's name; cut so that the result fits. Dots and what a label cannot have become `-`.
    ///   - role: what the object is for, such as `worker`; may be empty.
    ///   - values: what else tells it from its siblings, such as a step and an attempt.
    ///   - limit: how many bytes the name may have, 32...253; more than 63 for objects whose names are not labels.
    public static func child(of owner: String, role: String, hashOf values: [String] = [], limit: Int = 63) -> String {
        precondition(32...253 ~= limit, "a derived name needs 32 to 253 bytes")
        let hash = stableHash(of: [owner, role] + values)
        let role = trimmed(labelCharacters(role).prefix(limit - hash.utf8.count - 2))
        let room = limit - hash.utf8.count - 1 - (role.isEmpty ? 0 : role.utf8.count + 1)
        let owner = trimmed(labelCharacters(owner).prefix(room))
        return [owner, role, hash].filter { !$0.isEmpty }.joined(separator: "-")
    }

    /// `value` where it is a label value as it is; otherwise what is left of it when it is cut and rid of what a label value cannot have, with a hash of all of it.
    public static func labelValue(shortening value: String) -> String {
        guard !NameRule.labelValue.allows(value) else { return value }
        let hash = stableHash(of: [value])
        let kept = value.utf8.lazy.map { $0.isConfigMapKeyCharacter ? $0 : UInt8(ascii: "_") }
            .drop { !$0.isASCIIAlphanumeric }.prefix(63 - hash.utf8.count - 1)
        let text = String(decoding: kept, as: UTF8.self)
        guard let last = text.utf8.lastIndex(where: \.isASCIIAlphanumeric) else { return hash }
        return "\(text[...last])-\(hash)"
    }

    /// 64 bits of FNV-1a over the parts, each ended by a byte that UTF-8 does not have, in 13 characters of lower-case base32 (RFC 4648 §6).
    public static func stableHash(of parts: [String]) -> String {
        var hash: UInt64 = 0xCBF2_9CE4_8422_2325
        for part in parts {
            for byte in part.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
            hash = (hash ^ 0xFF) &* 0x100_0000_01B3
        }
        let alphabet = Array("abcdefghijklmnopqrstuvwxyz234567".utf8)
        // 13 · 5 bits are one more than 64; the first character holds only four.
        let characters = (0..<13).reversed().map { alphabet[Int(truncatingIfNeeded: hash >> UInt64($0 * 5)) & 31] }
        return String(decoding: characters, as: UTF8.self)
    }

    /// The bytes of `text`, letters in lower case and what a DNS label cannot have as `-`, from the first letter or digit on.
    private static func labelCharacters(_ text: String) -> some Sequence<UInt8> {
        text.utf8.lazy.map { byte in
            let lowercase = UInt8(ascii: "A")...UInt8(ascii: "Z") ~= byte ? byte | 0x20 : byte
            return lowercase.isDNSAlphanumeric ? lowercase : UInt8(ascii: "-")
        }.drop { !$0.isDNSAlphanumeric }
    }

    /// The text without dashes at its end.
    private static func trimmed(_ bytes: some Sequence<UInt8>) -> String {
        var bytes = Array(bytes)
        while bytes.last == UInt8(ascii: "-") { bytes.removeLast() }
        return String(decoding: bytes, as: UTF8.self)
    }
}
