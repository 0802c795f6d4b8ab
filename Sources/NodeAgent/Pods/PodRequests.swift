public import KubernetesAPI

extension PodSpec {
    /// What the pod asks the scheduler for: main containers and sidecars together, or where that is more an init container with the sidecars started before it;
    /// the pod's own requests in their place where it has some; and the overhead.
    public var totalRequests: [String: Quantity] {
        var total: [String: Quantity] = [:]
        for container in containers { total.add(container.effectiveRequests) }
        var (sidecars, peak): ([String: Quantity], [String: Quantity]) = ([:], [:])
        for container in initContainers ?? [] {
            if container.isSidecar {
                sidecars.add(container.effectiveRequests)
                peak.raise(to: sidecars)
            } else {
                var sum = sidecars
                sum.add(container.effectiveRequests)
                peak.raise(to: sum)
            }
        }
        total.add(sidecars)
        total.raise(to: peak)
        for (name, amount) in resources?.effectiveRequests ?? [:] { total[name] = amount }
        total.add(overhead ?? [:])
        return total
    }

    /// `Guaranteed`, `Burstable` or `BestEffort`.
    public var qosClass: String {
        let parts: [ResourceRequirements]
        if let resources, !(resources.requests ?? [:]).isEmpty || !(resources.limits ?? [:]).isEmpty {
            parts = [resources]
        } else {
            parts = ((initContainers ?? []) + containers).map { $0.resources ?? ResourceRequirements() }
        }
        var (requests, limits): ([String: Quantity], [String: Quantity]) = ([:], [:])
        var isGuaranteed = true
        for part in parts {
            requests.add(Self.counted(part.effectiveRequests))
            let own = Self.counted(part.limits ?? [:])
            limits.add(own)
            if own.count < 2 { isGuaranteed = false }
        }
        if requests.isEmpty, limits.isEmpty { return "BestEffort" }
        return isGuaranteed && requests == limits ? "Guaranteed" : "Burstable"
    }

    private static func counted(_ amounts: [String: Quantity]) -> [String: Quantity] {
        amounts.filter { ["cpu", "memory"].contains($0.key) && $0.value > .zero }
    }
}

extension Container {
    var effectiveRequests: [String: Quantity] { resources?.effectiveRequests ?? [:] }
}

extension ResourceRequirements {
    /// Requests, and limits where nothing is requested.
    var effectiveRequests: [String: Quantity] { (limits ?? [:]).merging(requests ?? [:]) { $1 } }
}

extension [String: Quantity] {
    mutating func add(_ other: [String: Quantity]) {
        for (name, amount) in other { self[name, default: .zero] += amount }
    }

    mutating func raise(to other: [String: Quantity]) {
        for (name, amount) in other { self[name] = Swift.max(self[name] ?? .zero, amount) }
    }
}
