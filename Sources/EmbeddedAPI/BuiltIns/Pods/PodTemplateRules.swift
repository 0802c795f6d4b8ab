import KubernetesAPI

/// What Kubernetes fills in and refuses in the pod template of a workload, and in the spec of a pod itself.
///
/// Pure functions on JSON: the kinds with a template (ReplicaSet, Deployment, Job, …) share them with Pod.
enum PodTemplateRules {
    /// Fills in the defaults of `template`, an object with `metadata` and `spec`.
    static func applyDefaults(to template: inout JSONObject) {
        var spec = template["spec"]?.object ?? JSONObject()
        PodSpecDefaults.apply(to: &spec)
        template["spec"] = .object(spec)
    }

    /// What is wrong with a defaulted template: its labels, its annotations and its pod's spec.
    static func errors(in template: JSONObject, at path: FieldPath) -> [FieldError] {
        []
    }

    /// What people should know about a template that is allowed.
    static func warnings(in template: JSONObject, at path: FieldPath) -> [String] {
        []
    }
}
