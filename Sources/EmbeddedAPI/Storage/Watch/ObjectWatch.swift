import KubernetesAPI

/// Where a watch begins.
public enum WatchStart: Sendable, Equatable {
    /// With the next change.
    case now
    /// With the first change after this version, which a list or an earlier watch has shown.
    case after(Int64)
    /// With the present objects as added ones, in the order of their keys, and with a bookmark behind them if wanted.
    case initialObjects(thenBookmark: Bool)
}

/// The events of one watch, in version order and without a gap, until the task is cancelled or the store closes: then it ends.
///
/// It throws ``StorageError/watchExpired(requested:compacted:)`` when its reader has fallen behind by more than the history holds.
/// Each iterator is a watch of its own from the same start. Nothing is held for an iterator that is not waiting.
public struct ObjectWatch: AsyncSequence, Sendable {
    fileprivate let published: Published
    fileprivate let resource: GroupResource
    fileprivate let selection: Selection
    /// Initial objects that are still to be shown.
    fileprivate let initial: ObjectTree?
    fileprivate let version: Int64
    fileprivate let offset: Int
    fileprivate let round: Int?
    fileprivate let endsInitialEvents: Bool

    public func makeAsyncIterator() -> Iterator { Iterator(self) }

    public struct Iterator: AsyncIteratorProtocol {
        /// How many changes or objects are taken at a time: bounds what a watch holds beside the history.
        private static let batchCount = 128

        private let watch: ObjectWatch
        private var ready: ArraySlice<ObjectEvent> = []
        private var initial: ObjectTree?
        private var initialStart: String
        private var endsInitialEvents: Bool
        private var offset: Int
        private var round: Int?
        /// The version up to which everything was reported.
        private var reported: Int64

        fileprivate init(_ watch: ObjectWatch) {
            self.watch = watch
            initial = watch.initial
            initialStart = watch.selection.pathPrefix
            endsInitialEvents = watch.endsInitialEvents
            offset = watch.offset
            round = watch.round
            reported = watch.version
        }

        public mutating func next() async throws(StorageError) -> ObjectEvent? { try await next(isolation: nil) }

        public mutating func next(isolation actor: isolated (any Actor)?) async throws(StorageError) -> ObjectEvent? {
            while true {
                if Task.isCancelled { return nil }
                if let event = ready.popFirst() { return event }
                if initial != nil {
                    try takeInitialObjects()
                    continue
                }
                if endsInitialEvents {
                    endsInitialEvents = false
                    return .bookmark(version: reported, endsInitialEvents: true)
                }
                switch watch.published.step(watch.resource, offset: offset, round: round, limit: Self.batchCount) {
                case .changes(let changes): try take(changes)
                case .bookmark(let version, let round):
                    self.round = round
                    reported = Swift.max(reported, version)
                    return .bookmark(version: reported, endsInitialEvents: false)
                case .wait: await watch.published.wait(watch.resource, offset: offset, round: round)
                case .expired(let compacted): throw .watchExpired(requested: reported, compacted: compacted)
                case .closed: return nil
                }
            }
        }

        private mutating func take(_ changes: [Change]) throws(StorageError) {
            var events: [ObjectEvent] = []
            // A watch may start after a version that is still to come.
            for change in changes where change.version > watch.version {
                if let event = try change.event(for: watch.selection) { events.append(event) }
            }
            ready = events[...]
            offset += changes.count
            if let last = changes.last { reported = Swift.max(reported, last.version) }
        }

        private mutating func takeInitialObjects() throws(StorageError) {
            guard let tree = initial else { return }
            var events: [ObjectEvent] = []
            // Counts what is looked at, not what matches: a rare selection must not hold a thread, or keep a cancelled watch alive, for a whole tree.
            var (looked, isEnd) = (0, true)
            try tree.walk(from: initialStart) { (object) throws(StorageError) in
                if let namespace = watch.selection.namespace, !object.key.isIn(namespace: namespace) { return false }
                guard looked < Self.batchCount else {
                    isEnd = false
                    initialStart = object.key.path
                    return false
                }
                looked += 1
                if try watch.selection.includes(object) { events.append(.added(object)) }
                return true
            }
            ready = events[...]
            if isEnd { initial = nil }
        }
    }
}

extension ObjectStore {
    /// Watches the objects of `resource` that `selection` holds for.
    ///
    /// - Parameter bookmarks: whether the watch takes part in ``sendBookmarks()``.
    /// - Throws: ``StorageError/watchExpired(requested:compacted:)`` when changes after the version are no longer known.
    public func watch(
        _ resource: GroupResource, _ selection: Selection = Selection(), from start: WatchStart, bookmarks: Bool = false
    ) throws(StorageError) -> ObjectWatch {
        var after: Int64?
        if case .after(let version) = start { after = version }
        let (offset, round, state, compacted) = published.position(resource, after: after)
        if let after, after < compacted { throw .watchExpired(requested: after, compacted: compacted) }
        var (initial, endsInitialEvents): (ObjectTree?, Bool) = (nil, false)
        if case .initialObjects(let thenBookmark) = start { (initial, endsInitialEvents) = (state[resource], thenBookmark) }
        return ObjectWatch(
            published: published, resource: resource, selection: selection, initial: initial, version: after ?? state.version, offset: offset,
            round: bookmarks ? round : nil, endsInitialEvents: endsInitialEvents)
    }

    /// Sends a bookmark with the present version to every watch that takes part, so that clients of quiet resources stay within the history.
    public func sendBookmarks() { published.requestBookmarks() }

    /// Sends bookmarks at every interval, until the task is cancelled.
    public func sendBookmarks(every interval: Duration, clock: some Clock<Duration> = ContinuousClock()) async {
        // Sleeping throws only when the task is cancelled.
        while (try? await clock.sleep(for: interval)) != nil { sendBookmarks() }
    }

    /// Watches that wait for a change at this moment.
    public var waitingWatchCount: Int { published.waiterCount }
}
