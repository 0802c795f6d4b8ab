import KubernetesAPI

/// What Kubernetes refuses in a Service, in the order in which it looks.
struct ServiceRules {
    private let object: JSONObject
    private let spec: JSONObject
    private let path = FieldPath("spec")
    private var type: String { spec.goString("type") }
    private var isHeadless: Bool { ServiceDefaults.isHeadless(spec) }

    init(_ object: JSONObject) {
        self.object = object
        spec = object.goObject("spec")
    }

    var errors: [FieldError] {
        annotationErrors + typeErrors + portErrors + FieldChecks.labels(spec.goObject("selector"), at: path.field("selector")) + affinityErrors
            + ServiceAddressRules(spec).errors + externalIPErrors
            + FieldChecks.requiredOneOf(["ClusterIP", "ExternalName", "LoadBalancer", "NodePort"], type, at: path.field("type"))
            + duplicatePortErrors + loadBalancerErrors + trafficErrors
    }

    private var annotationErrors: [FieldError] {
        let (mode, older) = ("service.kubernetes.io/topology-mode", ServiceKind.olderTopologyAnnotation)
        let annotations = object.goMetadata.goObject("annotations")
        guard let value = annotations[mode], let other = annotations[older], value != other else { return [] }
        let detail = "must match annotations[\(older)] when both are specified"
        return [FieldError(.invalid, at: FieldPath("metadata", "annotations").key(mode), value: value, detail)]
    }

    private var typeErrors: [FieldError] {
        var errors: [FieldError] = []
        let address = path.field("clusterIPs").index(0)
        if spec.goList("ports").isEmpty, !isHeadless, type != "ExternalName" { errors.append(FieldError(.required, at: path.field("ports"))) }
        switch type {
        case "LoadBalancer", "NodePort":
            if isHeadless { errors.append(FieldError(.invalid, at: address, value: "None", "may not be set to 'None' for \(type) services")) }
        case "ExternalName":
            for field in ["clusterIPs", "ipFamilies"] where !spec.goList(field).isEmpty {
                errors.append(FieldError(.forbidden, at: path.field(field), "may not be set for ExternalName services"))
            }
            if spec.goHas("ipFamilyPolicy") {
                errors.append(FieldError(.forbidden, at: path.field("ipFamilyPolicy"), "may not be set for ExternalName services"))
            }
            var host = spec.goString("externalName")
            if host.hasSuffix(".") { host.removeLast() }
            errors += FieldChecks.requiredName(.dns1123Subdomain, host, at: path.field("externalName"))
        default: break
        }
        return errors
    }

    private var portErrors: [FieldError] {
        let ports = spec.goObjects("ports")
        var names: Set<String> = []
        return ports.enumerated().flatMap { index, port in
            let place = path.field("ports").index(index)
            var errors: [FieldError] = []
            let name = port.goString("name")
            if name.isEmpty {
                if ports.count > 1 { errors.append(FieldError(.required, at: place.field("name"))) }
            } else {
                errors += FieldChecks.name(.dns1123Label, name, at: place.field("name"))
                if !names.insert(name).inserted { errors.append(FieldError(.duplicate, at: place.field("name"), value: .string(name))) }
            }
            errors += FieldChecks.port(port.goInteger("port"), at: place.field("port"))
            errors += FieldChecks.requiredOneOf(["SCTP", "TCP", "UDP"], port.goString("protocol"), at: place.field("protocol"))
            errors += FieldChecks.portOrName(port["targetPort"], at: place.field("targetPort"))
            if let appProtocol = port["appProtocol"]?.string {
                errors += FieldChecks.name(.qualifiedName, appProtocol, at: place.field("appProtocol"))
            }
            return errors
        }
    }

    private var affinityErrors: [FieldError] {
        let place = path.field("sessionAffinityConfig")
        let affinity = spec.goString("sessionAffinity")
        let errors = FieldChecks.requiredOneOf(["ClientIP", "None"], affinity, at: path.field("sessionAffinity"))
        switch affinity {
        case "None" where spec.goHas("sessionAffinityConfig"):
            return errors + [FieldError(.forbidden, at: place, "must not be set when session affinity is None")]
        case "ClientIP":
            let seconds = spec.goObject("sessionAffinityConfig").goObject("clientIP").goInteger("timeoutSeconds")
            if (1...86400).contains(seconds) { return errors }
            let detail = "must be greater than 0 and less than 86400"
            return errors + [FieldError(.invalid, at: place.field("clientIP").field("timeoutSeconds"), value: .integer(seconds), detail)]
        default: return errors
        }
    }

    private var externalIPErrors: [FieldError] {
        spec.goStrings("externalIPs").enumerated().flatMap { index, ip in
            let place = path.field("externalIPs").index(index)
            let errors = FieldChecks.address(ip, at: place)
            return errors.isEmpty ? FieldChecks.ordinaryAddress(ip, at: place) : errors
        }
    }

    private var duplicatePortErrors: [FieldError] {
        let ports = spec.goObjects("ports").enumerated()
        var errors: [FieldError] = []
        if type == "ClusterIP" {
            for (index, port) in ports where port.goInteger("nodePort") != 0 {
                let place = path.field("ports").index(index).field("nodePort")
                errors.append(FieldError(.forbidden, at: place, "may not be used when `type` is 'ClusterIP'"))
            }
        }
        var (nodePorts, numbers): (Set<String>, Set<String>) = ([], [])
        for (index, port) in ports where port.goInteger("nodePort") != 0 {
            let number = port.goInteger("nodePort")
            guard !nodePorts.insert("\(port.goString("protocol")) \(number)").inserted else { continue }
            errors.append(FieldError(.duplicate, at: path.field("ports").index(index).field("nodePort"), value: .integer(number)))
        }
        for (index, port) in ports where !numbers.insert("\(port.goString("protocol")) \(port.goInteger("port"))").inserted {
            // Kubernetes prints its own type here, with all of its fields.
            let value: JSONValue = [
                "Name": "", "Protocol": .string(port.goString("protocol")), "AppProtocol": .null, "Port": .integer(port.goInteger("port")), "TargetPort": 0,
                "NodePort": 0,
            ]
            errors.append(FieldError(.duplicate, at: path.field("ports").index(index), value: value))
        }
        return errors
    }

    private var loadBalancerErrors: [FieldError] {
        let detail = "may only be used when `type` is 'LoadBalancer'"
        let annotation = "service.beta.kubernetes.io/load-balancer-source-ranges"
        let isLoadBalancer = type == "LoadBalancer"
        var errors: [FieldError] = []
        let ranges = spec.goStrings("loadBalancerSourceRanges")
        if !ranges.isEmpty {
            let place = path.field("LoadBalancerSourceRanges")
            if !isLoadBalancer { errors.append(FieldError(.forbidden, at: place, detail)) }
            errors += ranges.enumerated().flatMap { FieldChecks.range($1.withoutSpaceAround, at: place.index($0)) }
        } else if let text = object.goMetadata.goObject("annotations")[annotation]?.string {
            let place = FieldPath("metadata", "annotations").key(annotation)
            if !isLoadBalancer { errors.append(FieldError(.forbidden, at: place, detail)) }
            let ranges = text.withoutSpaceAround.isEmpty ? [] : text.split(separator: ",", omittingEmptySubsequences: false)
            errors += ranges.flatMap { FieldChecks.range(String($0).withoutSpaceAround, at: place) }
        }
        let allocates = path.field("allocateLoadBalancerNodePorts")
        if spec.goHas("allocateLoadBalancerNodePorts"), !isLoadBalancer { errors.append(FieldError(.forbidden, at: allocates, detail)) }
        if !spec.goHas("allocateLoadBalancerNodePorts"), isLoadBalancer {
            errors.append(FieldError(.required, at: FieldPath("allocateLoadBalancerNodePorts")))
        }
        if let name = spec["loadBalancerClass"]?.string {
            if !isLoadBalancer { errors.append(FieldError(.forbidden, at: path.field("loadBalancerClass"), detail)) }
            errors += FieldChecks.name(.qualifiedName, name, at: path.field("loadBalancerClass"))
        }
        return errors
    }

    private var trafficErrors: [FieldError] {
        var errors: [FieldError] = []
        let policies = ["Cluster", "Local"]
        let (external, externalPath) = (spec.goString("externalTrafficPolicy"), path.field("externalTrafficPolicy"))
        if ServiceDefaults.isReachableFromOutside(spec) {
            errors += FieldChecks.requiredOneOf(policies, external, at: externalPath)
        } else if !external.isEmpty {
            errors.append(FieldError(.invalid, at: externalPath, value: .string(external), "may only be set for externally-accessible services"))
        }
        let (port, portPath) = (spec.goInteger("healthCheckNodePort"), path.field("healthCheckNodePort"))
        if ServiceDefaults.needsHealthCheckPort(spec) {
            errors += port == 0 ? [FieldError(.required, at: portPath)] : FieldChecks.port(port, at: portPath)
        } else if port != 0 {
            let detail = "may only be set when `type` is 'LoadBalancer' and `externalTrafficPolicy` is 'Local'"
            errors.append(FieldError(.invalid, at: portPath, value: .integer(port), detail))
        }
        if let `internal` = spec["internalTrafficPolicy"]?.string {
            errors += FieldChecks.oneOf(policies, `internal`, at: path.field("internalTrafficPolicy"))
        } else if ServiceDefaults.needsClusterIP(spec) {
            errors.append(FieldError(.required, at: path.field("internalTrafficPolicy")))
        }
        if let distribution = spec["trafficDistribution"]?.string {
            errors += FieldChecks.oneOf(["PreferClose", "PreferSameNode", "PreferSameZone"], distribution, at: path.field("trafficDistribution"))
        }
        return errors
    }

    /// The first address and family stay as they are for as long as the Service has some; so does the class of a load balancer.
    func updateErrors(replacing old: JSONObject) -> [FieldError] {
        var errors: [FieldError] = []
        if type != "ExternalName", old.goString("type") != "ExternalName" {
            errors += firstStays("clusterIPs", "clusterIP", old)
            let isFree = { (spec: JSONObject) in ServiceDefaults.isHeadless(spec) && spec.goObject("selector").isEmpty }
            if isFree(spec) == isFree(old) { errors += firstStays("ipFamilies", "ipFamily", old) }
        }
        if type == "LoadBalancer", old.goString("type") == "LoadBalancer" {
            errors += FieldChecks.unchanged(spec["loadBalancerClass"], old["loadBalancerClass"], at: path.field("loadBalancerClass"))
        }
        let healthCheck = "healthCheckNodePort"
        if ServiceDefaults.needsHealthCheckPort(spec), ServiceDefaults.needsHealthCheckPort(old), spec.goInteger(healthCheck) != old.goInteger(healthCheck) {
            errors.append(FieldError(.forbidden, at: path.field(healthCheck), "field is immutable"))
        }
        return errors
    }

    private func firstStays(_ field: String, _ one: String, _ oldSpec: JSONObject) -> [FieldError] {
        let (new, old) = (spec.goStrings(field), oldSpec.goStrings(field))
        let value = spec[field].present ?? .null
        func changed(_ index: Int) -> FieldError {
            FieldError(.invalid, at: path.field(field).index(index), value: value, "may not change once set")
        }
        if new.count == old.count { return new.indices.filter { new[$0] != old[$0] }.map(changed) }
        if new.isEmpty { return [FieldError(.invalid, at: path.field(field).index(0), value: value, "primary \(one) can not be unset")] }
        return !old.isEmpty && new[0] != old[0] ? [changed(0)] : []
    }
}
