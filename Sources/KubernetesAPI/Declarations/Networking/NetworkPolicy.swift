#definitions("io.k8s.api.networking.v1")

/// Which connections some pods of a namespace may have. Pods that no policy selects may have all.
@resource(group: "networking.k8s.io", version: "v1", plural: "networkpolicies", singular: "networkpolicy", shortNames: ["netpol"], scope: "Namespaced")
struct NetworkPolicy {
    /// The pods and their connections.
    var spec: NetworkPolicySpec?
}

/// The pods that a policy applies to, and the connections that they may have.
struct NetworkPolicySpec {
    /// The labels of the pods. An empty selector selects all pods of the namespace.
    var podSelector: LabelSelector?
    /// What is restricted: Ingress, Egress or both. By default Ingress, and Egress where there are egress rules.
    @listType("atomic")
    var policyTypes: [String]?
    /// The connections that are let in, each by at least one rule. Without rules none are.
    @listType("atomic")
    var ingress: [NetworkPolicyIngressRule]?
    /// The connections that are let out, each by at least one rule. Without rules none are. Only with Egress among policyTypes.
    @listType("atomic")
    var egress: [NetworkPolicyEgressRule]?
}

/// Connections that are let in: from these peers and to these ports.
struct NetworkPolicyIngressRule {
    /// Where they come from. Anywhere when empty.
    @listType("atomic")
    var from: [NetworkPolicyPeer]?
    /// The ports of the selected pods. All when empty.
    @listType("atomic")
    var ports: [NetworkPolicyPort]?
}

/// Connections that are let out: to these peers and their ports.
struct NetworkPolicyEgressRule {
    /// Where they go. Anywhere when empty.
    @listType("atomic")
    var to: [NetworkPolicyPeer]?
    /// The ports of the peers. All when empty.
    @listType("atomic")
    var ports: [NetworkPolicyPort]?
}

/// A port, or a range of ports.
struct NetworkPolicyPort {
    /// TCP, UDP or SCTP. TCP by default.
    var `protocol`: String?
    /// The port, as a number or the name of a container port. All ports when not set.
    var port: IntOrString?
    /// The last port of a range that begins with port, which must then be a number.
    var endPort: Int32?
}

/// The other end of a connection.
struct NetworkPolicyPeer {
    /// The labels of pods, in the namespaces of namespaceSelector or, without it, in the policy's own.
    var podSelector: LabelSelector?
    /// The labels of namespaces. An empty selector selects all. Without podSelector, all pods there are meant.
    var namespaceSelector: LabelSelector?
    /// A range of IP addresses. Cannot be combined with the selectors.
    var ipBlock: IPBlock?
}

/// A range of IP addresses.
struct IPBlock {
    /// The range, such as 192.168.1.0/24 or 2001:db8::/64.
    var cidr: String
    /// Ranges inside of it that are left out.
    @listType("atomic")
    var except: [String]?
}
