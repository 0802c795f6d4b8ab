extension CostEstimator {
    mutating func call(_ name: String, _ target: SyntaxNode?, _ arguments: [SyntaxNode], _ node: SyntaxNode, _ type: ExpressionType) -> Part {
        let signatures = facts.signatures[node.id] ?? []
        let isMember = signatures.first?.isMember ?? false
        let parts = arguments.map { estimate($0) }
        let receiver = isMember ? target.map { estimate($0) } : nil
        let argumentCost = parts.reduce(CostRange.zero) { $0 + $1.cost }
        if name == "dyn", let part = parts.first {
            return Part(cost: part.cost + CostRange(1), path: nil, size: part.size, elementSize: part.elementSize, type: type)
        }
        // A function of a namespace is known by its whole name.
        var function = name
        if let target, !isMember, let (namespace, _) = target.qualifiedName { function = "\(namespace).\(name)" }
        var result = Call(cost: CostRange(.max, 0))
        for signature in signatures.isEmpty ? [Operators.Signature([], type)] : signatures {
            let known = library(function, signature, receiver, parts) ?? standard(function, signature, receiver, parts, argumentCost)
            let found = known ?? Call(cost: CostRange(1))
            let cost = found.includesArguments ? found.cost : found.cost + argumentCost
            result.cost = result.cost.union(cost)
            if let size = found.size { result.size = result.size?.union(size) ?? size }
            result.elementSize = result.elementSize ?? found.elementSize
            result.path = found.path ?? result.path
        }
        return part((receiver?.cost ?? .zero) + result.cost, path: result.path, size: result.size, elementSize: result.elementSize, type)
    }

    /// What one overload costs.
    struct Call {
        var cost: CostRange
        var size: CostRange?
        var elementSize: CostRange?
        var path: [String]?
        /// Operators that may leave arguments out count them themselves.
        var includesArguments = false
    }

    private func standard(_ name: String, _ signature: Operators.Signature, _ target: Part?, _ arguments: [Part], _ argumentCost: CostRange) -> Call? {
        switch (name, arguments.count) {
        case ("_&&_", 2), ("_||_", 2):
            return Call(cost: CostRange(arguments[0].cost.min, argumentCost.max), includesArguments: true)
        case ("_?_:_", 3):
            let size = arguments[1].sizeOrUnknown.union(arguments[2].sizeOrUnknown)
            var elementSize: CostRange?
            if let left = arguments[1].elementSize, let right = arguments[2].elementSize { elementSize = left.union(right) }
            return Call(
                cost: arguments[0].cost + arguments[1].cost.union(arguments[2].cost), size: size, elementSize: elementSize, includesArguments: true)
        case ("_+_", 2): return addition(signature, arguments)
        case ("_==_", 2), ("_!=_", 2): return comparison(arguments)
        case ("_<_", 2), ("_<=_", 2), ("_>_", 2), ("_>=_", 2):
            return [.string, .bytes].contains(signature.parameters.first) ? comparison(arguments) : nil
        case ("@in", 2):
            guard case .list = signature.parameters.last else { return nil }
            return Call(cost: arguments[1].sizeOrUnknown)
        case ("_[_]", 2):
            switch signature.parameters.first {
            case .list: return Call(cost: CostRange(1), size: arguments[0].elementSize, path: arguments[0].path.map { $0 + ["@items"] })
            case .map: return Call(cost: CostRange(1), size: arguments[0].elementSize, path: arguments[0].path.map { $0 + ["@values"] })
            default: return nil
            }
        case ("string", 1) where signature.parameters == [.bytes]:
            let size = arguments[0].sizeOrUnknown
            return Call(cost: size.times(Self.traversal), size: CostRange(size.min / 4, size.max))
        case ("bytes", 1) where signature.parameters == [.string]:
            let size = arguments[0].sizeOrUnknown
            return Call(cost: size.times(Self.traversal), size: CostRange(size.min, size.max.multipliedOrMaximum(by: 4)))
        case ("strings.quote", 1):
            let size = arguments[0].sizeOrUnknown
            return Call(cost: size.times(Self.traversal), size: size * CostRange(1, 2) + CostRange(2))
        case ("startsWith", 1), ("endsWith", 1): return Call(cost: arguments[0].sizeOrUnknown.times(Self.traversal))
        case ("format", 1): return target.map { Call(cost: $0.sizeOrUnknown.times(Self.traversal)) }
        case ("contains", 1):
            return target.map { Call(cost: $0.sizeOrUnknown.times(Self.traversal) * arguments[0].sizeOrUnknown.times(Self.traversal)) }
        case ("matches", 1): return target.map { Call(cost: search($0, arguments[0])) }
        case ("sets.contains", 2), ("sets.intersects", 2):
            return Call(cost: arguments[0].sizeOrUnknown * arguments[1].sizeOrUnknown + CostRange(1))
        case ("sets.equivalent", 2):
            return Call(cost: (arguments[0].sizeOrUnknown * arguments[1].sizeOrUnknown).times(2) + CostRange(1))
        default: return nil
        }
    }

    private func addition(_ signature: Operators.Signature, _ arguments: [Part]) -> Call? {
        let size = arguments[0].sizeOrUnknown + arguments[1].sizeOrUnknown
        var elementSize: CostRange?
        if let left = arguments[0].elementSize, let right = arguments[1].elementSize { elementSize = left.union(right) }
        switch signature.parameters.first {
        // Lists are joined without a copy.
        case .list: return Call(cost: CostRange(1), size: size, elementSize: elementSize)
        case .string, .bytes: return Call(cost: size.times(Self.traversal), size: size)
        default: return nil
        }
    }

    private func comparison(_ arguments: [Part]) -> Call {
        let most = min(arguments[0].sizeOrUnknown.max, arguments[1].sizeOrUnknown.max)
        return Call(cost: CostRange(most > 0 ? 1 : 0, most).times(Self.traversal))
    }

    /// A search for a pattern, of whose length every fourth character counts.
    func search(_ text: Part, _ pattern: Part) -> CostRange {
        (text.sizeOrUnknown + CostRange(1)).times(Self.traversal) * pattern.sizeOrUnknown.times(Self.regexLength)
    }
}
