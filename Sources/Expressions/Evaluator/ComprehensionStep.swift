/// A macro that visits the elements of a list or map, or the content of an optional.
struct ComprehensionStep: Step {
    let macro: SyntaxNode.Macro
    let range: any Step
    let variable: Int
    let secondVariable: Int?
    let condition: (any Step)?
    let transform: (any Step)?
    let offset: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        let range = try range.evaluate(frame)
        switch macro {
        case .optMap, .optFlatMap: return try content(of: range, frame)
        case .all: return try fold(range, decisive: false, frame)
        case .exists: return try fold(range, decisive: true, frame)
        case .existsOne:
            var count = 0
            try visit(range, frame, overhead: 0) { () throws(EvaluationFailure) in
                let holds = try holds(frame)
                try frame.charge(holds ? 2 : 1)
                if holds { count += 1 }
                return true
            }
            try frame.charge(2)
            return .bool(count == 1)
        case .map, .filter, .transformList: return .list(try list(range, frame))
        case .sortBy:
            var pairs: [(key: ExpressionValue, element: ExpressionValue)] = []
            try visit(range, frame, overhead: 12) { () throws(EvaluationFailure) in
                if let transform { pairs.append((try transform.evaluate(frame), frame.locals[variable])) }
                return true
            }
            do { return .list(try pairs.sortedByKey()) } catch { throw error.at(offset) }
        case .transformMap, .transformMapEntry: return .map(try map(range, frame))
        }
    }

    private func list(_ range: ExpressionValue, _ frame: Frame) throws(EvaluationFailure) -> [ExpressionValue] {
        var values: [ExpressionValue] = []
        // The empty list, and the result.
        try frame.charge(11)
        try visit(range, frame, overhead: 1) { () throws(EvaluationFailure) in
            guard try holds(frame) else { return true }
            // A list of one element that is joined with those before.
            try frame.charge(11)
            if let transform {
                values.append(try transform.evaluate(frame))
            } else {
                try frame.charge(1)
                values.append(frame.locals[variable])
            }
            return true
        }
        return values
    }

    private func map(_ range: ExpressionValue, _ frame: Frame) throws(EvaluationFailure) -> DictionaryMap {
        var map = DictionaryMap()
        try frame.charge(31)
        try visit(range, frame, overhead: 1) { () throws(EvaluationFailure) in
            guard try holds(frame), let transform else { return true }
            try frame.charge(macro == .transformMap ? 2 : 1)
            let value = try transform.evaluate(frame)
            if macro == .transformMap {
                if !map.insert(value, forKey: frame.locals[variable]) { throw EvaluationFailure("Failed with repeated key").at(offset) }
                return true
            }
            guard case .map(let entries) = value else { throw EvaluationFailure.noSuchOverload.at(offset) }
            for key in entries.keys {
                guard let member = entries.value(forKey: key), map.insert(member, forKey: key) else {
                    throw EvaluationFailure("insert failed: key \(key.displayText) already exists").at(offset)
                }
            }
            return true
        }
        return map
    }

    private func content(of range: ExpressionValue, _ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        guard case .optional(let content) = range, let transform else { throw EvaluationFailure.noSuchOverload.at(offset) }
        guard let content else { return range }
        frame.locals[variable] = content
        let value = try transform.evaluate(frame)
        if macro == .optMap { return .optional(value) }
        guard case .optional = value else { throw EvaluationFailure.noSuchOverload.at(offset) }
        return value
    }

    private func holds(_ frame: Frame) throws(EvaluationFailure) -> Bool {
        guard let condition else { return true }
        guard case .bool(let value) = try condition.evaluate(frame) else { throw EvaluationFailure.noSuchOverload.at(offset) }
        return value
    }

    /// `all` and `exists`: an element that decides wins over the errors of others.
    private func fold(_ range: ExpressionValue, decisive: Bool, _ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        var failure: EvaluationFailure?
        var isDecided = false
        // Whether the result is decided is asked before each element, then the element is combined with the result.
        try visit(range, frame, overhead: decisive ? 3 : 2) { () throws(EvaluationFailure) in
            guard !isDecided else { return false }
            try frame.charge(1)
            do throws(EvaluationFailure) {
                isDecided = try holds(frame) == decisive
            } catch {
                if !error.isRecoverable { throw error }
                failure = failure ?? error
            }
            return true
        }
        try frame.charge(1)
        if isDecided { return .bool(decisive) }
        if let failure { throw failure }
        return .bool(!decisive)
    }

    /// Sets the variables for each element until `body` returns false. `overhead` is what cel-go's expansion of the macro costs for each.
    private func visit(
        _ range: ExpressionValue, _ frame: Frame, overhead: UInt64, _ body: () throws(EvaluationFailure) -> Bool
    ) throws(EvaluationFailure) {
        switch range {
        case .list(let list):
            for index in 0..<list.count {
                try frame.countIteration()
                try frame.charge(overhead)
                if let secondVariable {
                    frame.locals[variable] = .int(Int64(index))
                    frame.locals[secondVariable] = list[index]
                } else {
                    frame.locals[variable] = list[index]
                }
                if try !body() { return }
            }
        case .map(let map):
            for key in map.keys {
                try frame.countIteration()
                try frame.charge(overhead)
                frame.locals[variable] = key
                if let secondVariable { frame.locals[secondVariable] = map.value(forKey: key) ?? .null }
                if try !body() { return }
            }
        default: throw EvaluationFailure("type '\(range.type.runtimeName)' cannot be the range of a macro (must be a list or a map)").at(offset)
        }
    }
}

extension [(key: ExpressionValue, element: ExpressionValue)] {
    /// The elements in the order of their keys, which must be of one type that has an order; equal keys keep their order.
    func sortedByKey() throws(EvaluationFailure) -> [ExpressionValue] {
        for (left, right) in zip(self, dropFirst()) {
            guard left.key.type == right.key.type else { throw EvaluationFailure("list elements must have the same type") }
            _ = try left.key.compare(to: right.key)
        }
        // What could not be compared has been found above.
        return sorted { (try? $0.key.compare(to: $1.key)) == .less }.map(\.element)
    }
}
