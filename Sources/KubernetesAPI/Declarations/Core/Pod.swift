#definitions("io.k8s.api.core.v1")

/// A group of containers that share a network address and volumes and are placed on one node together. It is the smallest thing that Kubernetes runs.
@resource(
    group: "", version: "v1", plural: "pods", singular: "pod", shortNames: ["po"], categories: ["all"], scope: "Namespaced",
    subresources: ["attach", "binding", "ephemeralcontainers", "eviction", "exec", "log", "portforward", "proxy", "resize", "status"])
struct Pod {
    /// What the pod should be. Most of it cannot be changed once the pod exists.
    var spec: PodSpec?
    /// What was last observed of the pod. Written by the scheduler and the kubelet.
    var status: PodStatus?
}

/// The containers of a pod, their volumes, and the rules by which the pod is placed, run and ended.
struct PodSpec {
    /// Containers that run one after the other, each to success, before containers start. One with restartPolicy Always is a sidecar: it keeps running beside
    /// the others.
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var initContainers: [Container]?
    /// The pod's main containers, started together; at least one. Containers can be neither added nor removed later.
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var containers: [Container]
    /// Containers for debugging, added to a running pod through its ephemeralcontainers subresource. They are never restarted and cannot be removed.
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var ephemeralContainers: [EphemeralContainer]?
    /// The volumes that containers of this pod can mount.
    @listType("map", keys: ["name"]) @patch("merge,retainKeys", key: "name")
    var volumes: [Volume]?
    /// Whether containers that end are started again: Always, OnFailure or Never. Always by default; pods of a Job need one of the other two.
    var restartPolicy: String?
    /// Seconds between the stop signal and the forced kill when the pod is deleted. 30 by default; 0 kills at once.
    var terminationGracePeriodSeconds: Int64?
    /// Seconds, counted from the pod's start time, after which a pod that still runs is marked as failed and its containers are killed. At least 1; no limit by
    /// default.
    var activeDeadlineSeconds: Int64?
    /// The node that runs the pod. Set by the scheduler; a pod that is created with it skips the scheduler.
    var nodeName: String?
    /// Labels that a node must have, with these values, for the pod to be placed there.
    @mapType("atomic")
    var nodeSelector: [String: String]?
    /// Rules that draw the pod to nodes or to other pods, or keep it away from them.
    var affinity: Affinity?
    /// Node taints that the pod puts up with, so that it can be placed on such nodes or stay on them.
    @listType("atomic")
    var tolerations: [Toleration]?
    /// How evenly pods like this one are to be spread over zones, nodes or other domains. All constraints must hold together.
    @listType("map", keys: ["topologyKey", "whenUnsatisfiable"]) @patch("merge", key: "topologyKey")
    var topologySpreadConstraints: [TopologySpreadConstraint]?
    /// The scheduler that places the pod. default-scheduler by default.
    var schedulerName: String?
    /// While this list is not empty, the pod is not scheduled. Set on creation; entries can only be removed later.
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var schedulingGates: [PodSchedulingGate]?
    /// The group of pods that this pod is scheduled with, by the group's policy, such as all or none. Without it the pod is scheduled by itself.
    var schedulingGroup: PodSchedulingGroup?
    /// The PriorityClass that the pod's priority is taken from. Without it the cluster's default class applies, or priority 0.
    var priorityClassName: String?
    /// The pod's priority as a number, higher meaning more important. Filled in from priorityClassName on creation.
    var priority: Int32?
    /// Whether the pod may push out pods of lower priority to get a place: PreemptLowerPriority, the default, or Never.
    var preemptionPolicy: String?
    /// The ServiceAccount whose identity the pod's processes have towards the API. default by default.
    var serviceAccountName: String?
    /// Deprecated: an old name of serviceAccountName. Use that instead.
    var serviceAccount: String?
    /// Whether a token of the service account is mounted into the containers. Decided by the service account when not set, and true by default.
    var automountServiceAccountToken: Bool?
    /// Security settings for the whole pod, and defaults for those of its containers.
    var securityContext: PodSecurityContext?
    /// Secrets in the pod's namespace with registry credentials, tried in addition to the node's own when images are pulled.
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var imagePullSecrets: [LocalObjectReference]?
    /// Whether the pod uses the node's network instead of its own. Its ports are then ports of the node. False by default.
    var hostNetwork: Bool?
    /// Whether the pod sees the processes of the node. False by default.
    var hostPID: Bool?
    /// Whether the pod uses the node's IPC namespace. False by default.
    var hostIPC: Bool?
    /// Whether the pod shares the node's user IDs. False puts it into its own user namespace, so that root in the pod is nobody on the node. True by default.
    var hostUsers: Bool?
    /// Whether the containers of the pod see and can signal each other's processes. Cannot be combined with hostPID. False by default.
    var shareProcessNamespace: Bool?
    /// The host name that the pod sees. The pod's name by default.
    var hostname: String?
    /// When set, the pod's full name is hostname.subdomain.namespace.svc and the cluster's domain; a headless Service of that name in the namespace makes it
    /// resolvable.
    var subdomain: String?
    /// Whether the kernel's host name is the pod's full domain name instead of its first part. False by default.
    var setHostnameAsFQDN: Bool?
    /// A host name, of up to 64 characters, used as it is in place of hostname, subdomain and the pod's name. It is not published in DNS.
    var hostnameOverride: String?
    /// Lines to add to the pod's /etc/hosts file.
    @listType("map", keys: ["ip"]) @patch("merge", key: "ip")
    var hostAliases: [HostAlias]?
    /// Where the pod's DNS settings come from: ClusterFirst (default), ClusterFirstWithHostNet, Default (those of the node) or None (only dnsConfig).
    var dnsPolicy: String?
    /// DNS settings to merge into those that dnsPolicy gives.
    var dnsConfig: PodDNSConfig?
    /// Whether the addresses of the namespace's Services are put into environment variables of the containers. True by default.
    var enableServiceLinks: Bool?
    /// Conditions that must be True, besides ready containers, before the pod counts as ready.
    @listType("atomic")
    var readinessGates: [PodReadinessGate]?
    /// The RuntimeClass, and so the container runtime, to run the pod with. The cluster's default handler when not set.
    var runtimeClassName: String?
    /// Resources that running the pod costs beside its containers. Filled in from the RuntimeClass on creation, and counted when the pod is scheduled.
    var overhead: [String: Quantity]?
    /// The operating system that the containers are made for. It decides which other settings are allowed.
    var os: PodOS?
    /// Claims for devices that must be allocated before the pod can start. Containers name them under resources.claims.
    @listType("map", keys: ["name"]) @patch("merge,retainKeys", key: "name")
    var resourceClaims: [PodResourceClaim]?
    /// Resources for the pod as a whole, to be shared by its containers. Supports cpu, memory and huge pages.
    var resources: ResourceRequirements?
}

/// A template of pods that stands on its own.
@resource(group: "", version: "v1", plural: "podtemplates", singular: "podtemplate", scope: "Namespaced")
struct PodTemplate {
    /// What pods made from the template are.
    var template: PodTemplateSpec?
}

/// The pod to create wherever a workload needs one.
struct PodTemplateSpec {
    /// Labels, annotations and other metadata to give to the pods.
    var metadata: ObjectMeta?
    /// What the pods should be.
    var spec: PodSpec?
}

/// A condition that must be True before a pod counts as ready.
struct PodReadinessGate {
    /// The type of a condition in the pod's status.
    var conditionType: String
}

/// Something that a pod waits for before it may be scheduled.
struct PodSchedulingGate {
    /// Names the gate. Each name appears once in a pod.
    var name: String
}

/// Names the group that a pod is scheduled with.
struct PodSchedulingGroup {
    /// The PodGroup in the pod's namespace that the pod belongs to.
    var podGroupName: String?
}

/// The operating system that a pod is made for.
struct PodOS {
    /// Either linux or windows. A kubelet refuses pods for another system than its own.
    var name: String
}

/// One line of a pod's /etc/hosts file.
struct HostAlias {
    /// The IP address that the names stand for.
    var ip: String
    /// The names for the address.
    @listType("atomic")
    var hostnames: [String]?
}

/// DNS settings of a pod, added to those that come from its DNS policy.
struct PodDNSConfig {
    /// IP addresses of DNS servers, put after those of the DNS policy. Duplicates are removed.
    @listType("atomic")
    var nameservers: [String]?
    /// Domains to try for names that are not fully qualified, put after those of the DNS policy. Duplicates are removed.
    @listType("atomic")
    var searches: [String]?
    /// Resolver options; they replace options of the same name from the DNS policy.
    @listType("atomic")
    var options: [PodDNSConfigOption]?
}

/// One option of the DNS resolver.
struct PodDNSConfigOption {
    /// The option, as in resolv.conf, such as ndots. Required.
    var name: String?
    /// The option's value, for options that have one.
    var value: String?
}

/// A claim for devices that a pod refers to or that is created for it. Exactly one of the two sources must be set.
struct PodResourceClaim {
    /// A name for the claim inside this pod, by which containers refer to it.
    var name: String
    /// A ResourceClaim in the pod's namespace, which several pods may share.
    var resourceClaimName: String?
    /// A ResourceClaimTemplate in the pod's namespace. A claim is created from it for this pod alone and deleted with it.
    var resourceClaimTemplateName: String?
}

/// Ties a pod to a node. Created by a scheduler, usually through the pod's binding subresource, with the pod's name as its own.
@resource(group: "", version: "v1", plural: "bindings", singular: "binding", scope: "Namespaced")
struct Binding {
    /// The node to run the pod on.
    var target: ObjectReference
}
