public import KubernetesAPI

extension ReplicaSet {
    /// The status of a ReplicaSet that has these pods.
    ///
    /// - Parameters:
    ///   - pods: ``ReplicaSetPlan/pods``; those ended or being deleted may be among them.
    ///   - failure: why pods could not be created or deleted this time, in the server's words.
    /// - Returns: the status, which may equal the present one, and when it will change if nothing else happens: a ready pod becomes available then.
    public func status(of pods: [Pod], failure: String? = nil, now: Time) -> (status: ReplicaSetStatus, checkAgain: Time?) {
        let active = pods.filter(\.isActive)
        let wanted = spec?.replicas ?? 1
        let labels = spec?.template?.metadata?.labels ?? [:]
        let availableFrom = active.compactMap { $0.availableFrom(minReadySeconds: spec?.minReadySeconds ?? 0) }

        var new = status ?? ReplicaSetStatus()
        new.replicas = Int32(active.count)
        new.fullyLabeledReplicas = nonzero(active.count { pod in labels.allSatisfy { pod.metadata[label: $0.key] == $0.value } })
        new.readyReplicas = nonzero(active.count(where: \.isReady))
        new.availableReplicas = nonzero(availableFrom.count { $0 <= now })
        // Zero is said: absent means not known.
        new.terminatingReplicas = Int32(pods.count(where: \.isTerminating))
        new.observedGeneration = metadata.generation

        var conditions = new.conditions ?? []
        let failed = conditions.contains { $0.type == "ReplicaFailure" }
        if let failure, !failed {
            let reason = active.count < wanted ? "FailedCreate" : "FailedDelete"
            conditions.append(ReplicaSetCondition(type: "ReplicaFailure", status: "True", lastTransitionTime: now, reason: reason, message: failure))
        } else if failure == nil, failed {
            conditions.removeAll { $0.type == "ReplicaFailure" }
        }
        new.conditions = conditions.isEmpty ? nil : conditions
        return (new, availableFrom.filter { $0 > now }.min())
    }
}

/// A count as Kubernetes writes it where it leaves zero out.
func nonzero(_ count: Int) -> Int32? { count == 0 ? nil : Int32(clamping: count) }
