import KubernetesAPI

/// Subresources that take whole objects of the resource: which part of them counts.
enum Subresources {
    /// How a subresource changes an object; nil for the object itself, for its status, and for what has a kind of its own (`scale`, `eviction` …).
    static func rules(_ subresource: String, of resource: ServedResource) -> SubresourceRules? {
        switch (resource.storage, subresource) {
        case (Admission.namespaces, "finalize"): namespaceFinalize
        case (Admission.pods, "ephemeralcontainers"):
            SubresourceRules(
                prepared: { object, old in
                    var object = object
                    PodEphemeralContainers.prepare(&object, replacing: old)
                    return object
                }, errors: { PodEphemeralContainers.errors(in: $0, replacing: $1) })
        case (Admission.pods, "resize"):
            SubresourceRules(
                prepared: { object, old in
                    var object = object
                    PodResize.prepare(&object, replacing: old)
                    return object
                }, errors: { PodResize.errors(in: $0, replacing: $1) })
        default: nil
        }
    }

    /// `spec.finalizers` of a namespace, and nothing else.
    private static let namespaceFinalize = SubresourceRules(
        prepared: { object, old in
            var result = old
            var spec = old["spec"]?.object ?? JSONObject()
            let finalizers = object["spec"]?["finalizers"]?.array ?? []
            spec["finalizers"] = finalizers.isEmpty ? nil : .array(finalizers)
            result["spec"] = .object(spec)
            result.setMetadata("managedFields", object["metadata"]?["managedFields"])
            return result
        },
        errors: { object, _ in
            (object["spec"]?["finalizers"]?.array ?? []).enumerated().flatMap { index, finalizer in
                NameRule.qualifiedName.violations(in: finalizer.string ?? "").map {
                    FieldError(.invalid, at: FieldPath("spec", "finalizers").index(index), value: finalizer, $0)
                }
            }
        })
}
