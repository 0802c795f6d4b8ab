/// Finds what open types stand for while an expression is checked, by the rules of cel-go's checker.
struct TypeUnifier {
    private var substitutions: [String: ExpressionType] = [:]
    private var freshCount = 0

    mutating func freshParameter() -> ExpressionType {
        freshCount += 1
        return .parameter("_var\(freshCount)")
    }

    /// The overload with parameters of its own.
    mutating func instantiate(_ overload: Operators.Signature) -> (parameters: [ExpressionType], result: ExpressionType) {
        var fresh: [String: ExpressionType] = [:]
        let parameters = overload.parameters.map { rename($0, &fresh) }
        return (parameters, rename(overload.result, &fresh))
    }

    private mutating func rename(_ type: ExpressionType, _ fresh: inout [String: ExpressionType]) -> ExpressionType {
        switch type {
        case .parameter(let name):
            if let known = fresh[name] { return known }
            let parameter = freshParameter()
            fresh[name] = parameter
            return parameter
        case .list(let element): return .list(rename(element, &fresh))
        case .map(let key, let value): return .map(rename(key, &fresh), rename(value, &fresh))
        case .type(let type): return .type(rename(type, &fresh))
        case .optional(let type): return .optional(rename(type, &fresh))
        default: return type
        }
    }

    func substitute(_ type: ExpressionType, openAsDyn: Bool) -> ExpressionType {
        switch type {
        case .parameter(let name):
            if let known = substitutions[name] { return substitute(known, openAsDyn: openAsDyn) }
            return openAsDyn ? .dyn : type
        case .list(let element): return .list(substitute(element, openAsDyn: openAsDyn))
        case .map(let key, let value): return .map(substitute(key, openAsDyn: openAsDyn), substitute(value, openAsDyn: openAsDyn))
        case .type(let type): return .type(substitute(type, openAsDyn: openAsDyn))
        case .optional(let type): return .optional(substitute(type, openAsDyn: openAsDyn))
        default: return type
        }
    }

    mutating func areAssignable(_ types: [ExpressionType], _ targets: [ExpressionType]) -> Bool {
        let before = substitutions
        for (type, target) in zip(types, targets) where !unify(type, target) {
            substitutions = before
            return false
        }
        return true
    }

    /// Whether a value of `type` can stand where `target` is wanted. What was open in either is settled by a yes.
    mutating func isAssignable(_ type: ExpressionType, _ target: ExpressionType) -> Bool { areAssignable([type], [target]) }

    private mutating func unify(_ type: ExpressionType, _ target: ExpressionType) -> Bool {
        if case .parameter(let name) = target {
            let (isValid, isKnown) = bind(name, to: type)
            if isValid || isKnown { return isValid }
        }
        if case .parameter(let name) = type { return bind(name, to: target).isValid }
        switch (type, target) {
        case (.dyn, _), (_, .dyn): return true
        case (.null, let other), (let other, .null): return other.isNullable
        case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)): return unify(left, right)
        case (.map(let leftKey, let left), .map(let rightKey, let right)): return unify(leftKey, rightKey) && unify(left, right)
        case (.type, .type): return true
        default: return type == target
        }
    }

    private mutating func bind(_ name: String, to type: ExpressionType) -> (isValid: Bool, isKnown: Bool) {
        if type == .parameter(name) { return (true, true) }
        if let known = substitutions[name] {
            if type == known { return (true, true) }
            guard unify(type, known) else { return (false, true) }
            let general = Self.mostGeneral(type, known)
            if !refers(general, to: name) { substitutions[name] = general }
            return (true, true)
        }
        guard !refers(type, to: name) else { return (false, false) }
        substitutions[name] = type
        return (true, false)
    }

    private func refers(_ type: ExpressionType, to name: String) -> Bool {
        switch type {
        case .parameter(let other): other == name || substitutions[other].map { refers($0, to: name) } == true
        case .list(let element), .optional(let element), .type(let element): refers(element, to: name)
        case .map(let key, let value): refers(key, to: name) || refers(value, to: name)
        default: false
        }
    }

    static func mostGeneral(_ left: ExpressionType, _ right: ExpressionType) -> ExpressionType {
        if right == .null, left.isNullable { return left }
        return isEqualOrLessSpecific(left, right) ? left : right
    }

    private static func isEqualOrLessSpecific(_ left: ExpressionType, _ right: ExpressionType) -> Bool {
        switch (left, right) {
        case (.dyn, _), (.parameter, _): true
        case (_, .dyn), (_, .parameter): false
        case (.list(let left), .list(let right)), (.optional(let left), .optional(let right)): isEqualOrLessSpecific(left, right)
        case (.map(let leftKey, let left), .map(let rightKey, let right)):
            isEqualOrLessSpecific(leftKey, rightKey) && isEqualOrLessSpecific(left, right)
        case (.type, .type): true
        default: left == right
        }
    }
}

extension ExpressionType {
    /// Whether the checker lets `null` stand for it, as cel-go's does.
    var isNullable: Bool {
        switch self {
        case .null, .timestamp, .duration, .optional, .object, .opaque: true
        default: false
        }
    }
}
