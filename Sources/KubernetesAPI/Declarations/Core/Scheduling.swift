#definitions("io.k8s.api.core.v1")

/// Rules that draw a pod to some places and keep it away from others.
struct Affinity {
    /// Which nodes the pod must or should run on.
    var nodeAffinity: NodeAffinity?
    /// Which pods it must or should run close to.
    var podAffinity: PodAffinity?
    /// Which pods it must or should keep away from.
    var podAntiAffinity: PodAntiAffinity?
}

/// Which nodes a pod must or should run on. Nodes that change later do not move pods that already run.
struct NodeAffinity {
    /// What a node must fulfil for the pod to be placed there.
    var requiredDuringSchedulingIgnoredDuringExecution: NodeSelector?
    /// What makes a node a better place. For each node the weights of the terms that it matches are added up.
    @listType("atomic")
    var preferredDuringSchedulingIgnoredDuringExecution: [PreferredSchedulingTerm]?
}

/// Which pods a pod must or should run close to. Pods that change later do not move it.
struct PodAffinity {
    /// What a place must fulfil for the pod to go there. All terms must match.
    @listType("atomic")
    var requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm]?
    /// What makes a place better. For each node the weights of the terms that it matches are added up.
    @listType("atomic")
    var preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm]?
}

/// Which pods a pod must or should keep away from. Pods that change later do not move it.
struct PodAntiAffinity {
    /// Pods that there must not be for the pod to be placed somewhere. None of the terms may match.
    @listType("atomic")
    var requiredDuringSchedulingIgnoredDuringExecution: [PodAffinityTerm]?
    /// What makes a place worse. For each node the weights of the terms that it matches are added up and counted against it.
    @listType("atomic")
    var preferredDuringSchedulingIgnoredDuringExecution: [WeightedPodAffinityTerm]?
}

/// Describes other pods, and what it means to be close to them.
struct PodAffinityTerm {
    /// The labels of the other pods. Matches no pod when not set.
    var labelSelector: LabelSelector?
    /// Keys of labels that the other pods must have with the same value as this pod. Needs labelSelector.
    @listType("atomic")
    var matchLabelKeys: [String]?
    /// Keys of labels that the other pods must have with another value than this pod. Needs labelSelector.
    @listType("atomic")
    var mismatchLabelKeys: [String]?
    /// Namespaces of the other pods, added to those of namespaceSelector. With neither set it is the pod's own namespace.
    @listType("atomic")
    var namespaces: [String]?
    /// The labels of the other pods' namespaces. An empty selector matches all namespaces.
    var namespaceSelector: LabelSelector?
    /// The node label that says what close means: places are close when their nodes have the same value of it, such as kubernetes.io/hostname. Must not be
    /// empty.
    var topologyKey: String
}

/// A preference with its weight.
struct WeightedPodAffinityTerm {
    /// How much it counts, from 1 to 100.
    var weight: Int32
    /// What is preferred.
    var podAffinityTerm: PodAffinityTerm
}

/// A preference for certain nodes with its weight.
struct PreferredSchedulingTerm {
    /// How much it counts, from 1 to 100.
    var weight: Int32
    /// The nodes that are preferred.
    var preference: NodeSelectorTerm
}

/// Describes nodes by their labels and fields.
@mapType("atomic")
struct NodeSelector {
    /// The alternatives: a node matches when it matches one of them.
    @listType("atomic")
    var nodeSelectorTerms: [NodeSelectorTerm]
}

/// Describes nodes by requirements that must all be met. A term without any matches no node.
@mapType("atomic")
struct NodeSelectorTerm {
    /// Requirements on the node's labels.
    @listType("atomic")
    var matchExpressions: [NodeSelectorRequirement]?
    /// Requirements on the node's fields. Only metadata.name is supported.
    @listType("atomic")
    var matchFields: [NodeSelectorRequirement]?
}

/// A condition on one label or field of a node.
struct NodeSelectorRequirement {
    /// The label's key or the field's path.
    var key: String
    /// How the value is compared: In, NotIn, Exists, DoesNotExist, Gt or Lt.
    var `operator`: String
    /// What it is compared with: one or more values for In and NotIn, none for Exists and DoesNotExist, one integer for Gt and Lt.
    @listType("atomic")
    var values: [String]?
}

/// Keeps pods away from a node unless they tolerate it.
struct Taint {
    /// The taint's key.
    var key: String
    /// The taint's value.
    var value: String?
    /// What happens to pods that do not tolerate it: NoSchedule, PreferNoSchedule or NoExecute, which also evicts those that run.
    var effect: String
    /// When the taint was added.
    var timeAdded: Time?
}

/// Lets a pod put up with taints that match.
struct Toleration {
    /// The taint's key. Empty matches all keys and needs the operator Exists.
    var key: String?
    /// How the taint's value is compared: Equal, the default, or Exists, which matches any; where enabled, also Lt and Gt for integers.
    var `operator`: String?
    /// What the taint's value is compared with. Must be empty for Exists.
    var value: String?
    /// The taint's effect: NoSchedule, PreferNoSchedule or NoExecute. Empty matches all of them.
    var effect: String?
    /// How many seconds a NoExecute taint is tolerated before the pod is evicted. Forever when not set; 0 or less evicts at once.
    var tolerationSeconds: Int64?
}

/// How evenly pods are to be spread over the domains of a topology, such as zones.
struct TopologySpreadConstraint {
    /// The largest difference allowed between the number of matching pods in a domain and the smallest number in any. At least 1.
    var maxSkew: Int32
    /// The node label whose values are the domains. Nodes without it are left out.
    var topologyKey: String
    /// What happens when the constraint cannot be met: DoNotSchedule leaves the pod waiting, ScheduleAnyway places it where the skew is smallest.
    var whenUnsatisfiable: String
    /// The labels of the pods that are counted, in the pod's namespace. None are when not set.
    var labelSelector: LabelSelector?
    /// Keys of labels of which counted pods must have the same value as this pod. Needs labelSelector.
    @listType("atomic")
    var matchLabelKeys: [String]?
    /// The smallest number of domains: with fewer, the smallest count is taken to be 0. Only with DoNotSchedule; 1 by default.
    var minDomains: Int32?
    /// Whether nodes that the pod's node selector and affinity exclude are left out of the count: Honor, the default, leaves them out, Ignore does not.
    var nodeAffinityPolicy: String?
    /// Whether nodes with taints that the pod does not tolerate are left out of the count: Honor leaves them out, Ignore, the default, does not.
    var nodeTaintsPolicy: String?
}
