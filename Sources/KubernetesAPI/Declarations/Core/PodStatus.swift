#definitions("io.k8s.api.core.v1")

/// What was last observed of a pod, mostly by the kubelet of its node. It may be behind when that node cannot be reached.
struct PodStatus {
    /// Where the pod is in its life: Pending, Running, Succeeded, Failed or Unknown. A summary: conditions and container statuses have the detail.
    var phase: String?
    /// The pod's conditions, such as PodScheduled, Initialized, ContainersReady and Ready.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [PodCondition]?
    /// An explanation for people of why the pod is in this state.
    var message: String?
    /// One word for why the pod is in this state, such as Evicted.
    var reason: String?
    /// The metadata.generation that this status is about.
    var observedGeneration: Int64?
    /// The node where the pod is expected to go, for example once the pods that it preempts there are gone. It may still be placed elsewhere.
    var nominatedNodeName: String?
    /// The IP address of the pod's node. Empty until the pod is started there.
    var hostIP: String?
    /// All IP addresses of the pod's node, one for each address family. The first equals hostIP.
    @listType("atomic") @patch("merge", key: "ip")
    var hostIPs: [HostIP]?
    /// The pod's IP address, reachable in the cluster. Empty until it has one.
    var podIP: String?
    /// The pod's IP addresses, at most one for IPv4 and one for IPv6. The first equals podIP.
    @listType("map", keys: ["ip"]) @patch("merge", key: "ip")
    var podIPs: [PodIP]?
    /// When the kubelet accepted the pod, before it pulled any image.
    var startTime: Time?
    /// The state of each init container, in the order of the spec.
    @listType("atomic")
    var initContainerStatuses: [ContainerStatus]?
    /// The state of each main container.
    @listType("atomic")
    var containerStatuses: [ContainerStatus]?
    /// The state of each ephemeral container.
    @listType("atomic")
    var ephemeralContainerStatuses: [ContainerStatus]?
    /// How the pod ranks when its node is short of memory, by its requests and limits: Guaranteed, Burstable or BestEffort, which is the first to be evicted.
    var qosClass: String?
    /// Deprecated: the state of a change of resources. Conditions of the types PodResizePending and PodResizeInProgress tell it now.
    var resize: String?
    /// Which ResourceClaims serve the claims in the pod's spec.
    @listType("map", keys: ["name"]) @patch("merge,retainKeys", key: "name")
    var resourceClaimStatuses: [PodResourceClaimStatus]?
    /// The ResourceClaim that was made to serve extended resources of this pod that devices provide.
    var extendedResourceClaimStatus: PodExtendedResourceClaimStatus?
    /// Node resources, such as cpu and memory, that the pod has been given through its ResourceClaims.
    @listType("atomic")
    var nodeAllocatableResourceClaimStatuses: [NodeAllocatableResourceClaimStatus]?
    /// Resources that the node has set aside for the pod as a whole.
    var allocatedResources: [String: Quantity]?
    /// The requests and limits that are in effect for the pod as a whole.
    var resources: ResourceRequirements?
}

/// One aspect of a pod's state.
struct PodCondition {
    /// Which aspect: PodScheduled, Initialized, ContainersReady, Ready, DisruptionTarget or another, possibly of a custom controller.
    var type: String
    /// Whether the condition holds: True, False or Unknown.
    var status: String
    /// The pod's metadata.generation that the condition is about.
    var observedGeneration: Int64?
    /// When the condition was last checked.
    var lastProbeTime: Time?
    /// When the status last changed from one value to another.
    var lastTransitionTime: Time?
    /// One CamelCase word for the cause of the last change.
    var reason: String?
    /// An explanation of the last change, for people.
    var message: String?
}

/// An IP address of a pod.
struct PodIP {
    /// The address, IPv4 or IPv6.
    var ip: String
}

/// An IP address of the node that runs a pod.
struct HostIP {
    /// The address, IPv4 or IPv6.
    var ip: String
}

/// Which ResourceClaim serves a claim of a pod.
struct PodResourceClaimStatus {
    /// The claim's name in the pod's spec.resourceClaims.
    var name: String
    /// The ResourceClaim that was created from the template. Not set when none was needed.
    var resourceClaimName: String?
}

/// How devices serve the extended resources that a pod asks for.
struct PodExtendedResourceClaimStatus {
    /// The ResourceClaim, in the pod's namespace, that was created for the pod.
    var resourceClaimName: String
    /// Which request of the claim serves which resource of which container.
    @listType("atomic")
    var requestMappings: [ContainerExtendedResourceRequest]
}

/// Ties an extended resource of a container to a request in a ResourceClaim.
struct ContainerExtendedResourceRequest {
    /// The container that asks for the resource.
    var containerName: String
    /// The extended resource, such as example.com/gpu.
    var resourceName: String
    /// The request in the ResourceClaim that provides it.
    var requestName: String
}

/// Node resources that one ResourceClaim gives to a pod.
struct NodeAllocatableResourceClaimStatus {
    /// The ResourceClaim in the pod's namespace.
    var resourceClaimName: String
    /// The pod's containers that use the claim.
    @listType("set")
    var containers: [String]?
    /// The quantity of each node resource, such as cpu or memory, that the claim provides.
    var resources: [String: Quantity]
}
