public import Expressions

/// Patterns of schemas in the syntax of RE2, matched in time linear in the text.
public struct LinearPatterns: PatternMatching {
    public init() {}

    public func compile(_ pattern: String) throws(PatternError) -> any CompiledPattern {
        do { return try LinearRegex(pattern) } catch { throw PatternError("error parsing regexp: \(error.message)") }
    }
}

extension LinearRegex: CompiledPattern {}
