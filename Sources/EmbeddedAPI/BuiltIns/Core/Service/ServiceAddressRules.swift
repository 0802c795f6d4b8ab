import KubernetesAPI

/// What Kubernetes requires of a Service's addresses and address families. Looked at before addresses are chosen, and again with everything else.
struct ServiceAddressRules {
    private let spec: JSONObject
    private let path = FieldPath("spec")

    init(_ spec: JSONObject) { self.spec = spec }

    var errors: [FieldError] {
        guard spec.goString("type") != "ExternalName" else { return [] }
        let (address, addresses) = (spec.goString("clusterIP"), spec.goStrings("clusterIPs"))
        let place = path.field("clusterIPs")
        let value = spec["clusterIPs"].present ?? .null
        var errors: [FieldError] = []
        if address.isEmpty {
            if !addresses.isEmpty { errors.append(FieldError(.invalid, at: place, value: value, "must be empty when `clusterIP` is not specified")) }
        } else if addresses.isEmpty {
            errors.append(FieldError(.required, at: place))
        } else if addresses[0] != address {
            errors.append(FieldError(.invalid, at: place, value: value, "first value must match `clusterIP`"))
        }
        errors += familyErrors

        var hasInvalid = false
        for (index, text) in addresses.enumerated() {
            if index == 0, text == "None" {
                guard addresses.count > 1 else { continue }
                hasInvalid = true
                errors.append(FieldError(.invalid, at: place, value: value, "'None' must be the first and only value"))
                continue
            }
            let found = FieldChecks.address(text, at: place.index(index))
            hasInvalid = hasInvalid || !found.isEmpty
            errors += found
        }
        if addresses.count > 2 { errors.append(FieldError(.invalid, at: place, value: value, "may only hold up to 2 values")) }
        guard !hasInvalid else { return errors }

        let families = addresses.compactMap { InternetAddress($0)?.isIPv6 }
        if addresses.count > 1, Set(families).count != addresses.count {
            errors.append(FieldError(.invalid, at: place, value: value, "may specify no more than one IP for each IP family"))
        }
        if errors.isEmpty {
            for (index, (isIPv6, wanted)) in zip(families, spec.goStrings("ipFamilies")).enumerated() where isIPv6 != (wanted == "IPv6") {
                let detail = "expected an \(wanted) value as indicated by `ipFamilies[\(index)]`"
                errors.append(FieldError(.invalid, at: place.index(index), value: .string(addresses[index]), detail))
            }
        }
        return errors
    }

    private var familyErrors: [FieldError] {
        let place = path.field("ipFamilies")
        var seen: Set<String> = []
        let errors = spec.goStrings("ipFamilies").enumerated().flatMap { index, family in
            FieldChecks.oneOf(["IPv4", "IPv6"], family, at: place.index(index))
                + (seen.insert(family).inserted ? [] : [FieldError(.duplicate, at: place.index(index), value: .string(family))])
        }
        guard let policy = spec["ipFamilyPolicy"]?.string else { return errors }
        return errors + FieldChecks.oneOf(["PreferDualStack", "RequireDualStack", "SingleStack"], policy, at: path.field("ipFamilyPolicy"))
    }
}
