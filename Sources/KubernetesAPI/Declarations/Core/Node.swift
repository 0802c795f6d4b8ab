#definitions("io.k8s.api.core.v1")

@resource(group: "", version: "v1", plural: "nodes", singular: "node", shortNames: ["no"], scope: "Cluster", subresources: ["proxy", "status"])
struct Node {
    var spec: NodeSpec?
    var status: NodeStatus?
}

struct NodeSpec {
    var configSource: NodeConfigSource?
    var externalID: String?
    var podCIDR: String?
    @listType("set") @patch("merge")
    var podCIDRs: [String]?
    var providerID: String?
    @listType("atomic")
    var taints: [Taint]?
    var unschedulable: Bool?
}

struct NodeConfigSource {
    var configMap: ConfigMapNodeConfigSource?
}

struct ConfigMapNodeConfigSource {
    var kubeletConfigKey: String
    var name: String
    var namespace: String
    var resourceVersion: String?
    var uid: String?
}
