import KubernetesAPI
import Testing

@testable import NodeAgent

struct PodStatusTests {
    struct Row: Sendable, CustomTestStringConvertible {
        let rule: String
        let pod: Pod
        let observed: PodObservation
        var after = 1.0
        let phase: String
        /// Of the first container, in short: state, reason, ready, restarts, last exit code.
        let first: String
        /// Reason or status of Initialized, Ready, ContainersReady.
        let conditions: [String]

        init(_ rule: String, _ pod: Pod, _ known: [String: Known], after: Double = 1, _ phase: String, _ first: String, _ conditions: [String]) {
            (self.rule, self.pod, observed, self.after) = (rule, pod, observation(known), after)
            (self.phase, self.first, self.conditions) = (phase, first, conditions)
        }

        init(_ rule: String, _ pod: Pod, observed: PodObservation, _ phase: String, _ first: String, _ conditions: [String]) {
            (self.rule, self.pod, self.observed) = (rule, pod, observed)
            (self.phase, self.first, self.conditions) = (phase, first, conditions)
        }

        var testDescription: String { rule }
    }

    static let sidecar = container("s", ["restartPolicy": "Always"])
    static let unready = ["True", "ContainersNotReady", "ContainersNotReady"]
    static let ready = ["True", "True", "True"]
    static let completed = ["PodCompleted", "PodCompleted", "PodCompleted"]

    static let rows: [Row] = [
        Row("a new pod", pod(), observed: PodObservation(startTime: noon), "Pending", "waiting ContainerCreating", unready),
        Row(
            "init containers first", pod(inits: [container("a")]), ["a": .running()], "Pending", "waiting PodInitializing",
            ["ContainersNotInitialized", "ContainersNotReady", "ContainersNotReady"]),
        Row("after them", pod(inits: [container("a")]), ["a": .exited(0)], "Pending", "waiting PodInitializing", unready),
        Row("running without probes is ready", pod(), ["c": .running()], "Running", "running ready", ready),
        Row("a readiness probe has to pass", pod([container("c", ["readinessProbe": [:]])]), ["c": .running()], "Running", "running", unready),
        Row("it has passed", pod([container("c", ["readinessProbe": [:]])]), ["c": .ready()], "Running", "running ready", ready),
        Row("one of two", pod([container("c"), container("d")]), ["c": .running()], "Pending", "running ready", unready),
        Row("done", pod(policy: "Never"), ["c": .exited(0)], "Succeeded", "terminated Completed 0", completed),
        Row("failed", pod(policy: "Never"), ["c": .exited(3)], "Failed", "terminated Error 3", ["True", "PodFailed", "PodFailed"]),
        Row(
            "one of two done", pod([container("c"), container("d")], policy: "Never"), ["c": .exited(0), "d": .running()], "Running", "terminated Completed 0",
            unready),
        Row("a crash is shown", pod(), ["c": .exited(1)], "Running", "terminated Error 1", unready),
        Row("then the back-off", pod(), ["c": .backedOff(1, at: 5, seconds: 10)], after: 6, "Running", "waiting CrashLoopBackOff restarts=1 last=1", unready),
        Row(
            "OnFailure waits, too", pod(policy: "OnFailure"), ["c": .backedOff(1, at: 5, seconds: 10)], after: 6, "Running",
            "waiting CrashLoopBackOff restarts=1 last=1", unready),
        Row("a failed pull", pod(), ["c": .custom(PodPlanTests.failedPull(at: 0))], after: 0, "Pending", "waiting ErrImagePull", unready),
        Row("a failed pull that waits", pod(), ["c": .custom(PodPlanTests.failedPull(at: 0))], after: 2, "Pending", "waiting ImagePullBackOff", unready),
        Row("misconfigured", pod(), ["c": .custom(PodPlanTests.misconfigured)], "Pending", "waiting CreateContainerConfigError", unready),
        Row(
            "a failed init container", pod(inits: [container("a")], policy: "Never"), ["a": .exited(1)], "Failed", "waiting PodInitializing",
            ["ContainersNotInitialized", "PodFailed", "PodFailed"]),
        Row(
            "a failing init container", pod(inits: [container("a")]), ["a": .exited(1)], "Pending", "waiting PodInitializing",
            ["ContainersNotInitialized", "ContainersNotReady", "ContainersNotReady"]),
        Row(
            "a running sidecar counts", pod(inits: [sidecar], policy: "Never"), ["s": .running(), "c": .exited(0)], "Running", "terminated Completed 0", unready
        ),
        Row(
            "a stopped sidecar does not", pod(inits: [sidecar], policy: "Never"), ["s": .exited(143), "c": .exited(0)], "Succeeded", "terminated Completed 0",
            completed),
        Row("deadline, while something runs", deadlined.0, observed: deadlined.1(["c": .running()]), "Running", "running ready", ready),
        Row("deadline, after", deadlined.0, observed: deadlined.1(["c": .exited(137)]), "Failed", "terminated Error 137", ["True", "PodFailed", "PodFailed"]),
        Row("deleted and ended well", TerminationTests.deleted(), ["c": .exited(0)], "Succeeded", "terminated Completed 0", completed),
        Row("deleted and killed", TerminationTests.deleted(), ["c": .exited(137)], "Failed", "terminated Error 137", ["True", "PodFailed", "PodFailed"]),
    ]

    static let deadlined: (Pod, @Sendable ([String: Known]) -> PodObservation) = (
        pod(status: ["phase": "Running"]),
        { known in
            var observed = observation(known)
            observed.failure = .deadlineExceeded
            return observed
        }
    )

    @Test(arguments: rows)
    func shows(_ row: Row) {
        let status = PodStatusBuilder(hostIP: "127.0.0.1").status(of: row.pod, observed: row.observed, now: noon + row.after)
        #expect(status.phase == row.phase)
        #expect(Self.short(status.containerStatuses?.first) == row.first)
        let conditions = ["Initialized", "Ready", "ContainersReady"].map { type in
            status.conditions?.first { $0.type == type }.map { $0.reason ?? $0.status } ?? "missing"
        }
        #expect(conditions == row.conditions)
    }

    static func short(_ status: ContainerStatus?) -> String {
        guard let status else { return "none" }
        var words: [String] = []
        if let waiting = status.state?.waiting { words += ["waiting", waiting.reason ?? "?"] }
        if status.state?.running != nil { words.append("running") }
        if let ended = status.state?.terminated { words += ["terminated", ended.reason ?? "?", "\(ended.exitCode)"] }
        if status.ready { words.append("ready") }
        if status.restartCount > 0 { words.append("restarts=\(status.restartCount)") }
        if let last = status.lastState?.terminated { words.append("last=\(last.exitCode)") }
        return words.joined(separator: " ")
    }

    @Test func theWholeStatus() throws {
        let owner = pod(
            [container("c", ["resources": ["requests": ["cpu": "100m"]], "volumeMounts": [["name": "v", "mountPath": "/v", "readOnly": true]]])],
            status: [
                "phase": "Pending",
                "conditions": [
                    ["type": "PodScheduled", "status": "True", "lastTransitionTime": "2026-01-01T11:59:59Z"],
                    ["type": "example.com/gate", "status": "False"],
                ],
            ])
        let status = PodStatusBuilder(hostIP: "127.0.0.1").status(of: owner, observed: observation(["c": .running(0)]), now: noon + 1)
        let at: JSONValue = "2026-01-01T12:00:01Z"
        func condition(_ type: String, at time: JSONValue = "2026-01-01T12:00:01Z") -> JSONValue {
            ["type": .string(type), "status": "True", "observedGeneration": 1, "lastTransitionTime": time]
        }
        let expected: JSONObject = [
            "observedGeneration": 1, "phase": "Running", "hostIP": "127.0.0.1", "hostIPs": [["ip": "127.0.0.1"]], "podIP": "127.1.2.3",
            "podIPs": [["ip": "127.1.2.3"]], "startTime": "2026-01-01T12:00:00Z", "qosClass": "Burstable",
            "conditions": [
                condition("PodReadyToStartContainers"), condition("Initialized"), condition("Ready", at: at), condition("ContainersReady"),
                condition("PodScheduled", at: "2026-01-01T11:59:59Z"), ["type": "example.com/gate", "status": "False"],
            ],
            "containerStatuses": [
                [
                    "name": "c", "ready": true, "restartCount": 0, "image": "i", "imageID": "", "state": ["running": ["startedAt": "2026-01-01T12:00:00Z"]],
                    "lastState": [:], "containerID": "x://1", "started": true, "resources": ["requests": ["cpu": "100m"]],
                    "allocatedResources": ["cpu": "100m"],
                    "volumeMounts": [["name": "v", "mountPath": "/v", "readOnly": true, "recursiveReadOnly": "Disabled"]],
                ]
            ],
        ]
        #expect(status.members == expected)
        // The same observation gives the same status: there is nothing to write.
        var later = owner
        later.status = status
        #expect(PodStatusBuilder(hostIP: "127.0.0.1").status(of: later, observed: observation(["c": .running(0)]), now: noon + 60) == status)
    }

    @Test func messagesAreAKubelets() {
        let builder = PodStatusBuilder(hostIP: "")
        func waiting(_ known: Known, after: Double) -> String? {
            builder.status(of: pod(), observed: observation(["c": known]), now: noon + after).containerStatuses?.first?.state?.waiting?.message
        }
        #expect(waiting(.backedOff(1, at: 5, seconds: 80), after: 6) == "back-off 1m20s restarting failed container=c pod=p_ns(u)")
        #expect(waiting(.custom(PodPlanTests.failedPull(at: 0)), after: 0) == "no")
        #expect(waiting(.custom(PodPlanTests.failedPull(at: 0)), after: 2) == "Back-off pulling image \"i\": ErrImagePull: no")
        let two = pod([container("a"), container("b")], spec: ["readinessGates": [["conditionType": "g"]]])
        func ready(_ known: [String: Known]) -> String? {
            builder.status(of: two, observed: observation(known), now: noon).conditions?.first { $0.type == "Ready" }?.message
        }
        #expect(ready([:]) == "containers with unready status: [a b]")
        #expect(ready(["a": .running(), "b": .running()]) == "corresponding condition of pod readiness gate \"g\" does not exist.")
    }

    @Test(
        arguments: [
            ([[:]], "BestEffort"),
            ([["requests": ["cpu": "1"]]], "Burstable"),
            ([["limits": ["cpu": "1", "memory": "1Gi"]]], "Guaranteed"),
            ([["limits": ["cpu": "1", "memory": "1Gi"]], [:]], "Burstable"),
            ([["limits": ["cpu": "1", "memory": "1Gi"], "requests": ["cpu": "500m"]]], "Burstable"),
            ([["requests": ["example.com/gpu": "1"]]], "BestEffort"),
        ] as [([JSONValue], String)])
    func qualityOfService(_ resources: [JSONValue], _ quality: String) {
        #expect(pod(resources.enumerated().map { container("c\($0.offset)", ["resources": $0.element]) }).spec?.qosClass == quality)
    }
}
