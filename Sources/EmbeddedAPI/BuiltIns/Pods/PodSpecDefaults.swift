import KubernetesAPI

/// The defaults of a pod's spec.
enum PodSpecDefaults {
    static func apply(to spec: inout JSONObject) {}
}
