public import KubernetesAPI

/// What the agent knows of a pod: the memory that ``PodPlan`` decides by. A pod that was just bound to the node has ``init(startTime:)``.
public struct PodObservation: Hashable, Sendable {
    /// When the agent first saw the pod: `status.startTime`.
    public var startTime: MicroTime
    public var volumes: VolumesState
    public var sandbox: SandboxState
    /// By name, init containers and sidecars too. What is missing was never touched.
    public var containers: [String: ContainerObservation]
    /// Why the pod must end, whatever its containers say. Once set it stays.
    public var failure: PodFailure?
    /// Whether the object is gone from the API (deleted with no grace): there is nothing left to report.
    public var isRemoved: Bool

    public init(startTime: MicroTime, containers: [String: ContainerObservation] = [:]) {
        self.startTime = startTime
        self.containers = containers
        volumes = .unmounted
        sandbox = .absent
        isRemoved = false
    }

    public subscript(name: String) -> ContainerObservation {
        get { containers[name] ?? ContainerObservation() }
        set { containers[name] = newValue }
    }
}

public enum VolumesState: Hashable, Sendable {
    case unmounted
    case mounting
    case mounted
    /// For the `FailedMount` event. It is tried again.
    case failed(message: String, at: MicroTime)
}

/// The pod's own directory, address and name.
public enum SandboxState: Hashable, Sendable {
    case absent
    case ready(address: String)
    /// Removed after the pod's end.
    case gone

    public var address: String? { if case .ready(let address) = self { address } else { nil } }
}

/// Why a pod fails as a whole: its `status.reason` and `status.message`.
public struct PodFailure: Hashable, Sendable {
    public var reason: String
    public var message: String

    public init(reason: String, message: String) {
        self.reason = reason
        self.message = message
    }

    public static let deadlineExceeded = PodFailure(
        reason: "DeadlineExceeded", message: "Pod was active on the node longer than the specified deadline")

    /// An emptyDir grew beyond its limit.
    public static func emptyDirTooLarge(volume: String, limit: Quantity) -> PodFailure {
        PodFailure(reason: "Evicted", message: "Usage of EmptyDir volume \(volume.quotedAsGo) exceeds the limit \(limit.description.quotedAsGo). ")
    }
}
