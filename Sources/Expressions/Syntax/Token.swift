/// A piece of an expression's text.
struct Token: Sendable {
    enum Kind: Sendable, Equatable {
        case int(UInt64)
        case uint(UInt64)
        case double(Double)
        case string(String)
        case bytes([UInt8])
        case identifier(String)
        /// A field name in backquotes.
        case quotedIdentifier(String)
        /// Operators, punctuation and the words `true`, `false`, `null` and `in`.
        case symbol(String)
        case end
    }

    let kind: Kind
    let offset: Int
    let end: Int
}
