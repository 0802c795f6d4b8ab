import TestSupport
import Testing

@testable import ControllerKit

@Suite struct WorkQueueStateTests {
    private static let start = ContinuousClock.now
    private static func at(_ seconds: Int) -> ContinuousClock.Instant { start + .seconds(seconds) }

    enum Step: Sendable {
        /// Adds at the present second, for a later one.
        case add(String, due: Int, priority: Int = 0)
        case take, finish(String), pass(Int)
    }

    @Test(
        arguments: [
            ("a key stands in it once", [.add("a", due: 0), .add("a", due: 0), .take, .take], ["a", "-"]),
            ("first in, first out", [.add("b", due: 0), .add("a", due: 0), .take, .take], ["b", "a"]),
            ("higher priorities come first", [.add("a", due: 0), .add("b", due: 0, priority: 5), .take, .take], ["b", "a"]),
            ("the highest priority counts", [.add("a", due: 0), .add("b", due: 0), .add("b", due: 0, priority: 1), .add("b", due: 0), .take], ["b"]),
            ("a running key is not given out", [.add("a", due: 0), .take, .add("a", due: 0), .take], ["a", "-"]),
            ("but after its end", [.add("a", due: 0), .take, .add("a", due: 0), .finish("a"), .take, .finish("a"), .take], ["a", "a", "-"]),
            ("a later key waits for its time", [.add("a", due: 5), .take, .pass(5), .take], ["-", "a"]),
            (
                "the earliest time counts", [.add("a", due: 9), .add("a", due: 2), .add("a", due: 5), .pass(2), .take, .finish("a"), .pass(9), .take],
                ["a", "-"]
            ),
            ("now is earlier than any time", [.add("a", due: 9), .add("a", due: 0), .take], ["a"]),
            ("a time does not delay what is ready", [.add("a", due: 0), .add("a", due: 9), .take, .finish("a"), .pass(9), .take], ["a", "-"]),
            (
                "a time set while running holds after its end", [.add("a", due: 0), .take, .add("a", due: 3), .finish("a"), .take, .pass(3), .take],
                ["a", "-", "a"]
            ),
            (
                "a time that comes while running is for after its end", [.add("a", due: 0), .take, .add("a", due: 3), .pass(4), .take, .finish("a"), .take],
                ["a", "-", "a"]
            ),
        ] as [(String, [Step], [String])])
    func gives(_ rule: String, _ steps: [Step], _ expected: [String]) {
        var (state, taken, now) = (WorkQueueState<String>(), [String](), 0)
        for step in steps {
            switch step {
            case .add(let key, let due, let priority): state.add(key, at: Self.at(due), priority: priority, now: Self.at(now))
            case .take: taken.append(state.take(now: Self.at(now))?.key ?? "-")
            case .finish(let key): state.finish(key)
            case .pass(let second): now = second
            }
        }
        #expect(taken == expected)
    }

    /// Against what it is to do, said plainly: for each key the earliest time, and which run.
    @Test(arguments: 0..<30) func losesNothingAndNeverGivesAKeyTwice(_ seed: UInt64) {
        var random = SeededGenerator(seed: seed)
        var state = WorkQueueState<Int>()
        var (now, due, running): (Int, [Int: Int], Set<Int>) = (0, [:], [])
        for _ in 0..<2000 {
            let key = Int.random(in: 0..<8, using: &random)
            switch Int.random(in: 0..<6, using: &random) {
            case 0, 1:
                let time = now + Int.random(in: 0..<6, using: &random)
                state.add(key, at: Self.at(time), priority: Int.random(in: -1...1, using: &random), now: Self.at(now))
                // Once its time has come it is ready, whatever times follow.
                due[key] = due[key].map { min($0, time) } ?? time
            case 2: now += 1
            case 3:
                if let key = running.randomElement(using: &random) {
                    state.finish(key)
                    running.remove(key)
                }
            default:
                let possible = due.filter { $0.value <= now && !running.contains($0.key) }
                guard let taken = state.take(now: Self.at(now)) else {
                    #expect(possible.isEmpty, "seed \(seed)")
                    let later = due.filter { !running.contains($0.key) }.values.min()
                    #expect(state.nextDue() == later.map(Self.at), "seed \(seed)")
                    continue
                }
                #expect(possible[taken.key] != nil, "seed \(seed)")
                due[taken.key] = nil
                #expect(running.insert(taken.key).inserted)
                #expect(state.running == running)
            }
        }
        let ready = due.values.count { $0 <= now }
        #expect(state.depth <= ready)
    }

    @Test(arguments: [
        (1, 0.0, Duration.milliseconds(5)), (2, 0.0, .milliseconds(10)), (5, 0.0, .milliseconds(80)), (1, 0.5, .microseconds(6250)),
        (17, 0.0, .seconds(300)), (1_000_000, 0.0, .seconds(300)), (0, 0.0, .milliseconds(5)),
    ])
    func waitsLongerAfterEachFailure(_ failures: Int, _ random: Double, _ delay: Duration) {
        #expect(Backoff.work.delay(afterFailure: failures, random: random) == delay)
    }

    @Test func countsFailuresOfEachKey() {
        var state = WorkQueueState<String>()
        #expect([state.countFailure("a"), state.countFailure("a"), state.countFailure("b")] == [1, 2, 1])
        state.forget("a")
        #expect([state.countFailure("a"), state.countFailure("b")] == [1, 2])
    }
}
