/// Why a text is not a value of the kind that was asked for.
///
/// ``reason`` uses Kubernetes' own words wherever Kubernetes has some, so that an API server can answer with it as it is.
public struct ValueError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What the text should have been.
    public enum Kind: String, Hashable, Sendable {
        case quantity
        case duration
        case time
        case percentage
        case base64 = "base64 data"
        case apiVersion
        case resource
        case labelSelector = "label selector"
        case fieldSelector = "field selector"
    }

    public let kind: Kind
    /// The text that was read; nil where it may be secret.
    public let text: String?
    /// What is wrong with it, as part of a sentence.
    public let reason: String
    /// Where, in bytes from the start of the text; nil where it is the text as a whole.
    public let offset: Int?

    public init(_ kind: Kind, _ text: String?, _ reason: String, at offset: Int? = nil) {
        self.kind = kind
        self.text = text
        self.reason = reason
        self.offset = offset
    }

    /// How much of a text a message repeats, in bytes.
    private static let quotedLength = 200

    public var description: String {
        var message = kind.rawValue
        if let text {
            message += " "
            message += text.utf8.count <= Self.quotedLength ? text.quotedAsGo : text.cut(toBytes: Self.quotedLength).quotedAsGo + "…"
        }
        message += ": \(reason)"
        if let offset { message += " (at byte \(offset))" }
        return message
    }
}
