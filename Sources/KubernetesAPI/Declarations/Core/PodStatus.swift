#definitions("io.k8s.api.core.v1")

struct PodStatus {
    var allocatedResources: [String: Quantity]?
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [PodCondition]?
    @listType("atomic")
    var containerStatuses: [ContainerStatus]?
    @listType("atomic")
    var ephemeralContainerStatuses: [ContainerStatus]?
    var extendedResourceClaimStatus: PodExtendedResourceClaimStatus?
    var hostIP: String?
    @listType("atomic") @patch("merge", key: "ip")
    var hostIPs: [HostIP]?
    @listType("atomic")
    var initContainerStatuses: [ContainerStatus]?
    var message: String?
    @listType("atomic")
    var nodeAllocatableResourceClaimStatuses: [NodeAllocatableResourceClaimStatus]?
    var nominatedNodeName: String?
    var observedGeneration: Int64?
    var phase: String?
    var podIP: String?
    @listType("map", keys: ["ip"]) @patch("merge", key: "ip")
    var podIPs: [PodIP]?
    var qosClass: String?
    var reason: String?
    var resize: String?
    @listType("map", keys: ["name"]) @patch("merge,retainKeys", key: "name")
    var resourceClaimStatuses: [PodResourceClaimStatus]?
    var resources: ResourceRequirements?
    var startTime: Time?
}

struct PodCondition {
    var status: String
    var type: String
    var lastProbeTime: Time?
    var lastTransitionTime: Time?
    var message: String?
    var observedGeneration: Int64?
    var reason: String?
}

struct PodIP {
    var ip: String
}

struct HostIP {
    var ip: String
}

struct PodResourceClaimStatus {
    var name: String
    var resourceClaimName: String?
}

struct PodExtendedResourceClaimStatus {
    @listType("atomic")
    var requestMappings: [ContainerExtendedResourceRequest]
    var resourceClaimName: String
}

struct ContainerExtendedResourceRequest {
    var containerName: String
    var requestName: String
    var resourceName: String
}

struct NodeAllocatableResourceClaimStatus {
    var resourceClaimName: String
    var resources: [String: Quantity]
    @listType("set")
    var containers: [String]?
}
