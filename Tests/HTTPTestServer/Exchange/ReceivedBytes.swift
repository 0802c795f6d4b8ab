import NIOCore
import Synchronization

/// The bytes that a channel has received and no task has read yet. One task reads; the channel stops reading while more than `limit` bytes wait.
final class ReceivedBytes: Sendable {
    private struct State {
        var buffer = ByteBuffer()
        var end: Result<Void, TestServerError>?
        var isDiscarding = false
        /// The channel wanted to read and was held back.
        var holdsRead = false
        var reader: CheckedContinuation<Void, Never>?
        var readerIsCancelled = false
    }

    private let state = Mutex(State())
    private let channel: any Channel
    private let limit: Int

    init(channel: any Channel, limit: Int = 65536) {
        self.channel = channel
        self.limit = limit
    }

    // MARK: The channel's side

    func append(_ bytes: ByteBuffer) {
        let reader = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard !state.isDiscarding, state.end == nil else { return nil }
            if state.buffer.readableBytes == 0 { state.buffer = bytes } else { state.buffer.writeImmutableBuffer(bytes) }
            return state.reader.take()
        }
        reader?.resume()
    }

    func finish(_ result: Result<Void, TestServerError> = .success(())) {
        let reader = state.withLock { state -> CheckedContinuation<Void, Never>? in
            if state.end == nil { state.end = result }
            return state.reader.take()
        }
        reader?.resume()
    }

    /// Whether the channel may read now; if not, ``take(upTo:)`` asks it to as soon as there is room.
    func mayRead() -> Bool {
        state.withLock { state in
            if state.isDiscarding || state.buffer.readableBytes <= limit { return true }
            state.holdsRead = true
            return false
        }
    }

    /// Nobody will read any more: what comes is dropped.
    func discard() {
        resumeReading(
            if: state.withLock { state in
                state.isDiscarding = true
                state.buffer.clear()
                defer { state.holdsRead = false }
                return state.holdsRead
            })
    }

    // MARK: The reader's side

    /// The next bytes, at most `count`; `nil` at the end.
    func take(upTo count: Int = .max) async throws(TestServerError) -> [UInt8]? {
        while true {
            if let bytes = try takeAvailable(upTo: count) { return bytes.isEmpty ? nil : bytes }
            await waitForMore()
            if Task.isCancelled { throw .cancelled }
        }
    }

    /// Everything up to and including the first occurrence of `pattern`.
    func take(through pattern: [UInt8], limit: Int) async throws(TestServerError) -> [UInt8] {
        var collected: [UInt8] = []
        while true {
            guard let bytes = try await take() else {
                throw .closed("the peer ended the stream after \(collected.count) bytes, before the expected \(pattern.count) bytes that end a part")
            }
            let searchStart = max(0, collected.count - pattern.count + 1)
            collected += bytes
            if let range = collected[searchStart...].firstRange(of: pattern) {
                putBack(collected[range.upperBound...])
                return Array(collected[..<range.upperBound])
            }
            if collected.count > limit { throw .tooLong("The peer sent more than \(limit) bytes without the expected end of a part.") }
        }
    }

    private func putBack(_ bytes: ArraySlice<UInt8>) {
        guard !bytes.isEmpty else { return }
        state.withLock { state in
            var buffer = ByteBuffer(bytes: bytes)
            buffer.writeImmutableBuffer(state.buffer)
            state.buffer = buffer
        }
    }

    /// `nil` when there is nothing yet, empty at the end.
    private func takeAvailable(upTo count: Int) throws(TestServerError) -> [UInt8]? {
        let (bytes, end, resumes) = state.withLock { state -> ([UInt8]?, Result<Void, TestServerError>?, Bool) in
            let available = min(count, state.buffer.readableBytes)
            guard available > 0, let bytes = state.buffer.readBytes(length: available) else { return (nil, state.end, false) }
            guard state.holdsRead, state.buffer.readableBytes <= limit else { return (bytes, nil, false) }
            state.holdsRead = false
            return (bytes, nil, true)
        }
        resumeReading(if: resumes)
        if let bytes { return bytes }
        guard let end else { return nil }
        try end.get()
        return []
    }

    private func waitForMore() async {
        await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let waits = state.withLock { state in
                    if state.readerIsCancelled || state.end != nil || state.buffer.readableBytes > 0 { return false }
                    state.reader = continuation
                    return true
                }
                if !waits { continuation.resume() }
            }
        } onCancel: {
            let reader = state.withLock { state -> CheckedContinuation<Void, Never>? in
                state.readerIsCancelled = true
                return state.reader.take()
            }
            reader?.resume()
        }
    }

    private func resumeReading(if needed: Bool) {
        if needed { channel.read() }
    }
}
