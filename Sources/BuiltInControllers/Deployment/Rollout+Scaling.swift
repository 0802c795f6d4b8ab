import KubernetesAPI

extension Rollout {
    /// How many pods the ReplicaSet of the present template may have now: as many as all ReplicaSets together leave room for.
    func newReplicas(of replicaSet: ReplicaSet) -> Int {
        guard limits.isRollingUpdate else { return limits.replicas }
        let room = limits.replicas + limits.maxSurge - old.replicas - replicaSet.replicas
        return room <= 0 ? replicaSet.replicas : replicaSet.replicas + min(room, limits.replicas - replicaSet.replicas)
    }

    /// - Returns: whether the ReplicaSet of the present template was scaled, up or, where it has too many, down.
    mutating func scaleUpNew() -> Bool {
        guard let new, new.replicas != limits.replicas else { return false }
        let count = new.replicas > limits.replicas ? limits.replicas : newReplicas(of: new)
        guard count != new.replicas else { return false }
        scale(new, to: count)
        return true
    }

    /// Scales down old ReplicaSets as far as enough pods stay available: first the pods that are not available anyway, then others, from the oldest on.
    ///
    /// - Returns: whether one was scaled.
    mutating func scaleDownOld() -> Bool {
        guard old.replicas > 0, let new else { return false }
        let missing = new.replicas - new.availableReplicas
        var spare = all.replicas - limits.minAvailable - missing
        guard spare > 0 else { return false }
        let before = old.replicas

        var sizes = old.map(\.replicas)
        for (index, replicaSet) in old.enumerated() where spare > 0 {
            let gone = min(spare, max(0, sizes[index] - replicaSet.availableReplicas))
            sizes[index] -= gone
            spare -= gone
        }
        spare = all.availableReplicas - limits.minAvailable
        for index in sizes.indices where spare > 0 {
            let gone = min(spare, sizes[index])
            sizes[index] -= gone
            spare -= gone
        }
        for (replicaSet, size) in zip(old, sizes) where size != replicaSet.replicas { scale(replicaSet, to: size) }
        return old.replicas != before
    }

    /// Whether `spec.replicas` changed since a ReplicaSet with pods was last scaled.
    var wasScaled: Bool {
        all.active.contains { $0.metadata[annotation: DeploymentAnnotation.desiredReplicas].flatMap { Int($0) } ?? limits.replicas != limits.replicas }
    }

    /// Brings the Deployment to its size without going on with the rollout.
    mutating func resize() {
        let active = all.active
        if active.count <= 1 {
            if let only = active.first ?? new ?? old.last { scale(only, to: limits.replicas) }
        } else if let new, isSaturated(new) {
            for replicaSet in old.active { scale(replicaSet, to: 0) }
        } else if limits.isRollingUpdate {
            resizeInProportion(active)
        }
    }

    private func isSaturated(_ replicaSet: ReplicaSet) -> Bool {
        replicaSet.replicas == limits.replicas && replicaSet.availableReplicas == limits.replicas
            && replicaSet.metadata[annotation: DeploymentAnnotation.desiredReplicas] == "\(limits.replicas)"
    }

    /// Shares what is to be added or taken among ReplicaSets by their size, largest first; what rounding leaves over is the largest one's.
    /// Of equal ones newer ones grow first, and older ones shrink first.
    private mutating func resizeInProportion(_ active: [ReplicaSet]) {
        let change = (limits.replicas > 0 ? limits.replicas + limits.maxSurge : 0) - active.replicas
        let ordered = active.sorted {
            if $0.replicas != $1.replicas { return $0.replicas > $1.replicas }
            return change > 0 ? $1.isOlder(than: $0) : $0.isOlder(than: $1)
        }
        var shares: [Int] = []
        for replicaSet in ordered {
            let left = change - shares.reduce(0, +)
            let share = left == 0 ? 0 : proportion(of: replicaSet)
            shares.append(change > 0 ? min(share, left) : max(share, left))
        }
        shares[0] += change - shares.reduce(0, +)
        for (replicaSet, share) in zip(ordered, shares) { scale(replicaSet, to: max(0, replicaSet.replicas + share)) }
    }

    /// By how much a ReplicaSet changes when the Deployment goes from the size that is noted at the ReplicaSet to its present one.
    private func proportion(of replicaSet: ReplicaSet) -> Int {
        if limits.replicas == 0 { return -replicaSet.replicas }
        let noted = replicaSet.metadata[annotation: DeploymentAnnotation.maxReplicas].flatMap { Int($0) } ?? 0
        let before = noted > 0 ? noted : Int(status.replicas ?? 0)
        guard before > 0 else { return 0 }
        let size = Double(replicaSet.replicas) * Double(limits.replicas + limits.maxSurge) / Double(before)
        return Int(size.rounded()) - replicaSet.replicas
    }
}
