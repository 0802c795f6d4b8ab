extension String {
    /// The text in double quotes as Go's `%q` writes it, which is how Kubernetes quotes values in messages.
    package var quotedAsGo: String {
        var quoted = "\""
        for scalar in unicodeScalars {
            switch scalar {
            case "\"": quoted += "\\\""
            case "\\": quoted += "\\\\"
            case "\u{07}": quoted += "\\a"
            case "\u{08}": quoted += "\\b"
            case "\u{0C}": quoted += "\\f"
            case "\n": quoted += "\\n"
            case "\r": quoted += "\\r"
            case "\t": quoted += "\\t"
            case "\u{0B}": quoted += "\\v"
            case " "..."~": quoted.unicodeScalars.append(scalar)
            case _ where scalar.isPrintable: quoted.unicodeScalars.append(scalar)
            case _ where scalar.value < 0x80: quoted += "\\x" + scalar.value.hexadecimal(digits: 2)
            case _ where scalar.value < 0x10000: quoted += "\\u" + scalar.value.hexadecimal(digits: 4)
            default: quoted += "\\U" + scalar.value.hexadecimal(digits: 8)
            }
        }
        return quoted + "\""
    }

    /// The longest beginning of the text that has at most `count` bytes and no half of a character's encoding.
    func cut(toBytes count: Int) -> String {
        guard utf8.count > count else { return self }
        var end = utf8.index(utf8.startIndex, offsetBy: count)
        while end > utf8.startIndex, utf8[end] & 0xC0 == 0x80 { end = utf8.index(before: end) }
        return String(self[..<end])
    }
}

extension Unicode.Scalar {
    /// Go's `unicode.IsPrint`: letters, marks, numbers, punctuation and symbols. (The space of ASCII is printable, too, and handled before.)
    fileprivate var isPrintable: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .spaceSeparator, .lineSeparator, .paragraphSeparator: false
        default: true
        }
    }
}

extension UInt32 {
    fileprivate func hexadecimal(digits: Int) -> String {
        let text = String(self, radix: 16)
        return String(repeating: "0", count: Swift.max(0, digits - text.count)) + text
    }
}
