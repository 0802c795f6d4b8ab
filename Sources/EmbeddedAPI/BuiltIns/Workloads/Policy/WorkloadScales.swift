import KubernetesAPI

/// How many pods the owners of pods want, for budgets that are percentages.
struct WorkloadScales {
    let reading: any ObjectReading

    /// `spec.replicas` of the controller that an owner reference names; nil for one that has none.
    func replicas(of owner: JSONValue, namespace: String) -> Int64? {
        let resources = ["ReplicaSet": "replicasets", "Deployment": "deployments", "StatefulSet": "statefulsets"]
        guard let plural = resources[owner["kind"]?.string ?? ""], owner["apiVersion"]?.string == "apps/v1" else { return nil }
        let object = reading.object(GroupResource(group: "apps", resource: plural), namespace: namespace, name: owner["name"]?.string ?? "")
        return object?["spec"]?["replicas"]?.integer
    }
}
