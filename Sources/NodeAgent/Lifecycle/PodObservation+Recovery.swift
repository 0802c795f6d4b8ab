public import KubernetesAPI

extension PodObservation {
    /// What is known of a pod when the agent starts again. Its containers went down with the agent, so what the status shows as running has ended unseen, and
    /// counts as a restart when it is started again. Back-offs begin anew, as with a kubelet.
    ///
    /// - Parameter exits: ends that the agent had noted but maybe not reported, by container; they win over the status when they are of a run that it does not
    ///   know as ended.
    public init(recovering pod: Pod, exits: [String: ContainerExit] = [:], now: MicroTime) {
        self.init(startTime: pod.status?.startTime.map { MicroTime($0) } ?? now)
        let status = pod.status ?? PodStatus()
        for known in (status.initContainerStatuses ?? []) + (status.containerStatuses ?? []) {
            var container = ContainerObservation()
            container.lastExit = known.lastState?.terminated.map { ContainerExit($0, now: now) }
            var exit = known.state?.terminated.map { ContainerExit($0, now: now) }
            if let running = known.state?.running {
                exit = exits[known.name] ?? .unknown(startedAt: running.startedAt.map { MicroTime($0) }, at: now, containerID: known.containerID)
            } else if exit == nil, let last = container.lastExit {
                // It waited to be started again: its last end is the present one, and the one before is not known any more.
                (exit, container.lastExit) = (last, nil)
            }
            if let exit {
                container.run = ContainerRun(
                    id: known.containerID ?? "", attempt: Int(known.restartCount), state: .exited(exit), imageID: known.imageID)
            }
            containers[known.name] = container
        }
        if status.reason != nil || status.message != nil, pod.isFinal {
            failure = status.phase == "Failed" ? PodFailure(reason: status.reason ?? "", message: status.message ?? "") : nil
        }
    }
}

extension ContainerExit {
    fileprivate init(_ terminated: ContainerStateTerminated, now: MicroTime) {
        self.init(
            exitCode: terminated.exitCode, reason: terminated.reason, message: terminated.message, startedAt: terminated.startedAt.map { MicroTime($0) },
            finishedAt: terminated.finishedAt.map { MicroTime($0) } ?? now, containerID: terminated.containerID)
    }
}
