public import KubernetesAPI

/// What the agent knows of one container of a pod: the memory that ``PodPlan`` decides by.
public struct ContainerObservation: Hashable, Sendable {
    /// The latest run; nil before the first.
    public var run: ContainerRun?
    /// How the run before ``run`` ended.
    public var lastExit: ContainerExit?
    public var image: ImageState
    public var imageBackOff: BackOff
    public var restartBackOff: BackOff
    /// Why the last try to start it came to nothing.
    public var problem: StartProblem?
    public var startup: ProbeState
    public var liveness: ProbeState
    public var readiness: ProbeState
    public var postStart: HookState
    /// Set while the container is being stopped.
    public var stop: ContainerStop?

    public init(run: ContainerRun? = nil, lastExit: ContainerExit? = nil, image: ImageState = .unchecked, restartBackOff: BackOff = BackOff()) {
        self.run = run
        self.lastExit = lastExit
        self.image = image
        imageBackOff = BackOff()
        self.restartBackOff = restartBackOff
        startup = ProbeState(.startup)
        liveness = ProbeState(.liveness)
        readiness = ProbeState(.readiness)
        postStart = .pending
    }

    public var isRunning: Bool { run?.startedAt != nil }
    public var exit: ContainerExit? { if case .exited(let exit)? = run?.state { exit } else { nil } }
    /// How often it was started again.
    public var restartCount: Int { run?.attempt ?? 0 }

    /// Whether it runs, its postStart hook is done and its startup probe has passed: `started` in the status.
    public func isStarted(_ container: Container) -> Bool {
        isRunning && (container.lifecycle?.postStart == nil || postStart == .done) && (container.startupProbe == nil || startup.result == .success)
    }

    /// Whether it can take traffic: `ready` in the status of a container that is not an init container without restarts.
    public func isReady(_ container: Container) -> Bool {
        isStarted(container) && (container.readinessProbe == nil || readiness.result == .success)
    }

    /// A new run begins at `now`: what belonged to the run before is put away.
    public mutating func begin(_ id: String, imageID: String, now: MicroTime) {
        if let exit {
            restartBackOff.advance(after: exit.finishedAt, now: now)
            lastExit = exit
        }
        run = ContainerRun(id: id, attempt: run.map { $0.attempt + 1 } ?? 0, state: .running(since: now), imageID: imageID)
        // The pull policy is applied anew for each run.
        (image, problem, stop, postStart) = (.unchecked, nil, nil, .pending)
        startup = ProbeState(.startup)
        liveness = ProbeState(.liveness)
        readiness = ProbeState(.readiness)
    }

    /// The image could not be had.
    public mutating func fail(_ failure: ImageFailure) {
        image = .failed(failure)
        imageBackOff.advance(after: failure.at, now: failure.at)
    }

    /// The run has ended.
    public mutating func end(_ exit: ContainerExit) {
        var exit = exit
        if let reason = stop?.order.reason, reason != .podStops { exit.isByProbe = true }
        run?.state = .exited(exit)
        stop = nil
    }
}

/// One run of a container.
public struct ContainerRun: Hashable, Sendable {
    public enum State: Hashable, Sendable {
        /// Prepared, its process not started.
        case created
        case running(since: MicroTime)
        case exited(ContainerExit)
    }

    /// Identifies the run, as `type://id`.
    public var id: String
    /// 0 for the first run, then one more for each: the restart count.
    public var attempt: Int
    public var state: State
    public var imageID: String

    public init(id: String, attempt: Int, state: State, imageID: String = "") {
        self.id = id
        self.attempt = attempt
        self.state = state
        self.imageID = imageID
    }

    public var startedAt: MicroTime? { if case .running(let time) = state { time } else { nil } }
}

/// Whether a container's image can be used for its next run.
public enum ImageState: Hashable, Sendable {
    /// The pull policy has not been applied for the next run.
    case unchecked
    case pulling
    case ready
    case failed(ImageFailure)
}

/// Why an image cannot be used.
public struct ImageFailure: Hashable, Sendable {
    /// ErrImagePull, ErrImageNeverPull, InvalidImageName, ImageInspectError or RegistryUnavailable.
    public var reason: String
    public var message: String
    public var at: MicroTime

    /// For so long the status shows the failure itself, then that it is backed off.
    static let shownFor = Duration.seconds(1)

    public init(reason: String, message: String, at: MicroTime) {
        self.reason = reason
        self.message = message
        self.at = at
    }

    /// For pull policy Never.
    public static func neverPull(_ image: String, at time: MicroTime) -> ImageFailure {
        ImageFailure(reason: "ErrImageNeverPull", message: "Container image \(image.quotedAsGo) is not present with pull policy of Never", at: time)
    }
}

/// Why a container could not be started.
public struct StartProblem: Hashable, Sendable {
    /// CreateContainerConfigError, CreateContainerError, RunContainerError, PreCreateHookError or PostStartHookError.
    public var reason: String
    public var message: String
    public var at: MicroTime

    /// Such a start is tried again after this long.
    public static let retryDelay = Duration.seconds(10)

    public init(reason: String, message: String, at: MicroTime) {
        self.reason = reason
        self.message = message
        self.at = at
    }
}

/// How far a lifecycle hook is.
public enum HookState: Hashable, Sendable {
    case pending
    case running
    /// It has ended, well or (for preStop, whose failure changes nothing) badly.
    case done
    case failed(String)
}

/// The container is being stopped.
public struct ContainerStop: Hashable, Sendable {
    public var order: StopOrder
    public var began: MicroTime
    public var preStop: HookState
    /// When the stop signal was sent.
    public var signalledAt: MicroTime?
    /// When SIGKILL was sent.
    public var killedAt: MicroTime?

    public init(_ order: StopOrder, began: MicroTime) {
        self.order = order
        self.began = began
        preStop = .pending
    }
}

/// Why and how gently a container is stopped.
public struct StopOrder: Hashable, Sendable {
    public enum Reason: Hashable, Sendable {
        /// The pod is deleted, has failed, or its main containers are done.
        case podStops
        case startupProbe
        case livenessProbe
        case postStartHook
    }

    public var reason: Reason
    /// Counted from the order, preStop included.
    public var graceSeconds: Int64
    /// For the `Killing` event.
    public var message: String

    public init(_ reason: Reason, graceSeconds: Int64, message: String) {
        self.reason = reason
        self.graceSeconds = graceSeconds
        self.message = message
    }
}
