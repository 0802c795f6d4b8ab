public import KubernetesAPI

/// Writes a pod's status from what the agent knows, as a kubelet does: the same observation gives the same status.
public struct PodStatusBuilder: Sendable {
    public var hostIP: String

    /// - Parameter hostIP: the node's address.
    public init(hostIP: String) { self.hostIP = hostIP }

    /// - Parameters:
    ///   - pod: the latest object. Its status gives times of conditions that did not change, and conditions that others wrote.
    ///   - users: the user that each running container was started as, by container.
    /// - Returns: the whole status, to be written in place of the present one.
    public func status(of pod: Pod, observed: PodObservation, users: [String: LinuxContainerUser] = [:], now: MicroTime) -> PodStatus {
        let spec = pod.spec ?? PodSpec()
        let old = pod.status ?? PodStatus()
        let inits = spec.initContainers ?? []
        let isStopping = observed.isRemoved || pod.isBeingDeleted || observed.failure != nil || pod.isFinal
        let builder = ContainerStatusBuilder(
            pod: pod, podPolicy: spec.restartPolicy ?? "Always", hasInitContainers: !inits.isEmpty, isStopping: isStopping, users: users, now: now)
        let initStatuses = inits.map { builder.status(of: $0, observed[$0.name], isInit: true) }
        let statuses = spec.containers.map { builder.status(of: $0, observed[$0.name], isInit: false) }
        let isAnyRunning = observed.containers.values.contains { $0.isRunning }
        let isTerminal = isStopping && !isAnyRunning

        var status = PodStatus()
        status.observedGeneration = pod.metadata.generation
        status.phase = phase(of: spec, initStatuses, statuses, isTerminal: isTerminal)
        if let failure = observed.failure {
            // Terminal only once nothing runs any more: others take a terminal pod's place at once.
            if !isAnyRunning {
                (status.phase, status.reason, status.message) = ("Failed", failure.reason, failure.message)
            } else {
                status.phase = old.phase ?? "Pending"
            }
        } else if isAnyRunning, ["Failed", "Succeeded"].contains(status.phase) {
            status.phase = old.phase ?? "Pending"
        }
        if let final = old.phase, pod.isFinal { (status.phase, status.reason, status.message) = (final, old.reason, old.message) }

        let facts = PodConditionFacts(
            pod: pod, spec: spec, phase: status.phase ?? "Pending", initStatuses: initStatuses, statuses: statuses,
            isSandboxReady: observed.sandbox.address != nil)
        status.conditions = facts.conditions(replacing: old.conditions ?? [], now: Time(now))
        if let address = observed.sandbox.address ?? old.podIP {
            status.podIP = address
            status.podIPs = [PodIP(ip: address)]
        }
        status.hostIP = hostIP
        status.hostIPs = [HostIP(ip: hostIP)]
        status.startTime = old.startTime ?? Time(observed.startTime)
        if !initStatuses.isEmpty { status.initContainerStatuses = initStatuses }
        status.containerStatuses = statuses
        status.qosClass = old.qosClass ?? spec.qosClass
        // What this agent knows nothing about stays as it is.
        for name in ["nominatedNodeName", "resourceClaimStatuses", "ephemeralContainerStatuses", "extendedResourceClaimStatus"] {
            status.members[name] = old.members[name]
        }
        return status
    }

    /// The phase that the containers amount to.
    ///
    /// - Parameter isTerminal: nothing runs, and nothing will be started any more.
    func phase(of spec: PodSpec, _ initStatuses: [ContainerStatus], _ statuses: [ContainerStatus], isTerminal: Bool) -> String {
        let policy = spec.restartPolicy ?? "Always"
        var (pendingInits, failedInits, running, waiting, stopped, succeeded) = (0, 0, 0, 0, 0, 0)
        for (container, status) in zip(spec.initContainers ?? [], initStatuses) {
            let ended = status.state?.terminated ?? (status.state?.waiting != nil ? status.lastState?.terminated : nil)
            if container.isSidecar {
                if status.state?.running != nil {
                    running += 1
                    if status.started != true { pendingInits += 1 }
                } else if ended == nil {
                    pendingInits += 1
                }
            } else if let ended {
                if ended.exitCode != 0 { failedInits += (container.restartPolicy ?? policy) == "Never" ? 1 : 0 }
                if status.state?.terminated == nil || (ended.exitCode != 0 && (container.restartPolicy ?? policy) != "Never") { pendingInits += 1 }
            } else {
                pendingInits += 1
            }
        }
        for status in statuses {
            if status.state?.running != nil {
                running += 1
            } else if let ended = status.state?.terminated ?? status.lastState?.terminated {
                stopped += 1
                if ended.exitCode == 0 { succeeded += 1 }
            } else {
                waiting += 1
            }
        }
        if failedInits > 0 { return "Failed" }
        if isTerminal { return stopped == statuses.count && succeeded == stopped ? "Succeeded" : "Failed" }
        if pendingInits > 0 || waiting > 0 { return "Pending" }
        if running > 0 { return "Running" }
        guard stopped > 0 else { return "Pending" }
        let rests = zip(spec.containers, statuses).allSatisfy { container, status in
            guard let ended = status.state?.terminated else { return false }
            let exit = ContainerExit(exitCode: ended.exitCode, finishedAt: .min)
            return !container.isRestarted(after: exit, podPolicy: policy, isInit: false)
        }
        guard rests else { return "Running" }
        return stopped == succeeded ? "Succeeded" : "Failed"
    }
}
