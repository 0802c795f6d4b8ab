#definitions("io.k8s.api.core.v1")

/// A stable address for a set of pods, over which traffic is spread.
@resource(
    group: "", version: "v1", plural: "services", singular: "service", shortNames: ["svc"], categories: ["all"], scope: "Namespaced",
    subresources: ["proxy", "status"])
struct Service {
    /// What the Service should be.
    var spec: ServiceSpec?
    /// What was last observed of the Service, mostly of its load balancer.
    var status: ServiceStatus?
}

/// Which pods a Service stands for, and how it can be reached.
struct ServiceSpec {
    /// How it can be reached: ClusterIP (in the cluster, the default), NodePort, LoadBalancer or ExternalName (only a DNS alias).
    var type: String?
    /// Labels of the pods that take the traffic. Without it, endpoints must be managed by someone else.
    @mapType("atomic")
    var selector: [String: String]?
    /// The ports of the Service. Required except for headless Services and ExternalName.
    @listType("map", keys: ["port", "protocol"]) @patch("merge", key: "port")
    var ports: [ServicePort]?
    /// The Service's address in the cluster. Chosen when not set; None makes the Service headless, so that its name resolves to the pods.
    var clusterIP: String?
    /// The Service's addresses in the cluster, at most one for IPv4 and one for IPv6. The first equals clusterIP.
    @listType("atomic")
    var clusterIPs: [String]?
    /// The address families of the Service: IPv4, IPv6 or both, in order of preference. Chosen by the cluster and ipFamilyPolicy when not set.
    @listType("atomic")
    var ipFamilies: [String]?
    /// SingleStack (default), PreferDualStack (both families where the cluster has them) or RequireDualStack.
    var ipFamilyPolicy: String?
    /// Addresses outside Kubernetes' care for which nodes accept traffic for this Service.
    @listType("atomic")
    var externalIPs: [String]?
    /// The DNS name that the Service is an alias of. Required for type ExternalName.
    var externalName: String?
    /// Whether connections of a client go to the same pod: None, the default, or ClientIP.
    var sessionAffinity: String?
    /// Settings of session affinity.
    var sessionAffinityConfig: SessionAffinityConfig?
    /// Where traffic from inside the cluster goes: Cluster (any pod, the default) or Local (only pods on the same node, or nowhere).
    var internalTrafficPolicy: String?
    /// Where traffic from outside goes: Cluster (any pod, the default) or Local (pods on the node that it reached, which keeps the client's address).
    var externalTrafficPolicy: String?
    /// A preference for close endpoints: PreferSameZone (older name: PreferClose) or PreferSameNode. None by default.
    var trafficDistribution: String?
    /// Whether pods that are not ready are published too, as peers that must find each other before need. False by default.
    var publishNotReadyAddresses: Bool?
    /// The node port at which load balancers ask whether a node has pods, with externalTrafficPolicy Local. Chosen when not set.
    var healthCheckNodePort: Int32?
    /// Whether Services of type LoadBalancer get node ports. True by default; false for load balancers that reach pods directly.
    var allocateLoadBalancerNodePorts: Bool?
    /// Which implementation of load balancers serves this Service. The cluster's default when not set; cannot be changed.
    var loadBalancerClass: String?
    /// IP ranges of clients that a load balancer lets in, where it supports that. Everyone by default.
    @listType("atomic")
    var loadBalancerSourceRanges: [String]?
    /// Deprecated: the address that the load balancer should have. Many ignore it; use their own annotations.
    var loadBalancerIP: String?
}

/// A port of a Service.
struct ServicePort {
    /// The port's name, a DNS label. Required when the Service has several ports.
    var name: String?
    /// The port number of the Service, from 1 to 65535.
    var port: Int32
    /// TCP, UDP or SCTP. TCP by default.
    var `protocol`: String = "TCP"
    /// The port of the pods, as a number or the name of one of their container ports. Equals port by default.
    var targetPort: IntOrString?
    /// The port that every node forwards, for the types NodePort and LoadBalancer. Chosen from the cluster's range, usually 30000 to 32767, when not set.
    var nodePort: Int32?
    /// The application protocol, as a hint to implementations: a standard name such as http, or one such as kubernetes.io/h2c.
    var appProtocol: String?
}

/// Settings of session affinity.
struct SessionAffinityConfig {
    /// Settings of affinity by the client's address.
    var clientIP: ClientIPConfig?
}

/// Settings of affinity by the client's address.
struct ClientIPConfig {
    /// Seconds that a client stays with its pod, from 1 to 86400. 10800 (3 hours) by default.
    var timeoutSeconds: Int32?
}

/// What was last observed of a Service.
struct ServiceStatus {
    /// How the load balancer can be reached.
    var loadBalancer: LoadBalancerStatus?
    /// The Service's conditions.
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [Condition]?
}

/// How a load balancer can be reached.
struct LoadBalancerStatus {
    /// Its entry points. Empty until it is ready.
    @listType("atomic")
    var ingress: [LoadBalancerIngress]?
}

/// An entry point of a load balancer.
struct LoadBalancerIngress {
    /// Its IP address, for those that have one.
    var ip: String?
    /// Its DNS name, for those that have one.
    var hostname: String?
    /// How nodes treat the IP address: VIP, the default, handles its traffic on the node; Proxy sends it out to the load balancer.
    var ipMode: String?
    /// The state of its ports.
    @listType("atomic")
    var ports: [PortStatus]?
}

/// The state of a port of a load balancer.
struct PortStatus {
    /// The port number.
    var port: Int32
    /// TCP, UDP or SCTP.
    var `protocol`: String
    /// Why the port does not work, as one CamelCase word, with a domain as prefix where a provider defines it.
    var error: String?
}
