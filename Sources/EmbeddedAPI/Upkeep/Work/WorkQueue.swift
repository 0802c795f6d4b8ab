import Synchronization

/// Keys of what is to be looked at: each once however often it is added, never twice at the same time, again when it was added meanwhile, and later when the
/// work on it failed.
final class WorkQueue<Key: Hashable & Sendable>: Sendable {
    private struct State {
        var waiting: Set<Key> = []
        var running: Set<Key> = []
        /// Added while running.
        var again: Set<Key> = []
        var delayed: Set<Key> = []
        var failures: [Key: Int] = [:]
        /// Keys that wait for ``release()``; nil when it was called.
        var held: [Key]?
    }

    private let state: Mutex<State>
    private let (ready, readyKeys) = AsyncStream<Key>.makeStream()
    private let (delays, laterKeys) = AsyncStream<(Key, Duration)>.makeStream()

    /// - Parameter isHeld: whether nothing is worked on until ``release()``.
    init(isHeld: Bool = false) { state = Mutex(State(held: isHeld ? [] : nil)) }

    func add(_ key: Key) {
        state.withLock { state in
            if state.running.contains(key) {
                state.again.insert(key)
            } else if state.waiting.insert(key).inserted {
                if state.held == nil { readyKeys.yield(key) } else { state.held?.append(key) }
            }
        }
    }

    /// Adds the key when the time is over. Until then further calls for it change nothing.
    func add(_ key: Key, after delay: Duration) {
        let isNew = state.withLock { $0.delayed.insert(key).inserted }
        if isNew { laterKeys.yield((key, delay)) }
    }

    func release() {
        state.withLock { state in
            for key in state.held ?? [] { readyKeys.yield(key) }
            state.held = nil
        }
    }

    /// Works until the task is cancelled. To be called once.
    ///
    /// - Parameters:
    ///   - limit: how many keys are worked on at the same time.
    ///   - failed: told of every error but conflicts, which are part of the game: the object changed, and is looked at again.
    ///   - work: throws when it is to be repeated.
    func run(limit: Int, failed: @escaping @Sendable (Key, any Error) -> Void, _ work: @escaping @Sendable (Key) async throws -> Void) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { await self.runDelays() }
            group.addTask {
                await withTaskGroup(of: Void.self) { workers in
                    var count = 0
                    for await key in self.ready {
                        if count == limit { await workers.next() } else { count += 1 }
                        workers.addTask { await self.run(key, failed, work) }
                    }
                }
            }
        }
    }

    private func run(_ key: Key, _ failed: @Sendable (Key, any Error) -> Void, _ work: @Sendable (Key) async throws -> Void) async {
        state.withLock { state in
            state.waiting.remove(key)
            state.running.insert(key)
        }
        do {
            try await work(key)
            finish(key, failed: false)
        } catch {
            if Task.isCancelled { return }
            if !error.isConflict { failed(key, error) }
            finish(key, failed: true)
        }
    }

    private func finish(_ key: Key, failed: Bool) {
        let (isAgain, failures) = state.withLock { state in
            state.running.remove(key)
            if failed { state.failures[key, default: 0] += 1 } else { state.failures[key] = nil }
            return (state.again.remove(key) != nil, state.failures[key] ?? 0)
        }
        if failures > 0 {
            add(key, after: BackOff.work.delay(afterFailure: failures, jitter: .random(in: 0...1)))
        } else if isAgain {
            add(key)
        }
    }

    private func runDelays() async {
        await withDiscardingTaskGroup { group in
            for await (key, delay) in delays {
                group.addTask {
                    guard (try? await Task.sleep(for: delay)) != nil else { return }
                    _ = self.state.withLock { $0.delayed.remove(key) }
                    self.add(key)
                }
            }
        }
    }
}
