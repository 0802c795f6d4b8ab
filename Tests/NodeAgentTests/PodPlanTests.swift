import KubernetesAPI
import Testing

@testable import NodeAgent

struct PodPlanTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let rule: String
        let pod: Pod
        let observed: PodObservation
        let after: Double
        let actions: [PodAction]
        let wake: Double?

        init(_ rule: String, _ pod: Pod, _ known: [String: Known], after: Double = 1, _ actions: [PodAction], wake: Double? = nil) {
            self.init(rule, pod, observed: observation(known), after: after, actions, wake: wake)
        }

        init(_ rule: String, _ pod: Pod, observed: PodObservation, after: Double = 1, _ actions: [PodAction], wake: Double? = nil) {
            self.rule = rule
            self.pod = pod
            self.observed = observed
            self.after = after
            self.actions = actions
            self.wake = wake
        }

        var testDescription: String { rule }
    }

    static let sidecar = container("s", ["restartPolicy": "Always"])
    static let two: [JSONValue] = [container("a"), container("b")]

    static let starting: [Row] = [
        Row("volumes come first", pod(), observed: PodObservation(startTime: noon), [.mountVolumes]),
        Row("then the sandbox", pod(), observed: observation([:], sandbox: .absent), [.createSandbox]),
        Row("an image is asked for before a container is started", pod(), observed: observation([:]), [.pullImage(container: "c")]),
        Row("with its image a container starts", pod(), ["c": .pulled], [.start(container: "c")]),
        Row("main containers start together", pod(two), ["a": .pulled, "b": .pulled], [.start(container: "a"), .start(container: "b")]),
        Row("a running container needs nothing", pod(), ["c": .running()], []),
        Row("init containers run one after the other", pod(inits: two), ["a": .pulled, "b": .pulled, "c": .pulled], [.start(container: "a")]),
        Row("the next waits while one runs", pod(inits: two), ["a": .running(), "b": .pulled, "c": .pulled], []),
        Row("the next starts after success", pod(inits: two), ["a": .exited(0), "b": .pulled, "c": .pulled], [.start(container: "b")]),
        Row("main containers start after the last", pod(inits: two), ["a": .exited(0), "b": .exited(0), "c": .pulled], [.start(container: "c")]),
        Row("a failed init container starts again", pod(inits: two), ["a": .exited(1), "b": .pulled], [.start(container: "a")]),
        Row("a failed init container ends a pod that never restarts", pod(inits: two, policy: "Never"), ["a": .exited(1)], [.removeSandbox]),
        Row("init containers are not run again", pod(inits: two), ["a": .exited(1), "c": .exited(1)], [.start(container: "c")]),
        Row("a sidecar that has started lets the next start", pod(inits: [sidecar]), ["s": .running(), "c": .pulled], [.start(container: "c")]),
        Row(
            "a sidecar's startup probe gates the next",
            pod(inits: [container("s", ["restartPolicy": "Always", "startupProbe": ["exec": ["command": ["x"]]]])]), ["s": .running(), "c": .pulled],
            [.runProbe(.startup, container: "s")]),
        Row(
            "a postStart hook gates probes", pod([container("c", ["lifecycle": ["postStart": ["sleep": ["seconds": 1]]], "readinessProbe": [:]])]),
            ["c": .running()], [.runPostStart(container: "c")]),
    ]

    static let restarts: [Row] = [
        Row("Always restarts after success", pod(), ["c": .exited(0)], [.start(container: "c")]),
        Row("OnFailure restarts after failure", pod(policy: "OnFailure"), ["c": .exited(1)], [.start(container: "c")]),
        Row("OnFailure rests after success", pod(policy: "OnFailure"), ["c": .exited(0)], [.removeSandbox]),
        Row("Never rests after failure", pod(policy: "Never"), ["c": .exited(1)], [.removeSandbox]),
        Row(
            "a container's own policy wins", pod([container("c", ["restartPolicy": "OnFailure"])], policy: "Never"), ["c": .exited(1)], [.start(container: "c")]
        ),
        Row(
            "a rule wins over the policy",
            pod([
                container(
                    "c",
                    ["restartPolicy": "Never", "restartPolicyRules": [["action": "Restart", "exitCodes": ["operator": "In", "values": [42]]]]])
            ]), ["c": .exited(42)], [.start(container: "c")]),
        Row(
            "a rule that does not match leaves it to the policy",
            pod([
                container(
                    "c",
                    ["restartPolicy": "Never", "restartPolicyRules": [["action": "Restart", "exitCodes": ["operator": "In", "values": [42]]]]])
            ]), ["c": .exited(41)], [.removeSandbox]),
        Row("a second crash waits", pod(), ["c": .backedOff(1, at: 5, seconds: 10)], after: 6, [], wake: 15),
        Row("and is over after its time", pod(), ["c": .backedOff(1, at: 5, seconds: 10)], after: 15, [.start(container: "c")]),
        Row("ten minutes of peace are forgotten", pod(), ["c": .backedOff(1, at: 601, seconds: 300)], after: 602, [.start(container: "c")]),
        Row("a pod whose other container runs is kept", pod(two, policy: "Never"), ["a": .exited(0), "b": .running()], []),
        Row(
            "sidecars do not keep a pod alive", pod(inits: [sidecar], policy: "Never"), ["s": .running(), "c": .exited(0)],
            [.beginStop(container: "s", StopOrder(.podStops, graceSeconds: 30, message: "Stopping container s"))]),
        Row("a sidecar that ends is started again", pod(inits: [sidecar], policy: "Never"), ["s": .exited(0), "c": .running()], [.start(container: "s")]),
        Row("a taken down pod stays down", pod(policy: "Never"), observed: observation(["c": .exited(0)], sandbox: .gone), []),
        Row("a pod with a final phase does not run", pod(status: ["phase": "Failed"]), observed: observation([:], sandbox: .gone), []),
    ]

    static let problems: [Row] = [
        Row("a failed pull is shown a second, then waits", pod(), ["c": .custom(failedPull(at: 0))], after: 0, [], wake: 1),
        Row("a failed pull waits for 10 s", pod(), ["c": .custom(failedPull(at: 0))], after: 2, [], wake: 10),
        Row("and is tried again", pod(), ["c": .custom(failedPull(at: 0))], after: 10, [.pullImage(container: "c")]),
        Row("a container that cannot be configured is tried again", pod(), ["c": .custom(misconfigured)], after: 3, [], wake: 10),
        Row("after 10 s", pod(), ["c": .custom(misconfigured)], after: 10, [.start(container: "c")]),
        Row(
            "a failed liveness probe stops", pod([container("c", ["livenessProbe": ["failureThreshold": 1]])]), ["c": .custom(failed(.liveness))],
            [.beginStop(container: "c", StopOrder(.livenessProbe, graceSeconds: 30, message: "Container c failed liveness probe, will be restarted"))]),
        Row(
            "a probe's own grace", pod([container("c", ["livenessProbe": ["failureThreshold": 1, "terminationGracePeriodSeconds": 3]])], policy: "Never"),
            ["c": .custom(failed(.liveness))],
            [.beginStop(container: "c", StopOrder(.livenessProbe, graceSeconds: 3, message: "Container c failed liveness probe"))]),
        Row(
            "what a probe ended starts again though it ended well", pod(policy: "OnFailure"),
            ["c": .custom(endedByProbe)], [.start(container: "c")]),
        Row(
            "the deadline fails the pod and stops it", pod(spec: ["activeDeadlineSeconds": 5]), ["c": .running()], after: 5,
            [.fail(.deadlineExceeded), .beginStop(container: "c", StopOrder(.podStops, graceSeconds: 30, message: "Stopping container c"))]),
        Row("before it the plan wakes for it", pod(spec: ["activeDeadlineSeconds": 5]), ["c": .running()], after: 4, [], wake: 5),
    ]

    static func failedPull(at: Double) -> ContainerObservation {
        var state = ContainerObservation()
        state.fail(ImageFailure(reason: "ErrImagePull", message: "no", at: noon + at))
        return state
    }

    static let misconfigured: ContainerObservation = {
        var state = ContainerObservation(image: .ready)
        state.problem = StartProblem(reason: "CreateContainerConfigError", message: "no", at: noon)
        return state
    }()

    static func failed(_ kind: ProbeState.Kind) -> ContainerObservation {
        var state = Known.running().observation
        state.liveness.record(.failure("no"), of: Probe(failureThreshold: 1))
        return state
    }

    static let endedByProbe: ContainerObservation = {
        var state = Known.running().observation
        state.stop = ContainerStop(StopOrder(.livenessProbe, graceSeconds: 30, message: ""), began: noon)
        state.end(ContainerExit(exitCode: 0, finishedAt: noon))
        state.image = .ready
        return state
    }()

    @Test(arguments: starting + restarts + problems)
    func decides(_ row: Row) {
        let plan = PodPlan(for: row.pod, observed: row.observed, now: noon + row.after)
        #expect(plan.actions == row.actions)
        #expect(plan.wake == row.wake.map { noon + $0 })
    }
}
