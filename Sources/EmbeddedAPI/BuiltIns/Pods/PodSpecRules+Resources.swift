import KubernetesAPI

/// Requests and limits.
extension PodSpecRules {
    /// The requests and limits of a container, or of the whole pod.
    mutating func checkResources(_ resources: PodPart, at place: FieldPath, ofPod isForPod: Bool = false) {
        let (limits, requests) = (place.field("limits"), place.field("requests"))
        var (hasMain, hasHugePages) = (false, false)
        for kind in ["limits", "requests"] {
            for (name, amount) in resources.quantities(kind) {
                let item = place.field(kind).key(name)
                checkResourceName(name, at: item, ofPod: isForPod)
                checkAmount(amount, of: name, at: item)
                hasMain = hasMain || name == "cpu" || name == "memory"
                if ResourceName(name).isHugePages {
                    hasHugePages = true
                    checkHugePages(amount, name, at: item)
                }
                guard kind == "requests" else { continue }
                let isOvercommittable = ResourceName(name).allowsOvercommit
                if let limit = resources.quantity(name, of: "limits") {
                    if amount != limit, !isOvercommittable {
                        invalid(requests, .string(amount.canonicalText), "must be equal to \(name) limit of \(limit.canonicalText)")
                    } else if amount > limit {
                        invalid(requests, .string(amount.canonicalText), "must be less than or equal to \(name) limit of \(limit.canonicalText)")
                    }
                } else if !isOvercommittable {
                    required(limits, "Limit must be set for non overcommitable resources")
                }
            }
        }
        if !hasMain, hasHugePages { forbidden(place, "HugePages require cpu or memory") }
        if !isForPod { checkClaims(resources.parts("claims"), at: place.field("claims")) }
    }

    private mutating func checkResourceName(_ name: String, at place: FieldPath, ofPod isForPod: Bool) {
        let violations = NameRule.qualifiedName.violations(in: name)
        errors += violations.map { FieldError(.invalid, at: place, value: .string(name), $0) }
        guard violations.isEmpty else { return }
        let resource = ResourceName(name)
        if isForPod {
            let isSupported = name == "cpu" || name == "memory" || resource.isHugePages
            if !isSupported { errors.append(.notSupported(place, .string(name), ["cpu", "hugepages-", "memory"])) }
            return
        }
        if !name.contains("/") {
            if !resource.isStandard { invalid(place, .string(name), "must be a standard resource type or fully qualified") }
            if !resource.isStandardForContainers { invalid(place, .string(name), "must be a standard resource for containers") }
        } else if !resource.isNative, !resource.isExtended {
            invalid(place, .string(name), "doesn't follow extended resource name standard")
        }
    }

    private mutating func checkAmount(_ amount: Quantity, of name: String, at place: FieldPath) {
        if amount.isNegative { invalid(place, .string(amount.canonicalText), "must be greater than or equal to 0") }
        if ResourceName(name).isExtended, amount.milliValue() % 1000 != 0 {
            invalid(place, .string(amount.canonicalText), "must be an integer")
        }
    }

    /// Huge pages come in whole pages.
    private mutating func checkHugePages(_ amount: Quantity, _ name: String, at place: FieldPath) {
        guard let size = try? Quantity(parsing: String(name.dropFirst("hugepages-".count))), size.value() > 0 else {
            return invalid(
                place, .string(amount.canonicalText),
                "quantities must match the regular expression "
                    + "'^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'")
        }
        guard amount.value() % size.value() != 0 else { return }
        let detail = "\(amount.canonicalText) is not positive integer multiple of \(size.canonicalText)"
        invalid(place, .string(amount.canonicalText), detail)
    }

    private mutating func checkClaims(_ claims: [PodPart], at place: FieldPath) {
        var seen: Set<String> = []
        for (index, claim) in claims.enumerated() {
            let (name, request) = (claim.text("name"), claim.text("request"))
            let item = place.index(index)
            if name.isEmpty {
                required(item)
            } else if !seen.insert(request.isEmpty ? name : "\(name)/\(request)").inserted {
                duplicate(item, request.isEmpty ? name : "\(name)/\(request)")
            } else if !claimNames.contains(name) {
                notFound(item, name)
            }
            if !request.isEmpty { check(request, .dns1123Label, at: item.field("request")) }
        }
    }

    /// The pod's own requests and limits, and how those of its containers fit into them.
    mutating func checkPodResources() {
        guard let resources = spec.part("resources") else { return }
        let place = path.field("resources")
        if resources.has("claims") { forbidden(place.field("claims"), "claims cannot be set for Resources at pod-level") }
        checkResources(resources, at: place, ofPod: true)
        for (name, total) in PodResources.containerRequests(in: spec) {
            let own = resources.quantity(name, of: "requests") ?? .zero
            guard total > own, name == "cpu" || name == "memory" || ResourceName(name).isHugePages else { continue }
            let detail = "must be greater than or equal to aggregate container requests of \(total.canonicalText)"
            invalid(place.field("requests").key(name), .string(own.canonicalText), detail)
        }
        for (index, container) in spec.parts("containers").enumerated() {
            for (name, limit) in container.part("resources")?.quantities("limits") ?? [] {
                guard let own = resources.quantity(name, of: "limits"), limit > own else { continue }
                // The path is Kubernetes' own.
                let item = place.field("containers").index(index).key(name).field("limits")
                invalid(item, .string(limit.canonicalText), "must be less than or equal to pod limits of \(own.canonicalText)")
            }
        }
    }

    mutating func checkOverhead() {
        guard spec.has("overhead") else { return }
        checkResources(PodPart(["limits": spec.value("overhead") ?? [:]]), at: path.field("overhead"))
    }
}

/// What the name of a resource says about it.
struct ResourceName {
    let text: String

    init(_ text: String) { self.text = text }

    var isHugePages: Bool { text.hasPrefix("hugepages-") }
    /// One of Kubernetes' own.
    var isNative: Bool { !text.contains("/") || text.contains("kubernetes.io/") }
    /// One of a device plugin or the like, counted in whole numbers.
    var isExtended: Bool { !isNative && !text.hasPrefix("requests.") && NameRule.qualifiedName.allows("requests.\(text)") }
    /// Whether more may be used than was requested.
    var allowsOvercommit: Bool { isNative && !isHugePages }
    var isStandardForContainers: Bool { ["cpu", "memory", "ephemeral-storage"].contains(text) || isHugePages }
    var isStandard: Bool { isStandardForContainers || Self.standard.contains(text) || text.hasPrefix("requests.hugepages-") }

    private static let standard: Set<String> = [
        "requests.cpu", "requests.memory", "requests.ephemeral-storage", "limits.cpu", "limits.memory", "limits.ephemeral-storage", "pods", "resourcequotas",
        "services", "replicationcontrollers", "secrets", "configmaps", "persistentvolumeclaims", "storage", "requests.storage", "services.nodeports",
        "services.loadbalancers",
    ]
}
