/// What a watch reports.
public enum ObjectEvent: Sendable {
    /// The object exists, or it began to match the watch's selection.
    case added(StoredObject)
    case modified(StoredObject)
    /// The object was deleted, or it stopped matching: its last state, with the version of that change.
    case deleted(StoredObject)
    /// Everything up to `version` was reported. `endsInitialEvents` marks the one after the initial objects, which Kubernetes annotates with
    /// `k8s.io/initial-events-end`.
    case bookmark(version: Int64, endsInitialEvents: Bool)

    public var resourceVersion: Int64 {
        switch self {
        case .added(let object), .modified(let object), .deleted(let object): object.resourceVersion
        case .bookmark(let version, _): version
        }
    }
}
