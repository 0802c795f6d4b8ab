/// An expression of a ValidatingAdmissionPolicy that is to be checked before the policy is stored.
public struct PolicyExpression: Sendable {
    /// What the expression is for, which decides what it may use and what it must result in.
    public enum Use: Hashable, Sendable {
        case matchCondition
        /// A variable; later expressions use it by this name.
        case variable(String)
        case validation
        case messageExpression
        case auditAnnotation
    }

    public let text: String
    public let use: Use
    /// Whether there is `params`.
    public let hasParams: Bool
    /// The policy's variables that stand before it: all of them for what is no variable, none for match conditions.
    public let variables: [(name: String, expression: String)]

    public init(_ text: String, _ use: Use, hasParams: Bool, variables: [(name: String, expression: String)] = []) {
        self.text = text
        self.use = use
        self.hasParams = hasParams
        self.variables = variables
    }
}

/// Says why an expression cannot be used, as the detail of a field error; nil where it can.
public typealias PolicyExpressionCheck = @Sendable (PolicyExpression) -> String?
