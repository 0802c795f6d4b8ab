public import KubernetesAPI

/// A pod that only seems to run: what a node agent would observe, by ``SimulationRules`` and as a function of time. It is planned by the same
/// ``PodPlan`` as real pods are.
public struct SimulatedPod: Sendable {
    /// The pod as it is simulated, for ``PodStatusBuilder``: probes are played by `ready-after`.
    public private(set) var pod: Pod
    public private(set) var observed: PodObservation
    /// When something happens next, if nobody changes the pod.
    public private(set) var wake: MicroTime?
    /// Whether the object is to be deleted from the API now.
    public private(set) var isFinished = false
    private var rules: [String: SimulationRules]
    private let address: String
    private var time: MicroTime
    /// When images that are being pulled will be there.
    private var imagesReadyAt: [String: MicroTime] = [:]

    /// - Parameters:
    ///   - address: the pod's.
    ///   - start: when the node first saw it.
    public init(_ pod: Pod, address: String, start: MicroTime) {
        self.pod = pod
        self.address = address
        observed = PodObservation(startTime: start)
        time = start
        rules = [:]
        update(pod)
    }

    /// Takes a newer version of the object.
    public mutating func update(_ pod: Pod) {
        var simulated = pod
        var spec = pod.spec ?? PodSpec()
        rules = [:]
        for container in (spec.initContainers ?? []) + spec.containers { rules[container.name] = SimulationRules(of: container, in: pod) }
        spec.containers = spec.containers.map(withoutProbes)
        spec.initContainers = spec.initContainers?.map(withoutProbes)
        simulated.spec = spec
        self.pod = simulated
    }

    private func withoutProbes(_ container: Container) -> Container {
        var container = container
        container.startupProbe = nil
        container.livenessProbe = nil
        container.lifecycle = nil
        let seconds = rules[container.name]?.readyAfter.components.seconds ?? 0
        container.readinessProbe = seconds > 0 ? Probe(initialDelaySeconds: Int32(clamping: seconds), periodSeconds: 1 << 24) : nil
        return container
    }

    /// Lets everything happen that happens until `now`, each at its own time.
    public mutating func advance(to now: MicroTime) {
        wake = nil
        // A pod that does something at each step still comes to an end: time grows with back-offs. The bound is for rules that leave no time at all.
        for _ in 0..<10_000 {
            settle()
            let plan = PodPlan(for: pod, observed: observed, now: time)
            for action in plan.actions { perform(action) }
            if !plan.actions.isEmpty, !isFinished { continue }
            let next = ([plan.wake] + [nextEvent]).compactMap { $0 }.min()
            guard let next, !isFinished else { return time = max(time, now) }
            guard next <= now else {
                wake = next
                return time = max(time, now)
            }
            time = max(time, next)
        }
        wake = now
    }

    /// What has come about by `time`.
    private mutating func settle() {
        for (name, ready) in imagesReadyAt where ready <= time {
            imagesReadyAt[name] = nil
            if let message = rules[name]?.imageFailure {
                observed[name].fail(ImageFailure(reason: "ErrImagePull", message: message, at: ready))
            } else {
                observed[name].image = .ready
            }
        }
        for name in observed.containers.keys {
            guard let (end, code) = end(of: name), end <= time else { continue }
            finish(name, code: code, at: end)
        }
    }

    private var nextEvent: MicroTime? { (imagesReadyAt.values + observed.containers.keys.compactMap { end(of: $0)?.0 }).min() }

    /// When the present run ends, and how.
    private func end(of name: String) -> (MicroTime, Int32)? {
        guard let rules = rules[name], let container = observed.containers[name], let run = container.run, let startedAt = run.startedAt else { return nil }
        var ends: [(MicroTime, Int32)] = []
        if let length = rules.runFor { ends.append((startedAt.advanced(by: length), rules.exitCode(ofRun: run.attempt))) }
        if let signalledAt = container.stop?.signalledAt { ends.append((signalledAt.advanced(by: rules.stopAfter), 143)) }
        return ends.min { $0.0 < $1.0 }
    }

    private mutating func finish(_ name: String, code: Int32, at end: MicroTime) {
        let run = observed[name].run
        let reason = code == 0 ? nil : rules[name]?.exitReason
        observed[name].end(ContainerExit(exitCode: code, reason: reason, startedAt: run?.startedAt, finishedAt: end, containerID: run?.id))
    }

    private mutating func perform(_ action: PodAction) {
        switch action {
        case .mountVolumes: observed.volumes = .mounted
        case .createSandbox: observed.sandbox = .ready(address: address)
        case .pullImage(let name):
            observed[name].image = .pulling
            imagesReadyAt[name] = time.advanced(by: observed[name].run == nil ? rules[name]?.startAfter ?? .zero : .zero)
        case .start(let name):
            let attempt = observed[name].run.map { $0.attempt + 1 } ?? 0
            observed[name].begin("simulated://\(pod.uid)-\(name)-\(attempt)", imageID: "simulated", now: time)
        case .runPostStart(let name): observed[name].postStart = .done
        case .runProbe(let kind, let name):
            guard kind == .readiness, let probe = pod.spec?.containers.first(where: { $0.name == name })?.readinessProbe else { return }
            observed[name].readiness.begin(now: time)
            observed[name].readiness.record(.success, of: probe)
        case .beginStop(let name, let order): observed[name].stop = ContainerStop(order, began: time)
        case .runPreStop(let name): observed[name].stop?.preStop = .done
        case .signal(let name, _): observed[name].stop?.signalledAt = time
        case .kill(let name): finish(name, code: 137, at: time)
        case .fail(let failure): observed.failure = failure
        case .removeSandbox: (observed.sandbox, observed.volumes) = (.gone, .unmounted)
        case .deleteObject, .forget: isFinished = true
        }
    }
}
