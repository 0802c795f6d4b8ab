/// Estimates what the evaluation of a checked expression can cost before it is evaluated, by the rules of cel-go's checker and of Kubernetes' libraries.
///
/// Source: <https://github.com/google/cel-go/blob/master/checker/cost.go>. Macros cost what their expansion there costs.
struct CostEstimator {
    /// What is known about the value of a node.
    struct Part {
        var cost: CostRange
        /// Where the value comes from, beginning with a variable; nil for what is computed.
        var path: [String]?
        /// What can be told about the value's size.
        var size: CostRange?
        /// The size of the elements of a list or map that the expression itself builds.
        var elementSize: CostRange?
        var type: ExpressionType

        var sizeOrUnknown: CostRange { size ?? .unknown }
    }

    /// A variable of a macro.
    struct Local {
        let name: String
        let path: [String]?
        let size: CostRange?
        let elementSize: CostRange?
    }

    static let traversal = 0.1
    static let regexLength = 0.25

    let facts: CheckedFacts
    let sizes: any ExpressionSizes
    var locals: [Local] = []

    init(facts: CheckedFacts, sizes: any ExpressionSizes) { (self.facts, self.sizes) = (facts, sizes) }

    mutating func estimate(_ node: SyntaxNode) -> Part {
        let type = facts.types[node.id] ?? .dyn
        switch node.kind {
        case .literal(let value): return Part(cost: .zero, path: nil, size: Self.size(of: value), type: type)
        case .identifier(let name, _): return named(name, type)
        case .select(let operand, let field, let isOptional): return select(field, of: operand, isOptional: isOptional, type, node)
        case .presence(let operand, _):
            // Kubernetes keeps tests for presence free.
            return part(estimate(operand).cost, type)
        case .list(let elements):
            var cost = CostRange(10)
            var elementSize: CostRange?
            for element in elements {
                let part = estimate(element.value)
                cost = cost + part.cost
                elementSize = elementSize?.union(part.sizeOrUnknown) ?? part.sizeOrUnknown
            }
            return Part(cost: cost, path: nil, size: CostRange(UInt64(elements.count)), elementSize: elementSize ?? .zero, type: type)
        case .map(let entries):
            var cost = CostRange(30)
            var elementSize: CostRange?
            for entry in entries {
                let (key, value) = (estimate(entry.key), estimate(entry.value))
                cost = cost + key.cost + value.cost
                elementSize = elementSize?.union(value.sizeOrUnknown) ?? value.sizeOrUnknown
            }
            return Part(cost: cost, path: nil, size: CostRange(UInt64(entries.count)), elementSize: elementSize ?? .zero, type: type)
        case .object: return part(CostRange(40), type)
        case .call(let name, let target, let arguments): return call(name, target, arguments, node, type)
        case .comprehension(let comprehension): return estimate(comprehension, type)
        }
    }

    /// A part whose size follows from where it comes from, or from its type.
    func part(_ cost: CostRange, path: [String]? = nil, size: CostRange? = nil, elementSize: CostRange? = nil, _ type: ExpressionType) -> Part {
        let known = size ?? path.flatMap { sizes.largestSize(at: $0) }.map { CostRange(0, $0) } ?? (type.isScalar ? CostRange(1) : nil)
        return Part(cost: cost, path: path, size: known, elementSize: elementSize, type: type)
    }

    private func named(_ name: String, _ type: ExpressionType) -> Part {
        guard let local = locals.last(where: { $0.name == name }) else { return part(CostRange(1), path: [name], type) }
        var part = part(CostRange(1), path: local.path, type)
        part.size = part.size ?? local.size
        part.elementSize = local.elementSize
        return part
    }

    private mutating func select(_ field: String, of operand: SyntaxNode, isOptional: Bool, _ type: ExpressionType, _ node: SyntaxNode) -> Part {
        // A chain of names that is one variable.
        if !isOptional, let name = node.qualifiedName?.name, facts.references.contains(name) { return part(CostRange(1), path: [name], type) }
        let operand = estimate(operand)
        if isOptional { return part(operand.cost + CostRange(1), type) }
        var cost = operand.cost
        switch operand.type {
        case .map, .object, .parameter: cost = cost + CostRange(1)
        default: break
        }
        return part(cost, path: operand.path.map { $0 + [field] }, type)
    }

    private static func size(of literal: ExpressionValue) -> CostRange? {
        switch literal {
        case .string(let text): CostRange(UInt64(text.unicodeScalars.count))
        case .bytes(let bytes): CostRange(UInt64(bytes.count))
        case .bool, .int, .uint, .double, .null, .timestamp, .duration: CostRange(1)
        default: nil
        }
    }
}

extension ExpressionType {
    /// Whether all values of the type are of the same size.
    var isScalar: Bool {
        switch self {
        case .bool, .double, .duration, .int, .timestamp, .uint: true
        case .optional(let content): content.isScalar
        default: false
        }
    }
}

extension CompiledExpression {
    /// What evaluation costs at least and at most, as far as can be told in advance.
    ///
    /// - Parameter sizes: how large the variables' values can be.
    public func estimatedCost(sizes: any ExpressionSizes = UnknownSizes()) -> CostRange {
        guard let facts else { return .unknown }
        var estimator = CostEstimator(facts: facts, sizes: sizes)
        return estimator.estimate(node).cost
    }
}
