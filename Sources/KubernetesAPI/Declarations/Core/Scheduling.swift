#definitions("io.k8s.api.core.v1")

struct Affinity {
    var nodeAffinity: NodeAffinity?
    var podAffinity: PodAffinity?
    var podAntiAffinity: PodAntiAffinity?
}

struct NodeAffinity {
    @listType("atomic")
    var preferredDuringSchedulingIgnoredDuringExecution: [PreferredSchedulingTerm]?
    var requiredDuringSchedulingIgnoredDuringExecution: NodeSelector?
}

struct PodAffinity {
    @listType("atomic")
    var preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm]?
    @listType("atomic")
    var requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm]?
}

struct PodAntiAffinity {
    @listType("atomic")
    var preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm]?
    @listType("atomic")
    var requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm]?
}

struct PodAffinityTerm {
    var topologyKey: String
    var labelSelector: LabelSelector?
    @listType("atomic")
    var matchLabelKeys: [String]?
    @listType("atomic")
    var mismatchLabelKeys: [String]?
    var namespaceSelector: LabelSelector?
    @listType("atomic")
    var namespaces: [String]?
}

struct WeightedPodAffinityTerm {
    var podAffinityTerm: PodAffinityTerm
    var weight: Int32
}

struct PreferredSchedulingTerm {
    var preference: NodeSelectorTerm
    var weight: Int32
}

@mapType("atomic")
struct NodeSelector {
    @listType("atomic")
    var nodeSelectorTerms: [NodeSelectorTerm]
}

@mapType("atomic")
struct NodeSelectorTerm {
    @listType("atomic")
    var matchExpressions: [NodeSelectorRequirement]?
    @listType("atomic")
    var matchFields: [NodeSelectorRequirement]?
}

struct NodeSelectorRequirement {
    var key: String
    var `operator`: String
    @listType("atomic")
    var values: [String]?
}

struct Taint {
    var effect: String
    var key: String
    var timeAdded: Time?
    var value: String?
}

struct Toleration {
    var effect: String?
    var key: String?
    var `operator`: String?
    var tolerationSeconds: Int64?
    var value: String?
}

struct TopologySpreadConstraint {
    var maxSkew: Int32
    var topologyKey: String
    var whenUnsatisfiable: String
    var labelSelector: LabelSelector?
    @listType("atomic")
    var matchLabelKeys: [String]?
    var minDomains: Int32?
    var nodeAffinityPolicy: String?
    var nodeTaintsPolicy: String?
}
