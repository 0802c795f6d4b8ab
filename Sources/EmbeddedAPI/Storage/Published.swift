import KubernetesAPI
import Synchronization

/// What readers see: the last durable state, the history behind it, and who waits for more.
///
/// The lock is held for moments: to take a state (a reference), a stretch of the history, or a place among the waiting.
final class Published: Sendable {
    private struct Content {
        var state: ObjectState
        var history: ChangeHistory
        var waiters: [GroupResource: [Int: CheckedContinuation<Void, Never>]] = [:]
        var nextWaiter = 0
        /// How many times bookmarks were asked for.
        var bookmarkRound = 0
        var isClosed = false
    }

    private let content: Mutex<Content>

    init(state: ObjectState, history: ChangeHistory) { content = Mutex(Content(state: state, history: history)) }

    // MARK: The writer's side

    /// Makes `changes`, which are durable, visible to all, and wakes those who wait for them. Only the writer calls it.
    func publish(_ state: ObjectState, changes: [Change], dropping count: Int) {
        let woken = content.withLock { content in
            content.history.drop(count)
            for change in changes { content.history.append(change) }
            content.state = state
            return Set(changes.map(\.resource)).compactMap { content.waiters.removeValue(forKey: $0) }
        }
        for waiters in woken { for waiter in waiters.values { waiter.resume() } }
    }

    func countToDrop(adding changes: [Change], now: Int64, limits: HistoryLimits) -> (count: Int, compacted: Int64?) {
        content.withLock { content in
            let count = content.history.countToDrop(adding: changes, now: now, limits: limits)
            return (count, content.history.lastVersion(dropping: count))
        }
    }

    func countToDropAll() -> (count: Int, compacted: Int64?) {
        content.withLock { ($0.history.all.count, $0.history.lastVersion(dropping: $0.history.all.count)) }
    }

    func requestBookmarks() {
        wakeAll { $0.bookmarkRound += 1 }
    }

    func close() {
        wakeAll { $0.isClosed = true }
    }

    private func wakeAll(_ change: (inout Content) -> Void) {
        let woken = content.withLock { content in
            change(&content)
            defer { content.waiters = [:] }
            return content.waiters
        }
        for waiters in woken.values { for waiter in waiters.values { waiter.resume() } }
    }

    // MARK: The readers' side

    var state: ObjectState { content.withLock(\.state) }

    var compacted: Int64 { content.withLock(\.history.compacted) }

    func changeCount(of resources: [GroupResource]) -> Int64 {
        content.withLock { content in resources.reduce(0) { $0 + Int64(content.history[$1].endOffset) } }
    }

    var waiterCount: Int { content.withLock { $0.waiters.values.reduce(0) { $0 + $1.count } } }

    /// The present state, with the changes of the resource after `version` that lead to it; nil when these are no longer all known.
    func state(_ resource: GroupResource, since version: Int64) -> (state: ObjectState, changes: [Change]?, compacted: Int64) {
        content.withLock { content in
            guard version >= content.history.compacted else { return (content.state, nil, content.history.compacted) }
            guard version < content.state.version else { return (content.state, [], content.history.compacted) }
            let queue = content.history[resource]
            return (content.state, queue.slice(from: queue.firstOffset { $0.version > version }), content.history.compacted)
        }
    }

    /// Where a watch of the resource begins: behind the last change (`version` nil), or behind the last one up to `version`.
    func position(_ resource: GroupResource, after version: Int64?) -> (offset: Int, round: Int, state: ObjectState, compacted: Int64) {
        content.withLock { content in
            let queue = content.history[resource]
            let offset = version.map { version in queue.firstOffset { $0.version > version } } ?? queue.endOffset
            return (offset, content.bookmarkRound, content.state, content.history.compacted)
        }
    }

    enum Step {
        case changes([Change])
        /// All changes up to `version` were taken, and bookmarks were asked for.
        case bookmark(version: Int64, round: Int)
        case wait
        /// The next change is no longer known.
        case expired(compacted: Int64)
        case closed
    }

    /// The next changes from `offset` on, at most `limit`.
    func step(_ resource: GroupResource, offset: Int, round: Int?, limit: Int) -> Step {
        content.withLock { content in
            let queue = content.history[resource]
            if offset < queue.firstOffset { return .expired(compacted: content.history.compacted) }
            if offset < queue.endOffset { return .changes(queue.slice(from: offset, limit: limit)) }
            if content.isClosed { return .closed }
            if let round, round < content.bookmarkRound { return .bookmark(version: content.state.version, round: content.bookmarkRound) }
            return .wait
        }
    }

    /// Returns when ``step(_:offset:round:limit:)`` may have more to say, or when the task is cancelled; its place is free at once then.
    func wait(_ resource: GroupResource, offset: Int, round: Int?) async {
        let number = content.withLock { content in
            content.nextWaiter += 1
            return content.nextWaiter
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let goesOn = content.withLock { content in
                    // Looked at under the lock that the handler and the writer take too: neither can come in between.
                    if Task.isCancelled || content.isClosed || content.history[resource].endOffset > offset { return true }
                    if let round, round < content.bookmarkRound { return true }
                    content.waiters[resource, default: [:]][number] = continuation
                    return false
                }
                if goesOn { continuation.resume() }
            }
        } onCancel: {
            content.withLock { $0.waiters[resource]?.removeValue(forKey: number) }?.resume()
        }
    }
}

extension ChangeHistory {
    /// The version up to which nothing is known once the `count` oldest changes are dropped; nil when none is.
    func lastVersion(dropping count: Int) -> Int64? {
        count == 0 ? nil : all[all.firstOffset + count - 1]?.version
    }
}
