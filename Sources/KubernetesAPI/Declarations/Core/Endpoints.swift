#definitions("io.k8s.api.core.v1")

@resource(group: "", version: "v1", plural: "endpoints", singular: "endpoints", shortNames: ["ep"], scope: "Namespaced")
struct Endpoints {
    @listType("atomic")
    var subsets: [EndpointSubset]?
}

struct EndpointSubset {
    @listType("atomic")
    var addresses: [EndpointAddress]?
    @listType("atomic")
    var notReadyAddresses: [EndpointAddress]?
    @listType("atomic")
    var ports: [CoreEndpointPort]?
}

@mapType("atomic")
struct EndpointAddress {
    var ip: String
    var hostname: String?
    var nodeName: String?
    var targetRef: ObjectReference?
}

@definition("io.k8s.api.core.v1.EndpointPort")
@mapType("atomic")
struct CoreEndpointPort {
    var port: Int32
    var appProtocol: String?
    var name: String?
    var `protocol`: String?
}
