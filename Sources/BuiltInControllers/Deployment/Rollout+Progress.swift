public import KubernetesAPI

extension Rollout {
    /// Whether lack of progress is to be told.
    var hasDeadline: Bool { spec.progressDeadlineSeconds.map { $0 != .max } ?? false }
    var progressing: DeploymentCondition? { status.condition("Progressing") }

    /// While a Deployment is paused, progress is unknown, and so when it is resumed, from when on the deadline counts anew.
    ///
    /// - Returns: whether it is paused.
    mutating func notePause() -> Bool {
        let isPaused = spec.paused == true
        guard hasDeadline, progressing?.reason != "ProgressDeadlineExceeded" else { return isPaused }
        let saysPaused = progressing?.reason == "DeploymentPaused"
        if isPaused, !saysPaused { status.setCondition("Progressing", "Unknown", "DeploymentPaused", "Deployment is paused", now) }
        if !isPaused, saysPaused { status.setCondition("Progressing", "Unknown", "DeploymentResumed", "Deployment is resumed", now) }
        return isPaused
    }

    /// All pods are of the present template and available, and the status is about the present spec.
    func isComplete(_ status: DeploymentStatus) -> Bool {
        let wanted = Int32(clamping: limits.replicas)
        return status.updatedReplicas ?? 0 == wanted && status.replicas ?? 0 == wanted && status.availableReplicas ?? 0 == wanted
            && status.observedGeneration ?? 0 >= deployment.metadata.generation ?? 0
    }

    /// The status with the counts of the ReplicaSets, and whether enough pods are available.
    private func counted() -> DeploymentStatus {
        let available = all.availableReplicas
        var counted = status
        counted.observedGeneration = deployment.metadata.generation
        counted.replicas = nonzero(all.actualReplicas)
        counted.updatedReplicas = nonzero(Int(new?.status?.replicas ?? 0))
        counted.readyReplicas = nonzero(all.reduce(0) { $0 + Int($1.status?.readyReplicas ?? 0) })
        counted.availableReplicas = nonzero(available)
        counted.unavailableReplicas = nonzero(max(0, all.replicas - available))
        counted.terminatingReplicas = Int32(clamping: all.reduce(0) { $0 + Int($1.status?.terminatingReplicas ?? 0) })
        if available >= limits.minAvailable {
            counted.setCondition("Available", "True", "MinimumReplicasAvailable", "Deployment has minimum availability.", now)
        } else {
            counted.setCondition("Available", "False", "MinimumReplicasUnavailable", "Deployment does not have minimum availability.", now)
        }
        return counted
    }

    mutating func takeStockOnly() { report(counted()) }

    /// Counts, and judges the rollout's progress.
    mutating func takeStock() {
        var counted = counted()
        if !hasDeadline { counted.removeCondition("Progressing") }
        let isDone = counted.replicas == counted.updatedReplicas && progressing?.reason == "NewReplicaSetAvailable"
        if hasDeadline, !isDone {
            let subject = new.map { "ReplicaSet \(quoted($0.name))" } ?? "Deployment \(quoted(deployment.name))"
            if isComplete(counted) {
                counted.setCondition("Progressing", "True", "NewReplicaSetAvailable", "\(subject) has successfully progressed.", now)
            } else if hasProgressed(counted) {
                // Each bit of progress is noted, though the condition stays the same: the deadline counts from the last one.
                var condition = DeploymentCondition(
                    type: "Progressing", status: "True", lastUpdateTime: now, lastTransitionTime: now, reason: "ReplicaSetUpdated",
                    message: "\(subject) is progressing.")
                if let progressing, progressing.status == "True" { condition.lastTransitionTime = progressing.lastTransitionTime }
                counted.removeCondition("Progressing")
                counted.conditions = (counted.conditions ?? []) + [condition]
            } else if let deadline = deadline(counted), deadline < now {
                counted.setCondition("Progressing", "False", "ProgressDeadlineExceeded", "\(subject) has timed out progressing.", now)
            }
        }
        let failures = (new.map { [$0] } ?? []) + old
        if let failure = failures.lazy.compactMap({ $0.status?.conditions?.first { $0.type == "ReplicaFailure" } }).first {
            let changed = failure.lastTransitionTime
            counted.setCondition(
                DeploymentCondition(
                    type: failure.type, status: failure.status, lastUpdateTime: changed, lastTransitionTime: changed, reason: failure.reason,
                    message: failure.message))
        } else {
            counted.removeCondition("ReplicaFailure")
        }
        if !isComplete(counted), let deadline = deadline(counted) { plan.checkAgain = max(now, deadline).advanced(by: .seconds(1)) }
        report(counted)
    }

    private func hasProgressed(_ counted: DeploymentStatus) -> Bool {
        func left(_ status: DeploymentStatus) -> Int32 { (status.replicas ?? 0) - (status.updatedReplicas ?? 0) }
        return counted.updatedReplicas ?? 0 > status.updatedReplicas ?? 0 || left(counted) < left(status)
            || counted.readyReplicas ?? 0 > status.readyReplicas ?? 0 || counted.availableReplicas ?? 0 > status.availableReplicas ?? 0
    }

    /// When lack of progress is a failure; nil where the rollout is done or has failed already.
    private func deadline(_ status: DeploymentStatus) -> Time? {
        guard hasDeadline, let seconds = spec.progressDeadlineSeconds, let condition = status.condition("Progressing") else { return nil }
        guard condition.reason != "NewReplicaSetAvailable", condition.reason != "ProgressDeadlineExceeded" else { return nil }
        return condition.lastUpdateTime?.advanced(by: .seconds(seconds))
    }

    private mutating func report(_ counted: DeploymentStatus) { plan.status = counted == deployment.status ? nil : counted }
}

extension Deployment {
    /// The status of a Deployment whose new ReplicaSet the server refused, for a reason other than that its name is taken.
    ///
    /// - Parameter why: in the server's words.
    public func status(afterFailingToCreate name: String, why: String, now: Time) -> DeploymentStatus {
        var status = status ?? DeploymentStatus()
        guard let deadline = spec?.progressDeadlineSeconds, deadline != .max else { return status }
        status.setCondition("Progressing", "False", "ReplicaSetCreateError", "Failed to create new replica set \(quoted(name)): \(why)", now)
        return status
    }
}

extension DeploymentStatus {
    func condition(_ type: String) -> DeploymentCondition? { conditions?.first { $0.type == type } }

    mutating func setCondition(_ type: String, _ status: String, _ reason: String, _ message: String, _ now: Time) {
        setCondition(
            DeploymentCondition(type: type, status: status, lastUpdateTime: now, lastTransitionTime: now, reason: reason, message: message))
    }

    /// A condition of the same status and reason is left as it is, with its message.
    mutating func setCondition(_ condition: DeploymentCondition) {
        var condition = condition
        if let present = self.condition(condition.type), present.status == condition.status {
            if present.reason == condition.reason { return }
            condition.lastTransitionTime = present.lastTransitionTime
        }
        conditions = (conditions ?? []).filter { $0.type != condition.type } + [condition]
    }

    mutating func removeCondition(_ type: String) {
        guard condition(type) != nil, let rest = conditions?.filter({ $0.type != type }) else { return }
        conditions = rest.isEmpty ? nil : rest
    }
}
