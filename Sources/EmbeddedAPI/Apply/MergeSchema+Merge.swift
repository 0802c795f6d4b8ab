public import KubernetesAPI

extension MergeSchema {
    /// The live value with an applied configuration merged into it; both fit the schema.
    ///
    /// Nothing is removed. Where both have a value, the configuration's counts. Elements that only the live list has keep their order, shared ones follow
    /// the order of the configuration. Members of maps keep the order of the live object, new ones follow.
    public func merge(_ live: JSONValue, applying configuration: JSONValue) throws(MergeError) -> JSONValue {
        var problems = MergeProblems()
        let merged = Merge.merge(live, configuration, self, &problems)
        try problems.check()
        return merged ?? .null
    }
}

private enum Merge {
    static func merge(_ live: JSONValue?, _ applied: JSONValue?, _ schema: MergeSchema?, _ problems: inout MergeProblems) -> JSONValue? {
        guard let live else { return applied }
        guard let applied else { return live }
        // Of two shapes the applied value's decides: it stands last.
        guard let shape = (schema ?? .deduced).atom.shapes(of: live, applied).last else { return applied }
        switch shape {
        case .none:
            problems.add("schema error: invalid atom: inlined")
            return nil
        case .scalar(let scalar):
            if let left = scalar.problem(of: live), let right = scalar.problem(of: applied) {
                problems.add("lhs: " + left)
                problems.add("rhs: " + right)
            }
            return applied
        case .list(let list):
            let (left, right) = (live.array ?? [], applied.array ?? [])
            if list.isAtomic || left.isEmpty && right.isEmpty { return applied }
            return merge(left, right, list, &problems)
        case .map(let map):
            let (left, right) = (live.object ?? JSONObject(), applied.object ?? JSONObject())
            if map.relationship == .atomic || left.isEmpty && right.isEmpty { return applied }
            return merge(left, right, map, &problems)
        }
    }

    private static func merge(_ live: JSONObject, _ applied: JSONObject, _ map: MergeAtom.Map, _ problems: inout MergeProblems) -> JSONValue {
        var merged = live
        for (key, value) in applied {
            problems.inside(.field(key)) { merged[key] = merge(live[key], value, map.schema(of: key), &$0) }
        }
        return .object(merged)
    }

    private static func merge(_ live: [JSONValue], _ applied: [JSONValue], _ list: MergeAtom.List, _ problems: inout MergeProblems) -> JSONValue? {
        let left = zip(live, list.identities(of: live, &problems)).compactMap { item, element in element.map { (item: item, element: $0) } }
        var right: [(item: JSONValue, element: PathElement)] = []
        var appliedItems: [PathElement: JSONValue] = [:]
        for (item, element) in zip(applied, list.identities(of: applied, &problems)) {
            guard let element else { continue }
            if appliedItems.updateValue(item, forKey: element) == nil {
                right.append((item, element))
            } else {
                problems.add("duplicate entries for key \(element)")
            }
        }
        guard problems.problems.isEmpty else { return nil }
        // Nothing merges into elements that the live list has twice: one applied element takes the place of all of them.
        var liveItems: [PathElement: JSONValue] = [:]
        for (item, element) in left {
            if liveItems.updateValue(item, forKey: element) != nil { liveItems[element] = JSONValue.null }
        }

        var merged: [JSONValue] = []
        merged.reserveCapacity(left.count + right.count)
        var done: Set<PathElement> = []
        var shared = right.map(\.element).filter { liveItems[$0] != nil }[...]
        func take(_ element: PathElement, _ old: JSONValue?, _ new: JSONValue?) {
            problems.inside(element) { if let item = merge(old, new, list.element, &$0) { merged.append(item) } }
        }
        var (i, j) = (0, 0)
        while i < left.count || j < right.count {
            if i < left.count, j < right.count {
                let element = left[i].element
                if element == right[j].element {
                    done.insert(element)
                    take(element, liveItems[element], appliedItems[element])
                    i += 1
                    j += 1
                    shared = shared.dropFirst()
                    continue
                }
                // A shared element, but not the next one in the configuration's order: it comes when that order reaches it.
                if appliedItems[element] != nil, let next = shared.first, next != element {
                    i += 1
                    continue
                }
            }
            if i < left.count {
                let (item, element) = left[i]
                if appliedItems[element] == nil {
                    take(element, item, nil)
                    i += 1
                    continue
                }
                if done.contains(element) { i += 1 }
            }
            if j < right.count {
                let element = right[j].element
                done.insert(element)
                take(element, liveItems[element], appliedItems[element])
                j += 1
                if shared.first == element { shared = shared.dropFirst() }
            }
        }
        return merged.isEmpty ? nil : .array(merged)
    }
}
