struct LiteralStep: Step {
    let value: ExpressionValue
    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue { value }
}

struct VariableStep: Step {
    let name: String
    let offset: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        try frame.charge(1)
        let value: ExpressionValue?
        do { value = try frame.bindings.value(of: name) } catch { throw error.at(offset) }
        guard let value else { throw EvaluationFailure("no such attribute(s): \(name)").at(offset) }
        return value
    }
}

struct LocalStep: Step {
    let index: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        try frame.charge(1)
        return frame.locals[index]
    }
}

/// Fails when it is reached, since a name was not declared and nothing checked that.
struct FailureStep: Step {
    let message: String
    let offset: Int
    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue { throw EvaluationFailure(message).at(offset) }
}

struct SelectStep: Step {
    let operand: any Step
    let field: String
    let isOptional: Bool
    let offset: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        let value = try operand.evaluate(frame)
        try frame.charge(1)
        switch value {
        case .map(let map):
            if let member = map.value(named: field) { return isOptional ? .optional(member) : member }
            if isOptional { return .optional(nil) }
            throw EvaluationFailure("no such key: \(field)").at(offset)
        case .optional(let content):
            guard let content else { return value }
            guard case .map(let map) = content else { throw EvaluationFailure.noSuchOverload.at(offset) }
            return .optional(map.value(named: field))
        case .null: throw EvaluationFailure("no such key: \(field)").at(offset)
        default: throw EvaluationFailure("type '\(value.type.runtimeName)' does not support field selection").at(offset)
        }
    }
}

struct PresenceStep: Step {
    let operand: any Step
    let field: String
    let offset: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        let value = try operand.evaluate(frame)
        // Kubernetes keeps tests for presence free.
        switch value {
        case .map(let map), .optional(.some(.map(let map))): return .bool(map.value(named: field) != nil)
        case .optional(nil), .null: return .bool(false)
        default: throw EvaluationFailure("type '\(value.type.runtimeName)' does not support field selection").at(offset)
        }
    }
}

struct UnaryStep: Step {
    let operand: any Step
    let operation: @Sendable (ExpressionValue) throws(EvaluationFailure) -> ExpressionValue
    let offset: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        let value = try operand.evaluate(frame)
        try frame.charge(1)
        do { return try operation(value) } catch { throw error.at(offset) }
    }
}

struct BinaryStep: Step {
    let left: any Step
    let right: any Step
    let operation: Operators.Binary
    let cost: Operators.BinaryCost
    let offset: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        let (left, right) = (try left.evaluate(frame), try right.evaluate(frame))
        switch cost {
        case .one: try frame.charge(1)
        case .smaller: try frame.charge(ExpressionFunction.Cost.tenth(min(left.size, right.size)))
        case .both:
            // cel-go charges 1 for lists, which it joins without a copy; here that would let a few additions fill the memory.
            try frame.charge(ExpressionFunction.Cost.tenth(left.size + right.size))
        case .rightElements:
            if case .list(let list) = right { try frame.charge(UInt64(max(1, list.count))) } else { try frame.charge(1) }
        }
        do { return try operation(left, right) } catch { throw error.at(offset) }
    }
}

/// `&&` and `||`: an operand that decides alone wins over an error of the other.
struct LogicStep: Step {
    let left: any Step
    let right: any Step
    /// The value that decides: false for `&&`, true for `||`.
    let decisive: Bool
    let offset: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        let failure: EvaluationFailure
        do throws(EvaluationFailure) {
            if case .bool(let value) = try left.evaluate(frame) {
                if value == decisive { return .bool(decisive) }
                guard case .bool(let value) = try right.evaluate(frame) else { throw EvaluationFailure.noSuchOverload.at(offset) }
                return .bool(value)
            }
            failure = EvaluationFailure.noSuchOverload.at(offset)
        } catch {
            failure = error
        }
        guard failure.isRecoverable else { throw failure }
        do throws(EvaluationFailure) {
            if case .bool(decisive) = try right.evaluate(frame) { return .bool(decisive) }
        } catch {
            if !error.isRecoverable { throw error }
        }
        throw failure
    }
}

struct ConditionalStep: Step {
    let condition: any Step
    let accepted: any Step
    let refused: any Step
    let offset: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        guard case .bool(let value) = try condition.evaluate(frame) else { throw EvaluationFailure.noSuchOverload.at(offset) }
        return try value ? accepted.evaluate(frame) : refused.evaluate(frame)
    }
}

struct ListStep: Step {
    let elements: [(step: any Step, isOptional: Bool)]
    let offset: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        try frame.charge(10)
        var values: [ExpressionValue] = []
        values.reserveCapacity(elements.count)
        for (step, isOptional) in elements {
            let value = try step.evaluate(frame)
            guard isOptional else {
                values.append(value)
                continue
            }
            guard case .optional(let content) = value else {
                throw EvaluationFailure("cannot initialize optional list element from non-optional value").at(offset)
            }
            if let content { values.append(content) }
        }
        return .list(values)
    }
}

struct MapStep: Step {
    let entries: [(key: any Step, value: any Step, isOptional: Bool)]
    let offset: Int

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        try frame.charge(30)
        var map = DictionaryMap()
        for (key, value, isOptional) in entries {
            let key = try key.evaluate(frame)
            var member = try value.evaluate(frame)
            switch key {
            case .bool, .int, .uint, .string: break
            default: throw EvaluationFailure("unsupported key type: \(key.type.runtimeName)").at(offset)
            }
            if isOptional {
                guard case .optional(let content) = member else {
                    throw EvaluationFailure("cannot initialize optional entry from non-optional value").at(offset)
                }
                guard let content else { continue }
                member = content
            }
            guard map.insert(member, forKey: key) else { throw EvaluationFailure("Failed with repeated key").at(offset) }
        }
        return .map(map)
    }
}

struct CallStep: Step {
    let name: String
    let arguments: [any Step]
    let overloads: [ExpressionFunction.Overload]
    let prepared: [ExpressionFunction.Body?]
    let offset: Int

    private static let freeSize = 10_000

    func evaluate(_ frame: Frame) throws(EvaluationFailure) -> ExpressionValue {
        var values: [ExpressionValue] = []
        values.reserveCapacity(arguments.count)
        for argument in arguments { values.append(try argument.evaluate(frame)) }
        for (index, overload) in overloads.enumerated() where overload.accepts(values) {
            try frame.charge(overload.cost.units(values))
            let result: ExpressionValue
            do { result = try (prepared[index] ?? overload.body)(values) } catch { throw error.at(offset) }
            try frame.charge(overload.cost.units(of: result))
            // Some results are far larger than the arguments; beyond what cel-go counts, so that calls in calls cannot fill the memory.
            if result.size > Self.freeSize { try frame.charge(UInt64(result.size)) }
            return result
        }
        throw EvaluationFailure("no such overload: \(name)(\(values.map(\.type.runtimeName).joined(separator: ", ")))").at(offset)
    }
}
