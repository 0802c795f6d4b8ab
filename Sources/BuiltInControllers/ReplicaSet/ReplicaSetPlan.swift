public import KubernetesAPI

/// What a ReplicaSet needs done about its pods.
public struct ReplicaSetPlan: Hashable, Sendable {
    /// Pods to give the ReplicaSet's reference, and to take it from. Before anything else: where that fails, nothing else is to be done.
    public var adopt: [Pod] = []
    public var release: [Pod] = []
    /// Pods to create, in batches (see ``SlowStart``), or to delete. Never both.
    public var create: [Pod] = []
    public var delete: [Pod] = []
    /// The ReplicaSet's pods as they are now: its status is about them.
    public var pods: [Pod] = []

    public init() {}
}

/// How many pods a controller creates or deletes at most before it looks again.
let burst = 500

/// Decides which pods `replicaSet` needs and which it needs no more.
///
/// - Parameters:
///   - pods: of its namespace; at least all that it controls and all without a controller.
///   - related: the pods of all ReplicaSets with the same owner: of two pods the one on the node with more of them goes first.
///   - leaving: UIDs of pods whose deletion was asked for already, where `pods` may be behind.
public func planReplicaSet(_ replicaSet: ReplicaSet, pods: [Pod], related: [Pod] = [], leaving: Set<String> = [], now: Time) -> ReplicaSetPlan {
    var plan = ReplicaSetPlan()
    guard let spec = replicaSet.spec else { return plan }
    let claims = Claims(of: replicaSet, among: pods, selector: spec.selector)
    plan.adopt = claims.adopted
    plan.release = claims.released
    plan.pods = claims.owned
    guard !replicaSet.metadata.isBeingDeleted, let template = spec.template else { return plan }

    let active = claims.owned.filter { $0.isActive && !leaving.contains($0.uid) }
    let missing = Int(spec.replicas ?? 1) - active.count
    if missing > 0 {
        let names = ChildName.free(
            min(missing, burst), prefix: replicaSet.name + "-", owner: replicaSet.uid, taken: Set(pods.map(\.name)))
        plan.create = names.map { Pod(from: template, name: $0, ownedBy: replicaSet) }
    } else if missing < 0 {
        let excess = min(-missing, burst)
        let ranked = excess < active.count ? PodRank(related: related.isEmpty ? active : related, now: now).sorted(active) : active
        plan.delete = Array(ranked.prefix(excess))
    }
    return plan
}
