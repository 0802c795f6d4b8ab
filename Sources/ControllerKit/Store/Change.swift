public import KubernetesAPI

/// A change of one object in a store.
public struct Change<Object: APIObject>: Sendable {
    public let key: ObjectKey
    /// nil when the object is new.
    public let old: Object?
    /// nil when the object is gone.
    public let new: Object?
    /// The newest state, the last one when the object is gone.
    public let object: Object
    /// Whether the object was only there when the store was first filled.
    public let isInitial: Bool

    init(key: ObjectKey, old: Object?, new: Object?, either: Object, isInitial: Bool) {
        self.key = key
        self.old = old
        self.new = new
        object = either
        self.isInitial = isInitial
    }

    /// The old and the new state, as far as there are such: who maps to keys must look at both, since an owner or a label may have changed.
    public var states: [Object] { [old, new].compactMap { $0 } }
}
