/// A parsed expression with its macros expanded.
struct SyntaxNode: Sendable {
    /// Unique within the expression.
    let id: Int
    /// The place in the source, in code points.
    let offset: Int
    /// How many levels are below, itself included.
    let depth: Int
    let kind: Kind

    indirect enum Kind: Sendable {
        case literal(ExpressionValue)
        /// `isAbsolute` is true for `.name`.
        case identifier(String, isAbsolute: Bool)
        case select(SyntaxNode, field: String, isOptional: Bool)
        case presence(SyntaxNode, field: String)
        /// An operator has the name that cel-go gives it, such as `_+_`.
        case call(String, target: SyntaxNode?, arguments: [SyntaxNode])
        case list([Element])
        case map([Entry])
        case object(String, [String])
        case comprehension(Comprehension)
    }

    struct Element: Sendable {
        let value: SyntaxNode
        let isOptional: Bool
    }

    struct Entry: Sendable {
        let key: SyntaxNode
        let value: SyntaxNode
        let isOptional: Bool
    }

    /// A macro that evaluates an expression with variables of its own.
    struct Comprehension: Sendable {
        let macro: Macro
        let range: SyntaxNode
        /// The element, or the index or key when there is a second one.
        let variable: String
        let secondVariable: String?
        /// What decides whether an element takes part.
        let condition: SyntaxNode?
        /// What is made of an element; absent in `filter`.
        let transform: SyntaxNode?
    }

    enum Macro: String, Sendable {
        case all, exists, existsOne, map, filter, transformList, transformMap, transformMapEntry, optMap, optFlatMap, sortBy
    }

    /// `a.b.c` as text, where the node is such a chain.
    var qualifiedName: (name: String, isAbsolute: Bool)? {
        switch kind {
        case .identifier(let name, let isAbsolute): return (name, isAbsolute)
        case .select(let operand, let field, isOptional: false):
            guard let (name, isAbsolute) = operand.qualifiedName else { return nil }
            return (name + "." + field, isAbsolute)
        default: return nil
        }
    }
}
