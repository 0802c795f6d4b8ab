public import KubernetesAPI

extension MergeSchema {
    /// The value without the fields and list elements at the paths of `items`. Atomic lists and maps on a path to them go as a whole.
    public func removing(_ items: FieldSet, from value: JSONValue) -> JSONValue { Self.remaining(value, items, self) ?? .null }

    /// Only the fields and list elements at the paths of `items`, with what holds them.
    ///
    /// - Parameter withKeys: whether the key fields of the list elements on the way are added, so that the result is a configuration that can be applied.
    public func extracting(_ items: FieldSet, from value: JSONValue, withKeys: Bool = false) -> JSONValue {
        Self.extracted(value, withKeys ? items.union(keyFields(on: items, in: value)) : items, self) ?? .null
    }

    /// The key fields of the elements that the paths of `items` go through or end at, as far as `value` has the paths.
    private func keyFields(on items: FieldSet, in value: JSONValue) -> FieldSet { items.intersection(fieldSet(of: value)).keyFields }

    private static func remaining(_ value: JSONValue, _ items: FieldSet, _ schema: MergeSchema?) -> JSONValue? {
        switch schema.atom.shape(of: value) {
        case .none: return nil
        case .scalar: return value
        case .list(let list):
            guard case .array(let elements) = value, !list.isAtomic else { return nil }
            var kept: [JSONValue] = []
            for item in elements {
                guard let element = try? list.identity(of: item) else {
                    kept.append(item)
                    continue
                }
                if items.hasMember(element) { continue }
                kept.append(items.child(element).map { remaining(item, $0, list.element) ?? .null } ?? item)
            }
            return kept.isEmpty ? nil : .array(kept)
        case .map(let map):
            guard case .object(let members) = value, map.relationship != .atomic else { return nil }
            var kept = JSONObject()
            for (key, member) in members where !items.hasMember(.field(key)) {
                kept[key] = items.child(.field(key)).map { remaining(member, $0, map.schema(of: key)) ?? .null } ?? member
            }
            return kept.isEmpty ? nil : .object(kept)
        }
    }

    private static func extracted(_ value: JSONValue, _ items: FieldSet, _ schema: MergeSchema?) -> JSONValue? {
        switch schema.atom.shape(of: value) {
        case .none: return nil
        case .scalar: return value
        case .list(let list):
            guard case .array(let elements) = value else { return nil }
            if list.isAtomic || elements.isEmpty { return value }
            var kept: [JSONValue] = []
            for item in elements {
                guard let element = try? list.identity(of: item) else { continue }
                let isMember = items.hasMember(element)
                if let inner = items.child(element) {
                    if let item = extracted(item, inner, list.element) ?? (isMember ? item.emptied : JSONValue?.none) { kept.append(item) }
                } else if isMember {
                    kept.append(item)
                }
            }
            return kept.isEmpty ? nil : .array(kept)
        case .map(let map):
            guard case .object(let members) = value else { return nil }
            if map.relationship == .atomic || members.isEmpty { return value }
            var kept = JSONObject()
            for (key, member) in members {
                let inner = items.child(.field(key))
                let isMember = items.hasMember(.field(key))
                guard inner != nil || isMember else { continue }
                // A map or list that is owned without anything in it is empty.
                kept[key] = extracted(member, inner ?? FieldSet(), map.schema(of: key)) ?? (isMember ? member.emptied : JSONValue?.none)
            }
            return kept.isEmpty ? nil : .object(kept)
        }
    }
}

extension JSONValue {
    /// The same kind of value with nothing in it; scalars are as they are.
    fileprivate var emptied: JSONValue {
        switch self {
        case .array: []
        case .object: [:]
        default: self
        }
    }
}

extension FieldSet {
    fileprivate var keyFields: FieldSet {
        var inside: [PathElement: FieldSet] = [:]
        for child in children { inside[child.element] = child.set.keyFields }
        for element in members + children.map(\.element) {
            guard case .key(let fields) = element else { continue }
            inside[element] = (inside[element] ?? FieldSet()).union(FieldSet(unordered: fields.map { .field($0.name) }, children: []))
        }
        return FieldSet(unordered: [], children: inside.map { Child(element: $0.key, set: $0.value) })
    }
}
