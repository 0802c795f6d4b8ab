/// Why an expression cannot be compiled or evaluated.
public struct ExpressionError: Error, Sendable, Equatable {
    public enum Kind: Sendable, Equatable {
        /// The text is no expression, or is too large.
        case syntax
        /// Names or types do not fit together.
        case type
        /// Evaluation came to no value.
        case evaluation
        /// Evaluation cost more than its limit allows.
        case costLimit
        /// Evaluation was cancelled.
        case cancelled
    }

    /// One finding.
    public struct Issue: Sendable, Equatable {
        public let message: String
        /// Counted from 1.
        public let line: Int
        /// Counted from 1, in code points.
        public let column: Int
        /// The text of the line.
        public let sourceLine: String

        /// The finding with the line that it is about and a caret under the place.
        public var rendered: String {
            var result = "ERROR: <input>:\(line):\(column): \(message)"
            if !sourceLine.isEmpty {
                result += "\n | \(sourceLine)\n | " + String(repeating: ".", count: max(0, column - 1)) + "^"
            }
            return result
        }
    }

    public let kind: Kind
    /// At least one, in the order of the source.
    public let issues: [Issue]

    public init(kind: Kind, issues: [Issue]) {
        self.kind = kind
        self.issues = issues
    }

    /// What went wrong, without the place.
    public var message: String { issues.map(\.message).joined(separator: "; ") }
    /// Every finding with its place and a caret.
    public var rendered: String { issues.map(\.rendered).joined(separator: "\n") }
}

extension ExpressionError: CustomStringConvertible {
    public var description: String { rendered }
}

/// What a function throws: the node that called it adds the place.
public struct EvaluationFailure: Error, Sendable {
    let kind: ExpressionError.Kind
    public let message: String
    /// Where in the source, in code points, once known.
    var offset: Int?

    public init(_ message: String) { self.init(message, kind: .evaluation) }

    init(_ message: String, kind: ExpressionError.Kind, at offset: Int? = nil) {
        (self.message, self.kind, self.offset) = (message, kind, offset)
    }

    static let noSuchOverload = EvaluationFailure("no such overload")

    /// Whether `||`, `&&` and macros may go on after it. A used-up budget is final.
    var isRecoverable: Bool { kind == .evaluation }

    func at(_ offset: Int) -> EvaluationFailure { self.offset == nil ? EvaluationFailure(message, kind: kind, at: offset) : self }
}
