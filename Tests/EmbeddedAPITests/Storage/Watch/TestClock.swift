import Synchronization

/// A clock of seconds that a test moves.
final class TestClock: Sendable {
    private let seconds = Atomic<Int64>(1_000_000)
    var now: Int64 { seconds.load(ordering: .relaxed) }
    func advance() { seconds.add(1, ordering: .relaxed) }
}
