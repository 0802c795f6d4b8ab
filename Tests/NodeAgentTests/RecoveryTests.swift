import KubernetesAPI
import Testing

@testable import NodeAgent

/// An agent that starts again goes on where the status says that the pod was.
@Test(
    arguments: [
        ("what ran is started again, and counted", "Always", .running(), [.start(container: "c")], "Running terminated ContainerStatusUnknown 137"),
        ("a pod that never restarts has failed", "Never", .running(), [], "Failed terminated ContainerStatusUnknown 137"),
        ("what had ended well stays so", "Never", .exited(0), [], "Succeeded terminated Completed 0"),
        (
            "what was backed off is started at once", "Always", .backedOff(1, at: 5, seconds: 10), [.start(container: "c")],
            "Running terminated Error 1 restarts=1"
        ),
    ] as [(String, String, Known, [PodAction], String)])
func recovers(_ rule: String, _ policy: String, _ known: Known, _ actions: [PodAction], _ expected: String) {
    var owner = pod(policy: policy)
    let builder = PodStatusBuilder(hostIP: "127.0.0.1")
    owner.status = builder.status(of: owner, observed: observation(["c": known]), now: noon + 6)
    var observed = PodObservation(recovering: owner, now: noon + 7)
    #expect(observed.startTime == noon)
    if !actions.isEmpty {
        #expect(PodPlan(for: owner, observed: observed, now: noon + 7).actions == [.mountVolumes], "volumes and sandbox are made anew")
    }
    (observed.volumes, observed.sandbox, observed["c"].image) = (.mounted, .ready(address: "127.1.2.3"), .ready)
    let plan = PodPlan(for: owner, observed: observed, now: noon + 7)
    #expect(plan.actions.filter { $0 != .removeSandbox } == actions)
    let status = builder.status(of: owner, observed: observed, now: noon + 7)
    #expect("\(status.phase ?? "?") \(PodStatusTests.short(status.containerStatuses?.first))" == expected)
}
