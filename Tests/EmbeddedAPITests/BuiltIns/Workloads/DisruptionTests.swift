import EmbeddedAPI
import KubernetesAPI
import Testing

/// What budgets allow, and what an eviction is told.
@Suite struct DisruptionTests {
    static let now = TestTime.now

    static func pod(_ name: String, isReady: Bool = true, owner: String? = nil) -> JSONObject {
        var metadata: JSONObject = ["name": .string(name), "labels": ["app": "x"]]
        if let owner { metadata["ownerReferences"] = [["uid": .string(owner), "controller": true, "kind": "ReplicaSet", "name": "r"]] }
        return [
            "metadata": .object(metadata),
            "status": ["phase": "Running", "conditions": [["type": "Ready", "status": isReady ? "True" : "False"]]],
        ]
    }

    static func budget(_ spec: JSONObject, status: JSONObject = [:]) -> JSONObject {
        var spec = spec
        spec["selector"] = ["matchLabels": ["app": "x"]]
        return ["metadata": ["name": "p", "generation": 1], "spec": .object(spec), "status": .object(status)]
    }

    @Test(
        arguments: [
            ("a count of pods", ["minAvailable": 1], [1, 2, 1, 2], "SufficientPods"),
            ("all must be there", ["minAvailable": 2], [0, 2, 2, 2], "InsufficientPods"),
            ("a share of what the controllers want", ["maxUnavailable": "50%"], [1, 2, 1, 3], "SufficientPods"),
            ("a share that must be there", ["minAvailable": "100%"], [0, 2, 3, 3], "InsufficientPods"),
        ] as [(String, JSONObject, [Int64], String)])
    func counts(_ rule: String, _ spec: JSONObject, _ counts: [Int64], reason: String) throws {
        let pods = [Self.pod("a", owner: "1"), Self.pod("b", owner: "1")]
        let budget = Self.budget(spec)
        let status = try #require(DisruptionBudgetStatus.status(of: budget, pods: pods, scale: { _ in 3 }, now: Self.now))
        #expect(["disruptionsAllowed", "currentHealthy", "desiredHealthy", "expectedPods"].map { status[$0]?.integer } == counts)
        #expect(status["conditions"]?[0]?["reason"]?.string == reason)
        var settled = budget
        settled["status"] = .object(status)
        #expect(DisruptionBudgetStatus.status(of: settled, pods: pods, scale: { _ in 3 }, now: Self.now) == nil, "the same state, the same status")
    }

    @Test func aMissingControllerStopsDisruption() throws {
        let budget = Self.budget(["maxUnavailable": 1])
        let status = try #require(DisruptionBudgetStatus.status(of: budget, pods: [Self.pod("a", owner: "1")], scale: { _ in nil }, now: Self.now))
        #expect(status["conditions"]?[0]?["reason"]?.string == "SyncFailed")
        #expect(status["disruptionsAllowed"]?.integer == 0)
    }

    @Test func anEvictionIsCounted() throws {
        let status: JSONObject = ["observedGeneration": 1, "disruptionsAllowed": 1, "currentHealthy": 2, "desiredHealthy": 1]
        guard case .allowed(let counted?, _) = EvictionDecision.decide(for: Self.pod("a"), budgets: [Self.budget([:], status: status)], now: Self.now) else {
            Issue.record("not allowed")
            return
        }
        #expect(counted["status"]?["disruptionsAllowed"]?.integer == 0)
        #expect(counted["status"]?["disruptedPods"]?["a"] == Self.now.json)
        guard case .refused(let answer) = EvictionDecision.decide(for: Self.pod("b"), budgets: [counted], now: Self.now) else {
            Issue.record("not refused")
            return
        }
        #expect(answer.code == 429)
        #expect(answer.details?.causes?.first?.message == "The disruption budget p does not allow evicting pods currently")
    }

    @Test(
        arguments: [
            ("a budget that was not looked at yet", [:], 429, "The disruption budget p is still being processed by the server."),
            (
                "no more than needed", ["observedGeneration": 1, "desiredHealthy": 1, "currentHealthy": 1], 429,
                "The disruption budget p needs 1 healthy pods and has 1 currently"
            ),
        ] as [(String, JSONObject, Int32, String)])
    func refuses(_ rule: String, _ status: JSONObject, _ code: Int32, cause: String) {
        guard case .refused(let answer) = EvictionDecision.decide(for: Self.pod("a"), budgets: [Self.budget([:], status: status)], now: Self.now) else {
            Issue.record("not refused")
            return
        }
        #expect(answer.code == code)
        #expect(answer.details?.causes?.first?.message == cause)
    }

    @Test func twoBudgetsAreOneTooMany() {
        let decision = EvictionDecision.decide(for: Self.pod("a"), budgets: [Self.budget([:]), Self.budget([:])], now: Self.now)
        guard case .refused(let answer) = decision else {
            Issue.record("not refused")
            return
        }
        #expect(answer.code == 500)
    }
}
