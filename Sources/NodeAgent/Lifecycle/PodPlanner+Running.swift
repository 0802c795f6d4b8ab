import KubernetesAPI

extension PodPlanner {
    /// Goes on with the init containers.
    ///
    /// - Returns: whether all are done, so that the main containers may start; nil when one has failed for good.
    mutating func runInitContainers() -> Bool? {
        // Once a main container has run, the pod is initialized for good: only sidecars are started again.
        if mains.contains(where: { observed[$0.name].run != nil }) { return true }
        // What stands before the last one that was started is done. Only sidecars there are looked after.
        let current = inits.lastIndex { observed[$0.name].run != nil } ?? 0
        keepSidecars(inits[..<min(current, inits.count)].filter(\.isSidecar))
        for container in inits.dropFirst(current) {
            let state = observed[container.name]
            if container.isSidecar {
                if state.isRunning, state.stop == nil { keepRunning(container) } else if state.stop == nil { start(container) }
                guard state.isStarted(container) else { return false }
            } else if let exit = state.exit {
                if exit.isSuccess { continue }
                guard container.isRestarted(after: exit, podPolicy: podPolicy, isInit: true) else { return nil }
                start(container)
                return false
            } else {
                if state.isRunning { keepRunning(container) } else if state.stop == nil { start(container) }
                return false
            }
        }
        return true
    }

    mutating func keepSidecars(_ sidecars: [Container]) {
        for container in sidecars {
            let state = observed[container.name]
            if state.stop != nil { continue }
            if state.isRunning { keepRunning(container) } else { start(container) }
        }
    }

    /// Hooks and probes of a container that runs.
    mutating func keepRunning(_ container: Container) {
        let state = observed[container.name]
        guard let startedAt = state.run?.startedAt else { return }
        if container.lifecycle?.postStart != nil {
            switch state.postStart {
            case .pending: return result.actions.append(.runPostStart(container: container.name))
            case .running: return
            case .failed: return beginStop(of: container, .postStartHook, message: "FailedPostStartHook")
            case .done: break
            }
        }
        for (probe, probeState) in [
            (container.startupProbe, state.startup), (container.livenessProbe, state.liveness), (container.readinessProbe, state.readiness),
        ] {
            guard let probe else { continue }
            if probeState.kind != .readiness, probeState.result == .failure {
                let reason: StopOrder.Reason = probeState.kind == .startup ? .startupProbe : .livenessProbe
                return beginStop(of: container, reason, message: "Container \(container.name) failed \(probeState.kind) probe")
            }
            guard probeState.kind == .startup || container.startupProbe == nil || state.startup.result == .success else { continue }
            switch probeState.next(probe, startedAt: startedAt, now: now) {
            case .run: result.actions.append(.runProbe(probeState.kind, container: container.name))
            case .wait(let time): result.wake(at: time)
            case .idle: break
            }
        }
    }

    /// Starts a container that has not run or has ended: after its back-off, and with its image in place.
    mutating func start(_ container: Container) {
        let state = observed[container.name]
        if let exit = state.exit, let end = state.restartBackOff.end(after: exit.finishedAt), end > now { return result.wake(at: end) }
        switch state.image {
        case .pulling: return
        case .unchecked: return result.actions.append(.pullImage(container: container.name))
        case .failed(let failure):
            let isShownUntil = failure.at.advanced(by: ImageFailure.shownFor)
            if isShownUntil > now { result.wake(at: isShownUntil) }
            let end = state.imageBackOff.end(after: failure.at) ?? failure.at
            return retry(.pullImage(container: container.name), at: end)
        case .ready: break
        }
        if let problem = state.problem { return retry(.start(container: container.name), at: problem.at.advanced(by: StartProblem.retryDelay)) }
        result.actions.append(.start(container: container.name))
    }

    private mutating func beginStop(of container: Container, _ reason: StopOrder.Reason, message: String) {
        var grace = spec.terminationGracePeriodSeconds ?? 30
        switch reason {
        case .startupProbe: grace = container.startupProbe?.terminationGracePeriodSeconds ?? grace
        case .livenessProbe: grace = container.livenessProbe?.terminationGracePeriodSeconds ?? grace
        default: break
        }
        let isRestarted = (container.restartPolicy ?? podPolicy) != "Never"
        let message = isRestarted && reason != .postStartHook ? message + ", will be restarted" : message
        result.actions.append(.beginStop(container: container.name, StopOrder(reason, graceSeconds: grace, message: message)))
    }
}
