/// How large expressions may be. The defaults are those of cel-go.
public struct ExpressionLimits: Sendable {
    /// Code points of the text.
    public var sourceSize = 100_000
    /// How deep an expression may be nested, as text and as a tree.
    public var depth = 250
    /// Nodes of the tree, which macros can multiply.
    public var nodes = 100_000

    public init() {}
}
