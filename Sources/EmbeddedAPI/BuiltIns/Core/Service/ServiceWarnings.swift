import KubernetesAPI

/// What Kubernetes says about Services that are allowed, but hardly meant.
enum ServiceWarnings {
    static func texts(for object: JSONObject) -> [String] {
        let (spec, path) = (object.goObject("spec"), FieldPath("spec"))
        let isExternalName = spec.goString("type") == "ExternalName"
        let isHeadless = spec.goString("type") == "ClusterIP" && spec.goString("clusterIP") == "None"
        let externalIPs = spec.goStrings("externalIPs")
        var texts: [String] = []
        let older = ServiceKind.olderTopologyAnnotation
        if object.goMetadata.goObject("annotations")[older] != nil {
            texts.append("annotation \(older) is deprecated, please use service.kubernetes.io/topology-mode instead")
        }
        for (index, text) in spec.goStrings("clusterIPs").enumerated() { texts += AddressWarnings.texts(for: text, at: path.field("clusterIPs").index(index)) }
        if isHeadless {
            if !spec.goString("loadBalancerIP").isEmpty { texts.append("spec.loadBalancerIP is ignored for headless services") }
            if !externalIPs.isEmpty { texts.append("spec.externalIPs is ignored for headless services") }
            if spec.goString("sessionAffinity") != "None" { texts.append("spec.SessionAffinity is ignored for headless services") }
        }
        for (index, text) in externalIPs.enumerated() { texts += AddressWarnings.texts(for: text, at: path.field("externalIPs").index(index)) }
        if !externalIPs.isEmpty, !isHeadless, !isExternalName {
            texts.append("spec.externalIPs is deprecated and may no longer be implemented in some clusters")
        }
        texts += AddressWarnings.texts(for: spec.goString("loadBalancerIP"), at: path.field("loadBalancerIP"))
        for (index, text) in spec.goStrings("loadBalancerSourceRanges").enumerated() {
            texts += AddressWarnings.texts(forRange: text.withoutSpaceAround, at: path.field("loadBalancerSourceRanges").index(index))
        }
        if isExternalName, !externalIPs.isEmpty { texts.append("spec.externalIPs is ignored when spec.type is \"ExternalName\"") }
        if !isExternalName, !spec.goString("externalName").isEmpty { texts.append("spec.externalName is ignored when spec.type is not \"ExternalName\"") }
        if spec.goString("trafficDistribution") == "PreferClose" {
            texts.append("spec.trafficDistribution: \"PreferClose\" is deprecated; use \"PreferSameZone\"")
        }
        return texts
    }
}
