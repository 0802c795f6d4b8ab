import KubernetesAPI

extension ServiceAllocation {
    /// Fills in what was chosen for the old Service and the client did not send back.
    static func keepAllocated(in spec: inout JSONObject, from old: JSONObject) {
        if ServiceDefaults.needsClusterIP(old), ServiceDefaults.needsClusterIP(spec) {
            if spec.goString("clusterIP").isEmpty { spec["clusterIP"] = old["clusterIP"] }
            if spec.goList("clusterIPs").isEmpty, spec.goString("clusterIP") == old.goString("clusterIP") { spec["clusterIPs"] = old["clusterIPs"] }
        }
        if ServiceDefaults.needsNodePort(old), ServiceDefaults.needsNodePort(spec) {
            func used(_ spec: JSONObject) -> Set<Int64> { Set(spec.goObjects("ports").map { $0.goInteger("nodePort") }) }
            let kept = used(old).intersection(used(spec))
            let byName = Dictionary(old.goObjects("ports").map { ($0.goString("name"), $0.goInteger("nodePort")) }) { $1 }
            spec.editElements("ports") { port in
                guard port.goInteger("nodePort") == 0, let known = byName[port.goString("name")], known != 0, !kept.contains(known) else { return }
                port["nodePort"] = .integer(known)
            }
        }
        if ServiceDefaults.needsHealthCheckPort(old), ServiceDefaults.needsHealthCheckPort(spec), spec.goInteger("healthCheckNodePort") == 0 {
            spec["healthCheckNodePort"] = old["healthCheckNodePort"]
        }
    }

    /// Clients that know only `clusterIP` change only that: `clusterIPs` follows.
    static func agreeOnAddresses(in spec: inout JSONObject, replacing old: JSONObject?) {
        let address = spec.goString("clusterIP")
        guard let old else {
            if !address.isEmpty, spec.goList("clusterIPs").isEmpty { spec["clusterIPs"] = [.string(address)] }
            return
        }
        let isSameList = spec.goList("clusterIPs") == old.goList("clusterIPs")
        if address == old.goString("clusterIP") {
            if spec.goList("clusterIPs").isEmpty { spec["clusterIPs"] = old["clusterIPs"] }
        } else if isSameList {
            spec["clusterIPs"] = address.isEmpty ? Optional.none : .array([.string(address)])
        } else if !address.isEmpty, spec.goList("clusterIPs").isEmpty {
            spec["clusterIPs"] = [.string(address)]
        }
    }

    /// Decides on the address families. There is only IPv4 here, but headless Services without a selector may have both.
    static func chooseFamilies(in spec: inout JSONObject, replacing old: JSONObject?) throws(Failure) {
        guard spec.goString("type") != "ExternalName" else { return }
        if let old, !spec.goHas("ipFamilyPolicy") { spec["ipFamilyPolicy"] = old["ipFamilyPolicy"] }
        let isFree = spec.goString("clusterIP") == "None" && spec.goObject("selector").isEmpty
        if !spec.goHas("ipFamilyPolicy") { spec["ipFamilyPolicy"] = isFree ? "RequireDualStack" : "SingleStack" }
        let problems = ServiceAddressRules(spec).errors
        guard problems.isEmpty else { throw .invalid(FieldErrors(problems)) }
        var errors = old.map { releaseSecond(in: &spec, replacing: $0) } ?? []
        let path = FieldPath("spec")
        var families = spec.goStrings("ipFamilies")
        let addresses = spec.goStrings("clusterIPs")
        let isSingle = spec.goString("ipFamilyPolicy") == "SingleStack"
        for (count, what) in [(addresses.count, "cluster IPs"), (families.count, "IP families")] where isSingle && count == 2 {
            let detail = "must be 'RequireDualStack' or 'PreferDualStack' when multiple \(what) are specified"
            errors.append(FieldError(.invalid, at: path.field("ipFamilyPolicy"), value: "SingleStack", detail))
        }
        if addresses.first != "None" {
            for (index, text) in addresses.enumerated() where index >= families.count {
                guard let address = InternetAddress(text) else { continue }
                if address.isIPv6 {
                    let value = spec["clusterIPs"] ?? .null
                    errors.append(FieldError(.invalid, at: path.field("clusterIPs").index(index), value: value, "IPv6 is not configured on this cluster"))
                } else {
                    families.append("IPv4")
                }
            }
        }
        guard errors.isEmpty else { throw .invalid(FieldErrors(errors)) }

        if isFree {
            if families.isEmpty { families = ["IPv4"] }
            if families.count < 2, !isSingle { families.append(families[0] == "IPv4" ? "IPv6" : "IPv4") }
            spec["ipFamilies"] = .array(families.map { .string($0) })
            return
        }
        if spec.goString("ipFamilyPolicy") == "RequireDualStack" {
            let detail = "this cluster is not configured for dual-stack services"
            errors.append(FieldError(.invalid, at: path.field("ipFamilyPolicy"), value: "RequireDualStack", detail))
        }
        for (index, family) in families.enumerated() where family != "IPv4" {
            errors.append(FieldError(.invalid, at: path.field("ipFamilies").index(index), value: .string(family), "not configured on this cluster"))
        }
        guard errors.isEmpty else { throw .invalid(FieldErrors(errors)) }
        if families.isEmpty { families = ["IPv4"] }
        spec["ipFamilies"] = .array(families.map { .string($0) })
    }

    /// With the policy SingleStack, a Service that kept both families gives the second one up; with others it must not leave one out.
    private static func releaseSecond(in spec: inout JSONObject, replacing old: JSONObject) -> [FieldError] {
        var errors: [FieldError] = []
        for (field, what) in [("clusterIPs", "cluster IP"), ("ipFamilies", "IP family")] {
            let (new, previous) = (spec.goList(field), old.goList(field))
            if spec.goString("ipFamilyPolicy") == "SingleStack" {
                if new == previous, new.count > 1 { spec[field] = .array([new[0]]) }
            } else if previous.count == 2, new.count == 1, new[0] == previous[0] {
                let detail = "must be 'SingleStack' to release the secondary \(what)"
                errors.append(FieldError(.invalid, at: FieldPath("spec", "ipFamilyPolicy"), value: spec["ipFamilyPolicy"] ?? .null, detail))
            }
        }
        return errors
    }
}
