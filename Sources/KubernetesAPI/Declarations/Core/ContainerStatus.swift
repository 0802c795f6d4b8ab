#definitions("io.k8s.api.core.v1")

/// What was last observed of one container of a pod.
struct ContainerStatus {
    /// The container's name in the pod's spec.
    var name: String
    /// What the container does now.
    var state: ContainerState?
    /// How the container's previous run ended. Empty while it has not been restarted.
    var lastState: ContainerState?
    /// Whether the container passes its readiness probe. Without such a probe, whether it runs and has started.
    var ready: Bool
    /// How often the container was restarted. May fall when dead containers are cleaned up on the node.
    var restartCount: Int32
    /// The image that runs. It may be written otherwise than in the spec, which the runtime resolves.
    var image: String
    /// The image's identity at the runtime, usually a digest.
    var imageID: String
    /// The container's identity at the runtime, as type://id, such as containerd://4f7b….
    var containerID: String?
    /// Whether the container has started: its postStart hook is done and its startup probe has passed. Always true without a startup probe once it runs.
    var started: Bool?
    /// Resources that the node has set aside for the container, which its requests were admitted with.
    var allocatedResources: [String: Quantity]?
    /// The requests and limits that the running container really has.
    var resources: ResourceRequirements?
    /// How the container's volumes are mounted.
    @listType("map", keys: ["mountPath"]) @patch("merge", key: "mountPath")
    var volumeMounts: [VolumeMountStatus]?
    /// The user that the container's first process runs as.
    var user: ContainerUser?
    /// The health of the devices that were given to the container.
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var allocatedResourcesStatus: [ResourceStatus]?
    /// The signal that stops the container, as it is in effect.
    var stopSignal: String?
}

/// What a container does. One member is set at most; none means waiting.
struct ContainerState {
    /// The container has not started yet, or waits for its next start.
    var waiting: ContainerStateWaiting?
    /// The container runs.
    var running: ContainerStateRunning?
    /// The container has ended.
    var terminated: ContainerStateTerminated?
}

/// Why a container does not run yet.
struct ContainerStateWaiting {
    /// One word for what it waits for, such as ContainerCreating, ImagePullBackOff or CrashLoopBackOff.
    var reason: String?
    /// An explanation for people.
    var message: String?
}

/// Since when a container runs.
struct ContainerStateRunning {
    /// When the container was last started or restarted.
    var startedAt: Time?
}

/// How a container ended.
struct ContainerStateTerminated {
    /// The exit code of the container's first process. 0 means success.
    var exitCode: Int32
    /// The number of the signal that ended the container, if one did.
    var signal: Int32?
    /// One word for the cause, such as Completed, Error or OOMKilled.
    var reason: String?
    /// The container's termination message, or an explanation from the runtime.
    var message: String?
    /// When this run of the container started.
    var startedAt: Time?
    /// When the container ended.
    var finishedAt: Time?
    /// The container's identity at the runtime, as type://id.
    var containerID: String?
}

/// The user that a container's first process runs as.
struct ContainerUser {
    /// The user and groups on Linux.
    var linux: LinuxContainerUser?
}

/// User and groups of the first process of a Linux container. The process may change them if it has the right to.
struct LinuxContainerUser {
    /// The user ID that the process was started with.
    var uid: Int64
    /// The primary group ID that the process was started with.
    var gid: Int64
    /// Further group IDs that the process was started with.
    @listType("atomic")
    var supplementalGroups: [Int64]?
}

/// How a volume is mounted in a container.
struct VolumeMountStatus {
    /// The volume, as named by the mount in the container's spec.
    var name: String
    /// Where the volume is mounted.
    var mountPath: String
    /// Whether the mount is read-only.
    var readOnly: Bool?
    /// Whether mounts below this one are read-only too: Disabled, IfPossible or Enabled. The value in effect is Disabled or Enabled.
    var recursiveReadOnly: String?
    /// What is known of the volume itself.
    var volumeStatus: VolumeStatus?
}

/// What is known of a mounted volume, by the kind of volume.
struct VolumeStatus {
    /// For a volume that is made of an image.
    var image: ImageVolumeStatus?
}

/// What is known of a volume that is made of an image.
struct ImageVolumeStatus {
    /// The image's digest that is mounted.
    var imageRef: String
}

/// The health of what a container was given of one resource.
struct ResourceStatus {
    /// The resource: that of a device plugin, such as example.com/gpu, or claim:NAME/REQUEST for a claim.
    var name: String
    /// The health of each device. Devices that are not listed have no health information.
    @listType("map", keys: ["resourceID"])
    var resources: [ResourceHealth]?
}

/// The health of one device.
struct ResourceHealth {
    /// Identifies the device on its node.
    var resourceID: String
    /// Healthy, Unhealthy or Unknown. Unknown by default.
    var health: String?
    /// An explanation of the health, for people.
    var message: String?
}
