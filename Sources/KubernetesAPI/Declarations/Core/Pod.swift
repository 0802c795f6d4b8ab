#definitions("io.k8s.api.core.v1")

@resource(group: "", version: "v1", plural: "pods", singular: "pod", shortNames: ["po"], categories: ["all"], scope: "Namespaced",
    subresources: ["attach", "binding", "ephemeralcontainers", "eviction", "exec", "log", "portforward", "proxy", "resize", "status"])
struct Pod {
    var spec: PodSpec?
    var status: PodStatus?
}

struct PodSpec {
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var containers: [Container]
    var activeDeadlineSeconds: Int64?
    var affinity: Affinity?
    var automountServiceAccountToken: Bool?
    var dnsConfig: PodDNSConfig?
    var dnsPolicy: String?
    var enableServiceLinks: Bool?
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var ephemeralContainers: [EphemeralContainer]?
    @listType("map", keys: ["ip"]) @patch("merge", key: "ip")
    var hostAliases: [HostAlias]?
    var hostIPC: Bool?
    var hostNetwork: Bool?
    var hostPID: Bool?
    var hostUsers: Bool?
    var hostname: String?
    var hostnameOverride: String?
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var imagePullSecrets: [LocalObjectReference]?
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var initContainers: [Container]?
    var nodeName: String?
    @mapType("atomic")
    var nodeSelector: [String: String]?
    var os: PodOS?
    var overhead: [String: Quantity]?
    var preemptionPolicy: String?
    var priority: Int32?
    var priorityClassName: String?
    @listType("atomic")
    var readinessGates: [PodReadinessGate]?
    @listType("map", keys: ["name"]) @patch("merge,retainKeys", key: "name")
    var resourceClaims: [PodResourceClaim]?
    var resources: ResourceRequirements?
    var restartPolicy: String?
    var runtimeClassName: String?
    var schedulerName: String?
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var schedulingGates: [PodSchedulingGate]?
    var schedulingGroup: PodSchedulingGroup?
    var securityContext: PodSecurityContext?
    var serviceAccount: String?
    var serviceAccountName: String?
    var setHostnameAsFQDN: Bool?
    var shareProcessNamespace: Bool?
    var subdomain: String?
    var terminationGracePeriodSeconds: Int64?
    @listType("atomic")
    var tolerations: [Toleration]?
    @listType("map", keys: ["topologyKey", "whenUnsatisfiable"]) @patch("merge", key: "topologyKey")
    var topologySpreadConstraints: [TopologySpreadConstraint]?
    @listType("map", keys: ["name"]) @patch("merge,retainKeys", key: "name")
    var volumes: [Volume]?
}

struct PodTemplateSpec {
    var metadata: ObjectMeta?
    var spec: PodSpec?
}

struct PodReadinessGate {
    var conditionType: String
}

struct PodSchedulingGate {
    var name: String
}

struct PodSchedulingGroup {
    var podGroupName: String?
}

struct PodOS {
    var name: String
}

struct HostAlias {
    var ip: String
    @listType("atomic")
    var hostnames: [String]?
}

struct PodDNSConfig {
    @listType("atomic")
    var nameservers: [String]?
    @listType("atomic")
    var options: [PodDNSConfigOption]?
    @listType("atomic")
    var searches: [String]?
}

struct PodDNSConfigOption {
    var name: String?
    var value: String?
}

struct PodResourceClaim {
    var name: String
    var resourceClaimName: String?
    var resourceClaimTemplateName: String?
}

@resource(group: "", version: "v1", plural: "bindings", singular: "binding", scope: "Namespaced")
struct Binding {
    var target: ObjectReference
}
