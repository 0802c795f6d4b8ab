/// Turns a parsed expression into steps: names are resolved, macro variables get their places, literal patterns are compiled.
struct Planner {
    let environment: ExpressionEnvironment
    let source: Source
    private var scope: [(name: String, index: Int)] = []
    private(set) var localCount = 0

    init(environment: ExpressionEnvironment, source: Source) { (self.environment, self.source) = (environment, source) }

    mutating func plan(root: SyntaxNode) throws(ExpressionError) -> any Step {
        do { return try plan(root) } catch {
            throw ExpressionError(kind: .type, issues: [source.issue(error.message, at: error.offset ?? root.offset)])
        }
    }

    private mutating func plan(_ node: SyntaxNode) throws(EvaluationFailure) -> any Step {
        switch node.kind {
        case .literal(let value): return LiteralStep(value: value)
        case .identifier(let name, let isAbsolute):
            if let step = named(name, isAbsolute: isAbsolute, at: node.offset) { return step }
            return FailureStep(message: "undeclared reference to '\(name)' (in container '')", offset: node.offset)
        case .select(let operand, let field, let isOptional):
            if !isOptional, let (name, isAbsolute) = node.qualifiedName, let step = named(name, isAbsolute: isAbsolute, at: node.offset) { return step }
            return SelectStep(operand: try plan(operand), field: field, isOptional: isOptional, offset: node.offset)
        case .presence(let operand, let field): return PresenceStep(operand: try plan(operand), field: field, offset: node.offset)
        case .list(let elements):
            var steps: [(step: any Step, isOptional: Bool)] = []
            for element in elements { steps.append((try plan(element.value), element.isOptional)) }
            return ListStep(elements: steps, offset: node.offset)
        case .map(let entries):
            var steps: [(key: any Step, value: any Step, isOptional: Bool)] = []
            for entry in entries { steps.append((try plan(entry.key), try plan(entry.value), entry.isOptional)) }
            return MapStep(entries: steps, offset: node.offset)
        case .object(let name, _): return FailureStep(message: "unknown type: \(name)", offset: node.offset)
        case .call(let name, let target, let arguments): return try call(name, target, arguments, at: node.offset)
        case .comprehension(let comprehension): return try plan(comprehension, at: node.offset)
        }
    }

    private func named(_ name: String, isAbsolute: Bool, at offset: Int) -> (any Step)? {
        let first = name.prefix { $0 != "." }
        if !isAbsolute, let local = scope.last(where: { $0.name == first }) { return first.count == name.count ? LocalStep(index: local.index) : nil }
        switch environment.resolve(name) {
        case .variable(let name, _): return VariableStep(name: name, offset: offset)
        case .type(let type): return LiteralStep(value: .type(type))
        case nil: return nil
        }
    }

    private mutating func call(_ name: String, _ target: SyntaxNode?, _ arguments: [SyntaxNode], at offset: Int) throws(EvaluationFailure) -> any Step {
        if target == nil {
            switch (name, arguments.count) {
            case ("_&&_", 2), ("_||_", 2):
                return LogicStep(left: try plan(arguments[0]), right: try plan(arguments[1]), decisive: name == "_||_", offset: offset)
            case ("_?_:_", 3):
                return ConditionalStep(condition: try plan(arguments[0]), accepted: try plan(arguments[1]), refused: try plan(arguments[2]), offset: offset)
            case (_, 1):
                if let operation = Operators.unary[name] { return UnaryStep(operand: try plan(arguments[0]), operation: operation, offset: offset) }
            case (_, 2):
                if let (operation, cost) = Operators.binary[name] {
                    return BinaryStep(left: try plan(arguments[0]), right: try plan(arguments[1]), operation: operation, cost: cost, offset: offset)
                }
            default: break
            }
        }
        let (function, isMember) = environment.function(name, target, isLocal: { first in scope.contains { $0.name == first } })
        let nodes = (isMember ? [target].compactMap { $0 } : []) + arguments
        let overloads = function?.overloads.filter { $0.isMember == isMember && $0.parameters.count == nodes.count } ?? []
        guard function != nil else { return FailureStep(message: "unbound function: \(name)", offset: offset) }
        guard !overloads.isEmpty else { return FailureStep(message: "no such overload: \(name)", offset: offset) }
        var steps: [any Step] = []
        for node in nodes { steps.append(try plan(node)) }
        let literals = steps.map { ($0 as? LiteralStep)?.value }
        var prepared: [ExpressionFunction.Body?] = []
        for overload in overloads {
            do { prepared.append(try overload.prepare?(literals) ?? nil) } catch { throw error.at(offset) }
        }
        return CallStep(name: name, arguments: steps, overloads: overloads, prepared: prepared, offset: offset)
    }

    private mutating func plan(_ comprehension: SyntaxNode.Comprehension, at offset: Int) throws(EvaluationFailure) -> any Step {
        let range = try plan(comprehension.range)
        let depth = scope.count
        scope.append((comprehension.variable, localCount))
        localCount += 1
        if let second = comprehension.secondVariable {
            scope.append((second, localCount))
            localCount += 1
        }
        defer { scope.removeSubrange(depth...) }
        let variable = scope[depth].index
        var condition: (any Step)?
        var transform: (any Step)?
        if let node = comprehension.condition { condition = try plan(node) }
        if let node = comprehension.transform { transform = try plan(node) }
        return ComprehensionStep(
            macro: comprehension.macro, range: range, variable: variable, secondVariable: comprehension.secondVariable == nil ? nil : variable + 1,
            condition: condition, transform: transform, offset: offset)
    }
}

extension ExpressionEnvironment {
    /// The function that a call means: one of a namespace (`optional.of`), of a receiver, or a plain one.
    func function(_ name: String, _ target: SyntaxNode?, isLocal: (String) -> Bool) -> (ExpressionFunction?, isMember: Bool) {
        guard let target else { return (functions[name.hasPrefix(".") ? String(name.dropFirst()) : name], false) }
        if let (namespace, isAbsolute) = target.qualifiedName, isAbsolute || !isLocal(String(namespace.prefix { $0 != "." })),
            let function = functions[namespace + "." + name]
        {
            return (function, false)
        }
        return (functions[name], true)
    }
}
