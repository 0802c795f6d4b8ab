/// Why a text is no YAML that Martlet takes: bad syntax, something that JSON cannot hold, or more than ``YAMLLimits`` allow.
public struct YAMLError: Error, Hashable, Sendable, CustomStringConvertible {
    /// What is wrong, as part of a sentence: `duplicate key "name" (first at 9:5)`.
    public let reason: String
    /// Where it is wrong; 1:1 for what concerns the text as a whole.
    public let position: SourcePosition
    /// The name of the text as the caller gave it.
    public let file: String?
    /// Whether the text is wrong by YAML's grammar, and not for what it says.
    let isSyntax: Bool

    public init(_ reason: String, at position: SourcePosition, file: String? = nil) {
        self.init(reason, at: position, file: file, isSyntax: false)
    }

    init(_ reason: String, at position: SourcePosition, file: String?, isSyntax: Bool) {
        self.reason = reason
        self.position = position
        self.file = file
        self.isSyntax = isSyntax
    }

    /// `deploy.yaml:12:5: duplicate key "name" (first at 9:5)`
    public var description: String {
        if let file { "\(file):\(position): \(reason)" } else { "invalid YAML at \(position): \(reason)" }
    }
}
