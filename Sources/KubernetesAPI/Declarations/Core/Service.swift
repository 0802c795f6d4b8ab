#definitions("io.k8s.api.core.v1")

@resource(group: "", version: "v1", plural: "services", singular: "service", shortNames: ["svc"], categories: ["all"], scope: "Namespaced",
    subresources: ["proxy", "status"])
struct Service {
    var spec: ServiceSpec?
    var status: ServiceStatus?
}

struct ServiceSpec {
    var allocateLoadBalancerNodePorts: Bool?
    var clusterIP: String?
    @listType("atomic")
    var clusterIPs: [String]?
    @listType("atomic")
    var externalIPs: [String]?
    var externalName: String?
    var externalTrafficPolicy: String?
    var healthCheckNodePort: Int32?
    var internalTrafficPolicy: String?
    @listType("atomic")
    var ipFamilies: [String]?
    var ipFamilyPolicy: String?
    var loadBalancerClass: String?
    var loadBalancerIP: String?
    @listType("atomic")
    var loadBalancerSourceRanges: [String]?
    @listType("map", keys: ["port", "protocol"]) @patch("merge", key: "port")
    var ports: [ServicePort]?
    var publishNotReadyAddresses: Bool?
    @mapType("atomic")
    var selector: [String: String]?
    var sessionAffinity: String?
    var sessionAffinityConfig: SessionAffinityConfig?
    var trafficDistribution: String?
    var type: String?
}

struct ServicePort {
    var port: Int32
    var appProtocol: String?
    var name: String?
    var nodePort: Int32?
    var `protocol`: String = "TCP"
    var targetPort: IntOrString?
}

struct SessionAffinityConfig {
    var clientIP: ClientIPConfig?
}

struct ClientIPConfig {
    var timeoutSeconds: Int32?
}

struct ServiceStatus {
    @listType("map", keys: ["type"]) @patch("merge", key: "type")
    var conditions: [Condition]?
    var loadBalancer: LoadBalancerStatus?
}

struct LoadBalancerStatus {
    @listType("atomic")
    var ingress: [LoadBalancerIngress]?
}

struct LoadBalancerIngress {
    var hostname: String?
    var ip: String?
    var ipMode: String?
    @listType("atomic")
    var ports: [PortStatus]?
}

struct PortStatus {
    var port: Int32
    var `protocol`: String
    var error: String?
}
