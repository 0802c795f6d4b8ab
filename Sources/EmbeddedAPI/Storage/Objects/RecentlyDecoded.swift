import KubernetesAPI
import Synchronization

/// The decoded form of objects in recent use, by the key that ``StoredObject`` gives them, in bounded memory.
///
/// Two generations instead of a list of uses: what is found in the old one moves to the young one; when the young one is full it becomes the
/// old one, and what was there and not asked for again is gone. A lookup is one dictionary access under a lock.
final class RecentlyDecoded: Sendable {
    private struct Generations {
        var young: [Int64: Entry] = [:]
        var old: [Int64: Entry] = [:]
        var youngBytes = 0
    }

    private struct Entry {
        let object: JSONObject
        let bytes: Int
    }

    private let generations = Mutex(Generations())
    private let maximumBytes: Int

    /// - Parameter maximumBytes: JSON bytes of the objects of one generation; decoded they take about five times as much.
    init(maximumBytes: Int) { self.maximumBytes = maximumBytes }

    subscript(key: Int64) -> JSONObject? {
        generations.withLock { generations in
            if let entry = generations.young[key] { return entry.object }
            guard let entry = generations.old.removeValue(forKey: key) else { return nil }
            insert(entry, key, into: &generations)
            return entry.object
        }
    }

    func remember(_ object: JSONObject, for key: Int64, bytes: Int) {
        generations.withLock { insert(Entry(object: object, bytes: bytes), key, into: &$0) }
    }

    private func insert(_ entry: Entry, _ key: Int64, into generations: inout Generations) {
        if let replaced = generations.young.updateValue(entry, forKey: key) { generations.youngBytes -= replaced.bytes }
        generations.youngBytes += entry.bytes
        guard generations.youngBytes > maximumBytes else { return }
        generations.old = generations.young
        generations.young = [:]
        generations.youngBytes = 0
    }
}
