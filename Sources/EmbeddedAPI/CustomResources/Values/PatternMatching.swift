/// Compiles the regular expressions of schemas, whose syntax is RE2.
///
/// A schema is written by a client and its patterns run on every write, so an implementation has to match in time linear in the text.
public protocol PatternMatching: Sendable {
    /// - Throws: ``PatternError`` where `pattern` is no RE2 expression.
    func compile(_ pattern: String) throws(PatternError) -> any CompiledPattern
}

/// A regular expression, ready to be matched.
public protocol CompiledPattern: Sendable {
    /// Whether the pattern matches anywhere in `text`.
    func matches(_ text: String) -> Bool
}

/// Why a pattern is no regular expression, as Go's `regexp` says it: ``error parsing regexp: missing closing ): `(` ``.
public struct PatternError: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: String

    public init(_ reason: String) { self.reason = reason }

    public var description: String { reason }
}
