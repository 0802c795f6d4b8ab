#definitions("io.k8s.api.core.v1")

struct NodeStatus {
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var addresses: [NodeAddress]?
    var allocatable: [String: Quantity]?
    var capacity: [String: Quantity]?
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [NodeCondition]?
    var config: NodeConfigStatus?
    var daemonEndpoints: NodeDaemonEndpoints?
    @listType("atomic")
    var declaredFeatures: [String]?
    var features: NodeFeatures?
    @listType("atomic")
    var images: [ContainerImage]?
    var nodeInfo: NodeSystemInfo?
    var phase: String?
    @listType("atomic")
    var runtimeHandlers: [NodeRuntimeHandler]?
    @listType("atomic")
    var volumesAttached: [AttachedVolume]?
    @listType("atomic")
    var volumesInUse: [String]?
}

struct NodeCondition {
    var status: String
    var type: String
    var lastHeartbeatTime: Time?
    var lastTransitionTime: Time?
    var message: String?
    var reason: String?
}

struct NodeAddress {
    var address: String
    var type: String
}

struct NodeDaemonEndpoints {
    var kubeletEndpoint: DaemonEndpoint?
}

struct DaemonEndpoint {
    @name("Port") var port: Int32
}

struct NodeSystemInfo {
    var architecture: String
    var bootID: String
    var containerRuntimeVersion: String
    var kernelVersion: String
    var kubeProxyVersion: String
    var kubeletVersion: String
    var machineID: String
    var operatingSystem: String
    var osImage: String
    var systemUUID: String
    var swap: NodeSwapStatus?
}

struct NodeSwapStatus {
    var capacity: Int64?
}

struct NodeFeatures {
    var supplementalGroupsPolicy: Bool?
}

struct NodeRuntimeHandler {
    var features: NodeRuntimeHandlerFeatures?
    var name: String?
}

struct NodeRuntimeHandlerFeatures {
    var recursiveReadOnlyMounts: Bool?
    var userNamespaces: Bool?
}

struct NodeConfigStatus {
    var active: NodeConfigSource?
    var assigned: NodeConfigSource?
    var error: String?
    var lastKnownGood: NodeConfigSource?
}

struct ContainerImage {
    @listType("atomic")
    var names: [String]?
    var sizeBytes: Int64?
}

struct AttachedVolume {
    var devicePath: String
    var name: String
}
