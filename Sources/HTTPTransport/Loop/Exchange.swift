import Synchronization

/// What the loop and the task that made a request share: the head, the body's buffer, and the end.
///
/// The loop fills, the task takes; every continuation is taken out of the state under the lock before it is resumed, so that it is resumed once.
final class Exchange: Sendable {
    struct Head: Sendable {
        let status: Int
        let headers: HTTPHeaders
        let version: HTTPVersion
        let url: String
    }

    /// What became of bytes that the loop delivered.
    enum Delivery { case taken, full, unwanted }

    private typealias HeadContinuation = CheckedContinuation<Result<Head, HTTPTransportError>, Never>
    private typealias ChunkContinuation = CheckedContinuation<Result<[UInt8]?, HTTPTransportError>, Never>

    private struct State {
        var head: Head?
        var headWaiter: HeadContinuation?
        var buffer = ChunkBuffer()
        var chunkWaiter: ChunkContinuation?
        var isClaimed = false
        /// Set when the loop was told to hold the server back; cleared by the consumer, who then tells it to go on.
        var resumesBelow: Int?
        var end: Result<Void, HTTPTransportError>?
        var mayHaveBeenSent = false
    }

    let id: UInt64
    let upload: UploadBuffer?
    private let method: String
    private let url: String
    private let inbox: LoopInbox
    private let state = Mutex(State())

    init(id: UInt64, method: String, url: String, upload: UploadBuffer?, inbox: LoopInbox) {
        (self.id, self.method, self.url, self.upload, self.inbox) = (id, method, url, upload, inbox)
    }

    func error(_ kind: HTTPTransportError.Kind, _ message: String, curlCode: Int? = nil, mayHaveBeenSent: Bool? = nil) -> HTTPTransportError {
        let sent = mayHaveBeenSent ?? state.withLock { $0.mayHaveBeenSent }
        return HTTPTransportError(kind: kind, method: method, url: url, message: message, curlCode: curlCode, requestMayHaveBeenSent: sent)
    }

    // MARK: the loop's side

    func requestMayHaveBeenSent() { state.withLock { $0.mayHaveBeenSent = true } }

    func deliver(_ head: Head) {
        let waiter = state.withLock { state -> HeadContinuation? in
            guard state.end == nil else { return nil }
            state.head = head
            return state.headWaiter.take()
        }
        waiter?.resume(returning: .success(head))
    }

    /// Takes the bytes unless `limit` bytes wait already.
    ///
    /// - Parameter resumesBelow: when it is full, how few bytes must wait before the loop is told to go on.
    func deliver(_ bytes: UnsafeRawBufferPointer, limit: Int, resumesBelow: Int) -> Delivery {
        let (delivery, waiter, chunk) = state.withLock { state -> (Delivery, ChunkContinuation?, [UInt8]?) in
            if state.end != nil { return (.unwanted, nil, nil) }
            if let waiter = state.chunkWaiter.take() { return (.taken, waiter, [UInt8](bytes)) }
            if state.buffer.count >= limit {
                state.resumesBelow = resumesBelow
                return (.full, nil, nil)
            }
            state.buffer.append(bytes)
            return (.taken, nil, nil)
        }
        waiter?.resume(returning: .success(chunk))
        return delivery
    }

    /// The end of everything; later ones change nothing. What is buffered can still be read.
    func finish(_ result: Result<Void, HTTPTransportError>) { end(result, keepsBuffer: true) }

    // MARK: the task's side

    func waitForHead(startedBy start: () -> Bool) async -> Result<Head, HTTPTransportError> {
        await withTaskCancellationHandler {
            await withCheckedContinuation { (continuation: HeadContinuation) in
                let ended = state.withLock { state -> HTTPTransportError? in
                    if case .failure(let error) = state.end { return error }
                    state.headWaiter = continuation
                    return nil
                }
                if let ended { return continuation.resume(returning: .failure(ended)) }
                if !start() { finish(.failure(error(.shutdown, "the transport has been shut down", mayHaveBeenSent: false))) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// - Returns: whether the caller is the first to read the body.
    func claimBody() -> Bool {
        state.withLock { state in
            defer { state.isClaimed = true }
            return !state.isClaimed
        }
    }

    func nextChunk(isolation: isolated (any Actor)?) async -> Result<[UInt8]?, HTTPTransportError> {
        if Task.isCancelled { cancel() }
        return await withTaskCancellationHandler {
            if let ready = takeChunk() { return ready }
            return await withCheckedContinuation(isolation: isolation) { (continuation: ChunkContinuation) in
                // The state may have changed since: look again, under the lock that also parks the continuation.
                if let ready = takeChunk(orPark: continuation) { continuation.resume(returning: ready) }
            }
        } onCancel: {
            cancel()
        }
    }

    /// The calling task was cancelled.
    func cancel() { leave(error(.cancelled, "cancelled by the caller")) }

    /// No one will read on.
    func abandon() { leave(error(.cancelled, "the response's body was not wanted any more")) }

    func abandonTooLarge(_ maximum: Int) -> HTTPTransportError {
        let error = error(.tooLarge(.bodyBytes), "the body is larger than the \(maximum) bytes that the caller takes")
        leave(error)
        return error
    }

    private func leave(_ error: HTTPTransportError) {
        if end(.failure(error), keepsBuffer: false) { inbox.post(.cancel(id: id)) }
    }

    @discardableResult
    private func end(_ result: Result<Void, HTTPTransportError>, keepsBuffer: Bool) -> Bool {
        typealias Waiters = (isFirst: Bool, head: HeadContinuation?, chunk: ChunkContinuation?)
        let waiters = state.withLock { state -> Waiters in
            let lacksBytes = !keepsBuffer && state.buffer.count > 0
            if !keepsBuffer { state.buffer = ChunkBuffer() }
            guard state.end == nil else {
                // All had come in, but its rest will not be read: that must not look like the end of a whole body.
                if lacksBytes, case .success = state.end { state.end = result }
                return (false, nil, nil)
            }
            state.end = result
            return (true, state.headWaiter.take(), state.chunkWaiter.take())
        }
        guard waiters.isFirst else { return false }
        upload?.close()
        switch result {
        case .success: waiters.chunk?.resume(returning: .success(nil))
        case .failure(let error):
            waiters.head?.resume(returning: .failure(error))
            waiters.chunk?.resume(returning: .failure(error))
        }
        return true
    }

    private func takeChunk(orPark continuation: ChunkContinuation? = nil) -> Result<[UInt8]?, HTTPTransportError>? {
        let (ready, resumes) = state.withLock { state -> (Result<[UInt8]?, HTTPTransportError>?, Bool) in
            if let chunk = state.buffer.popFirst() {
                let resumes = state.resumesBelow.map { state.buffer.count < $0 } ?? false
                if resumes { state.resumesBelow = nil }
                return (.success(chunk), resumes && state.end == nil)
            }
            if let end = state.end { return (end.map { nil }, false) }
            if state.chunkWaiter != nil {
                let error = HTTPTransportError(
                    kind: .bodyConsumedTwice, method: method, url: url, message: "two tasks read this response's body at once", curlCode: nil,
                    requestMayHaveBeenSent: true)
                return (.failure(error), false)
            }
            state.chunkWaiter = continuation
            return (nil, false)
        }
        if resumes { inbox.post(.resumeReceiving(id: id)) }
        return ready
    }
}
