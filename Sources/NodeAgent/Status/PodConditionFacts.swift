import KubernetesAPI

/// What the conditions of a pod are decided by.
struct PodConditionFacts {
    let pod: Pod
    let spec: PodSpec
    let phase: String
    let initStatuses: [ContainerStatus]
    let statuses: [ContainerStatus]
    let isSandboxReady: Bool

    private struct Verdict {
        var holds: Bool
        var reason: String?
        var message: String?

        static let met = Verdict(holds: true)
        static func unmet(_ reason: String, _ message: String? = nil) -> Verdict { Verdict(holds: false, reason: reason, message: message) }
    }

    /// A kubelet's conditions in its order, then those that others wrote.
    func conditions(replacing old: [PodCondition], now: Time) -> [PodCondition] {
        let containersReady = containersReady
        let own: [(String, Verdict)] = [
            ("PodReadyToStartContainers", Verdict(holds: isSandboxReady)), ("Initialized", initialized), ("Ready", ready(containersReady, old)),
            ("ContainersReady", containersReady), ("PodScheduled", .met),
        ]
        let conditions = own.map { type, verdict in
            let before = old.first { $0.type == type }
            let status = verdict.holds ? "True" : "False"
            var condition = PodCondition(type: type, status: status)
            condition.observedGeneration = pod.metadata.generation
            condition.lastTransitionTime = before?.status == status ? before?.lastTransitionTime ?? now : now
            condition.reason = verdict.reason
            condition.message = verdict.message
            return condition
        }
        return conditions + old.filter { condition in !own.contains { $0.0 == condition.type } }
    }

    private var initialized: Verdict {
        if phase == "Succeeded" { return Verdict(holds: true, reason: "PodCompleted") }
        let hasMainStarted = statuses.contains {
            $0.state?.running != nil || $0.state?.terminated != nil || $0.lastState?.terminated != nil || $0.started == true
        }
        if hasMainStarted { return .met }
        let incomplete = zip(spec.initContainers ?? [], initStatuses).filter { container, status in
            container.isSidecar ? status.started != true : !status.ready
        }
        return incomplete.isEmpty ? .met : .unmet("ContainersNotInitialized", "containers with incomplete status: \(list(incomplete.map(\.1.name)))")
    }

    private var containersReady: Verdict {
        switch phase {
        case "Succeeded": return .unmet("PodCompleted")
        case "Failed": return .unmet("PodFailed")
        default: break
        }
        let sidecars = zip(spec.initContainers ?? [], initStatuses).filter { $0.0.isSidecar }.map(\.1)
        let unready = (sidecars + statuses).filter { !$0.ready }
        return unready.isEmpty ? .met : .unmet("ContainersNotReady", "containers with unready status: \(list(unready.map(\.name)))")
    }

    private func ready(_ containersReady: Verdict, _ old: [PodCondition]) -> Verdict {
        guard containersReady.holds else { return containersReady }
        let messages: [String] = (spec.readinessGates ?? []).compactMap { gate in
            guard let condition = old.first(where: { $0.type == gate.conditionType }) else {
                return "corresponding condition of pod readiness gate \(gate.conditionType.quotedAsGo) does not exist."
            }
            if condition.status == "True" { return nil }
            return "the status of pod readiness gate \(gate.conditionType.quotedAsGo) is not \"True\", but \(condition.status)"
        }
        return messages.isEmpty ? .met : .unmet("ReadinessGatesNotReady", messages.joined(separator: ", "))
    }

    private func list(_ names: [String]) -> String { "[\(names.joined(separator: " "))]" }
}
