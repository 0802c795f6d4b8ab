import EmbeddedAPI
import Foundation

/// Patterns of tests, matched by Foundation: close enough to RE2 for what the tests use.
struct FoundationPatterns: PatternMatching {
    private struct Pattern: CompiledPattern {
        let text: String

        func matches(_ subject: String) -> Bool { subject.range(of: text, options: .regularExpression) != nil }
    }

    func compile(_ pattern: String) throws(PatternError) -> any CompiledPattern {
        guard (try? NSRegularExpression(pattern: pattern)) != nil else { throw PatternError("error parsing regexp: `\(pattern)`") }
        return Pattern(text: pattern)
    }
}
