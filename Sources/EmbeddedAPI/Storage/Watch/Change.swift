import KubernetesAPI
import Synchronization

/// One write as the history keeps it: the object before and after.
final class Change: Sendable {
    let resource: GroupResource
    let version: Int64
    /// When it was written, in seconds since 1970.
    let time: Int64
    /// The object before; nil when the write created it.
    let previous: StoredObject?
    /// The object after; nil when the write deleted it.
    let current: StoredObject?
    /// The last state of an object that ended or left someone's selection, stamped with this version; made when first asked for.
    private let ending = Mutex<StoredObject?>(nil)

    init(resource: GroupResource, version: Int64, time: Int64, previous: StoredObject?, current: StoredObject?) {
        self.resource = resource
        self.version = version
        self.time = time
        self.previous = previous
        self.current = current
    }

    /// Memory that only the history holds: the former state. The current one stands in the tree, or is the former state of a later change.
    var byteCount: Int { 200 + (previous?.bytes.count ?? 0) }

    /// What a watcher of `selection` is told, as Kubernetes has it: an object that begins to match is added, one that stops is deleted with its last
    /// matching state; nil when it matched neither before nor after.
    func event(for selection: Selection) throws(StorageError) -> ObjectEvent? {
        let before = if let previous { try selection.includes(previous) } else { false }
        if let current, try selection.includes(current) { return before ? .modified(current) : .added(current) }
        guard before, let ended = try ended() else { return nil }
        return .deleted(ended)
    }

    /// The state before, stamped with this version; nil when there was none.
    func ended() throws(StorageError) -> StoredObject? {
        guard let previous else { return nil }
        if let made = ending.withLock({ $0 }) { return made }
        // Two watchers may make it at the same time: the same bytes, of which one is kept.
        let made = try previous.restamped(at: version)
        return ending.withLock { ending in
            let kept = ending ?? made
            ending = kept
            return kept
        }
    }
}
