import KubernetesAPI

/// What Kubernetes fills into the spec of a Service, and what it drops when the type changes.
enum ServiceDefaults {
    static func apply(to spec: inout JSONObject) {
        spec.fillIn("sessionAffinity", "None")
        switch spec.goString("sessionAffinity") {
        case "None": spec.removeValue(forKey: "sessionAffinityConfig")
        case "ClientIP":
            if !spec.goObject("sessionAffinityConfig").goObject("clientIP").goHas("timeoutSeconds") {
                spec["sessionAffinityConfig"] = ["clientIP": ["timeoutSeconds": 10800]]
            }
        default: break
        }
        spec.fillIn("type", "ClusterIP")
        spec.editElements("ports") { port in
            port.fillIn("protocol", "TCP")
            if port.goInteger("targetPort") == 0, port.goString("targetPort").isEmpty { port["targetPort"] = .integer(port.goInteger("port")) }
        }
        if isReachableFromOutside(spec) { spec.fillIn("externalTrafficPolicy", "Cluster") }
        if needsClusterIP(spec), !spec.goHas("internalTrafficPolicy") { spec["internalTrafficPolicy"] = "Cluster" }
        if spec.goString("type") == "LoadBalancer", !spec.goHas("allocateLoadBalancerNodePorts") { spec["allocateLoadBalancerNodePorts"] = true }
    }

    static func needsClusterIP(_ spec: JSONObject) -> Bool { ["ClusterIP", "NodePort", "LoadBalancer"].contains(spec.goString("type")) }

    static func needsNodePort(_ spec: JSONObject) -> Bool {
        switch spec.goString("type") {
        case "NodePort": true
        case "LoadBalancer": spec["allocateLoadBalancerNodePorts"]?.bool ?? true
        default: false
        }
    }

    static func needsHealthCheckPort(_ spec: JSONObject) -> Bool {
        spec.goString("type") == "LoadBalancer" && spec.goString("externalTrafficPolicy") == "Local"
    }

    static func isReachableFromOutside(_ spec: JSONObject) -> Bool {
        switch spec.goString("type") {
        case "LoadBalancer", "NodePort": true
        case "ClusterIP": !spec.goList("externalIPs").isEmpty
        default: false
        }
    }

    static func isHeadless(_ spec: JSONObject) -> Bool { spec.goStrings("clusterIPs").first == "None" }

    /// Drops what the old type needed and the new one does not, where the client sent it back unchanged.
    static func dropWhatNoLongerApplies(in spec: inout JSONObject, replacing old: JSONObject) {
        func drop(_ fields: String..., unlessChangedFrom old: JSONObject) {
            for field in fields where (spec[field].present ?? .null) == (old[field].present ?? .null) { spec.removeValue(forKey: field) }
        }
        if needsClusterIP(old), !needsClusterIP(spec) {
            if spec.goList("clusterIPs") == old.goList("clusterIPs"), spec.goString("clusterIP") == old.goString("clusterIP") {
                drop("clusterIP", "clusterIPs", unlessChangedFrom: old)
            }
            drop("ipFamilies", "ipFamilyPolicy", unlessChangedFrom: old)
        }
        if needsNodePort(old), !needsNodePort(spec), nodePorts(spec) == nodePorts(old) {
            spec.editElements("ports") { $0.removeValue(forKey: "nodePort") }
        }
        if needsHealthCheckPort(old), !needsHealthCheckPort(spec) { drop("healthCheckNodePort", unlessChangedFrom: old) }
        let (was, isNow) = (old.goString("type") == "LoadBalancer", spec.goString("type") == "LoadBalancer")
        if was, !isNow { drop("allocateLoadBalancerNodePorts", "loadBalancerClass", unlessChangedFrom: old) }
        if isReachableFromOutside(old), !isReachableFromOutside(spec) { drop("externalTrafficPolicy", unlessChangedFrom: old) }
    }

    private static func nodePorts(_ spec: JSONObject) -> Set<Int64> { Set(spec.goObjects("ports").map { $0.goInteger("nodePort") }.filter { $0 != 0 }) }
}
