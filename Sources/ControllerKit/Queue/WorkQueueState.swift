/// The state of a ``WorkQueue`` and its rules, without threads; time is an argument.
///
/// A key stands in the queue once however often it is added, at the earliest time and the highest priority that it was added with. While it is worked on it may
/// be added again, and is given out again only afterwards.
struct WorkQueueState<Key: Hashable & Sendable>: Sendable {
    typealias Instant = ContinuousClock.Instant

    private struct Entry {
        var due: Instant
        var priority: Int
        /// Of the newest of its items; the others are out of date.
        var number: UInt64
        /// Whether its time has come.
        var isReady: Bool
    }

    private struct Item: Comparable {
        let key: Key
        let number: UInt64
        let rank: Rank

        static func < (left: Item, right: Item) -> Bool { left.rank < right.rank }
        static func == (left: Item, right: Item) -> Bool { left.number == right.number }
    }

    private enum Rank: Comparable {
        /// Higher priorities first, then those that wait longest.
        case ready(urgency: Int, number: UInt64)
        case later(Instant, number: UInt64)
    }

    private var entries: [Key: Entry] = [:]
    private var ready = Heap<Item>()
    private var later = Heap<Item>()
    private(set) var running: Set<Key> = []
    private var failures: [Key: Int] = [:]
    private var number: UInt64 = 0

    /// How many keys could be worked on now, or once the work on them under way is done.
    private(set) var depth = 0

    /// - Returns: whether the key is new or earlier than it was.
    @discardableResult
    mutating func add(_ key: Key, at due: Instant, priority: Int, now: Instant) -> Bool {
        var entry = entries[key] ?? Entry(due: due, priority: priority, number: 0, isReady: false)
        let isNew = entry.number == 0
        guard isNew || due < entry.due && !entry.isReady || priority > entry.priority else { return false }
        entry.due = min(entry.due, due)
        entry.priority = max(entry.priority, priority)
        if !entry.isReady, entry.due <= now { markReady(&entry) }
        number += 1
        entry.number = number
        entries[key] = entry
        // A running key waits for its end, see finish.
        if !running.contains(key) { push(key, entry) }
        return true
    }

    /// The next key to work on, and since when it could have been.
    mutating func take(now: Instant) -> (key: Key, since: Instant)? {
        while let item = later.first, case .later(let due, _) = item.rank, due <= now {
            later.removeFirst()
            guard var entry = entries[item.key], entry.number == item.number else { continue }
            markReady(&entry)
            entries[item.key] = entry
            push(item.key, entry)
        }
        while let item = ready.first {
            ready.removeFirst()
            guard let entry = entries[item.key], entry.number == item.number else { continue }
            entries[item.key] = nil
            depth -= 1
            running.insert(item.key)
            return (item.key, entry.due)
        }
        return nil
    }

    /// When to look again although nothing is added; nil while nothing waits for a time.
    mutating func nextDue() -> Instant? {
        while let item = later.first {
            if let entry = entries[item.key], entry.number == item.number { return entry.due }
            later.removeFirst()
        }
        return nil
    }

    mutating func finish(_ key: Key) {
        running.remove(key)
        if let entry = entries[key] { push(key, entry) }
    }

    /// Counts one more failure of the key in a row.
    mutating func countFailure(_ key: Key) -> Int {
        failures[key, default: 0] += 1
        return failures[key] ?? 1
    }

    mutating func forget(_ key: Key) { failures[key] = nil }

    private mutating func markReady(_ entry: inout Entry) {
        entry.isReady = true
        depth += 1
    }

    private mutating func push(_ key: Key, _ entry: Entry) {
        if entry.isReady {
            ready.insert(Item(key: key, number: entry.number, rank: .ready(urgency: -entry.priority, number: entry.number)))
        } else {
            later.insert(Item(key: key, number: entry.number, rank: .later(entry.due, number: entry.number)))
        }
    }
}
