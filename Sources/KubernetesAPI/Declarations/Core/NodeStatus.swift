#definitions("io.k8s.api.core.v1")

/// What was last observed of a node.
struct NodeStatus {
    /// The node's conditions, such as Ready, MemoryPressure, DiskPressure and PIDPressure.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [NodeCondition]?
    /// The addresses at which the node can be reached.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var addresses: [NodeAddress]?
    /// All resources of the node.
    var capacity: [String: Quantity]?
    /// The resources that pods can have: the capacity less what is reserved for the system.
    var allocatable: [String: Quantity]?
    /// Identity and versions of the machine, its system and its Kubernetes components.
    var nodeInfo: NodeSystemInfo?
    /// Container images that are on the node, as a sample: the largest come first and the list is limited.
    @listType("atomic")
    var images: [ContainerImage]?
    /// Ports of Kubernetes' own services on the node.
    var daemonEndpoints: NodeDaemonEndpoints?
    /// The handlers of the container runtime, which RuntimeClasses name.
    @listType("atomic")
    var runtimeHandlers: [NodeRuntimeHandler]?
    /// Features that the container runtime supports.
    var features: NodeFeatures?
    /// Kubernetes features that the kubelet declares, by which pods that need one are placed.
    @listType("atomic")
    var declaredFeatures: [String]?
    /// Volumes that pods on the node use. They are not detached while they are listed.
    @listType("atomic")
    var volumesInUse: [String]?
    /// Volumes that are attached to the node.
    @listType("atomic")
    var volumesAttached: [AttachedVolume]?
    /// Deprecated: no longer set.
    var phase: String?
    /// Deprecated: how the kubelet's configuration from a ConfigMap stands.
    var config: NodeConfigStatus?
}

/// One aspect of a node's state.
struct NodeCondition {
    /// Which aspect: Ready, MemoryPressure, DiskPressure, PIDPressure, NetworkUnavailable or another.
    var type: String
    /// Whether the condition holds: True, False or Unknown.
    var status: String
    /// When the condition was last reported.
    var lastHeartbeatTime: Time?
    /// When the status last changed from one value to another.
    var lastTransitionTime: Time?
    /// One CamelCase word for the cause of the last change.
    var reason: String?
    /// An explanation of the last change, for people.
    var message: String?
}

/// An address of a node.
struct NodeAddress {
    /// What it is: Hostname, InternalIP, ExternalIP, InternalDNS or ExternalDNS.
    var type: String
    /// The address.
    var address: String
}

/// Ports of Kubernetes' own services on a node.
struct NodeDaemonEndpoints {
    /// Where the kubelet listens.
    var kubeletEndpoint: DaemonEndpoint?
}

/// Where a service of the node listens.
struct DaemonEndpoint {
    /// The port number. Its name begins with a capital letter in JSON.
    @name("Port") var port: Int32
}

/// Identity and versions of a node.
struct NodeSystemInfo {
    /// The machine's ID from /etc/machine-id.
    var machineID: String
    /// The machine's UUID as its firmware reports it.
    var systemUUID: String
    /// An ID that changes with every boot.
    var bootID: String
    /// The version of the kernel, as uname -r prints it.
    var kernelVersion: String
    /// The operating system, as /etc/os-release calls it.
    var osImage: String
    /// The kind of operating system: linux or windows.
    var operatingSystem: String
    /// The processor architecture, such as amd64 or arm64.
    var architecture: String
    /// The container runtime and its version, such as containerd://2.1.0.
    var containerRuntimeVersion: String
    /// The kubelet's version.
    var kubeletVersion: String
    /// Deprecated: was meant to be the version of kube-proxy. Do not rely on it.
    var kubeProxyVersion: String
    /// The node's swap space.
    var swap: NodeSwapStatus?
}

/// The swap space of a node.
struct NodeSwapStatus {
    /// Its size in bytes.
    var capacity: Int64?
}

/// Features that the container runtime of a node supports.
struct NodeFeatures {
    /// Whether it supports a pod's supplementalGroupsPolicy.
    var supplementalGroupsPolicy: Bool?
}

/// A handler of the container runtime.
struct NodeRuntimeHandler {
    /// The handler's name. Empty for the default handler.
    var name: String?
    /// Features that the handler supports.
    var features: NodeRuntimeHandlerFeatures?
}

/// Features that a handler of the container runtime supports.
struct NodeRuntimeHandlerFeatures {
    /// Whether it supports mounts that are read-only recursively.
    var recursiveReadOnlyMounts: Bool?
    /// Whether it supports pods in user namespaces of their own.
    var userNamespaces: Bool?
}

/// Deprecated: how a kubelet's configuration from a ConfigMap stands.
struct NodeConfigStatus {
    /// What the node was told to use.
    var assigned: NodeConfigSource?
    /// What the node uses.
    var active: NodeConfigSource?
    /// What the node goes back to when the assigned one is invalid.
    var lastKnownGood: NodeConfigSource?
    /// Why the assigned configuration cannot be used.
    var error: String?
}

/// A container image on a node.
struct ContainerImage {
    /// Its names, such as registry.example.com/app:1.2 and the form with a digest.
    @listType("atomic")
    var names: [String]?
    /// Its size in bytes.
    var sizeBytes: Int64?
}

/// A volume that is attached to a node.
struct AttachedVolume {
    /// The volume's unique name.
    var name: String
    /// The path of the device on the node.
    var devicePath: String
}
