public import KubernetesAPI

/// The subresource `eviction`: deletes a pod unless a PodDisruptionBudget says no.
public enum PodEviction {
    public enum Decision: Sendable {
        /// Delete the pod; no budget has a say.
        case delete
        /// Store this PodDisruptionBudget, which has counted the pod, through its status, then delete the pod.
        case deleteCounted(in: JSONObject)
        case refuse(Status)
    }

    /// - Throws: ``Status`` (400) when the eviction names another pod.
    public static func check(_ eviction: JSONObject, name: String) throws(Status) {
        guard eviction["metadata"]?["name"]?.string ?? "" == name else {
            throw .badRequest("name in URL does not match name in Eviction object")
        }
    }

    /// - Parameter budgets: all PodDisruptionBudgets of the pod's namespace.
    public static func decide(_ pod: JSONObject, budgets: [JSONObject], now: Time) -> Decision {
        let status = PodPart(pod["status"])
        if ["Pending", "Succeeded", "Failed"].contains(status.text("phase")) || pod["metadata"]?["deletionTimestamp"].present != nil { return .delete }
        let labels = pod["metadata"]?["labels"]?.object ?? JSONObject()
        let covering = budgets.filter { budget in
            guard let selector = try? Selector(structured: budget["spec"]?["selector"]?.object) else { return false }
            return selector.matches(labels)
        }
        guard let budget = covering.first else { return .delete }
        guard covering.count == 1 else {
            let message = "This pod has more than one PodDisruptionBudget, which the eviction subresource does not support."
            return .refuse(Status(failure: .unknown, code: 500, message: message))
        }
        let counts = PodPart(budget["status"])
        let (healthy, desired) = (counts.integer("currentHealthy") ?? 0, counts.integer("desiredHealthy") ?? 0)
        let isReady = status.parts("conditions").contains { $0.text("type") == "Ready" && $0.text("status") == "True" }
        if !isReady {
            if budget["spec"]?["unhealthyPodEvictionPolicy"]?.string == "AlwaysAllow" || healthy >= desired && desired > 0 { return .delete }
        }
        return count(pod["metadata"]?["name"]?.string ?? "", in: budget, counts, now: now)
    }

    private static func count(_ pod: String, in budget: JSONObject, _ counts: PodPart, now: Time) -> Decision {
        let name = budget["metadata"]?["name"]?.string ?? ""
        let resource = GroupResource(group: "policy", resource: "poddisruptionbudgets")
        func tooMany(_ why: String, after seconds: Int32) -> Decision {
            .refuse(
                Status(
                    failure: .tooManyRequests, message: "Cannot evict pod as it would violate the pod's disruption budget.",
                    causes: [StatusCause(message: why, reason: "DisruptionBudget")], retryAfterSeconds: seconds == 0 ? nil : seconds))
        }
        if counts.integer("observedGeneration") ?? 0 < budget["metadata"]?["generation"]?.integer ?? 0 {
            return tooMany("The disruption budget \(name) is still being processed by the server.", after: 10)
        }
        let allowed = counts.integer("disruptionsAllowed") ?? 0
        if allowed < 0 { return .refuse(.forbidden(resource, name: name, "pdb disruptions allowed is negative")) }
        var disrupted = counts.members["disruptedPods"]?.object ?? JSONObject()
        if disrupted.count > 2000 {
            return .refuse(.forbidden(resource, name: name, "DisruptedPods map too big - too many evictions not confirmed by PDB controller"))
        }
        if allowed == 0 {
            let (healthy, desired) = (counts.integer("currentHealthy") ?? 0, counts.integer("desiredHealthy") ?? 0)
            let condition = counts.parts("conditions").first { $0.text("type") == "DisruptionAllowed" }
            if let condition, condition.text("reason") == "SyncFailed" {
                let why = "The disruption budget \(name) does not allow evicting pods currently because it failed sync: \(condition.text("message"))"
                return tooMany(why, after: 0)
            }
            let why =
                healthy <= desired
                ? "The disruption budget \(name) needs \(desired) healthy pods and has \(healthy) currently"
                : "The disruption budget \(name) does not allow evicting pods currently"
            return tooMany(why, after: 0)
        }
        disrupted[pod] = .string(now.description)
        var counted = budget
        PodSpecDefaults.modify("status", of: &counted) { status in
            status["disruptionsAllowed"] = .integer(allowed - 1)
            status["disruptedPods"] = .object(disrupted)
        }
        return .deleteCounted(in: counted)
    }
}
