/// When to look at which transfer next: a binary heap, earliest first.
///
/// An entry says "look", not "fire". A deadline that moves back, as an idle timeout does with every byte, costs nothing until its old entry comes up.
struct DeadlineQueue {
    struct Entry {
        let instant: ContinuousClock.Instant
        let id: UInt64
    }

    private var heap: [Entry] = []

    var earliest: ContinuousClock.Instant? { heap.first?.instant }
    var count: Int { heap.count }

    mutating func insert(_ instant: ContinuousClock.Instant, _ id: UInt64) {
        heap.append(Entry(instant: instant, id: id))
        var child = heap.count - 1
        while child > 0 {
            let parent = (child - 1) / 2
            guard heap[child].instant < heap[parent].instant else { break }
            heap.swapAt(child, parent)
            child = parent
        }
    }

    mutating func popFirst(dueBy now: ContinuousClock.Instant) -> UInt64? {
        guard let first = heap.first, first.instant <= now else { return nil }
        let last = heap.removeLast()
        if heap.isEmpty { return first.id }
        heap[0] = last
        var parent = 0
        while true {
            var least = parent
            for child in [2 * parent + 1, 2 * parent + 2] where child < heap.count && heap[child].instant < heap[least].instant { least = child }
            guard least != parent else { break }
            heap.swapAt(parent, least)
            parent = least
        }
        return first.id
    }
}
