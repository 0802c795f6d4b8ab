public import KubernetesAPI

/// Whether a pod may be evicted, by the budgets that cover it.
public enum EvictionDecision: Sendable {
    /// The pod may be deleted.
    ///
    /// - Parameters:
    ///   - budget: the budget with the new status, which is to be written first (unless it is a dry run); nil where none counts this eviction.
    ///     A conflict of that write is answered by deciding anew.
    ///   - keepsVersion: whether the deletion must have the pod's present `resourceVersion` as a precondition: what was decided holds for the pod as it is.
    case allowed(budget: JSONObject?, keepsVersion: Bool)
    /// What the caller is told instead.
    case refused(Status)

    /// - Parameters:
    ///   - pod: the pod as it is stored.
    ///   - budgets: all budgets of the pod's namespace.
    public static func decide(for pod: JSONObject, budgets: [JSONObject], now: Time) -> EvictionDecision {
        if isPastDisruption(pod) { return .allowed(budget: nil, keepsVersion: true) }
        let labels = pod["metadata"]?["labels"]?.object ?? JSONObject()
        let covering = labels.isEmpty ? [] : budgets.filter { (try? Selector(structured: $0["spec"]?["selector"]?.object))?.matches(labels) ?? false }
        guard covering.count < 2 else {
            let message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."
            return .refused(Status(failure: .unknown, code: 500, message: message))
        }
        guard let budget = covering.first else { return .allowed(budget: nil, keepsVersion: false) }
        if !pod.hasTrueCondition("Ready") {
            if budget["spec"]?["unhealthyPodEvictionPolicy"]?.string == "AlwaysAllow" { return .allowed(budget: nil, keepsVersion: true) }
            let desired = WorkloadTable.count(budget, "status", "desiredHealthy")
            if desired > 0, WorkloadTable.count(budget, "status", "currentHealthy") >= desired { return .allowed(budget: nil, keepsVersion: true) }
        }
        return counted(in: budget, podName: pod["metadata"]?["name"]?.string ?? "", now: now)
    }

    /// A pod that runs nothing any more, or does not yet, or is going anyway: no budget protects it.
    private static func isPastDisruption(_ pod: JSONObject) -> Bool {
        let phase = pod["status"]?["phase"]?.string ?? ""
        return ["Succeeded", "Failed", "Pending"].contains(phase) || pod["metadata"]?["deletionTimestamp"].present != nil
    }

    private static func counted(in budget: JSONObject, podName: String, now: Time) -> EvictionDecision {
        let name = budget["metadata"]?["name"]?.string ?? ""
        func count(_ field: String) -> Int64 { WorkloadTable.count(budget, "status", field) }
        if count("observedGeneration") < budget["metadata"]?["generation"]?.integer ?? 0 {
            return tooMany("The disruption budget \(name) is still being processed by the server.", retryAfterSeconds: 10)
        }
        let resource = GroupResource(group: "policy", resource: "poddisruptionbudget")
        let allowed = count("disruptionsAllowed")
        if allowed < 0 { return .refused(Status.forbidden(resource, name: name, "pdb disruptions allowed is negative")) }
        if budget["status"]?["disruptedPods"]?.object?.count ?? 0 > 2000 {
            let why = "DisruptedPods map too big - too many evictions not confirmed by PDB controller"
            return .refused(Status.forbidden(resource, name: name, why))
        }
        if allowed == 0 { return tooMany(denial(by: budget, named: name), retryAfterSeconds: nil) }

        var budget = budget
        budget.edit("status") { status in
            status["disruptionsAllowed"] = .integer(allowed - 1)
            if allowed == 1 { DisruptionBudgetStatus.updateCondition(of: &status, now: now) }
            status.edit("disruptedPods") { $0[podName] = now.json }
        }
        return .allowed(budget: budget, keepsVersion: false)
    }

    private static func denial(by budget: JSONObject, named name: String) -> String {
        let condition = budget.condition(DisruptionBudgetStatus.condition)
        let (reason, message) = (condition?["reason"]?.string ?? "", condition?["message"]?.string ?? "")
        let explains = condition?["status"]?.string == "False" && !message.isEmpty
        let (desired, healthy) = (WorkloadTable.count(budget, "status", "desiredHealthy"), WorkloadTable.count(budget, "status", "currentHealthy"))
        if explains, reason == "SyncFailed" {
            return "The disruption budget \(name) does not allow evicting pods currently because it failed sync: \(message)"
        }
        if healthy <= desired { return "The disruption budget \(name) needs \(desired) healthy pods and has \(healthy) currently" }
        return "The disruption budget \(name) does not allow evicting pods currently" + (explains ? " (\(reason)): \(message)" : "")
    }

    private static func tooMany(_ cause: String, retryAfterSeconds: Int32?) -> EvictionDecision {
        .refused(
            Status(
                failure: .tooManyRequests, message: "Cannot evict pod as it would violate the pod's disruption budget.",
                causes: [StatusCause(message: cause, reason: "DisruptionBudget")], retryAfterSeconds: retryAfterSeconds))
    }
}
