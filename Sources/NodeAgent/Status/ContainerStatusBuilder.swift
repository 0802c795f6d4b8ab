import KubernetesAPI

/// Writes the status of one container.
struct ContainerStatusBuilder {
    let pod: Pod
    let podPolicy: String
    let hasInitContainers: Bool
    /// Nothing will be started any more.
    let isStopping: Bool
    let users: [String: LinuxContainerUser]
    let now: MicroTime

    func status(of container: Container, _ observed: ContainerObservation, isInit: Bool) -> ContainerStatus {
        let isSidecar = isInit && container.isSidecar
        var status = ContainerStatus(
            name: container.name, ready: false, restartCount: Int32(clamping: observed.restartCount), image: container.image ?? "", imageID: "")
        var last = observed.lastExit
        let state = state(of: container, observed, isInit: isInit, last: &last)
        status.state = state
        status.lastState = last.map { ContainerState(terminated: Self.terminated($0)) } ?? ContainerState()
        status.imageID = observed.run?.imageID ?? ""
        status.containerID = observed.run?.id
        status.started = observed.isStarted(container)
        if isInit, !isSidecar {
            status.ready = state.terminated?.exitCode == 0
        } else {
            status.ready = observed.isReady(container)
        }
        if let resources = container.resources, observed.isRunning {
            status.resources = resources
            let requests = resources.effectiveRequests
            if !requests.isEmpty { status.allocatedResources = requests }
        }
        if let mounts = container.volumeMounts, !mounts.isEmpty, observed.run != nil {
            status.volumeMounts = mounts.map { mount in
                let isReadOnly = mount.readOnly ?? false
                return VolumeMountStatus(
                    name: mount.name, mountPath: mount.mountPath, readOnly: isReadOnly ? true : nil, recursiveReadOnly: isReadOnly ? "Disabled" : nil)
            }
        }
        if observed.isRunning, let user = users[container.name] { status.user = ContainerUser(linux: user) }
        return status
    }

    private func state(of container: Container, _ observed: ContainerObservation, isInit: Bool, last: inout ContainerExit?) -> ContainerState {
        switch observed.run?.state {
        case .running(let time): return ContainerState(running: ContainerStateRunning(startedAt: Time(time)))
        case .created: return waiting(hasInitContainers ? "PodInitializing" : "ContainerCreating")
        case .exited(let exit):
            let isRestarted = !isStopping && container.isRestarted(after: exit, podPolicy: podPolicy, isInit: isInit)
            guard isRestarted, let reason = waitReason(of: container, observed) else { return ContainerState(terminated: Self.terminated(exit)) }
            last = exit
            return reason
        case nil: return waitReason(of: container, observed) ?? waiting(hasInitContainers ? "PodInitializing" : "ContainerCreating")
        }
    }

    /// Why a container that should start does not yet; nil when it is about to.
    private func waitReason(of container: Container, _ observed: ContainerObservation) -> ContainerState? {
        if let exit = observed.exit, let end = observed.restartBackOff.end(after: exit.finishedAt), end > now {
            let delay = DurationText(observed.restartBackOff.delay)?.description ?? ""
            return waiting("CrashLoopBackOff", "back-off \(delay) restarting failed container=\(container.name) pod=\(pod.kubeletName)")
        }
        if case .failed(let failure) = observed.image {
            // Just failed: the registry's words. Then, as it waits, the same in the words of the back-off.
            guard failure.reason == "ErrImagePull" || failure.reason == "RegistryUnavailable",
                now >= failure.at.advanced(by: ImageFailure.shownFor)
            else {
                return waiting(failure.reason, failure.message)
            }
            return waiting("ImagePullBackOff", "Back-off pulling image \((container.image ?? "").quotedAsGo): \(failure.reason): \(failure.message)")
        }
        if let problem = observed.problem { return waiting(problem.reason, problem.message) }
        return nil
    }

    private func waiting(_ reason: String, _ message: String? = nil) -> ContainerState {
        ContainerState(waiting: ContainerStateWaiting(reason: reason, message: message))
    }

    static func terminated(_ exit: ContainerExit) -> ContainerStateTerminated {
        ContainerStateTerminated(
            exitCode: exit.exitCode, reason: exit.reason, message: exit.message, startedAt: exit.startedAt.map { Time($0) }, finishedAt: Time(exit.finishedAt),
            containerID: exit.containerID)
    }
}
