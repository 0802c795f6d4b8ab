import KubernetesAPI

/// What a decision sees and changes: all objects as its predecessor left them, and its own changes on top.
///
/// Versions are given out at once, so that a decision can return the object as it will stand. Nothing is stored when the decision throws.
public struct WriteTransaction {
    private(set) var state: ObjectState
    private(set) var changes: [Change] = []
    private let time: Int64
    private let recent: RecentlyDecoded

    init(state: ObjectState, time: Int64, recent: RecentlyDecoded) {
        self.state = state
        self.time = time
        self.recent = recent
    }

    /// The version of the last change, this transaction's own included.
    public var version: Int64 { state.version }

    public func object(at key: ObjectKey, in resource: GroupResource) -> StoredObject? { state.trees[resource]?[key] }

    /// How many objects of the resource there are, in one namespace or in all.
    public func count(of resource: GroupResource, namespace: String? = nil) -> Int {
        guard let tree = state.trees[resource] else { return 0 }
        let selection = Selection(namespace: namespace)
        guard let end = selection.pathEnd else { return tree.count }
        return tree.count(before: end) - tree.count(before: selection.pathPrefix)
    }

    /// Calls `body` with the objects of the resource, in one namespace or in all, in the order of their keys, until it returns false. Changes that
    /// are made meanwhile are not seen.
    public func walk<Failure: Error>(
        _ resource: GroupResource, namespace: String? = nil, _ body: (StoredObject) throws(Failure) -> Bool
    ) throws(Failure) {
        let selection = Selection(namespace: namespace)
        try state.trees[resource]?.walk(from: selection.pathPrefix) { (object) throws(Failure) in
            if let namespace = selection.namespace, !object.key.isIn(namespace: namespace) { return false }
            return try body(object)
        }
    }

    /// Creates the object or replaces it, at the next version, which is written into `metadata.resourceVersion`. The caller compares versions before,
    /// and leaves out writes that would change nothing, as Kubernetes does.
    ///
    /// - Returns: the object as it will be stored.
    /// - Throws: ``StorageError/invalidObject(_:reason:)`` without `metadata` or when it is too large.
    @discardableResult
    public mutating func put(_ object: JSONObject, at key: ObjectKey, in resource: GroupResource) throws(StorageError) -> StoredObject {
        let stored = try StoredObject(object, key: key, resourceVersion: state.version + 1, recent: recent)
        state.version += 1
        let previous = state.trees[resource, default: ObjectTree()].put(stored)
        changes.append(Change(resource: resource, version: state.version, time: time, previous: previous, current: stored))
        return stored
    }

    /// Deletes the object, at the next version.
    ///
    /// - Returns: its last state, stamped with that version, or nil when there is no such object.
    @discardableResult
    public mutating func delete(_ key: ObjectKey, in resource: GroupResource) throws(StorageError) -> StoredObject? {
        guard let previous = object(at: key, in: resource) else { return nil }
        let change = Change(resource: resource, version: state.version + 1, time: time, previous: previous, current: nil)
        guard let ended = try change.ended() else { return nil }
        state.version += 1
        state.trees[resource]?.remove(key)
        changes.append(change)
        return ended
    }
}
