public import KubernetesAPI

/// The scale subresource of a custom resource: where its numbers stand.
public struct ScalePaths: Sendable {
    public let specReplicas: FieldReference
    public let statusReplicas: FieldReference
    /// Nil where there is no selector.
    public let labelSelector: FieldReference?

    init?(json: JSONValue?) {
        guard let json, json.object != nil else { return nil }
        specReplicas = FieldReference(json["specReplicasPath"]?.string ?? "")
        statusReplicas = FieldReference(json["statusReplicasPath"]?.string ?? "")
        labelSelector = json["labelSelectorPath"]?.string.flatMap { $0.isEmpty ? nil : FieldReference($0) }
    }

    /// The `autoscaling/v1` Scale of an object.
    ///
    /// - Throws: ``ObjectDecodingError``, which is an internal error (500) of the call, where the object has no number of replicas.
    public func scale(of object: JSONObject) throws(ObjectDecodingError) -> JSONObject {
        guard let replicas = try specReplicas.integer(in: object) else {
            throw ObjectDecodingError("the spec replicas field \(specReplicas.text.quotedAsGo) does not exist")
        }
        let metadata = object["metadata"]?.object ?? JSONObject()
        var status: JSONObject = ["replicas": .integer(try statusReplicas.integer(in: object) ?? 0)]
        if let selector = try labelSelector?.text(in: object), !selector.isEmpty { status["selector"] = .string(selector) }
        let shown = ["name", "namespace", "uid", "resourceVersion", "creationTimestamp"].compactMap { field in metadata[field].map { (field, $0) } }
        return [
            "kind": "Scale", "apiVersion": "autoscaling/v1", "metadata": .object(JSONObject(uniqueKeysWithValues: shown)),
            "spec": replicas == 0 ? [:] : ["replicas": .integer(replicas)], "status": .object(status),
        ]
    }

    /// The object with a Scale's `spec.replicas`.
    public func applying(_ scale: JSONObject, to object: JSONObject) throws(ObjectDecodingError) -> JSONObject {
        try specReplicas.setting(.integer(scale["spec"]?["replicas"]?.integer ?? 0), in: object)
    }

    /// What is wrong with the desired number in an object.
    func specErrors(in object: JSONObject) -> [FieldError] { Self.errors(in: object, specReplicas) }

    /// What is wrong with the numbers and the selector of the status.
    func statusErrors(in object: JSONObject) -> [FieldError] {
        var errors = Self.errors(in: object, statusReplicas)
        guard let labelSelector else { return errors }
        do {
            _ = try labelSelector.text(in: object)
        } catch {
            errors.append(FieldError(.invalid, at: FieldPath([.field(labelSelector.text)]), value: "", error.reason))
        }
        return errors
    }

    private static func errors(in object: JSONObject, _ reference: FieldReference) -> [FieldError] {
        let place = FieldPath([.field(reference.text)])
        do {
            let replicas = try reference.integer(in: object) ?? 0
            if replicas < 0 { return [FieldError(.invalid, at: place, value: .integer(replicas), "should be a non-negative integer")] }
            guard replicas > Int32.max else { return [] }
            return [FieldError(.invalid, at: place, value: .integer(replicas), "should be less than or equal to \(Int32.max)")]
        } catch {
            return [FieldError(.invalid, at: place, value: 0, error.reason)]
        }
    }
}
