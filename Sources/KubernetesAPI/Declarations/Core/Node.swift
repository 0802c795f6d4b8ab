#definitions("io.k8s.api.core.v1")

/// A machine that runs pods.
@resource(group: "", version: "v1", plural: "nodes", singular: "node", shortNames: ["no"], scope: "Cluster", subresources: ["proxy", "status"])
struct Node {
    /// How the node is to be used.
    var spec: NodeSpec?
    /// What was last observed of the node, mostly by its kubelet.
    var status: NodeStatus?
}

/// How a node is to be used.
struct NodeSpec {
    /// Whether no new pods are to be placed here, as kubectl cordon does. False by default.
    var unschedulable: Bool?
    /// Taints that keep pods without a matching toleration away.
    @listType("atomic")
    var taints: [Taint]?
    /// The IP range for pods on this node.
    var podCIDR: String?
    /// The IP ranges for pods on this node, at most one for IPv4 and one for IPv6. The first equals podCIDR.
    @listType("set") @patch("merge")
    var podCIDRs: [String]?
    /// What the cloud provider calls the machine, as PROVIDER://ID.
    var providerID: String?
    /// Deprecated: configuration of the kubelet from a ConfigMap. Removed from the kubelet.
    var configSource: NodeConfigSource?
    /// Deprecated: no longer used.
    var externalID: String?
}

/// Deprecated: where a kubelet's configuration came from.
struct NodeConfigSource {
    /// A ConfigMap with the configuration.
    var configMap: ConfigMapNodeConfigSource?
}

/// Deprecated: a ConfigMap with the configuration of a kubelet.
struct ConfigMapNodeConfigSource {
    /// The ConfigMap's namespace.
    var namespace: String
    /// The ConfigMap's name.
    var name: String
    /// The key that holds the configuration.
    var kubeletConfigKey: String
    /// The ConfigMap's uid. Not allowed in the node's spec, required in its status.
    var uid: String?
    /// The ConfigMap's resourceVersion. Not allowed in the node's spec, required in its status.
    var resourceVersion: String?
}
