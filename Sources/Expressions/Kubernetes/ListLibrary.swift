extension ExpressionLibrary {
    private static let ordered: [ExpressionType] = [.int, .uint, .double, .bool, .duration, .timestamp, .string, .bytes]
    private static let a = ExpressionType.parameter("A")

    /// Kubernetes' list functions, and those of cel-go's extension:
    /// <https://kubernetes.io/docs/reference/using-api/cel/#kubernetes-list-library>.
    public static let lists = ExpressionLibrary(functions: [
        ExpressionFunction(
            "isSorted",
            ordered.map {
                .member([.list($0)], .bool, cost: .contents(0)) { (arguments) throws(EvaluationFailure) in
                    let elements = try arguments.list(0).elements
                    for (left, right) in zip(elements, elements.dropFirst()) where try left.compare(to: right) == .greater { return .bool(false) }
                    return .bool(true)
                }
            }),
        ExpressionFunction(
            "sum",
            ([(.int, .int(0)), (.uint, .uint(0)), (.double, .double(0)), (.duration, .duration(nanoseconds: 0))] as [(ExpressionType, ExpressionValue)])
                .map { type, zero in
                    .member([.list(type)], type, cost: .contents(0)) { (arguments) throws(EvaluationFailure) in
                        let list = try arguments.list(0)
                        guard list.count > 0 else { return zero }
                        var sum = list[0]
                        for index in 1..<max(1, list.count) { sum = try Arithmetic.add(sum, list[index]) }
                        return sum
                    }
                }),
        ExpressionFunction("min", ordered.map { extreme("min", of: $0, wanted: .less) }),
        ExpressionFunction("max", ordered.map { extreme("max", of: $0, wanted: .greater) }),
        ExpressionFunction(
            "indexOf",
            [
                .member([.list(a), a], .int, cost: .contents(0)) { (arguments) throws(EvaluationFailure) in
                    let list = try arguments.list(0)
                    return .int((0..<list.count).first { list[$0].isEqual(to: arguments[1]) }.map { Int64($0) } ?? -1)
                }
            ]),
        ExpressionFunction(
            "lastIndexOf",
            [
                .member([.list(a), a], .int, cost: .contents(0)) { (arguments) throws(EvaluationFailure) in
                    let list = try arguments.list(0)
                    return .int((0..<list.count).last { list[$0].isEqual(to: arguments[1]) }.map { Int64($0) } ?? -1)
                }
            ]),
        ExpressionFunction(
            "slice",
            [
                .member([.list(a), .int, .int], .list(a), cost: .elements(0)) { (arguments) throws(EvaluationFailure) in
                    let (list, start, end) = (try arguments.list(0), try arguments.int(1), try arguments.int(2))
                    guard start >= 0, end >= 0 else { throw EvaluationFailure("cannot slice(\(start), \(end)), negative indexes not supported") }
                    guard start <= end else { throw EvaluationFailure("cannot slice(\(start), \(end)), start index must be less than or equal to end index") }
                    guard end <= list.count else { throw EvaluationFailure("cannot slice(\(start), \(end)), list is length \(list.count)") }
                    return .list((Int(start)..<Int(end)).map { list[$0] })
                }
            ]),
        ExpressionFunction(
            "flatten",
            [
                .member([.list(.list(a))], .list(a), cost: .elements(0)) { (arguments) throws(EvaluationFailure) in
                    .list(flatten(try arguments.list(0), depth: 1))
                },
                .member([.list(.dyn), .int], .list(.dyn), cost: .elements(0)) { (arguments) throws(EvaluationFailure) in
                    let depth = try arguments.int(1)
                    guard depth >= 0 else { throw EvaluationFailure("level must be non-negative") }
                    return .list(flatten(try arguments.list(0), depth: Int(depth)))
                },
            ]),
        ExpressionFunction(
            "distinct",
            [.member([.list(a)], .list(a), cost: .product(0, 0)) { (arguments) throws(EvaluationFailure) in .list(distinct(try arguments.list(0))) }]),
        ExpressionFunction(
            "reverse",
            [.member([.list(a)], .list(a), cost: .elements(0)) { (arguments) throws(EvaluationFailure) in .list(try arguments.list(0).elements.reversed()) }]),
        ExpressionFunction(
            "first",
            [
                .member([.list(a)], .optional(a)) { (arguments) throws(EvaluationFailure) in
                    let list = try arguments.list(0)
                    return .optional(list.count > 0 ? list[0] : nil)
                }
            ]),
        ExpressionFunction(
            "last",
            [
                .member([.list(a)], .optional(a)) { (arguments) throws(EvaluationFailure) in
                    let list = try arguments.list(0)
                    return .optional(list.count > 0 ? list[list.count - 1] : nil)
                }
            ]),
        ExpressionFunction("sort", ordered.map { .member([.list($0)], .list($0), cost: .elements(0), sort) }),
        ExpressionFunction(
            "lists.range",
            [
                .function([.int], .list(.int)) { (arguments) throws(EvaluationFailure) in
                    let count = try arguments.int(0)
                    guard count <= 10_000_000 else { throw EvaluationFailure("lists.range(\(count)) is too long") }
                    return .list(NumberList(count: Int(max(0, count))))
                }
            ]),
    ])

    private static func extreme(_ name: String, of type: ExpressionType, wanted: ExpressionValue.Order) -> ExpressionFunction.Overload {
        .member([.list(type)], type, cost: .contents(0)) { (arguments) throws(EvaluationFailure) in
            let list = try arguments.list(0)
            guard list.count > 0 else { throw EvaluationFailure("\(name) called on empty list") }
            var best = list[0]
            for index in 1..<max(1, list.count) where try list[index].compare(to: best) == wanted { best = list[index] }
            return best
        }
    }

    private static func flatten(_ list: any ExpressionList, depth: Int) -> [ExpressionValue] {
        list.elements.flatMap { element -> [ExpressionValue] in
            guard depth > 0, case .list(let inner) = element else { return [element] }
            return flatten(inner, depth: depth - 1)
        }
    }

    private static func distinct(_ list: any ExpressionList) -> [ExpressionValue] {
        var (seen, others, result): (Set<MapKey>, [ExpressionValue], [ExpressionValue]) = ([], [], [])
        for element in list.elements {
            // What can be a key is found by its hash, the rest by looking.
            if let key = MapKey(element) {
                if seen.insert(key).inserted { result.append(element) }
            } else if !others.contains(where: { $0.isEqual(to: element) }) {
                others.append(element)
                result.append(element)
            }
        }
        return result
    }

    private static let sort: ExpressionFunction.Body = { (arguments) throws(EvaluationFailure) in
        .list(try arguments.list(0).elements.map { (key: $0, element: $0) }.sortedByKey())
    }

    /// Sets as lists: <https://pkg.go.dev/github.com/google/cel-go/ext#Sets>.
    public static let sets = ExpressionLibrary(functions: [
        set("contains") { left, right in right.isSubset(of: left) },
        set("equivalent", factor: 2) { left, right in left.isSubset(of: right) && right.isSubset(of: left) },
        set("intersects") { left, right in left.elements.contains { right.contains($0) } },
    ])

    private static func set(
        _ name: String, factor: UInt64 = 1, _ test: @escaping @Sendable (ElementSet, ElementSet) -> Bool
    ) -> ExpressionFunction {
        let cost = ExpressionFunction.Cost.computed { arguments in
            UInt64(arguments[0].size).multipliedOrMaximum(by: UInt64(arguments[1].size)).multipliedOrMaximum(by: factor).addingOrMaximum(1)
        }
        return ExpressionFunction(
            "sets." + name,
            [
                .function([.list(a), .list(a)], .bool, cost: cost) { (arguments) throws(EvaluationFailure) in
                    .bool(test(ElementSet(try arguments.list(0)), ElementSet(try arguments.list(1))))
                }
            ])
    }
}

/// The numbers from 0 on.
private struct NumberList: ExpressionList {
    let count: Int
    subscript(index: Int) -> ExpressionValue { .int(Int64(index)) }
}

/// The elements of a list for questions about membership.
private struct ElementSet {
    let elements: [ExpressionValue]
    private let keys: Set<MapKey>
    private let others: [ExpressionValue]

    init(_ list: any ExpressionList) {
        elements = list.elements
        keys = Set(elements.compactMap { MapKey($0) })
        others = elements.filter { MapKey($0) == nil }
    }

    func contains(_ element: ExpressionValue) -> Bool { MapKey(element).map { keys.contains($0) } ?? others.contains { $0.isEqual(to: element) } }
    func isSubset(of other: ElementSet) -> Bool { elements.allSatisfy { other.contains($0) } }
}
