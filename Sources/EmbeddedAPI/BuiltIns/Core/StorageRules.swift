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

    /// The storage class, which older objects carry as an annotation.
    static func className(of object: JSONObject) -> String {
        let annotation = object.goMetadata.goObject("annotations")["volume.beta.kubernetes.io/storage-class"]?.string
        return annotation ?? object.goObject("spec").goString("storageClassName")
    }
}
