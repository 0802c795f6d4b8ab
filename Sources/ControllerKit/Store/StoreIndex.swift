public import KubernetesAPI

/// A way to find objects in a store without looking at all of them: by the values that a function gives for each.
public struct StoreIndex<Object: APIObject>: Sendable {
    /// Identifies the index in its store: the same name stands for the same function.
    public let name: String
    let values: @Sendable (Object) -> [String]

    public init(_ name: String, values: @escaping @Sendable (Object) -> [String]) {
        self.name = name
        self.values = values
    }

    /// By the UIDs of all owners.
    public static var owner: StoreIndex { StoreIndex("owner") { $0.metadata.ownerReferences?.map(\.uid) ?? [] } }

    public static var namespace: StoreIndex { StoreIndex("namespace") { [$0.namespace ?? ""] } }

    /// By the value of one label, which also serves selectors that ask for a value of it.
    public static func label(_ key: String) -> StoreIndex {
        StoreIndex(labelPrefix + key) { object in object.members["metadata"]?["labels"]?[key]?.string.map { [$0] } ?? [] }
    }

    static var labelPrefix: String { "label:" }
}

/// Keys by the values of an index.
struct IndexedKeys<Object: APIObject>: Sendable {
    let index: StoreIndex<Object>
    private var keys: [String: Set<ObjectKey>] = [:]

    init(_ index: StoreIndex<Object>) { self.index = index }

    func keys(_ value: String) -> Set<ObjectKey> { keys[value] ?? [] }

    mutating func change(_ key: ObjectKey, from old: Object?, to new: Object?) {
        let before = old.map(index.values) ?? []
        let after = new.map(index.values) ?? []
        guard before != after else { return }
        for value in before where keys[value]?.remove(key) != nil && keys[value]?.isEmpty == true { keys[value] = nil }
        for value in after { keys[value, default: []].insert(key) }
    }
}
