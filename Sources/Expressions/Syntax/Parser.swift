/// Reads the grammar of <https://github.com/google/cel-spec/blob/master/doc/langdef.md#syntax>, with optional selection and entries, and expands macros.
struct Parser {
    let source: Source
    let limits: ExpressionLimits
    let expandsMacros: Bool
    private var tokens: [Token]
    private var index = 0
    private var nesting = 0
    private var nextID = 0

    static func parse(_ text: String, limits: ExpressionLimits = ExpressionLimits(), expandsMacros: Bool = true) throws(ExpressionError) -> (Source, SyntaxNode)
    {
        let source = Source(text)
        guard source.scalars.count <= limits.sourceSize else {
            let message = "expression code point size exceeds limit: size: \(source.scalars.count), limit \(limits.sourceSize)"
            throw ExpressionError(kind: .syntax, issues: [.init(message: message, line: 1, column: 1, sourceLine: "")])
        }
        var parser = Parser(source: source, limits: limits, expandsMacros: expandsMacros, tokens: try Lexer.tokens(of: source))
        let node = try parser.expression()
        guard parser.current.kind == .end else { throw parser.unexpected(expecting: "<EOF>") }
        return (source, node)
    }

    private init(source: Source, limits: ExpressionLimits, expandsMacros: Bool, tokens: [Token]) {
        (self.source, self.limits, self.expandsMacros, self.tokens) = (source, limits, expandsMacros, tokens)
    }

    // MARK: Tokens

    private var current: Token { tokens[index] }

    private mutating func accept(_ symbol: String) -> Bool {
        guard current.kind == .symbol(symbol) else { return false }
        index += 1
        return true
    }

    private mutating func expect(_ symbol: String) throws(ExpressionError) {
        guard accept(symbol) else { throw unexpected(expecting: "'\(symbol)'") }
    }

    func failure(_ message: String, at offset: Int) -> ExpressionError { ExpressionError(kind: .syntax, issues: [source.issue(message, at: offset)]) }

    private func unexpected(expecting expected: String) -> ExpressionError {
        let text = current.kind == .end ? "<EOF>" : source.text(current.offset..<current.end)
        return failure("Syntax error: mismatched input '\(text)' expecting \(expected)", at: current.offset)
    }

    // MARK: Nodes

    mutating func node(_ kind: SyntaxNode.Kind, at offset: Int, over children: [SyntaxNode]) throws(ExpressionError) -> SyntaxNode {
        nextID += 1
        guard nextID <= limits.nodes else { throw failure("expression has more than \(limits.nodes) nodes", at: offset) }
        var depth = 1
        for child in children { depth = max(depth, child.depth + 1) }
        guard depth <= limits.depth else { throw failure("expression recursion limit exceeded: \(limits.depth)", at: offset) }
        return SyntaxNode(id: nextID, offset: offset, depth: depth, kind: kind)
    }

    private mutating func call(_ name: String, _ arguments: [SyntaxNode], at offset: Int) throws(ExpressionError) -> SyntaxNode {
        try node(.call(name, target: nil, arguments: arguments), at: offset, over: arguments)
    }

    // MARK: Operators

    private mutating func expression() throws(ExpressionError) -> SyntaxNode {
        nesting += 1
        defer { nesting -= 1 }
        guard nesting <= limits.depth else { throw failure("expression recursion limit exceeded: \(limits.depth)", at: current.offset) }
        let condition = try disjunction()
        let offset = current.offset
        guard accept("?") else { return condition }
        let accepted = try disjunction()
        try expect(":")
        let refused = try expression()
        return try call("_?_:_", [condition, accepted, refused], at: offset)
    }

    private mutating func disjunction() throws(ExpressionError) -> SyntaxNode {
        var terms = [try conjunction()]
        var offsets: [Int] = []
        while current.kind == .symbol("||") {
            offsets.append(current.offset)
            index += 1
            terms.append(try conjunction())
        }
        return try balanced("_||_", terms[...], offsets[...])
    }

    private mutating func conjunction() throws(ExpressionError) -> SyntaxNode {
        var terms = [try relation()]
        var offsets: [Int] = []
        while current.kind == .symbol("&&") {
            offsets.append(current.offset)
            index += 1
            terms.append(try relation())
        }
        return try balanced("_&&_", terms[...], offsets[...])
    }

    /// Long chains become a shallow tree, so that they cost no depth.
    private mutating func balanced(_ name: String, _ terms: ArraySlice<SyntaxNode>, _ offsets: ArraySlice<Int>) throws(ExpressionError) -> SyntaxNode {
        guard terms.count > 1 else { return terms[terms.startIndex] }
        let half = (terms.count + 1) / 2
        let offset = offsets[offsets.startIndex + half - 1]
        let left = try balanced(name, terms.prefix(half), offsets.prefix(half - 1))
        let right = try balanced(name, terms.dropFirst(half), offsets.dropFirst(half))
        return try call(name, [left, right], at: offset)
    }

    private mutating func relation() throws(ExpressionError) -> SyntaxNode {
        try chain(["<": "_<_", "<=": "_<=_", ">": "_>_", ">=": "_>=_", "==": "_==_", "!=": "_!=_", "in": "@in"]) { parser throws(ExpressionError) in
            try parser.chain(["+": "_+_", "-": "_-_"]) { parser throws(ExpressionError) in
                try parser.chain(["*": "_*_", "/": "_/_", "%": "_%_"]) { parser throws(ExpressionError) in try parser.unary() }
            }
        }
    }

    private mutating func chain(
        _ operators: [String: String], of operand: (inout Parser) throws(ExpressionError) -> SyntaxNode
    ) throws(ExpressionError) -> SyntaxNode {
        var result = try operand(&self)
        while case .symbol(let symbol) = current.kind, let name = operators[symbol] {
            let offset = current.offset
            index += 1
            result = try call(name, [result, try operand(&self)], at: offset)
        }
        return result
    }

    private mutating func unary() throws(ExpressionError) -> SyntaxNode {
        let offset = current.offset
        for (symbol, name) in [("!", "!_"), ("-", "-_")] where current.kind == .symbol(symbol) {
            var count = 0
            while accept(symbol) { count += 1 }
            // The last minus belongs to a number, so that the smallest int can be written.
            if symbol == "-", let literal = negativeLiteral() {
                let number = try member(startingWith: try node(.literal(literal), at: tokens[index - 2].offset, over: []))
                return count % 2 == 1 ? number : try call(name, [number], at: offset)
            }
            let operand = try member(startingWith: nil)
            // Pairs cancel each other out.
            return count % 2 == 0 ? operand : try call(name, [operand], at: offset)
        }
        return try member(startingWith: nil)
    }

    private mutating func negativeLiteral() -> ExpressionValue? {
        switch current.kind {
        case .int(let magnitude) where magnitude <= UInt64(Int64.max) + 1:
            index += 1
            return .int(Int64(truncatingIfNeeded: 0 &- magnitude))
        case .double(let value):
            index += 1
            return .double(-value)
        default: return nil
        }
    }

    // MARK: Members

    private mutating func member(startingWith operand: SyntaxNode?) throws(ExpressionError) -> SyntaxNode {
        var result: SyntaxNode
        if let operand { result = operand } else { result = try primary() }
        while true {
            let offset = current.offset
            if accept(".") {
                let isOptional = accept("?")
                let nameOffset = current.offset
                let field = try fieldName()
                if !isOptional, current.kind == .symbol("("), case .identifier = tokens[index - 1].kind {
                    let callOffset = current.offset
                    index += 1
                    let arguments = try list(until: ")")
                    result = try memberCall(field, on: result, arguments, at: callOffset, nameOffset: nameOffset)
                } else {
                    result = try node(.select(result, field: field, isOptional: isOptional), at: offset, over: [result])
                }
            } else if accept("[") {
                let name = accept("?") ? "_[?_]" : "_[_]"
                let argument = try expression()
                try expect("]")
                result = try call(name, [result, argument], at: offset)
            } else if current.kind == .symbol("{"), let name = result.qualifiedName {
                result = try object(name.name, at: offset)
            } else {
                return result
            }
        }
    }

    private mutating func fieldName() throws(ExpressionError) -> String {
        switch current.kind {
        case .identifier(let name), .quotedIdentifier(let name):
            index += 1
            return name
        default: throw unexpected(expecting: "IDENTIFIER")
        }
    }

    private mutating func list(until end: String) throws(ExpressionError) -> [SyntaxNode] {
        var nodes: [SyntaxNode] = []
        if accept(end) { return nodes }
        while true {
            nodes.append(try expression())
            if accept(end) { return nodes }
            guard accept(",") else { throw unexpected(expecting: "{',', '\(end)'}") }
        }
    }

    private mutating func object(_ name: String, at offset: Int) throws(ExpressionError) -> SyntaxNode {
        try expect("{")
        var fields: [String] = []
        while !accept("}") {
            _ = accept("?")
            fields.append(try fieldName())
            try expect(":")
            _ = try expression()
            if !accept(",") {
                try expect("}")
                break
            }
        }
        return try node(.object(name, fields), at: offset, over: [])
    }

    private static let reserved: Set<String> = [
        "as", "break", "const", "continue", "else", "for", "function", "if", "import", "let", "loop", "package", "namespace", "return", "var", "void", "while",
    ]

    private mutating func primary() throws(ExpressionError) -> SyntaxNode {
        let token = current
        index += 1
        switch token.kind {
        case .int(let value):
            guard let value = Int64(exactly: value) else { throw failure("Syntax error: invalid int literal", at: token.offset) }
            return try node(.literal(.int(value)), at: token.offset, over: [])
        case .uint(let value): return try node(.literal(.uint(value)), at: token.offset, over: [])
        case .double(let value): return try node(.literal(.double(value)), at: token.offset, over: [])
        case .string(let value): return try node(.literal(.string(value)), at: token.offset, over: [])
        case .bytes(let value): return try node(.literal(.bytes(value)), at: token.offset, over: [])
        case .symbol("true"): return try node(.literal(.bool(true)), at: token.offset, over: [])
        case .symbol("false"): return try node(.literal(.bool(false)), at: token.offset, over: [])
        case .symbol("null"): return try node(.literal(.null), at: token.offset, over: [])
        case .symbol("("):
            let result = try expression()
            try expect(")")
            return result
        case .symbol("["): return try listLiteral(at: token.offset)
        case .symbol("{"): return try mapLiteral(at: token.offset)
        case .symbol("."):
            guard case .identifier(let name) = current.kind else { throw unexpected(expecting: "IDENTIFIER") }
            index += 1
            return try identifierOrCall(name, isAbsolute: true, at: token.offset)
        case .identifier(let name): return try identifierOrCall(name, isAbsolute: false, at: token.offset)
        default:
            index -= 1
            throw unexpected(
                expecting: "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING, BYTES, IDENTIFIER}")
        }
    }

    private mutating func identifierOrCall(_ name: String, isAbsolute: Bool, at offset: Int) throws(ExpressionError) -> SyntaxNode {
        if Self.reserved.contains(name) { throw failure("reserved identifier: \(name)", at: offset) }
        let callOffset = current.offset
        guard accept("(") else { return try node(.identifier(name, isAbsolute: isAbsolute), at: offset, over: []) }
        let arguments = try list(until: ")")
        if expandsMacros, name == "has", arguments.count == 1 {
            guard case .select(let operand, let field, isOptional: false) = arguments[0].kind else {
                throw failure("invalid argument to has() macro", at: arguments[0].offset)
            }
            return try node(.presence(operand, field: field), at: callOffset, over: [operand])
        }
        return try node(.call(isAbsolute ? "." + name : name, target: nil, arguments: arguments), at: callOffset, over: arguments)
    }

    private mutating func listLiteral(at offset: Int) throws(ExpressionError) -> SyntaxNode {
        var elements: [SyntaxNode.Element] = []
        while !accept("]") {
            let isOptional = accept("?")
            elements.append(.init(value: try expression(), isOptional: isOptional))
            if !accept(",") {
                guard accept("]") else { throw unexpected(expecting: "{',', ']'}") }
                break
            }
        }
        return try node(.list(elements), at: offset, over: elements.map(\.value))
    }

    private mutating func mapLiteral(at offset: Int) throws(ExpressionError) -> SyntaxNode {
        var entries: [SyntaxNode.Entry] = []
        while !accept("}") {
            let isOptional = accept("?")
            let key = try expression()
            try expect(":")
            entries.append(.init(key: key, value: try expression(), isOptional: isOptional))
            if !accept(",") {
                guard accept("}") else { throw unexpected(expecting: "{',', '}'}") }
                break
            }
        }
        return try node(.map(entries), at: offset, over: entries.flatMap { [$0.key, $0.value] })
    }
}
