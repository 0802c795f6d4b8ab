import KubernetesAPI

/// What persistent volumes and the claims on them have in common.
enum StorageRules {
    /// Adds the finalizer that keeps an object while it is in use.
    static func protect(_ metadata: inout JSONObject, by finalizer: String) {
        let finalizers = metadata.goStrings("finalizers")
        if !finalizers.contains(finalizer) { metadata["finalizers"] = .array((finalizers + [finalizer]).map { .string($0) }) }
    }

    static func accessModeErrors(_ spec: JSONObject, at path: FieldPath) -> [FieldError] {
        let modes = spec.goStrings("accessModes")
        let errors = modes.flatMap { FieldChecks.oneOf(["ReadOnlyMany", "ReadWriteMany", "ReadWriteOnce", "ReadWriteOncePod"], $0, at: path) }
        guard modes.contains("ReadWriteOncePod"), modes.contains(where: { $0 != "ReadWriteOncePod" }) else { return errors }
        return errors + [FieldError(.forbidden, at: path, "may not use ReadWriteOncePod with other access modes")]
    }

    /// An amount of storage is more than nothing.
    static func sizeErrors(_ value: JSONValue, at path: FieldPath) -> [FieldError] {
        guard let quantity = Quantity(json: value), quantity.isZero || quantity.isNegative else { return [] }
        return [FieldError(.invalid, at: path, value: .string(quantity.description), "must be greater than zero")]
    }

    /// What Kubernetes says about an old annotation and about parts of bytes.
    static func warnings(for object: JSONObject, size: JSONValue?, at path: String) -> [String] {
        var texts: [String] = []
        let annotation = "volume.beta.kubernetes.io/storage-class"
        if object.goMetadata.goObject("annotations")[annotation] != nil {
            texts.append("metadata.annotations[\(annotation)]: deprecated since v1.8; use \"storageClassName\" attribute instead")
        }
        if let quantity = size.flatMap({ Quantity(json: $0) }), !FieldChecks.isWhole(quantity) {
            texts.append("\(path): fractional byte value \(quantity.description.quotedAsGo) is invalid, must be an integer")
        }
        return texts
    }

    /// The storage class, which older objects carry as an annotation.
    static func className(of object: JSONObject) -> String {
        let annotation = object.goMetadata.goObject("annotations")["volume.beta.kubernetes.io/storage-class"]?.string
        return annotation ?? object.goObject("spec").goString("storageClassName")
    }
}
