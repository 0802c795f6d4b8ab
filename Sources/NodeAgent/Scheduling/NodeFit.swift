import KubernetesAPI

/// Whether a pod fits a node, by the filters of kube-scheduler in its order. The first that refuses gives the reasons.
struct NodeFit {
    enum Verdict: Hashable {
        case fits
        /// - isResolvable: whether the end of other pods could help.
        case refused([String], isResolvable: Bool)
    }

    let pod: Pod
    let spec: PodSpec
    let requests: [String: Quantity]

    init(_ pod: Pod) {
        self.pod = pod
        spec = pod.spec ?? PodSpec()
        requests = spec.totalRequests
    }

    func verdict(on state: NodeState) -> Verdict {
        let node = state.node
        let unschedulable = Taint(key: "node.kubernetes.io/unschedulable", effect: "NoSchedule")
        if node.spec?.unschedulable == true, !tolerates(unschedulable) { return .refused(["node(s) were unschedulable"], isResolvable: false) }
        let taints = node.spec?.taints ?? []
        if taints.contains(where: { ["NoSchedule", "NoExecute"].contains($0.effect) && !tolerates($0) }) {
            return .refused(["node(s) had untolerated taint(s)"], isResolvable: false)
        }
        if !Self.matchesSelectors(spec, node) { return .refused(["node(s) didn't match Pod's node affinity/selector"], isResolvable: false) }
        let wanted = spec.hostPorts
        if state.placed.values.contains(where: { $0.hostPorts.contains { taken in wanted.contains { $0.collides(with: taken) } } }) {
            return .refused(["node(s) didn't have free ports for the requested pod ports"], isResolvable: true)
        }
        let short = shortages(on: state)
        if !short.isEmpty {
            let isResolvable = short.allSatisfy { $0.name == "pods" || ($0.requested <= $0.capacity) }
            return .refused(short.map { $0.name == "pods" ? "Too many pods" : "Insufficient \($0.name)" }, isResolvable: isResolvable)
        }
        return affinityVerdict(on: state)
    }

    struct Shortage: Hashable {
        let name: String
        let requested, used, capacity: Quantity
    }

    func shortages(on state: NodeState) -> [Shortage] {
        let allocatable = state.allocatable
        var short: [Shortage] = []
        let (count, most) = (Quantity(Int64(state.podCount)), allocatable["pods"] ?? Quantity(110))
        if count + Quantity(1) > most { short.append(Shortage(name: "pods", requested: Quantity(1), used: count, capacity: most)) }
        for (name, amount) in requests.sorted(by: { $0.key < $1.key }) where !amount.isZero {
            let (used, has) = (state.requested[name] ?? .zero, allocatable[name] ?? .zero)
            if used + amount > has { short.append(Shortage(name: name, requested: amount, used: used, capacity: has)) }
        }
        return short
    }

    private func tolerates(_ taint: Taint) -> Bool { (spec.tolerations ?? []).contains { $0.tolerates(taint) } }

    static func matchesSelectors(_ spec: PodSpec, _ node: Node) -> Bool {
        let labels = node.metadata.labels ?? [:]
        for (key, value) in spec.nodeSelector ?? [:] where labels[key] != value { return false }
        guard let required = spec.affinity?.nodeAffinity?.requiredDuringSchedulingIgnoredDuringExecution else { return true }
        return required.nodeSelectorTerms.contains { term in
            let (expressions, fields) = (term.matchExpressions ?? [], term.matchFields ?? [])
            guard !(expressions.isEmpty && fields.isEmpty) else { return false }
            return expressions.allSatisfy { $0.matches(labels[$0.key]) } && fields.allSatisfy { $0.key == "metadata.name" && $0.matches(node.name) }
        }
    }

    private func affinityVerdict(on state: NodeState) -> Verdict {
        let labels = state.node.metadata.labels ?? [:]
        let own = (pod.namespace ?? "", pod.metadata.labels ?? [:])
        for term in spec.affinity?.podAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [] {
            let isMet =
                labels[term.topologyKey] != nil
                && (state.placed.values.contains { term.selects($0.namespace, $0.labels, from: own.0) } || term.selects(own.0, own.1, from: own.0))
            if !isMet { return .refused(["node(s) didn't match pod affinity rules"], isResolvable: false) }
        }
        for term in spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [] where labels[term.topologyKey] != nil {
            if state.placed.values.contains(where: { term.selects($0.namespace, $0.labels, from: own.0) }) {
                return .refused(["node(s) didn't match pod anti-affinity rules"], isResolvable: true)
            }
        }
        for placed in state.placed.values {
            for term in placed.antiAffinity where labels[term.topologyKey] != nil && term.selects(own.0, own.1, from: placed.namespace) {
                return .refused(["node(s) didn't satisfy existing pods anti-affinity rules"], isResolvable: true)
            }
        }
        return .fits
    }
}

extension Toleration {
    func tolerates(_ taint: Taint) -> Bool {
        if let effect, !effect.isEmpty, effect != taint.effect { return false }
        if let key, !key.isEmpty, key != taint.key { return false }
        switch self.operator ?? "Equal" {
        case "Exists": return true
        case "Lt": return Int64(taint.value ?? "").flatMap { number in Int64(value ?? "").map { number < $0 } } ?? false
        case "Gt": return Int64(taint.value ?? "").flatMap { number in Int64(value ?? "").map { number > $0 } } ?? false
        default: return !(key ?? "").isEmpty && (value ?? "") == (taint.value ?? "")
        }
    }
}

extension NodeSelectorRequirement {
    func matches(_ value: String?) -> Bool {
        let values = values ?? []
        switch self.operator {
        case "In": return value.map(values.contains) ?? false
        case "NotIn": return !(value.map(values.contains) ?? false)
        case "Exists": return value != nil
        case "DoesNotExist": return value == nil
        case "Gt", "Lt":
            guard let number = value.flatMap({ Int64($0) }), let bound = values.first.flatMap({ Int64($0) }) else { return false }
            return self.operator == "Gt" ? number > bound : number < bound
        default: return false
        }
    }
}

extension PodAffinityTerm {
    /// - Parameter home: the namespace of the pod that has the term, which it means where it names none.
    func selects(_ namespace: String, _ labels: [String: String], from home: String) -> Bool {
        let named = namespaces ?? []
        // Only the selector of all namespaces is known here; others mean none.
        let isAll = namespaceSelector.map { $0.members.isEmpty } ?? false
        guard isAll || (named.isEmpty && namespaceSelector == nil ? namespace == home : named.contains(namespace)) else { return false }
        guard let selector = labelSelector, let parsed = try? Selector(structured: selector.members) else { return false }
        return parsed.matches(labels)
    }
}
