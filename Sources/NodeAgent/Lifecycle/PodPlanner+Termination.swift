import KubernetesAPI

extension PodPlanner {
    /// A container has at least this long between its stop signal and SIGKILL.
    static let minimumGrace = Duration.seconds(2)
    /// SIGKILL is sent again when a process is still there after this long.
    static let killRepeat = Duration.seconds(10)

    /// Stops all containers, main ones together and then sidecars from the last to the first, and takes the pod down.
    mutating func stopPod() {
        let mainsAndInits = inits.filter { !$0.isSidecar } + mains
        for container in mainsAndInits { stop(container, isItsTurn: true) }
        var isItsTurn = !mainsAndInits.contains { observed[$0.name].isRunning }
        for sidecar in inits.reversed() where sidecar.isSidecar {
            stop(sidecar, isItsTurn: isItsTurn)
            if observed[sidecar.name].isRunning { isItsTurn = false }
        }
        guard !(inits + mains).contains(where: { observed[$0.name].isRunning }) else { return }
        switch observed.sandbox {
        case .ready: result.actions.append(.removeSandbox)
        case .absent where observed.volumes != .unmounted: result.actions.append(.removeSandbox)
        case .absent, .gone:
            if observed.isRemoved { result.actions.append(.forget) } else if pod.isBeingDeleted { result.actions.append(.deleteObject) }
        }
    }

    /// Seconds that containers have when the pod stops.
    private var podGraceSeconds: Int64 {
        if observed.isRemoved { return 0 }
        let seconds = pod.metadata.deletionGracePeriodSeconds ?? spec.terminationGracePeriodSeconds ?? 30
        return max(seconds, 1)
    }

    private mutating func stop(_ container: Container, isItsTurn: Bool) {
        let state = observed[container.name]
        guard state.isRunning else { return }
        if state.stop != nil { return continueStop(of: container, isItsTurn: isItsTurn) }
        let order = StopOrder(.podStops, graceSeconds: podGraceSeconds, message: "Stopping container \(container.name)")
        result.actions.append(.beginStop(container: container.name, order))
    }

    /// The next step of a stop that has begun: preStop, the stop signal, SIGKILL.
    mutating func continueStop(of container: Container, isItsTurn: Bool) {
        let state = observed[container.name]
        guard let stop = state.stop, state.isRunning else { return }
        // A second deletion may shorten the grace, never lengthen it.
        let grace = isEnding ? min(stop.order.graceSeconds, podGraceSeconds) : stop.order.graceSeconds
        let deadline = stop.began.advanced(by: .seconds(grace))

        if stop.signalledAt == nil {
            // Hooks of sidecars run at once, too; only their signal waits.
            if container.lifecycle?.preStop != nil, grace > 0, deadline > now {
                switch stop.preStop {
                case .pending:
                    result.wake(at: deadline)
                    return result.actions.append(.runPreStop(container: container.name))
                case .running: return result.wake(at: deadline)
                case .done, .failed: break
                }
            }
            guard isItsTurn || deadline <= now else { return result.wake(at: deadline) }
            return result.actions.append(.signal(container: container.name, container.lifecycle?.stopSignal ?? "SIGTERM"))
        }
        guard let signalledAt = stop.signalledAt else { return }
        let killAt = max(deadline, signalledAt.advanced(by: Self.minimumGrace))
        if let killedAt = stop.killedAt {
            retry(.kill(container: container.name), at: killedAt.advanced(by: Self.killRepeat))
        } else {
            retry(.kill(container: container.name), at: killAt)
        }
    }
}
