public import KubernetesAPI

/// Finds a node for a pod, as kube-scheduler does without preemption.
public enum PodScheduler {
    public enum Decision: Hashable, Sendable {
        case bind(node: String)
        /// - reason: `Unschedulable` or `SchedulingGated`, of the condition PodScheduled.
        /// - message: of that condition, and of the `FailedScheduling` event (none for SchedulingGated).
        case wait(reason: String, message: String)
    }

    /// - Parameters:
    ///   - claims: the PersistentVolumeClaims of the pod's namespace by name: whether each is bound, or will be once the pod is.
    public static func decide(_ pod: Pod, nodes: [NodeState], claims: [String: Bool] = [:]) -> Decision {
        if !(pod.spec?.schedulingGates ?? []).isEmpty {
            return .wait(reason: "SchedulingGated", message: "Scheduling is blocked due to non-empty scheduling gates")
        }
        if nodes.isEmpty { return .wait(reason: "Unschedulable", message: "no nodes available to schedule pods") }
        let count = nodes.count
        for volume in pod.spec?.volumes ?? [] {
            let name: String
            if let claim = volume.persistentVolumeClaim {
                name = claim.claimName
            } else if volume.ephemeral != nil {
                name = "\(pod.name)-\(volume.name)"
            } else {
                continue
            }
            let cause: String
            switch claims[name] {
            case true?: continue
            case false?: cause = "pod has unbound immediate PersistentVolumeClaims"
            case nil: cause = "persistentvolumeclaim \(name.quotedAsGo) not found"
            }
            return .wait(reason: "Unschedulable", message: message([cause], of: count, helpless: count, victimless: 0))
        }

        let fit = NodeFit(pod)
        var best: (node: String, free: Double)?
        var (causes, helpless, victimless): ([String: Int], Int, Int) = ([:], 0, 0)
        for state in nodes {
            switch fit.verdict(on: state) {
            case .fits:
                let free = freeShare(of: state, after: fit.requests)
                if best.map({ free > $0.free }) ?? true { best = (state.node.name, free) }
            case .refused(let reasons, let isResolvable):
                for reason in reasons { causes[reason, default: 0] += 1 }
                if isResolvable { victimless += 1 } else { helpless += 1 }
            }
        }
        if let best { return .bind(node: best.node) }
        return .wait(
            reason: "Unschedulable",
            message: message(causes.map { "\($0.value) \($0.key)" }.sorted(), of: count, helpless: helpless, victimless: victimless))
    }

    /// The least used node is the best.
    private static func freeShare(of state: NodeState, after requests: [String: Quantity]) -> Double {
        var shares: [Double] = []
        for name in ["cpu", "memory"] {
            let has = (state.allocatable[name] ?? .zero).double
            guard has > 0 else { continue }
            shares.append((has - (state.requested[name] ?? .zero).double - (requests[name] ?? .zero).double) / has)
        }
        let most = (state.allocatable["pods"] ?? Quantity(110)).double
        // Pods without requests are spread, too.
        return shares.reduce(0, +) / Double(max(shares.count, 1)) - Double(state.podCount) / max(most, 1)
    }

    private static func message(_ causes: [String], of count: Int, helpless: Int, victimless: Int) -> String {
        var preemption: [String] = []
        if victimless > 0 { preemption.append("\(victimless) No preemption victims found for incoming pod") }
        if helpless > 0 { preemption.append("\(helpless) Preemption is not helpful for scheduling") }
        let none = "0/\(count) nodes are available"
        return "\(none): \(causes.joined(separator: ", ")). no new claims to deallocate, preemption: \(none): \(preemption.sorted().joined(separator: ", "))."
    }

    /// Whether the node can take a pod that was bound without asking the scheduler, or when things have changed since.
    ///
    /// - Parameter state: without the pod itself.
    /// - Returns: why not: the pod fails at once.
    public static func rejection(of pod: Pod, on state: NodeState) -> PodFailure? {
        let fit = NodeFit(pod)
        if let short = fit.shortages(on: state).first {
            func number(_ quantity: Quantity) -> Int64 { short.name == "cpu" ? quantity.milliValue() : quantity.value() }
            return PodFailure(
                reason: "OutOf\(short.name)",
                message: "Pod was rejected: Node didn't have enough resource: \(short.name), requested: \(number(short.requested)), "
                    + "used: \(number(short.used)), capacity: \(number(short.capacity))")
        }
        if !NodeFit.matchesSelectors(fit.spec, state.node) {
            return PodFailure(
                reason: "NodeAffinity",
                message: "Pod was rejected: Predicate NodeAffinity failed: node(s) didn't match Pod's node affinity/selector")
        }
        return nil
    }
}
