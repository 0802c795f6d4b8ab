/// Derives the type of every part of an expression and finds names and types that do not fit, as cel-go's checker does.
struct Checker {
    let environment: ExpressionEnvironment
    let source: Source
    private var scope: [(name: String, type: ExpressionType)] = []
    private var unifier = TypeUnifier()
    private var issues: [ExpressionError.Issue] = []
    private var types: [Int: ExpressionType] = [:]
    private var signatures: [Int: [Operators.Signature]] = [:]
    private var references: Set<String> = []

    init(environment: ExpressionEnvironment, source: Source) { (self.environment, self.source) = (environment, source) }

    /// What there is to know about the expression; types that stay open are `dyn`.
    mutating func check(_ node: SyntaxNode, expecting expected: ExpressionType) throws(ExpressionError) -> CheckedFacts {
        let type = check(node)
        if issues.isEmpty, !unifier.isAssignable(type, expected) { report("expected type '\(expected)' but found '\(type)'", at: node.offset) }
        guard issues.isEmpty else { throw ExpressionError(kind: .type, issues: issues.sorted { ($0.line, $0.column) < ($1.line, $1.column) }) }
        return CheckedFacts(
            type: unifier.substitute(type, openAsDyn: true), types: types.mapValues { unifier.substitute($0, openAsDyn: true) }, signatures: signatures,
            references: references)
    }

    private mutating func report(_ message: String, at offset: Int) { issues.append(source.issue(message, at: offset)) }

    private mutating func check(_ node: SyntaxNode) -> ExpressionType {
        let type = derive(node)
        types[node.id] = type
        return type
    }

    private mutating func derive(_ node: SyntaxNode) -> ExpressionType {
        switch node.kind {
        case .literal(let value): return value.type
        case .identifier(let name, let isAbsolute):
            if let type = named(name, isAbsolute: isAbsolute) { return type }
            report("undeclared reference to '\(name)' (in container '')", at: node.offset)
            return .dyn
        case .select(let operand, let field, let isOptional):
            if !isOptional, let (name, isAbsolute) = node.qualifiedName, let type = named(name, isAbsolute: isAbsolute) { return type }
            let type = select(field, of: check(operand), at: node.offset, isOptional: isOptional)
            if isOptional, case .optional = type { return type }
            return isOptional ? .optional(type) : type
        case .presence(let operand, let field):
            _ = select(field, of: check(operand), at: node.offset, isOptional: false)
            return .bool
        case .list(let elements): return list(elements)
        case .map(let entries): return map(entries)
        case .object(let name, _):
            report("undeclared reference to '\(name)' (in container '')", at: node.offset)
            return .dyn
        case .call(let name, let target, let arguments): return call(name, target, arguments, at: node.offset, id: node.id)
        case .comprehension(let comprehension): return check(comprehension, at: node.offset)
        }
    }

    private mutating func named(_ name: String, isAbsolute: Bool) -> ExpressionType? {
        let first = name.prefix { $0 != "." }
        if !isAbsolute, let local = scope.last(where: { $0.name == first }) { return first.count == name.count ? local.type : nil }
        switch environment.resolve(name) {
        case .variable(let name, let type):
            references.insert(name)
            return type
        case .type(let type): return .type(type)
        case nil: return nil
        }
    }

    private mutating func select(_ field: String, of operand: ExpressionType, at offset: Int, isOptional: Bool) -> ExpressionType {
        switch unifier.substitute(operand, openAsDyn: false) {
        case .map(_, let value): return value
        case .optional(let content):
            let type = select(field, of: content, at: offset, isOptional: isOptional)
            if case .optional = type { return type }
            return .optional(type)
        case .object(let name):
            if let type = environment.objects?.type(ofField: field, in: name) { return type }
            report("undefined field '\(field)'", at: offset)
            return .dyn
        case .parameter(let name):
            // Whatever is selected from must not get another type later.
            _ = unifier.isAssignable(.dyn, .parameter(name))
            return .dyn
        case .dyn: return .dyn
        case let type:
            report("type '\(type)' does not support field selection", at: offset)
            return .dyn
        }
    }

    // MARK: Literals

    private mutating func list(_ elements: [SyntaxNode.Element]) -> ExpressionType {
        var joined: ExpressionType?
        for element in elements { join(&joined, checkEntry(element.value, isOptional: element.isOptional), at: element.value.offset) }
        return .list(joined ?? unifier.freshParameter())
    }

    private mutating func map(_ entries: [SyntaxNode.Entry]) -> ExpressionType {
        var (key, value): (ExpressionType?, ExpressionType?)
        for entry in entries {
            let keyType = check(entry.key)
            switch unifier.substitute(keyType, openAsDyn: false) {
            case .bool, .int, .uint, .string, .dyn, .parameter: join(&key, keyType, at: entry.key.offset)
            case let type:
                report("unsupported map key type: \(type)", at: entry.key.offset)
                key = .dyn
            }
            join(&value, checkEntry(entry.value, isOptional: entry.isOptional), at: entry.value.offset)
        }
        return .map(key ?? unifier.freshParameter(), value ?? unifier.freshParameter())
    }

    private mutating func checkEntry(_ node: SyntaxNode, isOptional: Bool) -> ExpressionType {
        let type = check(node)
        guard isOptional else { return type }
        switch unifier.substitute(type, openAsDyn: false) {
        case .optional(let content): return content
        case .dyn: return .dyn
        default:
            report("expected type 'optional_type(\(type))' but found '\(type)'", at: node.offset)
            return type
        }
    }

    private mutating func join(_ joined: inout ExpressionType?, _ type: ExpressionType, at offset: Int) {
        guard let previous = joined else {
            joined = type
            return
        }
        if unifier.isAssignable(previous, type) {
            joined = TypeUnifier.mostGeneral(previous, type)
        } else if environment.requiresHomogeneousLiterals {
            report("expected type '\(unifier.substitute(previous, openAsDyn: true))' but found '\(unifier.substitute(type, openAsDyn: true))'", at: offset)
        } else {
            joined = .dyn
        }
    }

    // MARK: Calls

    private mutating func call(_ name: String, _ target: SyntaxNode?, _ arguments: [SyntaxNode], at offset: Int, id: Int) -> ExpressionType {
        let (function, isMember) = environment.function(name, target, isLocal: { first in scope.contains { $0.name == first } })
        let declared = (target == nil ? Operators.declarations[name] : nil) ?? function?.overloads.map(Operators.Signature.init) ?? []
        guard !declared.isEmpty else {
            if let target, isMember { _ = check(target) }
            for argument in arguments { _ = check(argument) }
            report("undeclared reference to '\(name)' (in container '')", at: offset)
            return .dyn
        }
        var types: [ExpressionType] = []
        if let target, isMember { types.append(check(target)) }
        for argument in arguments { types.append(check(argument)) }
        var result: ExpressionType?
        var matching: [Operators.Signature] = []
        for overload in declared where overload.isMember == isMember && overload.parameters.count == types.count {
            let (parameters, overloadResult) = unifier.instantiate(overload)
            guard unifier.areAssignable(types, parameters) else { continue }
            matching.append(overload)
            let type = unifier.substitute(overloadResult, openAsDyn: false)
            if let previous = result, previous != .dyn, previous != type { result = .dyn } else { result = result ?? type }
        }
        guard let result else {
            let texts = types.map { unifier.substitute($0, openAsDyn: true).description }
            let applied = isMember ? "\(texts[0]).(\(texts.dropFirst().joined(separator: ", ")))" : "(\(texts.joined(separator: ", ")))"
            report("found no matching overload for '\(name)' applied to '\(applied)'", at: offset)
            return .dyn
        }
        signatures[id] = matching
        if environment.validatesLiterals { validateLiteral(of: name, arguments.first) }
        return result
    }

    /// Text that a function can never read is found before anything is evaluated.
    private mutating func validateLiteral(of function: String, _ argument: SyntaxNode?) {
        guard let argument, case .literal(.string(let text)) = argument.kind else { return }
        let isValid =
            switch function {
            case "duration": DurationText.nanoseconds(text) != nil
            case "timestamp": Timestamp(parsing: text) != nil
            case "matches": (try? LinearRegex(text)) != nil
            default: true
            }
        if !isValid { report("invalid \(function) argument", at: argument.offset) }
    }

    // MARK: Macros

    private mutating func check(_ comprehension: SyntaxNode.Comprehension, at offset: Int) -> ExpressionType {
        let range = unifier.substitute(check(comprehension.range), openAsDyn: false)
        let (key, element): (ExpressionType, ExpressionType)
        switch (comprehension.macro, range) {
        case (.optMap, .optional(let content)), (.optFlatMap, .optional(let content)): (key, element) = (.dyn, content)
        case (_, .dyn): (key, element) = (.dyn, .dyn)
        case (_, .parameter):
            _ = unifier.isAssignable(.dyn, range)
            (key, element) = (.dyn, .dyn)
        case (.optMap, _), (.optFlatMap, _):
            report("found no matching overload for '\(comprehension.macro)' applied to '\(range)'", at: comprehension.range.offset)
            (key, element) = (.dyn, .dyn)
        case (_, .list(let type)): (key, element) = (.int, type)
        case (_, .map(let keyType, let type)): (key, element) = comprehension.secondVariable == nil ? (keyType, keyType) : (keyType, type)
        default:
            report("expression of type '\(range)' cannot be range of a comprehension (must be list, map, or dynamic)", at: comprehension.range.offset)
            (key, element) = (.dyn, .dyn)
        }
        let depth = scope.count
        if let second = comprehension.secondVariable {
            scope.append((comprehension.variable, key))
            scope.append((second, element))
        } else {
            scope.append((comprehension.variable, element))
        }
        defer { scope.removeSubrange(depth...) }
        if let condition = comprehension.condition {
            let type = check(condition)
            if !unifier.isAssignable(type, .bool) {
                report("expected type 'bool' but found '\(unifier.substitute(type, openAsDyn: true))'", at: condition.offset)
            }
        }
        let transformed = comprehension.transform.map { check($0) } ?? .dyn
        switch comprehension.macro {
        case .all, .exists, .existsOne: return .bool
        case .filter: return .list(element)
        case .sortBy:
            let key = unifier.substitute(transformed, openAsDyn: true)
            switch key {
            case .dyn, .int, .uint, .double, .bool, .duration, .timestamp, .string, .bytes: break
            default:
                report("found no matching overload for 'sortBy': list elements cannot be ordered by '\(key)'", at: comprehension.transform?.offset ?? offset)
            }
            return .list(element)
        case .map, .transformList: return .list(transformed)
        case .transformMap: return .map(key, transformed)
        case .transformMapEntry:
            if case .map = unifier.substitute(transformed, openAsDyn: false) { return transformed }
            return .map(.dyn, .dyn)
        case .optMap: return .optional(transformed)
        case .optFlatMap:
            let expected = ExpressionType.optional(unifier.freshParameter())
            if !unifier.isAssignable(transformed, expected), let node = comprehension.transform {
                report("expected type 'optional_type' but found '\(unifier.substitute(transformed, openAsDyn: true))'", at: node.offset)
            }
            return unifier.substitute(expected, openAsDyn: false)
        }
    }
}

/// What the checker found out about an expression.
struct CheckedFacts: Sendable {
    let type: ExpressionType
    /// The type of each node, by its id.
    let types: [Int: ExpressionType]
    /// How each call can be meant: the overloads that fit, by the id of the call.
    let signatures: [Int: [Operators.Signature]]
    /// The variables of the environment that the expression uses.
    let references: Set<String>
}
