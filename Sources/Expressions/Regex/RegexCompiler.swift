/// A parsed regular expression.
indirect enum RegexNode: Sendable {
    case empty
    case scalar(UInt32)
    case set(ScalarSet)
    case assert(LinearRegex.Assertion)
    case sequence([RegexNode])
    case alternatives([RegexNode])
    /// `maximum` is nil for any number.
    case repetition(RegexNode, minimum: Int, maximum: Int?, isGreedy: Bool)
}

/// Turns a parsed expression into the instructions of the machine.
struct RegexCompiler {
    /// Bounds the memory and, times the text's length, the time of a match.
    private static let maximumSize = 20_000
    private var program: [LinearRegex.Instruction] = []

    mutating func compile(_ node: RegexNode) throws(LinearRegex.Failure) -> [LinearRegex.Instruction] {
        try emit(node)
        program.append(.match)
        return program
    }

    private mutating func add(_ instruction: LinearRegex.Instruction) throws(LinearRegex.Failure) {
        guard program.count < Self.maximumSize else { throw .init(message: "expression too large") }
        program.append(instruction)
    }

    private mutating func emit(_ node: RegexNode) throws(LinearRegex.Failure) {
        switch node {
        case .empty: break
        case .scalar(let value): try add(.scalar(value))
        case .set(let set): try add(.set(set))
        case .assert(let assertion): try add(.assert(assertion))
        case .sequence(let nodes): for node in nodes { try emit(node) }
        case .alternatives(let nodes):
            var exits: [Int] = []
            for (index, node) in nodes.enumerated() {
                guard index < nodes.count - 1 else {
                    try emit(node)
                    break
                }
                let split = program.count
                try add(.jump(0))
                try emit(node)
                exits.append(program.count)
                try add(.jump(0))
                program[split] = .split(split + 1, program.count)
            }
            for exit in exits { program[exit] = .jump(program.count) }
        case .repetition(let node, let minimum, let maximum, let isGreedy):
            guard let maximum else {
                for _ in 1..<max(1, minimum) { try emit(node) }
                // `x*` is `(x+)?`: a loop that tests before its body would prefer a longer match when `x` can be empty.
                let entry = program.count
                if minimum == 0 { try add(.jump(0)) }
                let body = program.count
                try emit(node)
                let end = program.count + 1
                try add(isGreedy ? .split(body, end) : .split(end, body))
                if minimum == 0 { program[entry] = isGreedy ? .split(body, end) : .split(end, body) }
                return
            }
            for _ in 0..<minimum { try emit(node) }
            var splits: [Int] = []
            for _ in minimum..<max(minimum, maximum) {
                splits.append(program.count)
                try add(.jump(0))
                try emit(node)
            }
            for split in splits { program[split] = isGreedy ? .split(split + 1, program.count) : .split(program.count, split + 1) }
        }
    }
}
