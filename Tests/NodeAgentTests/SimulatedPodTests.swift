import KubernetesAPI
import Testing

@testable import NodeAgent

struct SimulatedPodTests {
    static func simulated(_ rules: JSONObject, inits: [JSONValue] = [], policy: String = "Always", spec: JSONObject = [:]) -> SimulatedPod {
        var annotations = JSONObject()
        for (rule, value) in rules { annotations["simulation.martlet.dev/\(rule)"] = value }
        return SimulatedPod(pod(inits: inits, policy: policy, spec: spec, metadata: ["annotations": .object(annotations)]), address: "127.1.2.3", start: noon)
    }

    static func short(_ simulated: SimulatedPod, after: Double) -> String {
        let status = PodStatusBuilder(hostIP: "127.0.0.1").status(of: simulated.pod, observed: simulated.observed, now: noon + after)
        return "\(status.phase ?? "?") \(PodStatusTests.short(status.containerStatuses?.first))"
    }

    @Test(
        arguments: [
            ("runs at once", [:], "Always", [(0, "Running running ready")]),
            ("takes its time", ["start-after": "2s"], "Always", [(1, "Pending waiting ContainerCreating"), (2, "Running running ready")]),
            ("becomes ready later", ["ready-after": "3s"], "Always", [(2, "Running running"), (3, "Running running ready")]),
            ("a job's pod ends", ["run-for": "5s"], "Never", [(4, "Running running ready"), (5, "Succeeded terminated Completed 0")]),
            ("or fails", ["run-for": "5s", "exit-codes": "7", "exit-reason": "OOMKilled"], "Never", [(5, "Failed terminated OOMKilled 7")]),
            (
                "fails, then succeeds", ["run-for": "1s", "exit-codes": "1,1,0"], "OnFailure",
                [
                    (1.5, "Running running ready restarts=1 last=1"), (3, "Running waiting CrashLoopBackOff restarts=1 last=1"),
                    (13, "Succeeded terminated Completed 0 restarts=2 last=1"),
                ]
            ),
            ("cannot be pulled", ["image-failure": "no such image"], "Always", [(0, "Pending waiting ErrImagePull"), (5, "Pending waiting ImagePullBackOff")]),
            (
                "crashes for ever", ["run-for": "0s", "exit-codes": "1"], "Always",
                [(3600, "Running waiting CrashLoopBackOff restarts=16 last=1")]
            ),
        ] as [(String, JSONObject, String, [(Double, String)])])
    func plays(_ rule: String, _ rules: JSONObject, _ policy: String, _ moments: [(Double, String)]) {
        var byStep = Self.simulated(rules, policy: policy)
        for (after, expected) in moments {
            byStep.advance(to: noon + after)
            #expect(Self.short(byStep, after: after) == expected)
            // Only time matters, not how often one looks.
            var atOnce = Self.simulated(rules, policy: policy)
            atOnce.advance(to: noon + after)
            #expect(atOnce.observed == byStep.observed)
        }
    }

    @Test func deletedPodsEnd() {
        var simulated = Self.simulated(["stop-after": "4s"])
        simulated.advance(to: noon + 1)
        #expect(simulated.wake == nil)
        var deleted = simulated.pod
        deleted.metadata.members["deletionTimestamp"] = "2026-01-01T12:00:31Z"
        deleted.metadata.members["deletionGracePeriodSeconds"] = 30
        simulated.update(deleted)
        simulated.advance(to: noon + 2)
        #expect(simulated.wake != nil && !simulated.isFinished)
        simulated.advance(to: noon + 7)
        #expect(simulated.isFinished)
        #expect(simulated.observed["c"].exit?.exitCode == 143)
    }

    @Test func sidecarsAndInitContainersTakeTheirTurns() {
        let inits = [container("s", ["restartPolicy": "Always"]), container("i")]
        var simulated = Self.simulated(["run-for.i": "2s", "run-for": "3s"], inits: inits, policy: "Never")
        simulated.advance(to: noon + 1)
        #expect(Self.short(simulated, after: 1) == "Pending waiting PodInitializing")
        simulated.advance(to: noon + 3)
        #expect(Self.short(simulated, after: 3) == "Running running ready")
        simulated.advance(to: noon + 6)
        #expect(Self.short(simulated, after: 6) == "Succeeded terminated Completed 0")
        #expect(simulated.observed["s"].exit?.exitCode == 143)
    }

    @Test func aDeadlineEndsASimulatedPod() {
        var simulated = Self.simulated([:], spec: ["activeDeadlineSeconds": 10])
        simulated.advance(to: noon + 11)
        #expect(simulated.observed.failure == .deadlineExceeded)
        #expect(Self.short(simulated, after: 11) == "Failed terminated Error 143")
    }
}
