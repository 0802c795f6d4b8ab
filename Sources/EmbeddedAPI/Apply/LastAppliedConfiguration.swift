import KubernetesAPI

/// The annotation of client-side apply: what `kubectl apply` sent last time. Server-side apply by kubectl takes its fields over and keeps it up to date.
enum LastAppliedConfiguration {
    static let annotation = "kubectl.kubernetes.io/last-applied-configuration"
    /// The only manager this is done for.
    static let manager = "kubectl"

    /// The fields of the annotation that are still in the object as they were applied; nil where there is no usable annotation.
    static func unchangedFields(of live: JSONObject, _ schema: MergeSchema, _ kind: GroupVersionKind) -> FieldSet? {
        guard let text = live["metadata"]?["annotations"]?[annotation]?.string, !text.isEmpty,
            let applied = try? JSONValue(parsing: text), applied["apiVersion"]?.string == kind.apiVersion,
            (try? schema.validate(applied)) != nil, let changes = try? schema.compare(applied, .object(live))
        else { return nil }
        return schema.fieldSet(of: applied).difference(changes.modified).difference(changes.added).difference(changes.removed)
    }

    /// The object with the configuration as its annotation, if it has one.
    static func renewed(in object: JSONObject, from configuration: JSONObject) -> JSONObject {
        guard case .object(var metadata)? = object["metadata"], case .object(var annotations)? = metadata["annotations"],
            annotations[annotation]?.string?.isEmpty == false
        else { return object }
        var applied = configuration
        if case .object(var appliedMetadata)? = applied["metadata"], case .object(var own)? = appliedMetadata["annotations"] {
            own[annotation] = nil
            appliedMetadata["annotations"] = own.isEmpty ? nil : .object(own)
            applied["metadata"] = .object(appliedMetadata)
        }
        // With the line break at the end that Kubernetes' encoder writes.
        annotations[annotation] = .string(String(decoding: JSONValue.object(applied).serialized(sortedKeys: true), as: UTF8.self) + "\n")
        metadata["annotations"] = .object(annotations)
        var renewed = object
        renewed["metadata"] = .object(metadata)
        return renewed
    }
}
