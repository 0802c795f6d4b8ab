public import KubernetesAPI

extension MergeSchema {
    /// Every field and list element that a value mentions. What does not fit the schema is not an error here: ``validate(_:allowingDuplicates:)`` finds it.
    public func fieldSet(of value: JSONValue) -> FieldSet { Self.fields(of: value, self).set }

    private static func fields(of value: JSONValue, _ schema: MergeSchema?) -> FieldSetDraft {
        var draft = FieldSetDraft()
        switch schema.atom.shape(of: value) {
        case .none: break
        case .scalar: draft.isMember = true
        case .list(let list) where list.isAtomic: draft.isMember = true
        case .map(let map) where map.relationship == .atomic: draft.isMember = true
        case .list(let list):
            guard case .array(let items) = value else { break }
            let identities = items.map { try? list.identity(of: $0) }
            var counts: [PathElement: Int] = [:]
            for case let element? in identities { counts[element, default: 0] += 1 }
            for (item, element) in zip(items, identities) {
                guard let element else { continue }
                // Elements that cannot be told apart are owned together, without what is in them.
                var inner = counts[element] == 1 ? fields(of: item, list.element) : FieldSetDraft()
                inner.isMember = true
                draft.add(element, inner)
            }
        case .map(let map):
            guard case .object(let members) = value else { break }
            for (key, member) in members {
                var inner = fields(of: member, map.schema(of: key))
                if member.isNull || member.object?.isEmpty == true || map.fields[key] == nil { inner.isMember = true }
                draft.add(.field(key), inner)
            }
        }
        return draft
    }
}
