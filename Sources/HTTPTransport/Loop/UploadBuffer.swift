import Synchronization

/// A request body between the task that produces it and the loop that sends it.
///
/// The producer waits while ``limit`` bytes are unsent; the loop pauses sending while there are none.
final class UploadBuffer: Sendable {
    static let limit = 256 << 10

    /// What the loop finds when it wants to send.
    enum Supply: Equatable {
        case bytes(Int)
        /// Nothing yet: the loop will be told when there is.
        case pending
        case end
        /// The producer threw.
        case failed(String)
    }

    private struct State {
        var buffer = ChunkBuffer()
        var current: ArraySlice<UInt8> = []
        var producer: CheckedContinuation<Bool, Never>?
        var isLoopWaiting = false
        var isFinished = false
        var failure: String?
        var isClosed = false
        var stopProducer: (@Sendable () -> Void)?

        var unsent: Int { buffer.count + current.count }
    }

    private let state = Mutex(State())

    // MARK: the producer's side

    /// Waits until there is room, in a task that ``close()`` releases.
    ///
    /// - Parameter ready: called when the loop waits for these bytes.
    /// - Returns: whether more is wanted.
    func push(_ chunk: [UInt8], ready: @Sendable () -> Void) async -> Bool {
        let wakes = state.withLock { state -> Bool in
            guard !state.isClosed else { return false }
            chunk.withUnsafeBytes { state.buffer.append($0) }
            defer { state.isLoopWaiting = false }
            return state.isLoopWaiting
        }
        if wakes { ready() }
        return await withCheckedContinuation { continuation in
            let answer = state.withLock { state -> Bool? in
                if state.isClosed { return false }
                if state.unsent < Self.limit { return true }
                state.producer = continuation
                return nil
            }
            if let answer { continuation.resume(returning: answer) }
        }
    }

    func finish(failure: String?, ready: @Sendable () -> Void) {
        let wakes = state.withLock { state -> Bool in
            state.isFinished = true
            state.failure = failure
            defer { state.isLoopWaiting = false }
            return state.isLoopWaiting
        }
        if wakes { ready() }
    }

    /// Sets how to stop the producer, once, when the exchange is over.
    func onClose(_ stop: @escaping @Sendable () -> Void) {
        let isClosed = state.withLock { state in
            if !state.isClosed { state.stopProducer = stop }
            return state.isClosed
        }
        if isClosed { stop() }
    }

    // MARK: the loop's side

    func read(into target: UnsafeMutableRawBufferPointer) -> Supply {
        let (supply, producer) = state.withLock { state -> (Supply, CheckedContinuation<Bool, Never>?) in
            if let failure = state.failure { return (.failed(failure), nil) }
            if state.current.isEmpty, let next = state.buffer.popFirst() { state.current = next[...] }
            if state.current.isEmpty {
                if state.isFinished { return (.end, nil) }
                state.isLoopWaiting = true
                return (.pending, nil)
            }
            let part = state.current.prefix(target.count)
            target.copyBytes(from: part)
            state.current = state.current.dropFirst(part.count)
            return (.bytes(part.count), state.unsent < Self.limit ? state.producer.take() : nil)
        }
        producer?.resume(returning: true)
        return supply
    }

    /// The exchange is over: nothing more is wanted.
    func close() {
        let (producer, stop) = state.withLock { state in
            state.isClosed = true
            state.buffer = ChunkBuffer()
            state.current = []
            return (state.producer.take(), state.stopProducer.take())
        }
        producer?.resume(returning: false)
        stop?()
    }
}
