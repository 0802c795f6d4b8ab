/// A set of paths into an object, kept as a tree: the fields that a manager owns.
///
/// A path being in the set says nothing of the paths below it, and the other way round: `spec` and `spec.color` are two members.
/// The empty path, the whole object, is never in a set.
public struct FieldSet: Hashable, Sendable {
    /// What is below one element.
    public struct Child: Hashable, Sendable {
        public let element: PathElement
        public let set: FieldSet
    }

    /// The paths of one element, in the order of elements.
    public let members: [PathElement]
    /// The paths of two and more, grouped by their first element, in the order of elements. No group is empty.
    public let children: [Child]

    /// The empty set.
    public init() {
        members = []
        children = []
    }

    /// The set of these paths.
    public init(_ paths: [PathElement]...) { self.init(paths: paths) }

    /// The set of these paths; empty paths do not count.
    public init(paths: [[PathElement]]) { self.init(suffixes: paths.map { $0[...] }) }

    private init(suffixes: [ArraySlice<PathElement>]) {
        var groups: [PathElement: [ArraySlice<PathElement>]] = [:]
        var members: [PathElement] = []
        for path in suffixes {
            guard let first = path.first else { continue }
            if path.count == 1 { members.append(first) } else { groups[first, default: []].append(path.dropFirst()) }
        }
        self.init(unordered: members, children: groups.map { Child(element: $0.key, set: FieldSet(suffixes: $0.value)) })
    }

    /// Takes members that are in order and unique, and children that are and not empty.
    init(ordered members: [PathElement], children: [Child]) {
        self.members = members
        self.children = children
    }

    /// Takes members and children in any order; those with the same element are united, empty children left out.
    init(unordered members: [PathElement], children: [Child]) {
        self.members = Self.isRising(members) ? members : Self.sortedAndUnique(members)
        let filled = children.filter { !$0.set.isEmpty }
        self.children = Self.isRising(filled.map(\.element)) ? filled : Self.sortedAndUnited(filled)
    }

    private static func isRising(_ elements: [PathElement]) -> Bool { zip(elements, elements.dropFirst()).allSatisfy(<) }

    private static func sortedAndUnique(_ elements: [PathElement]) -> [PathElement] {
        var unique: [PathElement] = []
        unique.reserveCapacity(elements.count)
        for element in elements.sorted() where unique.last != element { unique.append(element) }
        return unique
    }

    private static func sortedAndUnited(_ children: [Child]) -> [Child] {
        var united: [Child] = []
        united.reserveCapacity(children.count)
        for child in children.sorted(by: { $0.element < $1.element }) {
            if let last = united.last, last.element == child.element {
                united[united.count - 1] = Child(element: last.element, set: last.set.union(child.set))
            } else {
                united.append(child)
            }
        }
        return united
    }

    public var isEmpty: Bool { members.isEmpty && children.isEmpty }

    /// How many paths are in the set.
    public var count: Int { children.reduce(members.count) { $0 + $1.set.count } }

    /// Whether the path is in the set itself; paths below it do not count.
    public func has(_ path: [PathElement]) -> Bool { has(path[...]) }

    private func has(_ path: ArraySlice<PathElement>) -> Bool {
        guard let first = path.first else { return false }
        if path.count == 1 { return hasMember(first) }
        return child(first)?.has(path.dropFirst()) ?? false
    }

    func hasMember(_ element: PathElement) -> Bool {
        let position = Self.position(of: element, count: members.count) { members[$0] }
        return position < members.count && members[position] == element
    }

    /// The paths below `element`, without it; nil where there are none.
    public func child(_ element: PathElement) -> FieldSet? {
        let position = Self.position(of: element, count: children.count) { children[$0].element }
        return position < children.count && children[position].element == element ? children[position].set : nil
    }

    /// The first position whose element is not before `element`.
    private static func position(of element: PathElement, count: Int, at: (Int) -> PathElement) -> Int {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if at(middle) < element { low = middle + 1 } else { high = middle }
        }
        return low
    }

    /// All paths: first the members, then what is below each element, in the order of elements.
    public var paths: [[PathElement]] {
        var paths: [[PathElement]] = []
        collect(into: &paths, prefix: [])
        return paths
    }

    private func collect(into paths: inout [[PathElement]], prefix: [PathElement]) {
        for member in members { paths.append(prefix + [member]) }
        for child in children { child.set.collect(into: &paths, prefix: prefix + [child.element]) }
    }
}

extension FieldSet: CustomStringConvertible {
    /// One path a line, as Kubernetes' messages write them.
    public var description: String { paths.map(\.fieldText).joined(separator: "\n") }
}

extension [PathElement] {
    /// The path as Kubernetes' messages write it: `.spec.containers[name="a"].image`.
    public var fieldText: String { map(\.description).joined() }
}

/// Paths below one place that are gathered in any order, and whether the place itself is one.
struct FieldSetDraft {
    var isMember = false
    private var members: [PathElement] = []
    private var children: [FieldSet.Child] = []

    mutating func add(_ element: PathElement) { members.append(element) }

    mutating func add(_ element: PathElement, _ draft: FieldSetDraft) {
        if draft.isMember { members.append(element) }
        if !draft.members.isEmpty || !draft.children.isEmpty { children.append(FieldSet.Child(element: element, set: draft.set)) }
    }

    /// Adds what another draft of the same place has.
    mutating func add(_ other: FieldSetDraft) {
        isMember = isMember || other.isMember
        members += other.members
        children += other.children
    }

    var set: FieldSet { FieldSet(unordered: members, children: children) }
}
