public import KubernetesAPI

/// Services. Their addresses and node ports are chosen by ``ServiceAllocation``, after the defaults and before anything else looks at them.
public struct ServiceKind: BuiltInKind {
    static let olderTopologyAnnotation = "service.kubernetes.io/topology-aware-hints"

    public init() {}
    public var type: any Resource.Type { Service.self }
    public var nameRule: NameRule { .dns1123Label }
    public var emptyObject: JSONObject { ["spec": [:], "status": ["loadBalancer": [:]]] }

    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("spec", ServiceDefaults.apply)
        let isLoadBalancer = object["spec"]?["type"] == "LoadBalancer"
        object.editAlwaysPresent("status") { status in
            status.editAlwaysPresent("loadBalancer") { balancer in
                guard isLoadBalancer else { return }
                balancer.editElements("ingress") { if !$0.goString("ip").isEmpty, !$0.goHas("ipMode") { $0["ipMode"] = "VIP" } }
            }
        }
    }

    public func prepareForCreation(_ object: inout JSONObject) { object["status"] = ["loadBalancer": [:]] }

    public func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        object["status"] = old["status"]
        let oldSpec = old.goObject("spec")
        object.editAlwaysPresent("spec") { ServiceDefaults.dropWhatNoLongerApplies(in: &$0, replacing: oldSpec) }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] { ServiceRules(object).errors }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        ServiceRules(object).updateErrors(replacing: old.goObject("spec")) + ServiceRules(object).errors
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let ingress = object.goObject("status").goObject("loadBalancer").goObjects("ingress")
        let path = FieldPath("status", "loadBalancer", "ingress")
        if object.goObject("spec").goString("type") != "LoadBalancer", !ingress.isEmpty {
            return [FieldError(.forbidden, at: path, "may only be used when `spec.type` is \"LoadBalancer\"")]
        }
        return ingress.enumerated().flatMap { index, entry in
            let place = path.index(index)
            var errors: [FieldError] = []
            let ip = entry.goString("ip")
            if !ip.isEmpty { errors += FieldChecks.address(ip, at: place.field("ip")) }
            if !entry.goHas("ipMode") {
                if !ip.isEmpty { errors.append(FieldError(.required, at: place.field("ipMode"), "must be specified when `ip` is set")) }
            } else if ip.isEmpty {
                errors.append(FieldError(.forbidden, at: place.field("ipMode"), "may not be specified when `ip` is not set"))
            } else {
                errors += FieldChecks.oneOf(["Proxy", "VIP"], entry.goString("ipMode"), at: place.field("ipMode"))
            }
            return errors + FieldChecks.loadBalancerAddress(["hostname": entry["hostname"] ?? ""], at: place)
        }
    }

    public func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] { ServiceWarnings.texts(for: object) }

    public func selectableValues(of object: JSONObject) -> [String: String] {
        let spec = object.goObject("spec")
        return ["spec.clusterIP": spec.goString("clusterIP"), "spec.type": spec.goString("type")]
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Type", CoreTexts.serviceType), TableColumn("Cluster-IP", CoreTexts.serviceClusterIP),
            TableColumn("External-IP", CoreTexts.serviceExternalIPs), TableColumn("Port(s)", CoreTexts.servicePorts), .age,
            TableColumn("Selector", priority: 1, CoreTexts.serviceSelector),
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let spec = object.goObject("spec")
        let ports = spec.goObjects("ports").map { port in
            let node = port.goInteger("nodePort")
            return "\(port.goInteger("port"))\(node > 0 ? ":\(node)" : "")/\(port.goString("protocol"))"
        }
        return [
            TableCells.name(object), .string(spec.goString("type")), .string(spec.goStrings("clusterIPs").first ?? "<none>"),
            .string(externalAddress(of: object)), .string(ports.isEmpty ? "<none>" : ports.joined(separator: ",")), TableCells.age(object, now),
            TableCells.labels(spec.goObject("selector")),
        ]
    }

    private func externalAddress(of object: JSONObject) -> String {
        let spec = object.goObject("spec")
        let external = spec.goStrings("externalIPs")
        switch spec.goString("type") {
        case "ClusterIP", "NodePort": return external.isEmpty ? "<none>" : external.joined(separator: ",")
        case "LoadBalancer":
            let balancer = TableCells.loadBalancer(object.goObject("status"))
            let all = (balancer.isEmpty ? [] : [balancer]) + external
            return all.isEmpty ? "<pending>" : all.joined(separator: ",")
        case "ExternalName": return spec.goString("externalName")
        default: return "<unknown>"
        }
    }
}
