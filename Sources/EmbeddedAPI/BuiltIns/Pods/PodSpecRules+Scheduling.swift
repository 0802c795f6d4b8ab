import KubernetesAPI

/// Affinity, tolerations and spreading.
extension PodSpecRules {
    mutating func checkAffinity() {
        guard let affinity = spec.part("affinity") else { return }
        let place = path.field("affinity")
        let (required, preferred) = ("requiredDuringSchedulingIgnoredDuringExecution", "preferredDuringSchedulingIgnoredDuringExecution")
        if let nodes = affinity.part("nodeAffinity") {
            let item = place.field("nodeAffinity")
            if let selector = nodes.part(required) { checkNodeSelector(selector, at: item.field(required)) }
            for (index, term) in nodes.parts(preferred).enumerated() {
                let entry = item.field(preferred).index(index)
                checkWeight(term, at: entry)
                checkNodeTerm(term.part("preference") ?? PodPart(nil), checksValues: false, at: entry.field("preference"))
            }
        }
        for kind in ["podAffinity", "podAntiAffinity"] {
            guard let pods = affinity.part(kind) else { continue }
            for (index, term) in pods.parts(required).enumerated() { checkPodTerm(term, at: place.field(kind).field(required).index(index)) }
            for (index, term) in pods.parts(preferred).enumerated() {
                let entry = place.field(kind).field(preferred).index(index)
                checkWeight(term, at: entry)
                checkPodTerm(term.part("podAffinityTerm") ?? PodPart(nil), at: entry.field("podAffinityTerm"))
            }
        }
    }

    private mutating func checkWeight(_ term: PodPart, at place: FieldPath) {
        let weight = term.integer("weight") ?? 0
        if !(1...100).contains(weight) { invalid(place.field("weight"), .integer(weight), "must be in the range 1-100") }
    }

    mutating func checkNodeSelector(_ selector: PodPart, at place: FieldPath) {
        let terms = selector.parts("nodeSelectorTerms")
        let list = place.field("nodeSelectorTerms")
        if terms.isEmpty { return required(list, "must have at least one node selector term") }
        for (index, term) in terms.enumerated() { checkNodeTerm(term, checksValues: true, at: list.index(index)) }
    }

    private mutating func checkNodeTerm(_ term: PodPart, checksValues: Bool, at place: FieldPath) {
        for (index, requirement) in term.parts("matchExpressions").enumerated() {
            let item = place.field("matchExpressions").index(index)
            let values = requirement.texts("values")
            switch requirement.text("operator") {
            case "In", "NotIn":
                if values.isEmpty { required(item.field("values"), "must be specified when `operator` is 'In' or 'NotIn'") }
            case "Exists", "DoesNotExist":
                if !values.isEmpty { forbidden(item.field("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'") }
            case "Gt", "Lt":
                if values.count != 1 { required(item.field("values"), "must be specified single value when `operator` is 'Lt' or 'Gt'") }
            case let other: invalid(item.field("operator"), .string(other), "not a valid selector operator")
            }
            check(requirement.text("key"), .qualifiedName, at: item.field("key"))
            guard checksValues else { continue }
            for (number, value) in values.enumerated() { check(value, .labelValue, at: item.field("values").index(number)) }
        }
        for (index, requirement) in term.parts("matchFields").enumerated() {
            let item = place.field("matchFields").index(index)
            let values = requirement.texts("values")
            switch requirement.text("operator") {
            case "In", "NotIn":
                if values.count != 1 {
                    required(item.field("values"), "must be only one value when `operator` is 'In' or 'NotIn' for node field selector")
                }
            case let other: invalid(item.field("operator"), .string(other), "not a valid selector operator")
            }
            let key = requirement.text("key")
            if key == "metadata.name" {
                for (number, value) in values.enumerated() { check(value, .dns1123Subdomain, at: item.field("values").index(number)) }
            } else {
                invalid(item.field("key"), .string(key), "not a valid field selector key")
            }
        }
    }

    private mutating func checkPodTerm(_ term: PodPart, at place: FieldPath) {
        for field in ["labelSelector", "namespaceSelector"] { checkSelector(term.part(field), at: place.field(field)) }
        for name in term.texts("namespaces") { check(name, .dns1123Label, at: place.field("namespace")) }
        let selector = term.part("labelSelector")
        for field in ["matchLabelKeys", "mismatchLabelKeys"] where term.count(field) > 0 {
            guard selector != nil else {
                forbidden(place.field(field), "must not be specified when labelSelector is not set")
                continue
            }
            for (index, key) in term.texts(field).enumerated() { check(key, .qualifiedName, at: place.field(field).index(index)) }
        }
        let (matching, mismatching) = (term.texts("matchLabelKeys"), Set(term.texts("mismatchLabelKeys")))
        if let selector {
            // The keys have become requirements already: one that is there twice was there before.
            var keys = Set((selector.members["matchLabels"]?.object ?? JSONObject()).keys)
            for key in selector.parts("matchExpressions").map({ $0.text("key") }) where !keys.insert(key).inserted {
                guard let index = matching.firstIndex(of: key) else { continue }
                invalid(place.index(index), .string(key), "exists in both matchLabelKeys and labelSelector")
            }
        }
        for (index, key) in matching.enumerated() where mismatching.contains(key) {
            invalid(place.field("matchLabelKeys").index(index), .string(key), "exists in both matchLabelKeys and mismatchLabelKeys")
        }
        let topology = term.text("topologyKey")
        if topology.isEmpty { required(place.field("topologyKey"), "can not be empty") }
        check(topology, .qualifiedName, at: place.field("topologyKey"))
    }

    private mutating func checkSelector(_ selector: PodPart?, at place: FieldPath) {
        guard let selector else { return }
        do { _ = try Selector(structured: selector.members, at: place) } catch { errors += error.errors }
    }

    mutating func checkTolerations(_ tolerations: [PodPart], at list: FieldPath) {
        for (index, toleration) in tolerations.enumerated() {
            let place = list.index(index)
            let (key, comparison, effect, value) = (
                toleration.text("key"), toleration.text("operator"), toleration.text("effect"), toleration.text("value")
            )
            if !key.isEmpty { check(key, .qualifiedName, at: place.field("key")) }
            if key.isEmpty, comparison != "Exists" {
                let detail = "operator must be Exists when `key` is empty, which means \"match all values and all keys\""
                invalid(place.field("operator"), .string(comparison), detail)
            }
            if toleration.has("tolerationSeconds"), effect != "NoExecute" {
                invalid(place.field("effect"), .string(effect), "effect must be 'NoExecute' when `tolerationSeconds` is set")
            }
            switch comparison {
            case "Equal", "":
                let violations = NameRule.labelValue.violations(in: value)
                if !violations.isEmpty { invalid(place.field("operator"), .string(value), violations.joined(separator: ";")) }
            case "Exists":
                if !value.isEmpty { invalid(place.field("operator"), .string(value), "value must be empty when `operator` is 'Exists'") }
            default: errors.append(.notSupported(place.field("operator"), .string(comparison), ["Equal", "Exists"]))
            }
            if !effect.isEmpty { checkChoice(toleration, "effect", at: place, ["NoSchedule", "PreferNoSchedule", "NoExecute"]) }
        }
    }

    mutating func checkTopologySpread() {
        let constraints = spec.parts("topologySpreadConstraints")
        for (index, constraint) in constraints.enumerated() {
            let place = path.field("topologySpreadConstraints").index(index)
            let skew = constraint.integer("maxSkew") ?? 0
            let (key, action) = (constraint.text("topologyKey"), constraint.text("whenUnsatisfiable"))
            if skew <= 0 { invalid(place.field("maxSkew"), .integer(skew), "must be greater than zero") }
            if key.isEmpty { required(place.field("topologyKey"), "can not be empty") }
            checkChoice(constraint, "whenUnsatisfiable", at: place, ["DoNotSchedule", "ScheduleAnyway"])
            if constraints[(index + 1)...].contains(where: { $0.text("topologyKey") == key && $0.text("whenUnsatisfiable") == action }) {
                duplicate(place.field("{topologyKey, whenUnsatisfiable}"), "{\(key), \(action)}")
            }
            if let domains = constraint.integer("minDomains") {
                if domains <= 0 { invalid(place.field("minDomains"), .integer(domains), "must be greater than zero") }
                if action != "DoNotSchedule" {
                    let detail = "can only use minDomains if whenUnsatisfiable=DoNotSchedule, not \(action)"
                    invalid(place.field("minDomains"), .integer(domains), detail)
                }
            }
            for field in ["nodeAffinityPolicy", "nodeTaintsPolicy"] where constraint.has(field) {
                checkChoice(constraint, field, at: place, ["Honor", "Ignore"])
            }
            checkSpreadKeys(constraint, at: place)
            checkSelector(constraint.part("labelSelector"), at: place.field("labelSelector"))
        }
    }

    private mutating func checkSpreadKeys(_ constraint: PodPart, at place: FieldPath) {
        let keys = constraint.texts("matchLabelKeys")
        guard !keys.isEmpty else { return }
        let list = place.field("matchLabelKeys")
        let selector = constraint.part("labelSelector")
        if selector == nil { forbidden(list, "must not be specified when labelSelector is not set") }
        var selected = Set((selector?.members["matchLabels"]?.object ?? JSONObject()).keys)
        var repeated = selected
        for key in selector?.parts("matchExpressions").map({ $0.text("key") }) ?? [] where !selected.insert(key).inserted { repeated.insert(key) }
        for (index, key) in keys.enumerated() {
            check(key, .qualifiedName, at: list.index(index))
            // In a pod, the key itself has become a requirement already.
            if isPod ? repeated.contains(key) : selected.contains(key) {
                invalid(list.index(index), .string(key), "exists in both matchLabelKeys and labelSelector")
            }
        }
    }
}
