extension Parser {
    /// A call on `target`, or the macro of that name and number of arguments.
    mutating func memberCall(
        _ name: String, on target: SyntaxNode, _ arguments: [SyntaxNode], at offset: Int, nameOffset: Int
    ) throws(ExpressionError) -> SyntaxNode {
        guard expandsMacros, let shape = Self.macro(name, arguments.count) else {
            return try node(.call(name, target: target, arguments: arguments), at: offset, over: [target] + arguments)
        }
        func variable(_ argument: SyntaxNode) throws(ExpressionError) -> String {
            guard case .identifier(let name, isAbsolute: false) = argument.kind else {
                throw failure("argument must be a simple name", at: argument.offset)
            }
            guard name != "__result__" else { throw failure("iteration variable overwrites accumulator variable", at: argument.offset) }
            return name
        }
        let first = try variable(arguments[0])
        let second = shape.hasTwoVariables ? try variable(arguments[1]) : nil
        if let second, second == first { throw failure("duplicate variable name: \(first)", at: arguments[1].offset) }
        let bodies = arguments.dropFirst(shape.hasTwoVariables ? 2 : 1)
        let comprehension: SyntaxNode.Comprehension
        switch shape.macro {
        case .all, .exists, .existsOne, .filter:
            comprehension = .init(macro: shape.macro, range: target, variable: first, secondVariable: second, condition: bodies.first, transform: nil)
        default:
            let condition = bodies.count == 2 ? bodies.first : nil
            comprehension = .init(macro: shape.macro, range: target, variable: first, secondVariable: second, condition: condition, transform: bodies.last)
        }
        return try node(.comprehension(comprehension), at: offset, over: [target] + bodies)
    }

    private static func macro(_ name: String, _ count: Int) -> (macro: SyntaxNode.Macro, hasTwoVariables: Bool)? {
        switch (name, count) {
        case ("all", 2), ("all", 3): (.all, count == 3)
        case ("exists", 2), ("exists", 3): (.exists, count == 3)
        case ("exists_one", 2), ("existsOne", 2), ("existsOne", 3), ("exists_one", 3): (.existsOne, count == 3)
        case ("map", 2), ("map", 3): (.map, false)
        case ("filter", 2): (.filter, false)
        case ("transformList", 3), ("transformList", 4): (.transformList, true)
        case ("transformMap", 3), ("transformMap", 4): (.transformMap, true)
        case ("transformMapEntry", 3), ("transformMapEntry", 4): (.transformMapEntry, true)
        case ("optMap", 2): (.optMap, false)
        case ("optFlatMap", 2): (.optFlatMap, false)
        case ("sortBy", 2): (.sortBy, false)
        default: nil
        }
    }
}
