import Synchronization

/// Lets tasks wait for something that happens, without polling. A signal that does not stay set wakes those who wait, or else the next one to come.
final class Signal: Sendable {
    private struct State {
        var isSet = false
        var next: UInt64 = 0
        var waiting: [UInt64: CheckedContinuation<Void, Never>] = [:]
    }

    private let staysSet: Bool
    private let state = Mutex(State())

    init(staysSet: Bool) { self.staysSet = staysSet }

    var isSet: Bool { state.withLock { $0.isSet } }

    func set() {
        let waiting = state.withLock { state in
            let waiting = state.waiting
            state.waiting = [:]
            state.isSet = staysSet || waiting.isEmpty
            return waiting
        }
        for continuation in waiting.values { continuation.resume() }
    }

    /// - Throws: `CancellationError`.
    func wait() async throws {
        let id = state.withLock { state in
            state.next += 1
            return state.next
        }
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let isOver = state.withLock { state in
                    if state.isSet || Task.isCancelled {
                        if !staysSet, !Task.isCancelled { state.isSet = false }
                        return true
                    }
                    state.waiting[id] = continuation
                    return false
                }
                if isOver { continuation.resume() }
            }
        } onCancel: {
            // Either the continuation is there by now, or its task sees that it is cancelled before it puts it there.
            state.withLock { $0.waiting.removeValue(forKey: id) }?.resume()
        }
        try Task.checkCancellation()
    }

    /// Waits until the signal is set or the time comes.
    func wait(until deadline: ContinuousClock.Instant?) async throws {
        guard let deadline else { return try await wait() }
        try await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { try await self.wait() }
            group.addTask { try await Task.sleep(until: deadline, clock: .continuous) }
            defer { group.cancelAll() }
            try await group.next()
        }
    }
}
