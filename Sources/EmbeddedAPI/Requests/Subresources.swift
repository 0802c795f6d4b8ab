import KubernetesAPI

/// Subresources that take whole objects of the resource: which part of them counts.
enum Subresources {
    /// How a subresource changes an object; nil for the object itself, for its status, and for what has a kind of its own (`scale`, `eviction` …).
    static func rules(_ subresource: String, of resource: ServedResource) -> SubresourceRules? {
        switch (resource.storage, subresource) {
        case (Admission.namespaces, "finalize"):
            SubresourceRules(
                prepared: { object, old in
                    var object = object
                    NamespaceKind().prepareForFinalization(&object, replacing: old)
                    return object
                }, errors: { NamespaceKind().finalizationErrors(in: $0, replacing: $1) })
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
}
