import KubernetesAPI

/// What a Job makes of a pod that failed.
enum PodFailureVerdict: Hashable {
    /// It counts towards the back-off limit.
    case count
    /// It is replaced and does not count.
    case ignore
    /// Its index has failed.
    case failIndex
    /// The whole Job has failed, for what the text says.
    case failJob(String)

    /// What the first rule says that the pod meets; it counts where there is none.
    init(of pod: Pod, by policy: PodFailurePolicy?) {
        self = .count
        guard pod.phase == "Failed" else { return }
        for (index, rule) in (policy?.rules ?? []).enumerated() {
            guard let match = Self.match(rule, pod) else { continue }
            switch rule.action {
            case "Ignore": self = .ignore
            case "FailIndex": self = .failIndex
            case "FailJob": self = .failJob("\(match) matching FailJob rule at index \(index)")
            case "Count": self = .count
            default: continue
            }
            return
        }
    }

    /// What of the pod meets the rule.
    private static func match(_ rule: PodFailurePolicyRule, _ pod: Pod) -> String? {
        let podName = "\(pod.namespace ?? "")/\(pod.name)"
        if let codes = rule.onExitCodes {
            for container in (pod.status?.containerStatuses ?? []) + (pod.status?.initContainerStatuses ?? []) {
                guard codes.containerName == nil || codes.containerName == container.name, let ended = container.state?.terminated else { continue }
                guard ended.exitCode != 0, codes.values.contains(ended.exitCode) == (codes.operator == "In") else { continue }
                return "Container \(container.name) for pod \(podName) failed with exit code \(ended.exitCode)"
            }
            return nil
        }
        for pattern in rule.onPodConditions ?? [] {
            let isMet = pod.status?.conditions?.contains { $0.type == pattern.type && $0.status == pattern.status ?? "True" } ?? false
            if isMet { return "Pod \(podName) has condition \(pattern.type)" }
        }
        return nil
    }
}
