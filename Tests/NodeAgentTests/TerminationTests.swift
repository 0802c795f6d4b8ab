import KubernetesAPI
import Testing

@testable import NodeAgent

struct TerminationTests {
    static func deleted(_ grace: Int64 = 30, _ containers: [JSONValue] = [["name": "c"]], inits: [JSONValue] = []) -> Pod {
        pod(containers, inits: inits, metadata: ["deletionTimestamp": "2026-01-01T12:00:30Z", "deletionGracePeriodSeconds": .integer(grace)])
    }

    static func stop(grace: Int64 = 30, preStop: HookState = .pending, signalled: Double? = nil, killed: Double? = nil) -> Known {
        var stop = ContainerStop(StopOrder(.podStops, graceSeconds: grace, message: ""), began: noon)
        stop.preStop = preStop
        stop.signalledAt = signalled.map { noon + $0 }
        stop.killedAt = killed.map { noon + $0 }
        return .stopping(stop)
    }

    static let hooked = container("c", ["lifecycle": ["preStop": ["exec": ["command": ["x"]]], "stopSignal": "SIGQUIT"]])
    static let sidecars = ["s", "t"].map { container($0, ["restartPolicy": "Always"]) }
    static func begin(_ name: String, grace: Int64 = 30) -> PodAction {
        .beginStop(container: name, StopOrder(.podStops, graceSeconds: grace, message: "Stopping container \(name)"))
    }

    static let rows: [PodPlanTests.Row] = [
        .init("a deleted pod's containers are stopped", deleted(), ["c": .running()], [begin("c")]),
        .init("with the grace of the deletion", deleted(5), ["c": .running()], [begin("c", grace: 5)]),
        .init("first comes the signal", deleted(), ["c": stop()], [.signal(container: "c", "SIGTERM")]),
        .init("then the grace", deleted(), ["c": stop(signalled: 0)], [], wake: 30),
        .init("then SIGKILL", deleted(), ["c": stop(signalled: 0)], after: 30, [.kill(container: "c")]),
        .init("once", deleted(), ["c": stop(signalled: 0, killed: 30)], after: 31, [], wake: 40),
        .init("and again when it does not help", deleted(), ["c": stop(signalled: 0, killed: 30)], after: 40, [.kill(container: "c")]),
        .init("a hook comes before the signal", deleted(30, [hooked]), ["c": stop()], [.runPreStop(container: "c")], wake: 30),
        .init("which waits for the hook", deleted(30, [hooked]), ["c": stop(preStop: .running)], after: 9, [], wake: 30),
        .init("the hook's time counts", deleted(30, [hooked]), ["c": stop(preStop: .done, signalled: 20)], after: 21, [], wake: 30),
        .init("the container's own signal", deleted(30, [hooked]), ["c": stop(preStop: .done)], after: 9, [.signal(container: "c", "SIGQUIT")]),
        .init("a hook that takes too long is left", deleted(30, [hooked]), ["c": stop(preStop: .running)], after: 30, [.signal(container: "c", "SIGQUIT")]),
        .init("two seconds are left after it", deleted(30, [hooked]), ["c": stop(preStop: .running, signalled: 30)], after: 31, [], wake: 32),
        .init("no grace still means two seconds", deleted(0), ["c": stop(grace: 1, signalled: 0)], after: 1, [], wake: 2),
        .init("a second deletion shortens the grace", deleted(3), ["c": stop(signalled: 0)], after: 1, [], wake: 3),
        .init("a longer second deletion does not lengthen it", deleted(60), ["c": stop(signalled: 0)], after: 1, [], wake: 30),
        .init(
            "sidecars wait for the main containers", deleted(30, inits: sidecars), ["s": stop(), "t": stop(), "c": stop(signalled: 0)], [], wake: 30),
        .init(
            "sidecars are told at once, so that their hooks run", deleted(30, inits: sidecars), ["s": .running(), "t": .running(), "c": .running()],
            [begin("c"), begin("t"), begin("s")]),
        .init(
            "the last sidecar goes first", deleted(30, inits: sidecars), ["s": stop(), "t": stop(), "c": .exited(0)], [.signal(container: "t", "SIGTERM")],
            wake: 30),
        .init("then the one before", deleted(30, inits: sidecars), ["s": stop(), "t": .exited(0), "c": .exited(0)], [.signal(container: "s", "SIGTERM")]),
        .init(
            "out of time they all go", deleted(30, inits: sidecars), ["s": stop(), "t": stop(), "c": stop(signalled: 0)], after: 30,
            [.kill(container: "c"), .signal(container: "t", "SIGTERM"), .signal(container: "s", "SIGTERM")]),
        .init("with nothing running the sandbox goes", deleted(), ["c": .exited(143)], [.removeSandbox]),
        .init("at last the object", deleted(), observed: observation(["c": .exited(143)], sandbox: .gone), [.deleteObject]),
        .init("a pod that never started goes at once", deleted(), observed: PodObservation(startTime: noon), [.deleteObject]),
        .init("a removed object's containers are stopped fast", pod(), observed: removed(["c": .running()]), [begin("c", grace: 0)]),
        .init("and have two seconds", pod(), observed: removed(["c": stop(grace: 0, signalled: 0)]), after: 1, [], wake: 2),
        .init("then it is forgotten", pod(), observed: removed(["c": .exited(137)], sandbox: .gone), [.forget]),
    ]

    static func removed(_ known: [String: Known], sandbox: SandboxState = .ready(address: "127.1.2.3")) -> PodObservation {
        var observed = observation(known, sandbox: sandbox)
        observed.isRemoved = true
        return observed
    }

    @Test(arguments: rows)
    func decides(_ row: PodPlanTests.Row) {
        let plan = PodPlan(for: row.pod, observed: row.observed, now: noon + row.after)
        #expect(plan.actions == row.actions)
        #expect(plan.wake == row.wake.map { noon + $0 })
    }
}
