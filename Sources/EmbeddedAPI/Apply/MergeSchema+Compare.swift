public import KubernetesAPI

/// What changed between two values of one type. No path is in two of the sets.
public struct MergeComparison: Hashable, Sendable, CustomStringConvertible {
    /// Paths that only the new value has.
    public var added: FieldSet
    /// Paths that both have, with different values.
    public var modified: FieldSet
    /// Paths that only the old value has.
    public var removed: FieldSet

    public init(added: FieldSet = FieldSet(), modified: FieldSet = FieldSet(), removed: FieldSet = FieldSet()) {
        self.added = added
        self.modified = modified
        self.removed = removed
    }

    public var isSame: Bool { added.isEmpty && modified.isEmpty && removed.isEmpty }

    /// The same without what is at and below the paths of `fields`.
    public func excluding(_ fields: FieldSet) -> MergeComparison {
        MergeComparison(
            added: added.recursiveDifference(fields), modified: modified.recursiveDifference(fields), removed: removed.recursiveDifference(fields))
    }

    public var description: String {
        [("Modified", modified), ("Added", added), ("Removed", removed)].filter { !$0.1.isEmpty }
            .map { "- \($0.0) Fields:\n\($0.1)\n" }.joined()
    }
}

extension MergeSchema {
    /// Which fields and list elements differ between two values.
    public func compare(_ old: JSONValue, _ new: JSONValue) throws(MergeError) -> MergeComparison {
        var problems = MergeProblems()
        let difference = Difference.between(old, new, self, &problems)
        try problems.check()
        return MergeComparison(added: difference.added.set, modified: difference.modified.set, removed: difference.removed.set)
    }
}

private struct Difference {
    var added = FieldSetDraft()
    var modified = FieldSetDraft()
    var removed = FieldSetDraft()

    mutating func add(_ element: PathElement, _ inner: Difference) {
        added.add(element, inner.added)
        modified.add(element, inner.modified)
        removed.add(element, inner.removed)
    }

    /// One of the values may be absent. What no schema declares is compared as fields without a schema are.
    static func between(_ old: JSONValue?, _ new: JSONValue?, _ schema: MergeSchema?, _ problems: inout MergeProblems) -> Difference {
        var difference = Difference()
        guard !problems.isFull else { return difference }
        for shape in (schema ?? .deduced).atom.shapes(of: old, new) {
            switch shape {
            case .none: problems.add("schema error: invalid atom: inlined")
            case .scalar(let scalar):
                if let left = scalar.problem(of: old), let right = scalar.problem(of: new) {
                    problems.add("lhs: " + left)
                    problems.add("rhs: " + right)
                } else {
                    difference.compareWhole(old, new)
                }
            case .list(let list):
                let (left, right) = (old?.array ?? [], new?.array ?? [])
                if list.isAtomic || left.isEmpty && right.isEmpty {
                    difference.compareWhole(old, new)
                } else {
                    difference.compare(left, right, list, &problems)
                }
            case .map(let map):
                let (left, right) = (old?.object ?? JSONObject(), new?.object ?? JSONObject())
                if map.relationship == .atomic || left.isEmpty && right.isEmpty {
                    difference.compareWhole(old, new)
                } else {
                    difference.compare(left, right, map, &problems)
                }
            }
        }
        if old == nil { difference.added.isMember = true } else if new == nil { difference.removed.isMember = true }
        return difference
    }

    private mutating func compareWhole(_ old: JSONValue?, _ new: JSONValue?) {
        if let old, let new, old != new { modified.isMember = true }
    }

    private mutating func compare(_ old: JSONObject, _ new: JSONObject, _ map: MergeAtom.Map, _ problems: inout MergeProblems) {
        for (key, value) in old { compare(key, value, new[key], map, &problems) }
        for (key, value) in new where old[key] == nil { compare(key, nil, value, map, &problems) }
    }

    private mutating func compare(_ key: String, _ old: JSONValue?, _ new: JSONValue?, _ map: MergeAtom.Map, _ problems: inout MergeProblems) {
        var inner = Difference()
        problems.inside(.field(key)) { inner = .between(old, new, map.schema(of: key), &$0) }
        add(.field(key), inner)
    }

    private mutating func compare(_ old: [JSONValue], _ new: [JSONValue], _ list: MergeAtom.List, _ problems: inout MergeProblems) {
        var groups: [PathElement: (old: [JSONValue], new: [JSONValue])] = [:]
        var order: [PathElement] = []
        for (item, element) in zip(old, list.identities(of: old, &problems)) {
            guard let element else { continue }
            if groups[element] == nil { order.append(element) }
            groups[element, default: ([], [])].old.append(item)
        }
        for (item, element) in zip(new, list.identities(of: new, &problems)) {
            guard let element else { continue }
            if groups[element] == nil { order.append(element) }
            groups[element, default: ([], [])].new.append(item)
        }
        for element in order {
            guard let group = groups[element] else { continue }
            switch (group.old.count, group.new.count) {
            case (...1, ...1): compare(element, group.old.first, group.new.first, list, &problems)
            // Elements that cannot be told apart are one value.
            case (2..., 2...): if group.old != group.new { modified.add(element) }
            case (2..., _):
                if let item = group.new.first { compare(element, nil, item, list, &problems) }
                removed.add(element)
            default:
                if let item = group.old.first { compare(element, item, nil, list, &problems) }
                added.add(element)
            }
        }
    }

    private mutating func compare(
        _ element: PathElement, _ old: JSONValue?, _ new: JSONValue?, _ list: MergeAtom.List, _ problems: inout MergeProblems
    ) {
        var inner = Difference()
        problems.inside(element) { inner = .between(old, new, list.element, &$0) }
        add(element, inner)
    }
}
