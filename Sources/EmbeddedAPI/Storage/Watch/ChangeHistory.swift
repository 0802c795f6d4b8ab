import KubernetesAPI

/// How much of the past is kept, for watches that resume and for lists at an earlier version. What is older answers 410.
public struct HistoryLimits: Sendable {
    public var maximumChanges: Int
    /// Former states of objects, in bytes of JSON.
    public var maximumBytes: Int
    /// In seconds.
    public var maximumAge: Int64

    public init(maximumChanges: Int = 20_000, maximumBytes: Int = 32 << 20, maximumAge: Int64 = 3600) {
        self.maximumChanges = maximumChanges
        self.maximumBytes = maximumBytes
        self.maximumAge = maximumAge
    }
}

/// The last changes, in version order: all together for dropping the oldest, and per resource for those who watch one.
///
/// Watchers hold no buffers: each has a position in the queue of its resource. So a slow one costs nothing and cannot slow anyone; when its
/// position is dropped, it has fallen behind by the whole history and is told so.
struct ChangeHistory {
    private(set) var all = OffsetQueue<Change>()
    private var byResource: [GroupResource: OffsetQueue<Change>] = [:]
    /// The version of the last dropped change.
    private(set) var compacted: Int64
    private(set) var byteCount = 0

    init(compacted: Int64) { self.compacted = compacted }

    subscript(resource: GroupResource) -> OffsetQueue<Change> { byResource[resource] ?? OffsetQueue() }

    mutating func append(_ change: Change) {
        all.append(change)
        byResource[change.resource, default: OffsetQueue()].append(change)
        byteCount += change.byteCount
    }

    /// Forgets the `count` oldest changes.
    mutating func drop(_ count: Int) {
        for _ in 0..<count {
            guard let change = all.popFirst() else { return }
            _ = byResource[change.resource]?.popFirst()
            byteCount -= change.byteCount
            compacted = change.version
        }
    }

    /// How many of the oldest changes to drop before `incoming` are added at the time `now`. Some more than needed, so that not every write drops one.
    func countToDrop(adding incoming: [Change], now: Int64, limits: HistoryLimits) -> Int {
        var count = 0
        let excess = all.count + incoming.count - limits.maximumChanges
        if excess > 0 { count = excess + limits.maximumChanges / 20 }

        let aged = all.firstOffset { $0.time >= now - limits.maximumAge } - all.firstOffset
        if aged > count, aged >= min(64, all.count) { count = aged }

        var bytes = byteCount + incoming.reduce(0) { $0 + $1.byteCount }
        if bytes > limits.maximumBytes {
            var dropped = 0
            while bytes > limits.maximumBytes - limits.maximumBytes / 20, let change = all[all.firstOffset + dropped] {
                bytes -= change.byteCount
                dropped += 1
            }
            count = max(count, dropped)
        }
        return min(count, all.count)
    }
}
