public import KubernetesAPI

/// What Kubernetes' disruption controller writes into the status of a PodDisruptionBudget.
public enum DisruptionBudgetStatus {
    /// How long an evicted pod may take to be deleted before the eviction counts as failed.
    static let deletionTimeoutSeconds: Int64 = 120

    /// The status that `pdb` should have; nil where it has that already.
    ///
    /// - Parameters:
    ///   - pods: all pods of the budget's namespace; its selector chooses among them.
    ///   - scale: how many pods the controller should have to which an owner reference (`controller: true`) of a pod leads: its `spec.replicas`;
    ///     nil where there is no such controller.
    public static func status(of pdb: JSONObject, pods: [JSONObject], scale: (_ owner: JSONValue) -> Int64?, now: Time) -> JSONObject? {
        let selector = try? Selector(structured: pdb["spec"]?["selector"]?.object)
        let chosen = pods.filter { selector?.matches($0["metadata"]?["labels"]?.object) ?? false }
        var status = pdb["status"]?.object ?? JSONObject()
        let before = status
        do throws(Problem) {
            if selector == nil { throw Problem(text: "invalid label selector") }
            let goal = try goal(of: pdb["spec"], pods: chosen, scale: scale)
            update(&status, of: pdb, pods: chosen, goal: goal, now: now)
        } catch {
            status["disruptionsAllowed"] = 0
            status.setCondition(
                condition, isTrue: false, reason: "SyncFailed", message: error.text, generation: status["observedGeneration"]?.integer ?? 0, now: now)
        }
        return status == before ? nil : status
    }

    static let condition = "DisruptionAllowed"

    private struct Problem: Error {
        let text: String
    }

    private struct Goal {
        let expected: Int64
        let healthy: Int64
    }

    private static func goal(of spec: JSONValue?, pods: [JSONObject], scale: (JSONValue) -> Int64?) throws(Problem) -> Goal {
        if let most = (spec?["maxUnavailable"]).present.flatMap({ IntOrString(json: $0) }) {
            let expected = try expectedScale(of: pods, scale: scale)
            return Goal(expected: expected, healthy: max(0, expected - (try share(most, of: expected))))
        }
        switch (spec?["minAvailable"]).present.flatMap({ IntOrString(json: $0) }) {
        case .int(let count)?: return Goal(expected: Int64(pods.count), healthy: Int64(count))
        case let least?:
            let expected = try expectedScale(of: pods, scale: scale)
            return Goal(expected: expected, healthy: try share(least, of: expected))
        case nil: return Goal(expected: 0, healthy: 0)
        }
    }

    private static func share(_ value: IntOrString, of total: Int64) throws(Problem) -> Int64 {
        do throws(ValueError) {
            return Int64(try value.scaled(of: Int(total), roundUp: true))
        } catch {
            throw Problem(text: error.reason)
        }
    }

    /// How many pods the controllers of these pods should have together. Pods without a controller do not count.
    private static func expectedScale(of pods: [JSONObject], scale: (JSONValue) -> Int64?) throws(Problem) -> Int64 {
        var scales: [String: Int64] = [:]
        for pod in pods {
            guard let owner = pod["metadata"]?["ownerReferences"]?.array?.first(where: { $0["controller"]?.bool == true }) else { continue }
            let uid = owner["uid"]?.string ?? ""
            guard scales[uid] == nil else { continue }
            guard let replicas = scale(owner) else {
                throw Problem(text: "found no controllers for pod \((pod["metadata"]?["name"]?.string ?? "").quotedAsGo)")
            }
            scales[uid] = replicas
        }
        return scales.values.reduce(0, +)
    }

    private static func update(_ status: inout JSONObject, of pdb: JSONObject, pods: [JSONObject], goal: Goal, now: Time) {
        let evicted = (status["disruptedPods"]?.object ?? JSONObject()).filter { member in
            guard let since = Time(json: member.value), since.secondsSince1970 + deletionTimeoutSeconds >= now.secondsSince1970 else { return false }
            return pods.contains { $0["metadata"]?["name"]?.string == member.key && $0["metadata"]?["deletionTimestamp"].present == nil }
        }
        let names = Set(evicted.map(\.key))
        let healthy = Int64(pods.filter { isHealthy($0) && !names.contains($0["metadata"]?["name"]?.string ?? "") }.count)
        let allowed = goal.expected > 0 ? max(0, healthy - goal.healthy) : 0
        let generation = pdb["metadata"]?["generation"]?.integer ?? 0
        status["observedGeneration"] = generation == 0 ? JSONValue?.none : .integer(generation)
        status["disruptedPods"] = evicted.isEmpty ? JSONValue?.none : .object(JSONObject(uniqueKeysWithValues: evicted.map { ($0.key, $0.value) }))
        status["disruptionsAllowed"] = .integer(allowed)
        status["currentHealthy"] = .integer(healthy)
        status["desiredHealthy"] = .integer(goal.healthy)
        status["expectedPods"] = .integer(goal.expected)
        updateCondition(of: &status, now: now)
    }

    /// Ready, and not being deleted.
    private static func isHealthy(_ pod: JSONObject) -> Bool { pod.hasTrueCondition("Ready") && pod["metadata"]?["deletionTimestamp"].present == nil }

    /// Says whether a pod may be evicted now.
    static func updateCondition(of status: inout JSONObject, now: Time) {
        let isAllowed = (status["disruptionsAllowed"]?.integer ?? 0) > 0
        status.setCondition(
            condition, isTrue: isAllowed, reason: isAllowed ? "SufficientPods" : "InsufficientPods", message: "",
            generation: status["observedGeneration"]?.integer ?? 0, now: now)
    }
}
