public import KubernetesAPI

/// The `scale` subresource of Deployments, ReplicaSets and StatefulSets. That of custom resources is ``ScalePaths``.
public enum ScaleSubresource {
    /// The resources that have it.
    public static let resources = ["deployments", "replicasets", "statefulsets"].map { GroupResource(group: "apps", resource: $0) }

    /// The `autoscaling/v1` Scale of an object.
    public static func scale(of object: JSONObject) -> JSONObject {
        let metadata = object["metadata"]?.object ?? JSONObject()
        let shown = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"].compactMap { field in metadata[field].map { (field, $0) } }
        let replicas = WorkloadTable.count(object, "spec", "replicas")
        var status: JSONObject = ["replicas": .integer(WorkloadTable.count(object, "status", "replicas"))]
        let selector = WorkloadTable.selectorText(object["spec"]?["selector"])
        if !selector.isEmpty { status["selector"] = .string(selector) }
        return [
            "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": .object(JSONObject(uniqueKeysWithValues: shown)),
            "spec": replicas == 0 ? [:] : ["replicas": .integer(replicas)], "status": .object(status),
        ]
    }

    /// What is wrong with a Scale that is written; its metadata counts, too. They are errors of kind `Scale.autoscaling`.
    public static func errors(in scale: JSONObject) -> [FieldError] {
        var spec = ObjectChecks(scale["spec"], at: FieldPath("spec"))
        spec.nonnegative("replicas")
        return ObjectMetaRules(isNamespaced: true).creationErrors(in: scale["metadata"]?.object ?? JSONObject()) + spec.errors
    }

    /// Why a Scale with the uid of another object is not written; nil where it has the object's uid or none.
    public static func identityFailure(of scale: JSONObject, for object: JSONObject, _ resource: GroupResource) -> Status? {
        let (wanted, found) = (scale["metadata"]?["uid"]?.string ?? "", object["metadata"]?["uid"]?.string ?? "")
        guard !wanted.isEmpty, wanted != found else { return nil }
        let part = GroupResource(group: resource.group, resource: "\(resource.resource)/scale")
        let why = "Precondition failed: UID in precondition: \(wanted), UID in object meta: \(found)"
        return .conflict(part, name: object["metadata"]?["name"]?.string ?? "", why)
    }

    /// The object with a Scale's `spec.replicas`, and with its `metadata.resourceVersion`, by which an update of the object finds that it is stale.
    public static func applying(_ scale: JSONObject, to object: JSONObject) -> JSONObject {
        var object = object
        object.edit("spec") { $0["replicas"] = .integer(scale["spec"]?["replicas"]?.integer ?? 0) }
        object.edit("metadata") { metadata in
            if let version = scale["metadata"]?["resourceVersion"].present { metadata["resourceVersion"] = version }
        }
        return object
    }
}
