/// The `Warning` header with which an API server speaks to the user: `299 - "text"` (RFC 7234 §5.5).
enum WarningHeader {
    /// The text between the quotes, unescaped; the whole value where it has another form.
    static func text(of value: String) -> String {
        guard let open = value.firstIndex(of: "\"") else { return value }
        var text = ""
        var isEscaped = false
        for character in value[value.index(after: open)...] {
            if isEscaped {
                text.append(character)
                isEscaped = false
            } else if character == "\\" {
                isEscaped = true
            } else if character == "\"" {
                return text
            } else {
                text.append(character)
            }
        }
        return text
    }
}
