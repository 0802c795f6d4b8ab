import KubernetesAPI

/// Pods as `kubectl get pods` shows them.
enum PodTable {
    static let columns: [TableColumn] = [
        .objectName,
        TableColumn("Ready", "The aggregate readiness state of this pod for accepting traffic."),
        TableColumn("Status", "The aggregate status of the containers in this pod."),
        TableColumn(
            "Restarts", "The number of times the containers in this pod have been restarted and when the last container in this pod has restarted."),
        .age,
        TableColumn("IP", priority: 1, "podIP address allocated to the pod. Routable at least within the cluster. Empty if not yet allocated."),
        TableColumn(
            "Node", priority: 1,
            """
            NodeName indicates in which node this pod is scheduled. If empty, this pod is a candidate for scheduling by the scheduler defined in \
            schedulerName. Once this field is set, the kubelet for this node becomes responsible for the lifecycle of this pod. This field should not be \
            used to express a desire for the pod to be scheduled on a specific node. \
            https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#nodename
            """),
        TableColumn(
            "Nominated Node", priority: 1,
            """
            nominatedNodeName is set only when this pod preempts other pods on the node, but it cannot be scheduled right away as preemption victims receive \
            their graceful termination periods. This field does not guarantee that the pod will be scheduled on this node. Scheduler may decide to place the \
            pod elsewhere if other nodes become available sooner. Scheduler may also decide to give the resources on this node to a higher priority pod that \
            is created after preemption. As a result, this field may be different than PodSpec.nodeName when the pod is scheduled.
            """),
        TableColumn(
            "Readiness Gates", priority: 1,
            """
            If specified, all readiness gates will be evaluated for pod readiness. A pod is ready when all its containers are ready AND all conditions \
            specified in the readiness gates have status equal to "True" More info: \
            https://git.k8s.io/enhancements/keps/sig-network/580-pod-readiness-gates
            """),
    ]

    static func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let (metadata, spec, status) = (PodPart(object["metadata"]), PodPart(object["spec"]), PodPart(object["status"]))
        var summary = PodSummary(spec: spec, status: status)
        summary.read(isBeingDeleted: metadata.has("deletionTimestamp"))
        var restarts = "\(summary.restarts)"
        if summary.restarts != 0, let last = summary.lastRestart {
            restarts += " (\(Age.text(seconds: now.secondsSince1970 - last.secondsSince1970)) ago)"
        }
        let gates = spec.parts("readinessGates").map { $0.text("conditionType") }
        let open = gates.filter { gate in status.parts("conditions").contains { $0.text("type") == gate && $0.text("status") == "True" } }
        func orNone(_ text: String) -> JSONValue { .string(text.isEmpty ? "<none>" : text) }
        return [
            .string(metadata.text("name")), .string("\(summary.readyCount)/\(summary.containerCount)"), .string(summary.word), .string(restarts),
            .string(Age.text(of: metadata.text("creationTimestamp"), now: now)), orNone(address(of: status)), orNone(spec.text("nodeName")),
            orNone(status.text("nominatedNodeName")), gates.isEmpty ? "<none>" : .string("\(open.count)/\(gates.count)"),
        ]
    }

    /// The pod's first address; empty for none.
    static func address(of status: PodPart) -> String { status.parts("podIPs").first?.text("ip") ?? "" }
}

/// What the columns READY, STATUS and RESTARTS say about a pod.
struct PodSummary {
    let spec: PodPart
    let status: PodPart
    private(set) var word = ""
    private(set) var readyCount = 0
    private(set) var containerCount = 0
    private(set) var restarts: Int64 = 0
    private(set) var lastRestart: Time?

    init(spec: PodPart, status: PodPart) {
        self.spec = spec
        self.status = status
    }

    mutating func read(isBeingDeleted: Bool) {
        let (phase, reason) = (status.text("phase"), status.text("reason"))
        let conditions = status.parts("conditions")
        word = reason.isEmpty ? phase : reason
        if conditions.contains(where: { $0.text("type") == "PodScheduled" && $0.text("reason") == "SchedulingGated" }) { word = "SchedulingGated" }
        let sidecars = Set(spec.parts("initContainers").filter(\.isSidecar).map { $0.text("name") })
        containerCount = spec.count("containers") + sidecars.count
        let isInitializing = readInitContainers(sidecars)
        func isTrue(_ type: String) -> Bool { conditions.contains { $0.text("type") == type && $0.text("status") == "True" } }
        if !isInitializing || isTrue("Initialized") { readContainers(sidecars, isReady: isTrue("Ready")) }
        guard isBeingDeleted else { return }
        if reason == "NodeLost" { word = "Unknown" } else if phase != "Succeeded", phase != "Failed" { word = "Terminating" }
    }

    /// - Returns: whether an init container is still at work, or has failed.
    private mutating func readInitContainers(_ sidecars: Set<String>) -> Bool {
        for (index, container) in status.parts("initContainerStatuses").enumerated() {
            count(container)
            let state = container.part("state")
            let ended = state?.part("terminated")
            if ended?.integer("exitCode") ?? (ended == nil ? 1 : 0) == 0 { continue }
            if sidecars.contains(container.text("name")), container.isTrue("started") {
                if container.isTrue("ready") { readyCount += 1 }
                continue
            }
            let waiting = state?.part("waiting")?.text("reason") ?? ""
            if let ended {
                word = "Init:\(Self.word(of: ended))"
            } else if !waiting.isEmpty, waiting != "PodInitializing" {
                word = "Init:\(waiting)"
            } else {
                word = "Init:\(index)/\(spec.count("initContainers"))"
            }
            return true
        }
        return false
    }

    private mutating func readContainers(_ sidecars: Set<String>, isReady: Bool) {
        // Init containers that are through no longer count.
        (restarts, lastRestart) = (0, nil)
        for container in status.parts("initContainerStatuses") where sidecars.contains(container.text("name")) { count(container) }
        var hasRunning = false
        for container in status.parts("containerStatuses").reversed() {
            count(container)
            let state = container.part("state")
            if let waiting = state?.part("waiting")?.text("reason"), !waiting.isEmpty {
                word = waiting
            } else if let ended = state?.part("terminated") {
                word = Self.word(of: ended)
            } else if container.isTrue("ready"), state?.has("running") ?? false {
                hasRunning = true
                readyCount += 1
            }
        }
        if word == "Completed", hasRunning { word = isReady ? "Running" : "NotReady" }
    }

    private mutating func count(_ container: PodPart) {
        restarts += container.integer("restartCount") ?? 0
        guard let text = container.part("lastState")?.part("terminated")?.text("finishedAt"), let time = try? Time(parsing: text) else { return }
        lastRestart = max(lastRestart ?? time, time)
    }

    /// The reason, or else the signal or the exit code.
    private static func word(of ended: PodPart) -> String {
        if !ended.text("reason").isEmpty { return ended.text("reason") }
        let signal = ended.integer("signal") ?? 0
        return signal != 0 ? "Signal:\(signal)" : "ExitCode:\(ended.integer("exitCode") ?? 0)"
    }
}
