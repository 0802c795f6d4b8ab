import KubernetesAPI

/// Writes to a pod's status.
enum PodStatusRules {
    static func prepare(_ object: inout JSONObject, replacing old: JSONObject) {
        var metadata = object["metadata"]?.object ?? JSONObject()
        // Old kubelets got these wrong.
        metadata["ownerReferences"] = old["metadata"]?["ownerReferences"]
        for field in ["deletionTimestamp", "deletionGracePeriodSeconds"] { metadata[field] = old["metadata"]?[field] }
        var status = object["status"]?.object ?? JSONObject()
        for field in ["qosClass", "observedGeneration"] where status[field].present == nil || status[field]?.integer == 0 {
            status[field] = old["status"]?[field]
        }
        var generations: [String: [JSONValue?]] = [:]
        for condition in PodPart(old["status"]).parts("conditions") {
            generations[condition.text("type"), default: []].append(condition.value("observedGeneration"))
        }
        PodSpecDefaults.modifyEach("conditions", of: &status) { condition in
            let type = condition["type"]?.string ?? ""
            guard let known = generations[type], let first = known.first else { return }
            generations[type]?.removeFirst()
            if condition["observedGeneration"]?.integer ?? 0 == 0, let first { condition["observedGeneration"] = first }
        }
        PodStatusDefaults.apply(to: &status)
        object = old
        object["metadata"] = .object(metadata)
        object["status"] = .object(status)
    }

    static func errors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let path = FieldPath("status")
        let (spec, status, oldStatus) = (PodPart(old["spec"]), PodPart(object["status"]), PodPart(old["status"]))
        var errors = PodUpdateRules.annotationErrors(in: object, replacing: old)
        func check(_ text: String, _ rule: NameRule, at path: FieldPath) {
            errors += rule.violations(in: text).map { FieldError(.invalid, at: path, value: .string(text), $0) }
        }
        for (index, condition) in status.parts("conditions").enumerated() {
            // The path is Kubernetes' own.
            check(condition.text("type"), .qualifiedName, at: FieldPath("metadata", "conditions").index(index).field("Type"))
        }
        let node = status.text("nominatedNodeName")
        if !node.isEmpty, node != oldStatus.text("nominatedNodeName") { check(node, .dns1123Subdomain, at: path.field("nominatedNodeName")) }
        if status.text("qosClass") != oldStatus.text("qosClass") {
            errors.append(FieldError(.invalid, at: path.field("qosClass"), value: .string(status.text("qosClass")), "field is immutable"))
        }
        errors += stateErrors("containerStatuses", status, oldStatus, spec, policy: spec.text("restartPolicy"), path)
        errors += stateErrors("initContainerStatuses", status, oldStatus, spec, policy: spec.text("restartPolicy"), path)
        errors += stateErrors("ephemeralContainerStatuses", status, oldStatus, spec, policy: "Never", path)
        return errors + addressErrors(status, "podIPs", path) + addressErrors(status, "hostIPs", path)
    }

    /// What has ended for good does not run again.
    private static func stateErrors(
        _ list: String, _ status: PodPart, _ old: PodPart, _ spec: PodPart, policy: String, _ path: FieldPath
    ) -> [FieldError] {
        guard policy != "Always" else { return [] }
        let containers = spec.parts("containers") + spec.parts("initContainers")
        return old.parts(list).enumerated().flatMap { index, before -> [FieldError] in
            let name = before.text("name")
            guard let ended = before.part("state")?.part("terminated") else { return [] }
            let container = containers.first { $0.text("name") == name }
            let own = container?.text("restartPolicy") ?? ""
            if (own.isEmpty ? policy : own) == "Always" || container?.count("restartPolicyRules") ?? 0 > 0 { return [] }
            if ended.integer("exitCode") ?? 0 != 0, (own.isEmpty ? policy : own) == "OnFailure" { return [] }
            return status.parts(list).filter { $0.text("name") == name && !($0.part("state")?.has("terminated") ?? false) }.map { _ in
                FieldError(.forbidden, at: path.field(list).index(index).field("state"), "may not be transitioned to non-terminated state")
            }
        }
    }

    private static func addressErrors(_ status: PodPart, _ list: String, _ path: FieldPath) -> [FieldError] {
        let addresses = status.parts(list).map { $0.text("ip") }
        let place = path.field(list)
        var errors: [FieldError] = []
        if list == "hostIPs", let first = addresses.first, status.text("hostIP") != first {
            errors.append(FieldError(.invalid, at: place.index(0).field("ip"), value: .string(first), "must be equal to `hostIP`"))
        }
        for (index, address) in addresses.enumerated()
        where !IPText.isIPv4(address, allowsLeadingZeros: true) && !IPText.isIPv6(address, allowsLeadingZeros: true) {
            let detail = "must be a valid IP address, (e.g. 10.9.8.7 or 2001:db8::ffff)"
            errors.append(FieldError(.invalid, at: place.index(index), value: .string(address), detail))
        }
        guard addresses.count > 1 else { return errors }
        let families = Set(addresses.map { IPText.isIPv4($0, allowsLeadingZeros: true) })
        if families.count < 2 || addresses.count > 2 {
            let value = (status.value(list) ?? []).withInternalNames
            errors.append(FieldError(.invalid, at: place, value: value, "may specify no more than one IP for each IP family"))
        }
        var seen: Set<String> = []
        for (index, address) in addresses.enumerated() where !seen.insert(address).inserted {
            errors.append(FieldError(.duplicate, at: place.index(index), value: ["IP": .string(address)]))
        }
        return errors
    }
}
