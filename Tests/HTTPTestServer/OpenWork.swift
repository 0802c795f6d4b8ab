import NIOCore
import Synchronization

/// The channels and tasks that a server must end before it is gone.
final class OpenWork: Sendable {
    private struct State {
        var next = 0
        var channels: [Int: any Channel] = [:]
        var tasks: [Int: Task<Void, Never>] = [:]
        var isShutDown = false

        mutating func number() -> Int {
            next += 1
            return next
        }
    }

    private let state = Mutex(State())

    /// Counts the channel in until it is closed. `onClose` runs on its event loop.
    func add(_ channel: any Channel, onClose: @escaping @Sendable () -> Void) {
        let (number, isShutDown) = state.withLock { state in
            let number = state.number()
            state.channels[number] = channel
            return (number, state.isShutDown)
        }
        channel.closeFuture.whenComplete { [self] _ in
            state.withLock { $0.channels[number] = nil }
            onClose()
        }
        if isShutDown { channel.close(promise: nil) }
    }

    /// Runs `body` in a task that ``shutdown()`` cancels and waits for.
    func run(_ body: @escaping @Sendable () async -> Void) -> Task<Void, Never> {
        state.withLock { state in
            let number = state.number()
            let task = Task {
                await body()
                // Waits for the lock, and so for the entry that it removes.
                self.state.withLock { $0.tasks[number] = nil }
            }
            state.tasks[number] = task
            if state.isShutDown { task.cancel() }
            return task
        }
    }

    /// Cancels every task, closes every channel and waits until all are gone; later ones end as soon as they are added.
    func shutdown() async {
        let (channels, tasks) = state.withLock { state in
            state.isShutDown = true
            return (Array(state.channels.values), Array(state.tasks.values))
        }
        for task in tasks { task.cancel() }
        for channel in channels { channel.close(promise: nil) }
        // A failed close leaves a closed channel.
        for channel in channels { try? await channel.closeFuture.get() }
        while let task = state.withLock({ $0.tasks.first?.value }) { await task.value }
    }
}
