import KubernetesAPI

/// The defaults of a pod's spec, wherever it stands, and the form in which Kubernetes writes it: zero values are left out, quantities are canonical.
///
/// Applying it again changes nothing.
enum PodSpecDefaults {
    static func apply(to spec: inout JSONObject) {
        spec = withoutNulls(spec)
        dropZeros(
            &spec,
            texts: [
                "nodeName", "hostname", "subdomain", "serviceAccountName", "serviceAccount", "schedulerName", "priorityClassName", "dnsPolicy", "restartPolicy",
            ], flags: ["hostNetwork", "hostPID", "hostIPC"],
            lists: [
                "volumes", "initContainers", "ephemeralContainers", "imagePullSecrets", "tolerations", "hostAliases", "readinessGates",
                "topologySpreadConstraints", "schedulingGates", "resourceClaims",
            ], maps: ["nodeSelector", "overhead"])
        modifyEach("volumes", of: &spec, applyToVolume)
        for list in PodPart.containerLists { modifyEach(list, of: &spec, applyToContainer) }
        set("restartPolicy", "Always", in: &spec)
        set("terminationGracePeriodSeconds", 30, in: &spec)
        set("dnsPolicy", "ClusterFirst", in: &spec)
        // The old name of the field always has the same value.
        if let name = (spec["serviceAccountName"].present ?? spec["serviceAccount"].present) {
            spec["serviceAccountName"] = name
            spec["serviceAccount"] = name
        }
        set("securityContext", [:], in: &spec)
        set("schedulerName", "default-scheduler", in: &spec)
        makeQuantitiesCanonical("overhead", of: &spec)
        guard spec["resources"].present != nil else { return }
        applyToPodResources(&spec)
    }

    /// What is filled in for pods, but not in templates.
    static func applyForPod(to spec: inout JSONObject) {
        set("enableServiceLinks", true, in: &spec)
        let isHostNetwork = spec["hostNetwork"]?.bool ?? false
        for list in ["initContainers", "containers"] {
            modifyEach(list, of: &spec) { container in
                modify("resources", of: &container) { resources in
                    guard let limits = resources["limits"]?.object, !limits.isEmpty else { return }
                    var requests = resources["requests"]?.object ?? JSONObject()
                    for (name, amount) in limits where requests[name].present == nil { requests[name] = amount }
                    resources["requests"] = .object(requests)
                }
                guard isHostNetwork else { return }
                modifyEach("ports", of: &container) { port in
                    if port["hostPort"]?.integer ?? 0 == 0 { port["hostPort"] = port["containerPort"] }
                }
            }
        }
    }

    /// Requests of the whole pod that are missing follow from those of its containers, or else from the limits.
    private static func applyToPodResources(_ spec: inout JSONObject) {
        let requested = PodResources.containerRequests(in: PodPart(spec))
        modify("resources", of: &spec) { resources in
            makeQuantitiesCanonical("limits", of: &resources)
            makeQuantitiesCanonical("requests", of: &resources)
            guard let limits = resources["limits"]?.object, !limits.isEmpty else { return }
            var requests = resources["requests"]?.object ?? JSONObject()
            for (name, limit) in limits where requests[name].present == nil {
                guard name == "cpu" || name == "memory" || ResourceName(name).isHugePages else { continue }
                requests[name] = requested.first { $0.name == name && !ResourceName(name).isHugePages }?.total.json ?? limit
            }
            if !requests.isEmpty { resources["requests"] = .object(requests) }
        }
    }
}

/// How defaults are written.
extension PodSpecDefaults {
    static func set(_ field: String, _ value: JSONValue, in part: inout JSONObject) {
        if part[field].present == nil { part[field] = value }
    }

    /// A number of which 0 is the same as none.
    static func setNumber(_ field: String, _ value: Int64, in part: inout JSONObject) {
        if part[field]?.integer ?? 0 == 0 { part[field] = .integer(value) }
    }

    /// A text of which the empty one is the same as none.
    static func setText(_ field: String, _ value: String, in part: inout JSONObject) {
        if (part[field]?.string ?? "").isEmpty { part[field] = .string(value) }
    }

    static func modify(_ field: String, of part: inout JSONObject, _ change: (inout JSONObject) -> Void) {
        guard var value = part[field]?.object else { return }
        change(&value)
        part[field] = .object(value)
    }

    static func modifyEach(_ list: String, of part: inout JSONObject, _ change: (inout JSONObject) -> Void) {
        guard let elements = part[list]?.array else { return }
        part[list] = .array(
            elements.map { element in
                guard var value = element.object else { return element }
                change(&value)
                return .object(value)
            })
    }

    /// Takes away what Kubernetes does not write: empty texts and lists, false and 0. Only for fields where these mean the same as nothing.
    static func dropZeros(
        _ part: inout JSONObject, texts: [String] = [], flags: [String] = [], numbers: [String] = [], lists: [String] = [], maps: [String] = []
    ) {
        for field in texts where part[field]?.string == "" { part.removeValue(forKey: field) }
        for field in flags where part[field]?.bool == false { part.removeValue(forKey: field) }
        for field in numbers where part[field]?.integer == 0 { part.removeValue(forKey: field) }
        for field in lists where part[field]?.array?.isEmpty ?? false { part.removeValue(forKey: field) }
        for field in maps where part[field]?.object?.isEmpty ?? false { part.removeValue(forKey: field) }
    }

    /// A null says that a field is absent.
    static func withoutNulls(_ object: JSONObject) -> JSONObject {
        var result = JSONObject()
        for (key, value) in object where !value.isNull { result[key] = withoutNulls(value) }
        return result
    }

    private static func withoutNulls(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let members): .object(withoutNulls(members))
        case .array(let elements): .array(elements.map { withoutNulls($0) })
        default: value
        }
    }

    static func makeCanonical(_ field: String, of part: inout JSONObject) {
        if let quantity = part[field].flatMap({ Quantity(json: $0) }) { part[field] = .string(quantity.canonicalText) }
    }

    /// The amounts of resources, which are whole thousandths.
    static func makeQuantitiesCanonical(_ field: String, of part: inout JSONObject) {
        modify(field, of: &part) { amounts in
            for name in Array(amounts.keys) {
                guard let amount = amounts[name].flatMap({ Quantity(json: $0) }) else { continue }
                let rounded = Quantity(milli: amount.milliValue(), format: amount.format)
                // Beyond 64 bits there are no thousandths to round.
                amounts[name] = .string((rounded >= amount && !amount.isNegative ? rounded : amount).canonicalText)
            }
        }
    }
}
