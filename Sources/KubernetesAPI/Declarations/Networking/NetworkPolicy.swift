#definitions("io.k8s.api.networking.v1")

@resource(group: "networking.k8s.io", version: "v1", plural: "networkpolicies", singular: "networkpolicy", shortNames: ["netpol"], scope: "Namespaced")
struct NetworkPolicy {
    var spec: NetworkPolicySpec?
}

struct NetworkPolicySpec {
    @listType("atomic")
    var egress: [NetworkPolicyEgressRule]?
    @listType("atomic")
    var ingress: [NetworkPolicyIngressRule]?
    var podSelector: LabelSelector?
    @listType("atomic")
    var policyTypes: [String]?
}

struct NetworkPolicyIngressRule {
    @listType("atomic")
    var from: [NetworkPolicyPeer]?
    @listType("atomic")
    var ports: [NetworkPolicyPort]?
}

struct NetworkPolicyEgressRule {
    @listType("atomic")
    var ports: [NetworkPolicyPort]?
    @listType("atomic")
    var to: [NetworkPolicyPeer]?
}

struct NetworkPolicyPort {
    var endPort: Int32?
    var port: IntOrString?
    var `protocol`: String?
}

struct NetworkPolicyPeer {
    var ipBlock: IPBlock?
    var namespaceSelector: LabelSelector?
    var podSelector: LabelSelector?
}

struct IPBlock {
    var cidr: String
    @listType("atomic")
    var except: [String]?
}
