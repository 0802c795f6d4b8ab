import Glibc
import KubernetesAPI

/// What the loops are told about the objects of all resources.
enum FeedEvent: Sendable {
    /// The objects of this resource are watched from now on.
    case appeared(WatchedResource)
    /// The resource is not served any more.
    case disappeared(WatchedResource)
    /// An object exists or changed. `isInitial` marks those that existed when the watch began.
    case changed(StoredObject, WatchedResource, isInitial: Bool)
    /// An object was deleted: its last state.
    case ended(StoredObject, WatchedResource)
    /// The watch had to begin anew: objects may have ended unseen. Those that exist follow as initial ones.
    case interrupted(WatchedResource)
    /// Every resource that there was at the start has shown its objects.
    case synced
}

/// A loop that learns of changes. Called from several tasks, for each resource in the order of the changes; it must not wait.
protocol FeedHandler: AnyObject, Sendable {
    func handle(_ event: FeedEvent)
}

extension StoredObject {
    /// Whether the text stands anywhere in the object's JSON: a member that is not mentioned is not there, which spares decoding most objects.
    func mentions(_ text: StaticString) -> Bool { bytes.contains(text) }
}

extension [UInt8] {
    /// Looks for the first capital letter of the text, which is rare in JSON, and compares around it.
    func contains(_ text: StaticString) -> Bool {
        text.withUTF8Buffer { text in
            guard let start = text.baseAddress, !text.isEmpty else { return true }
            let anchor = text.firstIndex { (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains($0) } ?? 0
            return withUnsafeBytes { bytes in
                guard let base = bytes.baseAddress else { return false }
                var position = anchor
                // The anchor has to leave room for what follows it.
                let end = bytes.count - (text.count - anchor) + 1
                while position < end, let found = memchr(base + position, Int32(text[anchor]), end - position) {
                    position = base.distance(to: UnsafeRawPointer(found))
                    if memcmp(base + position - anchor, start, text.count) == 0 { return true }
                    position += 1
                }
                return false
            }
        }
    }
}
