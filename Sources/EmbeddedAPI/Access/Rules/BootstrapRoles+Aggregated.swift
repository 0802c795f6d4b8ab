/// The parts of `admin`, `edit` and `view`.
extension BootstrapRoles {
    private static let read = ["get", "list", "watch"]
    private static let write = ["create", "delete", "deletecollection", "patch", "update"]
    private static let readAndWrite = ["create", "delete", "deletecollection", "get", "list", "patch", "update", "watch"]

    static let administration = [
        AccessRule(verbs: ["create"], groups: ["authorization.k8s.io"], resources: ["localsubjectaccessreviews"]),
        AccessRule(verbs: readAndWrite, groups: ["rbac.authorization.k8s.io"], resources: ["rolebindings", "roles"]),
    ]

    static let editing = [
        AccessRule(
            verbs: read, groups: [""], resources: ["pods/attach", "pods/exec", "pods/portforward", "pods/proxy", "secrets", "services/proxy"]),
        AccessRule(verbs: ["impersonate"], groups: [""], resources: ["serviceaccounts"]),
        AccessRule(verbs: write, groups: [""], resources: ["pods", "pods/attach", "pods/exec", "pods/portforward", "pods/proxy"]),
        AccessRule(verbs: ["create"], groups: [""], resources: ["pods/eviction"]),
        AccessRule(
            verbs: write, groups: [""],
            resources: [
                "configmaps", "events", "persistentvolumeclaims", "replicationcontrollers", "replicationcontrollers/scale", "secrets", "serviceaccounts",
                "services", "services/proxy",
            ]),
        AccessRule(verbs: ["create"], groups: [""], resources: ["serviceaccounts/token"]),
        AccessRule(
            verbs: write, groups: ["apps"],
            resources: [
                "daemonsets", "deployments", "deployments/rollback", "deployments/scale", "replicasets", "replicasets/scale", "statefulsets",
                "statefulsets/scale",
            ]),
        AccessRule(verbs: write, groups: ["autoscaling"], resources: ["horizontalpodautoscalers"]),
        AccessRule(verbs: write, groups: ["batch"], resources: ["cronjobs", "jobs"]),
        AccessRule(
            verbs: write, groups: ["extensions"],
            resources: [
                "daemonsets", "deployments", "deployments/rollback", "deployments/scale", "ingresses", "networkpolicies", "replicasets", "replicasets/scale",
                "replicationcontrollers/scale",
            ]),
        AccessRule(verbs: write, groups: ["policy"], resources: ["poddisruptionbudgets"]),
        AccessRule(verbs: write, groups: ["networking.k8s.io"], resources: ["ingresses", "networkpolicies"]),
        AccessRule(verbs: readAndWrite, groups: ["coordination.k8s.io"], resources: ["leases"]),
        AccessRule(verbs: write, groups: ["resource.k8s.io"], resources: ["resourceclaims", "resourceclaimtemplates"]),
    ]

    static let viewing = [
        AccessRule(
            verbs: read, groups: [""],
            resources: [
                "configmaps", "endpoints", "persistentvolumeclaims", "persistentvolumeclaims/status", "pods", "replicationcontrollers",
                "replicationcontrollers/scale", "serviceaccounts", "services", "services/status",
            ]),
        AccessRule(
            verbs: read, groups: [""],
            resources: [
                "bindings", "events", "limitranges", "namespaces/status", "pods/log", "pods/status", "replicationcontrollers/status", "resourcequotas",
                "resourcequotas/status",
            ]),
        AccessRule(verbs: read, groups: [""], resources: ["namespaces"]),
        AccessRule(verbs: read, groups: ["discovery.k8s.io"], resources: ["endpointslices"]),
        AccessRule(
            verbs: read, groups: ["apps"],
            resources: [
                "controllerrevisions", "daemonsets", "daemonsets/status", "deployments", "deployments/scale", "deployments/status", "replicasets",
                "replicasets/scale", "replicasets/status", "statefulsets", "statefulsets/scale", "statefulsets/status",
            ]),
        AccessRule(verbs: read, groups: ["autoscaling"], resources: ["horizontalpodautoscalers", "horizontalpodautoscalers/status"]),
        AccessRule(verbs: read, groups: ["batch"], resources: ["cronjobs", "cronjobs/status", "jobs", "jobs/status"]),
        AccessRule(
            verbs: read, groups: ["extensions"],
            resources: [
                "daemonsets", "daemonsets/status", "deployments", "deployments/scale", "deployments/status", "ingresses", "ingresses/status",
                "networkpolicies", "replicasets", "replicasets/scale", "replicasets/status", "replicationcontrollers/scale",
            ]),
        AccessRule(verbs: read, groups: ["policy"], resources: ["poddisruptionbudgets", "poddisruptionbudgets/status"]),
        AccessRule(verbs: read, groups: ["networking.k8s.io"], resources: ["ingresses", "ingresses/status", "networkpolicies"]),
        AccessRule(
            verbs: read, groups: ["resource.k8s.io"], resources: ["resourceclaims", "resourceclaims/status", "resourceclaimtemplates"]),
    ]
}
