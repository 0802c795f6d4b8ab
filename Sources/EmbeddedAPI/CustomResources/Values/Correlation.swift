import KubernetesAPI

/// The old value of what is being checked, where old and new can be matched: by the names of fields, and by the keys of lists that are maps.
struct Correlation {
    /// What says which lists are maps; nil where the schema says nothing.
    let structural: StructuralSchema?
    let old: JSONValue?

    /// Whether an update leaves the value as it was.
    func isUnchanged(_ value: JSONValue) -> Bool { old.map { $0 == value } ?? false }

    func field(_ name: String) -> Correlation {
        guard let old else { return Correlation(structural: nil, old: .none) }
        let schema = structural?.field(name)
        return Correlation(structural: schema, old: schema == nil ? .none : old[name])
    }

    func items(of new: [JSONValue]) -> ItemCorrelation {
        guard let structural, structural.listType == .map, let old = old?.array else { return ItemCorrelation(structural: nil, olds: []) }
        var byKey: [[JSONValue?]: JSONValue] = [:]
        for item in old { byKey[ListMap.key(of: item, structural), default: item] = item }
        return ItemCorrelation(structural: structural.items, olds: new.map { byKey[ListMap.key(of: $0, structural)] })
    }
}

/// The old items of a list in the order of its new ones.
struct ItemCorrelation {
    let structural: StructuralSchema?
    let olds: [JSONValue?]

    func item(at index: Int) -> Correlation { Correlation(structural: structural, old: olds.isEmpty ? .none : olds[index]) }
}

/// Lists of `x-kubernetes-list-type: map`.
enum ListMap {
    /// The values of an item's keys, in the order of the list's keys; a key that is absent has the property's default.
    static func key(of item: JSONValue, _ list: StructuralSchema) -> [JSONValue?] {
        list.listMapKeys.map { item[$0] ?? list.items?.properties[$0]?.defaultValue }
    }
}
