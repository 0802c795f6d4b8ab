/// The `Warning` header with which an API server speaks to the user: `299 - "text"` (RFC 7234 §5.5).
enum WarningHeader {
    /// The texts between quotes, unescaped: one for each warning of a list. The whole value where it has another form.
    static func texts(of value: String) -> [String] {
        var texts: [String] = []
        var text: String?
        var isEscaped = false
        for character in value {
            guard var open = text else {
                if character == "\"" { text = "" }
                continue
            }
            if !isEscaped, character == "\"" {
                texts.append(open)
                text = nil
                continue
            }
            if !isEscaped, character == "\\" {
                isEscaped = true
                continue
            }
            isEscaped = false
            text = nil  // so that appending copies nothing
            open.append(character)
            text = open
        }
        return texts.isEmpty || text != nil ? [value] : texts
    }
}
