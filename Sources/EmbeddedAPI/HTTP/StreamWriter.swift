import HummingbirdCore
import NIOCore
import Synchronization

/// The body of a streamed answer, and how long its client has left a piece of it unread.
///
/// Unchecked: one child task alone writes, and the task that made this waits for it before it goes on with its own copy of the writer. The rest is behind
/// a lock.
final class StreamWriter: @unchecked Sendable {
    private var writer: any ResponseBodyWriter
    /// When the piece was begun that is being written.
    private let begun = Mutex<ContinuousClock.Instant?>(nil)

    init(_ writer: any ResponseBodyWriter) { self.writer = writer }

    /// Waits until the connection takes the bytes: that is how a client that does not read is held back.
    func write(_ bytes: [UInt8]) async throws {
        begun.withLock { $0 = .now }
        try await writer.write(ByteBuffer(bytes: bytes))
        // Not when the write has failed.
        begun.withLock { $0 = nil }
    }

    /// Whether all that was written was taken.
    var isRead: Bool { begun.withLock { $0 == nil } }

    /// Returns after `timeout`.
    ///
    /// - Throws: ``StreamUnread`` when a piece has waited for longer than `limit`.
    func waitForEnd(after timeout: Duration, unreadAtMost limit: Duration) async throws {
        let end = ContinuousClock.now + timeout
        while true {
            let now = ContinuousClock.now
            guard now < end else { return }
            let begun = begun.withLock { $0 }
            if let begun, now - begun >= limit { throw StreamUnread() }
            try await Task.sleep(until: min(end, (begun ?? now) + limit), clock: .continuous)
        }
    }
}

/// Ends the connection of a client that does not read: what waits for it would wait for ever.
struct StreamUnread: Error {}
