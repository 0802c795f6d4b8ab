#definitions("io.k8s.api.core.v1")

/// Deprecated: the addresses of the pods behind a Service. Use EndpointSlices.
@resource(group: "", version: "v1", plural: "endpoints", singular: "endpoints", shortNames: ["ep"], scope: "Namespaced")
struct Endpoints {
    /// Groups of addresses with the same ports. All of them together are the endpoints.
    @listType("atomic")
    var subsets: [EndpointSubset]?
}

/// Addresses that share the same ports.
struct EndpointSubset {
    /// Addresses that are ready for traffic.
    @listType("atomic")
    var addresses: [EndpointAddress]?
    /// Addresses that are not ready for traffic.
    @listType("atomic")
    var notReadyAddresses: [EndpointAddress]?
    /// The ports of these addresses.
    @listType("atomic")
    var ports: [CoreEndpointPort]?
}

/// An address behind a Service.
@mapType("atomic")
struct EndpointAddress {
    /// The IP address. Loopback, link-local and multicast addresses are not allowed.
    var ip: String
    /// The host name of the endpoint.
    var hostname: String?
    /// The node that hosts the endpoint.
    var nodeName: String?
    /// The object that provides the endpoint, usually a pod.
    var targetRef: ObjectReference?
}

/// A port of the addresses behind a Service.
@definition("io.k8s.api.core.v1.EndpointPort")
@mapType("atomic")
struct CoreEndpointPort {
    /// The port's name, that of the Service's port.
    var name: String?
    /// The port number.
    var port: Int32
    /// TCP, UDP or SCTP. TCP by default.
    var `protocol`: String?
    /// The application protocol, as a hint to implementations.
    var appProtocol: String?
}
