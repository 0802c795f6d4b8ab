#definitions("io.k8s.api.core.v1")

struct ContainerStatus {
    var image: String
    var imageID: String
    var name: String
    var ready: Bool
    var restartCount: Int32
    var allocatedResources: [String: Quantity]?
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var allocatedResourcesStatus: [ResourceStatus]?
    var containerID: String?
    var lastState: ContainerState?
    var resources: ResourceRequirements?
    var started: Bool?
    var state: ContainerState?
    var stopSignal: String?
    var user: ContainerUser?
    @listType("map", keys: ["mountPath"]) @patch("merge", key: "mountPath")
    var volumeMounts: [VolumeMountStatus]?
}

struct ContainerState {
    var running: ContainerStateRunning?
    var terminated: ContainerStateTerminated?
    var waiting: ContainerStateWaiting?
}

struct ContainerStateWaiting {
    var message: String?
    var reason: String?
}

struct ContainerStateRunning {
    var startedAt: Time?
}

struct ContainerStateTerminated {
    var exitCode: Int32
    var containerID: String?
    var finishedAt: Time?
    var message: String?
    var reason: String?
    var signal: Int32?
    var startedAt: Time?
}

struct ContainerUser {
    var linux: LinuxContainerUser?
}

struct LinuxContainerUser {
    var gid: Int64
    var uid: Int64
    @listType("atomic")
    var supplementalGroups: [Int64]?
}

struct VolumeMountStatus {
    var mountPath: String
    var name: String
    var readOnly: Bool?
    var recursiveReadOnly: String?
    var volumeStatus: VolumeStatus?
}

struct VolumeStatus {
    var image: ImageVolumeStatus?
}

struct ImageVolumeStatus {
    var imageRef: String
}

struct ResourceStatus {
    var name: String
    @listType("map", keys: ["resourceID"])
    var resources: [ResourceHealth]?
}

struct ResourceHealth {
    var resourceID: String
    var health: String?
    var message: String?
}
