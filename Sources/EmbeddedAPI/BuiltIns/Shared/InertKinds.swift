public import KubernetesAPI

/// Kinds that are stored as in any cluster, but that nothing acts on here.
public enum InertKinds {
    /// What a write to them can be answered with, as a `Warning`. Kubernetes sends none, since there every cluster brings its own controllers.
    public static let notes: [GroupResource: String] = [
        GroupResource(group: "", resource: "endpoints"): note("Endpoints", "nothing routes to them"),
        GroupResource(group: "", resource: "limitranges"): note("LimitRange", "its limits and defaults do not apply to pods"),
        GroupResource(group: "", resource: "persistentvolumes"): note("PersistentVolume", "no claim is bound to it"),
        GroupResource(group: "", resource: "resourcequotas"): note("ResourceQuota", "nothing is counted or refused"),
        GroupResource(group: "autoscaling", resource: "horizontalpodautoscalers"): note("HorizontalPodAutoscaler", "nothing is scaled by it"),
        GroupResource(group: "networking.k8s.io", resource: "ingressclasses"): note("IngressClass", "there is no ingress controller"),
        GroupResource(group: "networking.k8s.io", resource: "ingresses"): note("Ingress", "there is no ingress controller, so nothing is routed by it"),
        GroupResource(group: "networking.k8s.io", resource: "networkpolicies"): note("NetworkPolicy", "connections are not restricted by it"),
    ]

    private static func note(_ kind: String, _ consequence: String) -> String {
        "the embedded API server stores \(kind) objects without acting on them: \(consequence)"
    }
}

/// Kinds that Kubernetes itself has deprecated.
public enum DeprecatedKinds {
    /// What every request for them, reading ones included, is answered with as a `Warning`.
    public static let notes: [GroupResource: String] = [
        GroupResource(group: "", resource: "endpoints"): "v1 Endpoints is deprecated in v1.33+; use discovery.k8s.io/v1 EndpointSlice"
    ]
}
