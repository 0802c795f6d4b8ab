/// Replaces `$(NAME)` by the value of a variable. `$$` stands for `$`, so `$$(NAME)` for the text `$(NAME)`. What has no value is left as it is.
public enum VariableExpansion {
    public static func expand(_ text: String, _ value: (String) -> String?) -> String {
        guard text.utf8.contains(UInt8(ascii: "$")) else { return text }
        let bytes = Array(text.utf8)
        var (result, position): ([UInt8], Int) = ([], 0)
        result.reserveCapacity(bytes.count)
        while position < bytes.count {
            guard bytes[position] == UInt8(ascii: "$"), position + 1 < bytes.count else {
                result.append(bytes[position])
                position += 1
                continue
            }
            switch bytes[position + 1] {
            case UInt8(ascii: "$"):
                result.append(UInt8(ascii: "$"))
                position += 2
            case UInt8(ascii: "("):
                guard let end = bytes[(position + 2)...].firstIndex(of: UInt8(ascii: ")")) else {
                    result += bytes[position...(position + 1)]
                    position += 2
                    continue
                }
                let name = String(decoding: bytes[(position + 2)..<end], as: UTF8.self)
                if let value = value(name) { result += Array(value.utf8) } else { result += bytes[position...end] }
                position = end + 1
            default:
                result += bytes[position...(position + 1)]
                position += 2
            }
        }
        return String(decoding: result, as: UTF8.self)
    }

    /// As ``expand(_:_:)``, noting the names without a value.
    static func expand(_ text: String, _ value: (String) -> String?, missing: inout [String]) -> String {
        expand(text) { name in
            let found = value(name)
            if found == nil { missing.append(name) }
            return found
        }
    }
}
