#definitions("io.k8s.api.discovery.v1")

@resource(group: "discovery.k8s.io", version: "v1", plural: "endpointslices", singular: "endpointslice", scope: "Namespaced")
struct EndpointSlice {
    var addressType: String
    @listType("atomic")
    var endpoints: [Endpoint]?
    @listType("atomic")
    var ports: [EndpointPort]?
}

struct Endpoint {
    @listType("set")
    var addresses: [String]
    var conditions: EndpointConditions?
    var deprecatedTopology: [String: String]?
    var hints: EndpointHints?
    var hostname: String?
    var nodeName: String?
    var targetRef: ObjectReference?
    var zone: String?
}

struct EndpointConditions {
    var ready: Bool?
    var serving: Bool?
    var terminating: Bool?
}

struct EndpointHints {
    @listType("atomic")
    var forNodes: [ForNode]?
    @listType("atomic")
    var forZones: [ForZone]?
}

struct ForZone {
    var name: String
}

struct ForNode {
    var name: String
}

@mapType("atomic")
struct EndpointPort {
    var appProtocol: String?
    var name: String?
    var port: Int32?
    var `protocol`: String?
}
