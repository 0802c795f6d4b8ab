public import KubernetesAPI

/// The objects of a store at one moment, which later changes do not touch.
///
/// Kept in parts: taking a snapshot copies nothing, and a change while one is held copies one part, not all.
public struct StoreSnapshot<Object: APIObject>: Sendable {
    private var parts: [[ObjectKey: Object]]
    public private(set) var count = 0

    init() { parts = Array(repeating: [:], count: 64) }

    public internal(set) subscript(key: ObjectKey) -> Object? {
        get { parts[part(of: key)][key] }
        set {
            let part = part(of: key)
            let before = parts[part].count
            parts[part][key] = newValue
            count += parts[part].count - before
        }
    }

    /// In no particular order.
    public var objects: some Sequence<Object> { parts.lazy.flatMap(\.values) }
    public var keys: some Sequence<ObjectKey> { parts.lazy.flatMap(\.keys) }
    public var isEmpty: Bool { count == 0 }

    private func part(of key: ObjectKey) -> Int { key.hashValue & 63 }
}
