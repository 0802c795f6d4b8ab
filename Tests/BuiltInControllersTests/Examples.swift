import KubernetesAPI

@testable import BuiltInControllers

/// Noon of the tests: times are seconds from it.
func at(_ seconds: Int64) -> Time { Time(secondsSince1970: 1_780_000_000 + seconds) ?? .zero }

extension Pod {
    /// A pod that has been running on node `a` for a long time, owned by nobody.
    static func example(
        _ name: String, labels: [String: String] = ["app": "web"], phase: String = "Running", readySince: Int64? = -100_000, created: Int64 = -200_000,
        node: String? = "a", deleted: Bool = false, restarts: Int32 = 0, cost: String? = nil, owner: OwnerReference? = nil, finalizers: [String]? = nil
    ) -> Pod {
        var meta = ObjectMeta(labels: labels, name: name, namespace: "default", uid: "uid-\(name)")
        meta.creationTimestamp = at(created)
        if deleted { meta.deletionTimestamp = at(-1) }
        if let cost { meta[annotation: "controller.kubernetes.io/pod-deletion-cost"] = cost }
        meta.finalizers = finalizers
        meta.ownerReferences = owner.map { [$0] }
        var pod = Pod(metadata: meta)
        pod.members["spec"] = ["containers": [["name": "main"]]]
        pod.spec?.nodeName = node
        var status: JSONObject = ["phase": .string(phase)]
        if phase == "Running" {
            let since = readySince.map { JSONValue.string(at($0).description) }
            status["conditions"] = [["type": "Ready", "status": .string(readySince == nil ? "False" : "True"), "lastTransitionTime": since ?? .null]]
            status["containerStatuses"] = [["name": "main", "restartCount": .integer(Int64(restarts))]]
        }
        pod.members["status"] = .object(status)
        return pod
    }
}

extension PodTemplateSpec {
    static func example(image: String = "web:1") -> PodTemplateSpec {
        PodTemplateSpec(members: ["metadata": ["labels": ["app": "web"]], "spec": ["containers": [["name": "main", "image": .string(image)]]]])
    }
}

extension ReplicaSet {
    static func example(_ name: String = "web", replicas: Int32 = 3, minReadySeconds: Int32? = nil) -> ReplicaSet {
        let selector = LabelSelector(matchLabels: ["app": "web"])
        let spec = ReplicaSetSpec(selector: selector, replicas: replicas, template: .example(), minReadySeconds: minReadySeconds)
        return ReplicaSet(metadata: ObjectMeta(generation: 1, name: name, namespace: "default", uid: "uid-\(name)"), spec: spec)
    }
}
