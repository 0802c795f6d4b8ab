import KubernetesAPI

/// What a pod requests, and its quality of service, which follows from that.
enum PodResources {
    /// The requests of the pod's containers together: what runs at the same time is added, init containers count where they need more.
    static func containerRequests(in spec: PodPart) -> [(name: String, total: Quantity)] {
        var names: [String] = []
        for (container, _) in spec.containers(at: FieldPath()) {
            for (name, _) in container.part("resources")?.quantities("requests") ?? [] where !names.contains(name) { names.append(name) }
        }
        return names.map { name in
            func request(_ container: PodPart) -> Quantity { container.part("resources")?.quantity(name, of: "requests") ?? .zero }
            var total = spec.parts("containers").reduce(Quantity.zero) { $0 + request($1) }
            var (sidecars, peak) = (Quantity.zero, Quantity.zero)
            for container in spec.parts("initContainers") {
                if container.isSidecar {
                    sidecars += request(container)
                    peak = max(peak, sidecars)
                } else {
                    peak = max(peak, sidecars + request(container))
                }
            }
            total += sidecars
            return (name, max(total, peak))
        }
    }

    /// `Guaranteed`, `Burstable` or `BestEffort`.
    static func qualityOfService(of spec: JSONObject) -> String {
        let spec = PodPart(spec)
        let own = spec.part("resources")
        let parts: [PodPart]
        if let own, !own.quantities("requests").isEmpty || !own.quantities("limits").isEmpty {
            parts = [own]
        } else {
            parts = (spec.parts("initContainers") + spec.parts("containers")).map { $0.part("resources") ?? PodPart(nil) }
        }
        var (requests, limits): ([String: Quantity], [String: Quantity]) = ([:], [:])
        var isGuaranteed = true
        for part in parts {
            for (name, amount) in part.quantities("requests") where counts(name, amount) { requests[name, default: .zero] += amount }
            var found: Set<String> = []
            for (name, amount) in part.quantities("limits") where counts(name, amount) {
                found.insert(name)
                limits[name, default: .zero] += amount
            }
            if !found.isSuperset(of: ["cpu", "memory"]) { isGuaranteed = false }
        }
        if requests.isEmpty, limits.isEmpty { return "BestEffort" }
        return isGuaranteed && requests == limits ? "Guaranteed" : "Burstable"
    }

    private static func counts(_ name: String, _ amount: Quantity) -> Bool { ["cpu", "memory"].contains(name) && amount > .zero }
}
