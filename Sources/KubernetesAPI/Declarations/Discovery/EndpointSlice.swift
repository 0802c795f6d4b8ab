#definitions("io.k8s.api.discovery.v1")

/// Some of the addresses behind a Service. All slices that are labelled with its name together are its endpoints.
@resource(group: "discovery.k8s.io", version: "v1", plural: "endpointslices", singular: "endpointslice", scope: "Namespaced")
struct EndpointSlice {
    /// What the addresses are: IPv4, IPv6 or the deprecated FQDN. Cannot be changed.
    var addressType: String
    /// The endpoints, at most 1000.
    @listType("atomic")
    var endpoints: [Endpoint]?
    /// The ports of every endpoint, at most 100. Empty means no port, and a port without a number means all.
    @listType("atomic")
    var ports: [EndpointPort]?
}

/// One backend of a Service.
struct Endpoint {
    /// Its addresses, of the slice's type, all of the same backend. Consumers only use the first.
    @listType("set")
    var addresses: [String]
    /// Whether it takes traffic.
    var conditions: EndpointConditions?
    /// Its host name, by which it can be found in DNS.
    var hostname: String?
    /// The node that it is on.
    var nodeName: String?
    /// The zone that it is in.
    var zone: String?
    /// The object that it stands for, usually a pod.
    var targetRef: ObjectReference?
    /// Who should use it, for traffic that stays close.
    var hints: EndpointHints?
    /// Deprecated: further topology from the older API. Read-only; use nodeName and zone.
    var deprecatedTopology: [String: String]?
}

/// Whether an endpoint takes traffic.
struct EndpointConditions {
    /// Whether it is meant to get traffic. Always true where publishNotReadyAddresses is set. Not set means true.
    var ready: Bool?
    /// Whether it can serve, also while it is being terminated. Not set means the same as ready.
    var serving: Bool?
    /// Whether it is being terminated. Not set means false.
    var terminating: Bool?
}

/// Who should use an endpoint.
struct EndpointHints {
    /// The zones whose traffic should go there, at most 8.
    @listType("atomic")
    var forZones: [ForZone]?
    /// The nodes whose traffic should go there, at most 8.
    @listType("atomic")
    var forNodes: [ForNode]?
}

/// A zone whose traffic should go to an endpoint.
struct ForZone {
    /// The zone.
    var name: String
}

/// A node whose traffic should go to an endpoint.
struct ForNode {
    /// The node.
    var name: String
}

/// A port of all endpoints of a slice.
@mapType("atomic")
struct EndpointPort {
    /// The port's name, that of the Service's port; unique in the slice. Empty by default.
    var name: String?
    /// The port number. Not set means all ports.
    var port: Int32?
    /// TCP, UDP or SCTP. TCP by default.
    var `protocol`: String?
    /// The application protocol, as a hint to implementations: a standard name such as http, or one such as kubernetes.io/h2c.
    var appProtocol: String?
}
