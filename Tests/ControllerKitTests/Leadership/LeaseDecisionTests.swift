import KubernetesAPI
import TestSupport
import Testing

@testable import ControllerKit

@Suite struct LeaseDecisionTests {
    private static let noon = MicroTime(Time(secondsSince1970: 1_800_000_000) ?? .min)

    private static func spec(_ holder: String, transitions: Int32? = 3, seconds: Int32? = 15, acquired: MicroTime = .min, renewed: MicroTime = .min)
        -> LeaseSpec
    {
        LeaseSpec(holderIdentity: holder, leaseDurationSeconds: seconds, acquireTime: acquired, renewTime: renewed, leaseTransitions: transitions)
    }

    @Test(
        arguments: [
            ("there is no lease", nil, 0, .take(spec("me", transitions: 0, acquired: noon, renewed: noon))),
            ("it is free", spec(""), 0, .take(spec("me", transitions: 4, acquired: noon, renewed: noon))),
            ("it never had a holder", LeaseSpec(), 0, .take(spec("me", transitions: 1, acquired: noon, renewed: noon))),
            ("another holds it", spec("you"), 14, .wait),
            ("another has not renewed it", spec("you"), 15, .take(spec("me", transitions: 4, acquired: noon, renewed: noon))),
            ("another took it for longer", spec("you", seconds: 60), 59, .wait),
            ("another did not say for how long", spec("you", seconds: nil), 14, .wait),
            ("it is one's own", spec("me"), 0, .take(spec("me", renewed: noon))),
            ("it is one's own and long over", spec("me"), 1000, .take(spec("me", renewed: noon))),
        ] as [(String, LeaseSpec?, Int, LeaseDecision)])
    func decides(_ rule: String, _ lease: LeaseSpec?, unchangedFor seconds: Int, _ decision: LeaseDecision) {
        #expect(decideLease(lease, unchangedFor: .seconds(seconds), identity: "me", leaseDurationSeconds: 15, now: Self.noon) == decision)
    }

    @Test func aReleasedLeaseIsFree() {
        let released = releasedLease(Self.spec("me"), now: Self.noon)
        let decision = decideLease(released, unchangedFor: .zero, identity: "you", leaseDurationSeconds: 15, now: Self.noon)
        #expect(decision == .take(Self.spec("you", transitions: 4, acquired: Self.noon, renewed: Self.noon)))
    }

    /// Candidates with clocks that differ, of which one is frozen or cut off now and then: there are never two leaders, and there is one nearly always.
    @Test(arguments: 0..<20) func thereIsOneLeader(_ seed: UInt64) {
        struct Candidate {
            var seen: LeaseSpec?
            var changed = 0
            var heldUntil = 0
            var awayUntil = 0
            let skew: Int
        }
        var random = SeededGenerator(seed: seed)
        var candidates = (0..<3).map { _ in Candidate(skew: Int.random(in: -5000...5000, using: &random)) }
        var lease: LeaseSpec?
        var led = 0
        let seconds = 4000
        for now in 0..<seconds {
            for index in candidates.indices {
                if Int.random(in: 0..<200, using: &random) == 0 { candidates[index].awayUntil = now + Int.random(in: 1..<40, using: &random) }
                guard now >= candidates[index].awayUntil, (now + index) % 2 == 0 else { continue }
                if lease != candidates[index].seen || lease == nil { candidates[index].changed = now }
                candidates[index].seen = lease
                let clock = Self.noon.advanced(by: .seconds(now + candidates[index].skew))
                let unchanged = Duration.seconds(now - candidates[index].changed)
                guard
                    case .take(let spec) = decideLease(
                        lease, unchangedFor: unchanged, identity: "c\(index)", leaseDurationSeconds: 15, now: clock)
                else {
                    candidates[index].heldUntil = 0
                    continue
                }
                lease = spec
                candidates[index].seen = spec
                candidates[index].changed = now
                candidates[index].heldUntil = now + 10
            }
            // Also those that are frozen: they ask before they write, when they thaw.
            let leaders = candidates.count { now < $0.heldUntil }
            #expect(leaders <= 1, "two leaders at \(now), seed \(seed)")
            led += leaders
        }
        #expect(Double(led) > 0.7 * Double(seconds), "led for \(led) of \(seconds) s, seed \(seed)")
    }

    @Test func leadershipEndsByItself() {
        let leadership = Leadership()
        #expect(throws: LeadershipLost.self) { try leadership.check() }
        let now = ContinuousClock.now
        leadership.hold(until: now + .seconds(10))
        #expect(leadership.isHeld(at: now + .seconds(9)))
        #expect(!leadership.isHeld(at: now + .seconds(10)))
        leadership.giveUp()
        #expect(!leadership.isHeld)
    }
}
