public import KubernetesAPI

/// A JSON path as Kubernetes' printer columns use it: `.spec.x`, `.status.conditions[?(@.type=="Ready")].status`, `.metadata.labels.example\.com/a`,
/// `['name']`, `[0]`, `[-1]`, `[1:3]`, `[*]` and `..name`.
///
/// - Note: the syntax is that of <https://kubernetes.io/docs/reference/kubectl/jsonpath/> inside the braces, without `range` and texts.
public struct JSONPath: Hashable, Sendable {
    enum Step: Hashable, Sendable {
        case field(String)
        case wildcard
        /// Elements from `start` to before `end` (counted from the back when negative), every `step`th.
        case slice(start: Int?, end: Int?, step: Int)
        case union([Step])
        case filter(left: Operand, comparison: String, right: Operand)
        /// Everything below, before the next step.
        case descent
    }

    indirect enum Operand: Hashable, Sendable {
        case path([Step])
        case literal(JSONValue)
        /// No right side: whether the left one exists.
        case none
    }

    let steps: [Step]
    /// How many results and visited values a path may have; `..` would allow any number.
    static let resultLimit = 10_000

    /// - Throws: ``JSONPathError`` where `text` is no path.
    public init(parsing text: String) throws(JSONPathError) {
        var parser = JSONPathParser(text)
        steps = try parser.path()
    }

    /// What the path finds, in the order of the value.
    public func results(in value: JSONValue) -> [JSONValue] { Self.evaluate(steps[...], [value]) }

    private static func evaluate(_ steps: ArraySlice<Step>, _ values: [JSONValue]) -> [JSONValue] {
        var values = values
        for step in steps {
            values = Array(values.lazy.flatMap { apply(step, $0) }.prefix(resultLimit))
            if values.isEmpty { return [] }
        }
        return values
    }

    private static func apply(_ step: Step, _ value: JSONValue) -> [JSONValue] {
        switch step {
        case .field(let name): value[name].map { [$0] } ?? []
        case .wildcard: children(of: value)
        case .slice(let start, let end, let step):
            value.array.map { slice($0, start, end, step) } ?? []
        case .union(let steps): steps.flatMap { apply($0, value) }
        case .filter(let left, let comparison, let right):
            (value.array ?? []).filter { holds(left, comparison, right, for: $0) }
        case .descent:
            descendants(of: value)
        }
    }

    private static func children(of value: JSONValue) -> [JSONValue] {
        switch value {
        case .array(let items): items
        case .object(let object): object.sortedByKey().map(\.value)
        default: []
        }
    }

    private static func descendants(of value: JSONValue) -> [JSONValue] {
        var found = [value]
        var next = 0
        while next < found.count, found.count < resultLimit {
            found += children(of: found[next]).prefix(resultLimit - found.count)
            next += 1
        }
        return found
    }

    private static func slice(_ items: [JSONValue], _ start: Int?, _ end: Int?, _ step: Int) -> [JSONValue] {
        func position(_ index: Int) -> Int { min(max(index < 0 ? index + items.count : index, 0), items.count) }
        let (first, last) = (position(start ?? 0), position(end ?? items.count))
        guard first < last, step > 0 else { return [] }
        return stride(from: first, to: last, by: step).map { items[$0] }
    }

    private static func holds(_ left: Operand, _ comparison: String, _ right: Operand, for item: JSONValue) -> Bool {
        func values(_ operand: Operand) -> [JSONValue] {
            switch operand {
            case .path(let steps): evaluate(steps[...], [item])
            case .literal(let value): [value]
            case .none: []
            }
        }
        let found = values(left)
        if case .none = right { return !found.isEmpty }
        guard found.count == 1, let a = found.first, let b = values(right).first else { return false }
        switch comparison {
        case "==": return a == b
        case "!=": return a != b
        default: break
        }
        let order: Int
        if let a = a.double, let b = b.double {
            order = a < b ? -1 : a > b ? 1 : 0
        } else if let a = a.string, let b = b.string {
            order = a == b ? 0 : a.utf8.lexicographicallyPrecedes(b.utf8) ? -1 : 1
        } else {
            return false
        }
        switch comparison {
        case "<": return order < 0
        case "<=": return order <= 0
        case ">": return order > 0
        case ">=": return order >= 0
        default: return false
        }
    }
}

/// Why a text is no JSON path.
public struct JSONPathError: Error, Hashable, Sendable, CustomStringConvertible {
    public let reason: String
    public var description: String { reason }
}
