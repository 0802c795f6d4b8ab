extension CostEstimator {
    mutating func estimate(_ macro: SyntaxNode.Comprehension, _ type: ExpressionType) -> Part {
        let range = estimate(macro.range)
        switch macro.macro {
        case .optMap, .optFlatMap: return content(macro, of: range, type)
        default: break
        }
        let depth = locals.count
        pushVariables(macro, range)
        defer { locals.removeSubrange(depth...) }
        let condition = macro.condition.map { estimate($0).cost }
        let transformed = macro.transform.map { estimate($0) }
        let count = range.sizeOrUnknown
        switch macro.macro {
        case .all, .exists:
            // `@not_strictly_false(result)`, negated for `exists`, and `result && condition`, whose right side may be skipped.
            let loop = CostRange(macro.macro == .all ? 2 : 3)
            let step = CostRange(1, (condition ?? .zero).max.addingOrMaximum(1))
            return part(range.cost + count * (loop + step) + CostRange(1), type)
        case .existsOne:
            return part(range.cost + count * ((condition ?? .zero) + CostRange(1, 2)) + CostRange(2), type)
        case .filter:
            let element = locals.last.flatMap { named($0.name) }
            return list(range, count, step: CostRange(13), condition: condition, elementSize: element ?? .unknown, type)
        case .map, .transformList:
            return list(range, count, step: (transformed?.cost ?? .zero) + CostRange(12), condition: condition, elementSize: transformed?.sizeOrUnknown, type)
        case .sortBy:
            let keys = list(range, count, step: (transformed?.cost ?? .zero) + CostRange(12), condition: nil, elementSize: nil, type)
            return part(keys.cost + count.times(1) + CostRange(13), size: count, type)
        default:
            let step = (transformed?.cost ?? .zero) + CostRange(macro.macro == .transformMap ? 3 : 2)
            let whole = condition.map { $0 + step.union(CostRange(1)) } ?? step
            return part(range.cost + CostRange(31) + count * whole, size: count, type)
        }
    }

    /// A list that grows by at most one element for each of the range.
    private func list(
        _ range: Part, _ count: CostRange, step: CostRange, condition: CostRange?, elementSize: CostRange?, _ type: ExpressionType
    ) -> Part {
        let whole = condition.map { $0 + step.union(CostRange(1)) } ?? step
        let elements = elementSize.map { CostRange(0, $0.max) }
        return part(range.cost + CostRange(11) + count * whole, size: count, elementSize: elements, type)
    }

    private func named(_ name: String) -> CostRange? {
        guard let local = locals.last(where: { $0.name == name }) else { return nil }
        return local.path.flatMap { sizes.largestSize(at: $0) }.map { CostRange(0, $0) } ?? local.size
    }

    private mutating func pushVariables(_ macro: SyntaxNode.Comprehension, _ range: Part) {
        var isList = false
        if case .list = range.type { isList = true }
        func local(_ name: String, _ step: String, _ size: CostRange?) -> Local {
            Local(name: name, path: range.path.map { $0 + [step] }, size: size, elementSize: nil)
        }
        if let second = macro.secondVariable {
            locals.append(local(macro.variable, isList ? "@indices" : "@keys", isList ? CostRange(1) : nil))
            locals.append(local(second, isList ? "@items" : "@values", range.elementSize))
        } else {
            locals.append(local(macro.variable, isList ? "@items" : "@keys", isList ? range.elementSize : nil))
        }
    }

    /// `optMap` is `target.hasValue() ? optional.of(the transformed target.value()) : optional.none()`.
    private mutating func content(_ macro: SyntaxNode.Comprehension, of target: Part, _ type: ExpressionType) -> Part {
        var inner = ExpressionType.dyn
        if case .optional(let content) = target.type { inner = content }
        locals.append(Local(name: macro.variable, path: nil, size: inner.isScalar ? CostRange(1) : nil, elementSize: nil))
        defer { locals.removeLast() }
        let transformed = macro.transform.map { estimate($0).cost } ?? .zero
        let bound = CostRange(10) + target.cost + CostRange(1) + transformed
        let accepted = macro.macro == .optMap ? bound + CostRange(1) : bound
        return part(target.cost + CostRange(1) + accepted.union(CostRange(1)), type)
    }
}
