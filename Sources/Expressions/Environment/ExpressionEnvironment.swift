/// Knows the fields of object types, so that the checker can type `self.spec.replicas`.
public protocol ObjectTypeProvider: Sendable {
    /// The type of a field, or nil where the type has no such field.
    func type(ofField field: String, in object: String) -> ExpressionType?
}

/// What expressions can refer to: variables, functions, types, and the limits that hold for them.
public struct ExpressionEnvironment: Sendable {
    public private(set) var variables: [String: ExpressionType] = [:]
    private(set) var functions: [String: ExpressionFunction] = [:]
    private(set) var types: [String: ExpressionType] = ExpressionType.named
    public var objects: (any ObjectTypeProvider)?
    public var limits = ExpressionLimits()
    /// Whether the checker refuses list and map literals of mixed types, as Kubernetes does.
    public var requiresHomogeneousLiterals = true
    /// Whether the checker reads literals that stand for durations, moments and patterns, as Kubernetes does.
    public var validatesLiterals = false

    /// The standard functions of the language, and those of the given libraries.
    public init(libraries: [ExpressionLibrary] = ExpressionLibrary.kubernetes) {
        add(.standard)
        for library in libraries { add(library) }
    }

    public mutating func declare(_ name: String, _ type: ExpressionType) { variables[name] = type }

    /// Adds functions; overloads of a function that is there already join it.
    public mutating func add(_ library: ExpressionLibrary) {
        for function in library.functions { functions[function.name, default: ExpressionFunction(function.name, [])].overloads += function.overloads }
        for type in library.types { types[type.runtimeName] = type }
    }

    /// Compiles the text of an expression.
    ///
    /// - Parameters:
    ///   - result: what the expression must come to; any type by default.
    ///   - checked: without, what was not declared and what does not fit fails only when evaluation comes to it.
    ///   - expandsMacros: without, `has`, `all` and the like are functions as any other.
    /// - Throws: ``ExpressionError`` of kind `syntax` or `type`, with every finding.
    public func compile(
        _ text: String, result: ExpressionType = .dyn, checked: Bool = true, expandsMacros: Bool = true
    ) throws(ExpressionError) -> CompiledExpression {
        let (source, node) = try Parser.parse(text, limits: limits, expandsMacros: expandsMacros)
        var facts: CheckedFacts?
        if checked {
            var checker = Checker(environment: self, source: source)
            facts = try checker.check(node, expecting: result)
        }
        var planner = Planner(environment: self, source: source)
        let step = try planner.plan(root: node)
        return CompiledExpression(source: source, node: node, facts: facts, step: step, localCount: planner.localCount)
    }

    /// What a chain of names refers to: the longest declared prefix wins.
    func resolve(_ name: String) -> Reference? {
        if let type = variables[name] { return .variable(name, type) }
        if let type = types[name] { return .type(type) }
        return nil
    }

    enum Reference {
        case variable(String, ExpressionType)
        case type(ExpressionType)
    }
}

/// Functions and types that belong together.
public struct ExpressionLibrary: Sendable {
    public var functions: [ExpressionFunction]
    public var types: [ExpressionType]

    public init(functions: [ExpressionFunction], types: [ExpressionType] = []) { (self.functions, self.types) = (functions, types) }
}

extension ExpressionLibrary {
    /// What Kubernetes adds to the language.
    public static let kubernetes: [ExpressionLibrary] = [
        .strings, .lists, .sets, .regularExpressions, .urls, .quantities, .networks, .formats, .semanticVersions, .authorizer, .jsonPatches,
    ]
}
