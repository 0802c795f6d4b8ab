import KubernetesAPI

/// Base64 as in tokens (RFC 4648 §5 without padding).
enum Base64URL {
    static func text(of bytes: [UInt8]) -> String {
        String(
            String.UnicodeScalarView(
                Base64Data(bytes).base64.unicodeScalars.compactMap { scalar in
                    switch scalar {
                    case "+": "-"
                    case "/": "_"
                    case "=": nil
                    default: scalar
                    }
                }))
    }

    /// Nil for what is no such text.
    static func bytes(of text: some StringProtocol) -> [UInt8]? {
        var standard = ""
        standard.reserveCapacity(text.utf8.count + 3)
        for scalar in text.unicodeScalars {
            switch scalar {
            case "-": standard += "+"
            case "_": standard += "/"
            case "+", "/", "=", "\n", "\r": return nil
            default: standard.unicodeScalars.append(scalar)
            }
        }
        while standard.utf8.count % 4 != 0 { standard += "=" }
        return try? Base64Data(base64: standard).bytes
    }
}
