/// Set operations. Each takes time in proportion to both sets.
extension FieldSet {
    /// The paths that are in either set.
    public func union(_ other: FieldSet) -> FieldSet {
        if isEmpty { return other }
        if other.isEmpty { return self }
        var members: [PathElement] = []
        members.reserveCapacity(self.members.count + other.members.count)
        Self.zip(self.members, other.members, by: { $0 }) { left, right in
            if let element = left ?? right { members.append(element) }
        }
        var children: [Child] = []
        Self.zip(self.children, other.children, by: \.element) { left, right in
            if let left, let right {
                children.append(Child(element: left.element, set: left.set.union(right.set)))
            } else if let child = left ?? right {
                children.append(child)
            }
        }
        return FieldSet(ordered: members, children: children)
    }

    /// The paths that are in both sets.
    public func intersection(_ other: FieldSet) -> FieldSet {
        var members: [PathElement] = []
        Self.zip(self.members, other.members, by: { $0 }) { left, right in
            if let left, right != nil { members.append(left) }
        }
        var children: [Child] = []
        Self.zip(self.children, other.children, by: \.element) { left, right in
            guard let left, let right else { return }
            let set = left.set.intersection(right.set)
            if !set.isEmpty { children.append(Child(element: left.element, set: set)) }
        }
        return FieldSet(ordered: members, children: children)
    }

    /// The paths that are not in `other`. Only equal paths count: taking `spec` away leaves `spec.color`.
    public func difference(_ other: FieldSet) -> FieldSet { difference(other, isRecursive: false) }

    /// The paths that are not in `other` and do not go through a path in it: taking `spec` away takes `spec.color` away, too.
    public func recursiveDifference(_ other: FieldSet) -> FieldSet { difference(other, isRecursive: true) }

    private func difference(_ other: FieldSet, isRecursive: Bool) -> FieldSet {
        if isEmpty || other.isEmpty { return self }
        var members: [PathElement] = []
        Self.zip(self.members, other.members, by: { $0 }) { left, right in
            if let left, right == nil { members.append(left) }
        }
        var children: [Child] = []
        Self.zip(self.children, other.children, by: \.element) { left, right in
            guard let left, !isRecursive || !other.hasMember(left.element) else { return }
            guard let right else { return children.append(left) }
            let set = left.set.difference(right.set, isRecursive: isRecursive)
            if !set.isEmpty { children.append(Child(element: left.element, set: set)) }
        }
        return FieldSet(ordered: members, children: children)
    }

    /// The paths that no other path of the set goes through.
    public var leaves: FieldSet {
        var leaves: [PathElement] = []
        Self.zip(members, children.map(\.element), by: { $0 }) { member, parent in
            if let member, parent == nil { leaves.append(member) }
        }
        return FieldSet(ordered: leaves, children: children.map { Child(element: $0.element, set: $0.set.leaves) })
    }

    /// The set with all declared fields that its paths go through: of `spec.color` also `spec`, but of `labels.a` not `a`'s siblings or a map's keys.
    public func withNamedFields(of schema: MergeSchema?) -> FieldSet {
        let atom = schema?.atom
        var added: [PathElement] = []
        let children = children.map { child in
            var below: MergeSchema?
            switch child.element {
            case .field(let name):
                if let field = atom?.map?.fields[name] {
                    added.append(child.element)
                    below = field.schema
                } else {
                    below = atom?.map?.element
                }
            case .key: below = atom?.list?.element
            case .value, .index: break
            }
            return Child(element: child.element, set: child.set.withNamedFields(of: below))
        }
        return FieldSet(unordered: added.isEmpty ? members : members + added, children: children)
    }

    /// Walks two rising sequences at once; `visit` gets the elements that are equal together, the others alone.
    private static func zip<Item>(_ left: [Item], _ right: [Item], by element: (Item) -> PathElement, _ visit: (Item?, Item?) -> Void) {
        var (i, j) = (0, 0)
        while i < left.count, j < right.count {
            let order = PathElement.compare(element(left[i]), element(right[j]))
            visit(order <= 0 ? left[i] : nil, order >= 0 ? right[j] : nil)
            if order <= 0 { i += 1 }
            if order >= 0 { j += 1 }
        }
        while i < left.count {
            visit(left[i], nil)
            i += 1
        }
        while j < right.count {
            visit(nil, right[j])
            j += 1
        }
    }
}
