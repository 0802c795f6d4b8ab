import Synchronization

/// The process is not the leader any more: another one may be, so nothing more may be written.
public struct LeadershipLost: Error, CustomStringConvertible {
    public var description: String { "the lease was not renewed in time, or another process holds it: this process is not the leader any more" }
}

/// Until when this process is certainly the leader. Writers ask it before each request, so that a process that was frozen and thaws writes nothing late.
public final class Leadership: Sendable {
    private let heldUntil = Mutex<ContinuousClock.Instant?>(nil)

    public init() {}

    public var isHeld: Bool { isHeld(at: .now) }

    /// - Throws: ``LeadershipLost``.
    public func check() throws(LeadershipLost) { if !isHeld { throw LeadershipLost() } }

    func isHeld(at now: ContinuousClock.Instant) -> Bool { heldUntil.withLock { $0.map { now < $0 } ?? false } }

    /// nil where it is not held at all.
    var end: ContinuousClock.Instant? { heldUntil.withLock { $0 } }

    func hold(until instant: ContinuousClock.Instant) { heldUntil.withLock { $0 = instant } }

    func giveUp() { heldUntil.withLock { $0 = nil } }
}
