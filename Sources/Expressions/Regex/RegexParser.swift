/// Reads the syntax of RE2, as Go's `regexp/syntax` takes it.
struct RegexParser {
    private let pattern: [Unicode.Scalar]
    private var position = 0
    private var flags = Flags()
    private var depth = 0

    private struct Flags {
        var ignoresCase = false
        var isMultiline = false
        var dotMatchesNewline = false
        var isUngreedy = false
    }

    typealias Failure = LinearRegex.Failure

    private static let maximumDepth = 200
    private static let maximumRepetition = 1000

    init(_ pattern: String) { self.pattern = Array(pattern.unicodeScalars) }

    mutating func parse() throws(Failure) -> RegexNode {
        let node = try alternatives()
        if position < pattern.count { throw Failure(message: "unexpected ): `\(text(0..<pattern.count))`") }
        return node
    }

    private func peek(_ ahead: Int = 0) -> Unicode.Scalar? { position + ahead < pattern.count ? pattern[position + ahead] : nil }

    private mutating func accept(_ scalar: Unicode.Scalar) -> Bool {
        guard peek() == scalar else { return false }
        position += 1
        return true
    }

    private func text(_ range: Range<Int>) -> String {
        var view = String.UnicodeScalarView()
        view.append(contentsOf: pattern[range.lowerBound..<min(range.upperBound, range.lowerBound + 100)])
        return String(view)
    }

    // MARK: Structure

    private mutating func alternatives() throws(Failure) -> RegexNode {
        var nodes = [try sequence()]
        while accept("|") { nodes.append(try sequence()) }
        return nodes.count == 1 ? nodes[0] : .alternatives(nodes)
    }

    private mutating func sequence() throws(Failure) -> RegexNode {
        var nodes: [(node: RegexNode, repetitions: Int)] = []
        while let scalar = peek(), scalar != "|", scalar != ")" {
            let start = position
            if scalar == "*" || scalar == "+" || scalar == "?" {
                throw Failure(message: "missing argument to repetition operator: `\(scalar)`")
            }
            if scalar == "(", peek(1) == "?", let isFlagGroup = try flagGroup() {
                if let node = isFlagGroup { nodes.append(try repeated(node)) }
                continue
            }
            if scalar == "\\", peek(1) == "Q" {
                position += 2
                while position < pattern.count, !(peek() == "\\" && peek(1) == "E") {
                    let node = literal(pattern[position])
                    position += 1
                    let isLast = position >= pattern.count || (peek() == "\\" && peek(1) == "E")
                    if isLast { position = min(position + 2, pattern.count) }
                    nodes.append(isLast ? try repeated((node, 1)) : (node, 1))
                    if isLast { break }
                }
                if position == start + 2 { position = min(position + 2, pattern.count) }
                continue
            }
            nodes.append(try repeated(try atom()))
        }
        return nodes.count == 1 ? nodes[0].node : nodes.isEmpty ? .empty : .sequence(nodes.map(\.node))
    }

    /// The atom with the repetition behind it. `repetitions` multiplies nested bounds, which RE2 limits.
    private mutating func repeated(_ atom: (node: RegexNode, repetitions: Int)) throws(Failure) -> (node: RegexNode, repetitions: Int) {
        let start = position
        var bounds: (minimum: Int, maximum: Int?)?
        if accept("*") {
            bounds = (0, nil)
        } else if accept("+") {
            bounds = (1, nil)
        } else if accept("?") {
            bounds = (0, 1)
        } else {
            bounds = try counted()
        }
        guard let (minimum, maximum) = bounds else { return atom }
        let isGreedy = accept("?") == flags.isUngreedy
        let end = position
        if let next = peek(), next == "*" || next == "+" || next == "?" {
            throw Failure(message: "invalid nested repetition operator: `\(text(start..<end + 1))`")
        }
        if peek() == "{" {
            let before = position
            if try counted() != nil { throw Failure(message: "invalid nested repetition operator: `\(text(start..<position))`") }
            position = before
        }
        let repetitions = atom.repetitions * max(1, max(minimum, maximum ?? 1))
        if repetitions > Self.maximumRepetition { throw Failure(message: "invalid repeat count: `\(text(start..<end))`") }
        return (.repetition(atom.node, minimum: minimum, maximum: maximum, isGreedy: isGreedy), repetitions)
    }

    /// `{n}`, `{n,}` or `{n,m}`; nil, nothing read, where the brace is a plain character.
    private mutating func counted() throws(Failure) -> (minimum: Int, maximum: Int?)? {
        let start = position
        func number(_ parser: inout RegexParser) -> Int? {
            let begin = parser.position
            var value = 0
            while let digit = parser.peek(), digit.isDigit {
                value = min(value * 10 + Int(digit.value - 48), 100_000)
                parser.position += 1
            }
            return parser.position > begin ? value : nil
        }
        guard accept("{"), let minimum = number(&self) else {
            position = start
            return nil
        }
        var maximum: Int? = minimum
        if accept(",") { maximum = number(&self) }
        guard accept("}") else {
            position = start
            return nil
        }
        if minimum > Self.maximumRepetition || (maximum ?? 0) > Self.maximumRepetition || (maximum ?? minimum) < minimum {
            throw Failure(message: "invalid repeat count: `\(text(start..<position))`")
        }
        return (minimum, maximum)
    }

    /// `(?flags)`, `(?flags:…)`, `(?:…)` and named groups. The inner nil stands for flags alone.
    private mutating func flagGroup() throws(Failure) -> (node: RegexNode, repetitions: Int)?? {
        let start = position
        position += 2
        if (peek() == "P" && peek(1) == "<") || peek() == "<" {
            position += peek() == "P" ? 2 : 1
            let nameStart = position
            while let scalar = peek(), scalar.isNameStart || scalar.isDigit { position += 1 }
            guard position > nameStart, accept(">") else { throw Failure(message: "invalid named capture: `\(text(start..<pattern.count))`") }
            let before = flags
            defer { flags = before }
            return .some(try group())
        }
        var new = flags
        var isOff = false
        while let scalar = peek() {
            position += 1
            switch scalar {
            case "i": new.ignoresCase = !isOff
            case "m": new.isMultiline = !isOff
            case "s": new.dotMatchesNewline = !isOff
            case "U": new.isUngreedy = !isOff
            case "-" where !isOff: isOff = true
            case ")":
                flags = new
                return .some(nil)
            case ":":
                let before = flags
                flags = new
                defer { flags = before }
                return .some(try group())
            default: throw Failure(message: "invalid or unsupported Perl syntax: `\(text(start..<position))`")
            }
        }
        throw Failure(message: "missing closing ): `\(text(0..<pattern.count))`")
    }

    /// The rest of a group, behind its opening.
    private mutating func group() throws(Failure) -> (node: RegexNode, repetitions: Int) {
        depth += 1
        defer { depth -= 1 }
        guard depth <= Self.maximumDepth else { throw Failure(message: "expression nests too deeply") }
        let before = flags
        let node = try alternatives()
        flags = before
        guard accept(")") else { throw Failure(message: "missing closing ): `\(text(0..<pattern.count))`") }
        return (node, Self.repetitions(in: node))
    }

    private static func repetitions(in node: RegexNode) -> Int {
        switch node {
        case .sequence(let nodes), .alternatives(let nodes): nodes.map(repetitions(in:)).max() ?? 1
        case .repetition(let node, let minimum, let maximum, _): repetitions(in: node) * max(1, max(minimum, maximum ?? 1))
        default: 1
        }
    }

    // MARK: Atoms

    private func literal(_ scalar: Unicode.Scalar) -> RegexNode {
        guard flags.ignoresCase, !ScalarSet.caseVariants(of: scalar.value).isEmpty else { return .scalar(scalar.value) }
        var set = ScalarSet(ranges: [scalar.value...scalar.value])
        set.ranges += ScalarSet.caseVariants(of: scalar.value).map { $0...$0 }
        set.ignoresCase = true
        return .set(set)
    }

    private mutating func atom() throws(Failure) -> (node: RegexNode, repetitions: Int) {
        let scalar = pattern[position]
        switch scalar {
        case "(":
            position += 1
            let before = flags
            defer { flags = before }
            return try group()
        case "[": return (.set(try bracket()), 1)
        case ".":
            position += 1
            return (.set(flags.dotMatchesNewline ? ScalarSet(ranges: [0...0x10FFFF]) : ScalarSet(ranges: [10...10], isNegated: true)), 1)
        case "^":
            position += 1
            return (.assert(flags.isMultiline ? .lineStart : .textStart), 1)
        case "$":
            position += 1
            return (.assert(flags.isMultiline ? .lineEnd : .textEnd), 1)
        case "\\":
            let assertions: [Unicode.Scalar: LinearRegex.Assertion] = ["A": .textStart, "z": .textEnd, "b": .wordBoundary, "B": .noWordBoundary]
            if let next = peek(1), let assertion = assertions[next] {
                position += 2
                return (.assert(assertion), 1)
            }
            if var set = try escapedSet() {
                set.ignoresCase = flags.ignoresCase
                return (.set(set), 1)
            }
            return (literal(try escapedScalar()), 1)
        default:
            position += 1
            return (literal(scalar), 1)
        }
    }

    /// `\d`, `\pL` and the like; nil, nothing read, for other escapes.
    private mutating func escapedSet() throws(Failure) -> ScalarSet? {
        let start = position
        guard let kind = peek(1) else { throw Failure(message: "trailing backslash at end of expression: ``") }
        let perl: [Unicode.Scalar: ScalarSet] = ["d": .digit, "D": .digit, "s": .space, "S": .space, "w": .word, "W": .word]
        if var set = perl[kind] {
            position += 2
            set.isNegated = ("A"..."Z").contains(kind)
            return set
        }
        guard kind == "p" || kind == "P" else { return nil }
        position += 2
        var isNegated = kind == "P"
        var name = ""
        if accept("{") {
            if accept("^") { isNegated.toggle() }
            let begin = position
            while let scalar = peek(), scalar != "}" { _ = scalar; position += 1 }
            name = text(begin..<position)
            guard accept("}") else { throw Failure(message: "invalid character class range: `\(text(start..<pattern.count))`") }
        } else if let scalar = peek() {
            position += 1
            name = String(scalar)
        }
        guard var set = ScalarSet.unicodeClass(name) else { throw Failure(message: "invalid character class range: `\(text(start..<position))`") }
        if isNegated {
            if set.categories.isEmpty { set.isNegated = true } else { set.categories = set.categories.map { ($0.test, !$0.isNegated) } }
        }
        return set
    }

    private mutating func escapedScalar() throws(Failure) -> Unicode.Scalar {
        let start = position
        position += 1
        guard let scalar = peek() else { throw Failure(message: "trailing backslash at end of expression: ``") }
        position += 1
        let invalid = { (parser: RegexParser) in Failure(message: "invalid escape sequence: `\(parser.text(start..<parser.position))`") }
        switch scalar {
        case "a": return "\u{7}"
        case "f": return "\u{C}"
        case "t": return "\t"
        case "n": return "\n"
        case "r": return "\r"
        case "v": return "\u{B}"
        case "0"..."7":
            if scalar != "0", peek().map({ ("0"..."7").contains($0) }) != true { throw invalid(self) }
            var value = scalar.value - 48
            for _ in 0..<2 {
                guard let digit = peek(), ("0"..."7").contains(digit) else { break }
                value = value * 8 + digit.value - 48
                position += 1
            }
            guard let result = Unicode.Scalar(value) else { throw invalid(self) }
            return result
        case "x":
            var value: UInt32 = 0
            if accept("{") {
                var count = 0
                while let digit = peek()?.hexDigit, count < 8, value <= 0x10FFFF {
                    (value, count) = (value * 16 + digit, count + 1)
                    position += 1
                }
                guard count > 0, accept("}") else { throw invalid(self) }
            } else {
                for _ in 0..<2 {
                    guard let digit = peek()?.hexDigit else { throw invalid(self) }
                    value = value * 16 + digit
                    position += 1
                }
            }
            guard let result = Unicode.Scalar(value) else { throw invalid(self) }
            return result
        default:
            // Punctuation may always be escaped; letters and digits only where they mean something.
            guard scalar.isASCII, !scalar.isDigit, !scalar.isNameStart || scalar == "_" else { throw invalid(self) }
            return scalar
        }
    }

    private mutating func bracket() throws(Failure) -> ScalarSet {
        let start = position
        position += 1
        var set = ScalarSet()
        let isNegated = accept("^")
        var isFirst = true
        while isFirst || peek() != "]" {
            guard let scalar = peek() else { throw Failure(message: "missing closing ]: `\(text(start..<pattern.count))`") }
            if scalar == "[", peek(1) == ":", let named = try posixClass() {
                set.formUnion(named)
            } else if scalar == "\\", let escaped = try escapedSet() {
                set.formUnion(escaped)
            } else {
                let rangeStart = position
                let low = try bracketScalar(start)
                var high = low
                if peek() == "-", peek(1) != "]", peek(1) != nil {
                    position += 1
                    high = try bracketScalar(start)
                }
                guard low <= high else { throw Failure(message: "invalid character class range: `\(text(rangeStart..<position))`") }
                set.ranges.append(low.value...high.value)
            }
            isFirst = false
        }
        position += 1
        set.isNegated = isNegated
        set.ignoresCase = flags.ignoresCase
        return set
    }

    private mutating func bracketScalar(_ start: Int) throws(Failure) -> Unicode.Scalar {
        guard let scalar = peek() else { throw Failure(message: "missing closing ]: `\(text(start..<pattern.count))`") }
        if scalar == "\\" { return try escapedScalar() }
        position += 1
        return scalar
    }

    private mutating func posixClass() throws(Failure) -> ScalarSet? {
        guard let end = (position + 2..<max(position + 2, min(pattern.count - 1, position + 16))).first(where: { pattern[$0] == ":" && pattern[$0 + 1] == "]" })
        else { return nil }
        var name = text(position + 2..<end)
        let isNegated = name.hasPrefix("^")
        if isNegated { name.removeFirst() }
        guard var set = ScalarSet.posix[name] else { throw Failure(message: "invalid character class range: `\(text(position..<end + 2))`") }
        set.isNegated = isNegated
        position = end + 2
        return set
    }
}
