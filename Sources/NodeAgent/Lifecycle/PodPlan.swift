public import KubernetesAPI

/// What a pod needs next, as a kubelet decides it: init containers one after the other, sidecars before and after the main containers, restarts with
/// back-off, probes, graceful termination.
///
/// The agent does the actions, notes their results in the ``PodObservation`` and asks again; at ``wake`` it asks in any case.
public struct PodPlan: Hashable, Sendable {
    /// To do now, in this order; those of different containers may overlap.
    public var actions: [PodAction] = []
    /// When time alone makes for something new to do: a deadline, the end of a back-off, the next probe.
    public var wake: MicroTime?

    /// - Parameters:
    ///   - pod: the latest object. Its spec and `deletionTimestamp` matter, and the phase if it is final already.
    ///   - observed: what the agent knows.
    public init(for pod: Pod, observed: PodObservation, now: MicroTime) {
        var planner = PodPlanner(pod: pod, observed: observed, now: now)
        planner.plan()
        self = planner.result
    }

    init() {}

    mutating func wake(at time: MicroTime) { wake = min(wake ?? time, time) }
}

struct PodPlanner {
    let pod: Pod
    let spec: PodSpec
    let inits: [Container]
    let mains: [Container]
    let observed: PodObservation
    let now: MicroTime
    var result = PodPlan()

    init(pod: Pod, observed: PodObservation, now: MicroTime) {
        self.pod = pod
        spec = pod.spec ?? PodSpec()
        inits = spec.initContainers ?? []
        mains = spec.containers
        self.observed = observed
        self.now = now
    }

    var podPolicy: String { spec.restartPolicy ?? "Always" }
    var isEnding: Bool { observed.isRemoved || pod.isBeingDeleted || observed.failure != nil || pod.isFinal }

    mutating func plan() {
        var isEnding = isEnding
        if !isEnding, let seconds = spec.activeDeadlineSeconds {
            let deadline = observed.startTime.advanced(by: .seconds(seconds))
            if deadline <= now {
                result.actions.append(.fail(.deadlineExceeded))
                isEnding = true
            } else {
                result.wake(at: deadline)
            }
        }
        if isEnding { stopPod() } else { runPod() }
    }

    private mutating func runPod() {
        if case .gone = observed.sandbox { return stopPod() }
        guard isSetUp() else { return }
        guard runContainers() else { return stopPod() }
        for container in inits + mains where observed[container.name].stop != nil { continueStop(of: container, isItsTurn: true) }
    }

    /// - Returns: false when there is nothing left to run.
    private mutating func runContainers() -> Bool {
        guard let isInitialized = runInitContainers() else { return false }
        guard isInitialized else { return true }
        let alive = mains.filter { container in
            observed[container.name].exit.map { container.isRestarted(after: $0, podPolicy: podPolicy, isInit: false) } ?? true
        }
        // Sidecars must not keep a pod alive whose work is done.
        if alive.isEmpty { return false }
        keepSidecars(inits.filter(\.isSidecar))
        for container in alive where observed[container.name].stop == nil {
            if observed[container.name].isRunning { keepRunning(container) } else { start(container) }
        }
        return true
    }

    /// Volumes first, then the sandbox.
    private mutating func isSetUp() -> Bool {
        switch observed.volumes {
        case .mounted: break
        case .mounting: return false
        case .unmounted:
            result.actions.append(.mountVolumes)
            return false
        case .failed(_, let time):
            retry(.mountVolumes, at: time.advanced(by: StartProblem.retryDelay))
            return false
        }
        guard case .absent = observed.sandbox else { return true }
        result.actions.append(.createSandbox)
        return false
    }

    mutating func retry(_ action: PodAction, at time: MicroTime) {
        if time <= now { result.actions.append(action) } else { result.wake(at: time) }
    }
}

extension Pod {
    /// Whether the phase is Succeeded or Failed: such a pod never runs again.
    var isFinal: Bool { ["Succeeded", "Failed"].contains(members["status"]?["phase"]?.string) }
    /// `p_ns(uid)`, as messages of a kubelet name a pod.
    var kubeletName: String { "\(name)_\(namespace ?? "")(\(uid))" }
}
