public import KubernetesAPI

/// What the rules of built-in kinds find in metadata, besides ``ObjectMetaRules``, which is for all objects.
///
/// On an update Kubernetes finds most errors twice, since both the rules for all objects and those of the kind look at the metadata, and three times where the
/// kind looks at an updated object as at a new one. The message of the answer tells each once, its causes tell all.
public enum BuiltInMetadataRules {
    /// Kinds that look at the metadata of an updated object as at that of a new one, too.
    private static let repeatingCreation: Set<GroupResource> = Set(
        [
            "configmaps", "endpoints", "limitranges", "persistentvolumeclaims", "persistentvolumes", "secrets", "serviceaccounts", "services",
            "endpointslices.discovery.k8s.io", "ingressclasses.networking.k8s.io", "ingresses.networking.k8s.io",
            "clusterrolebindings.rbac.authorization.k8s.io", "clusterroles.rbac.authorization.k8s.io", "rolebindings.rbac.authorization.k8s.io",
            "roles.rbac.authorization.k8s.io",
        ].map(GroupResource.init(parsing:)))
    /// Kinds whose own rules leave it to those for all objects what an update can change.
    private static let withoutUpdate: Set<GroupResource> = Set(
        ["events", "limitranges", "endpointslices.discovery.k8s.io"].map(GroupResource.init(parsing:)))
    /// Kinds whose finalizers may have any name.
    private static let withoutFinalizers: Set<GroupResource> = Set(
        ["events", "leases.coordination.k8s.io", "customresourcedefinitions.apiextensions.k8s.io"].map(GroupResource.init(parsing:)))

    /// What is wrong with a new object, after ``ObjectMetaRules/creationErrors(in:at:)``: finalizers without a domain are Kubernetes' own.
    public static func creationErrors(in metadata: JSONObject, of kind: any BuiltInKind) -> [FieldError] {
        guard !withoutFinalizers.contains(kind.type.resource.groupResource) else { return [] }
        return metadata.goStrings("finalizers").enumerated().flatMap { index, name in
            FieldChecks.finalizer(name, at: FieldPath("metadata", "finalizers").index(index))
        }
    }

    /// What is wrong with an updated object, after ``ObjectMetaRules/updateErrors(in:replacing:at:)``; mostly the same again. Also for writes to a status.
    ///
    /// - Parameter subresource: empty for the object itself.
    public static func updateErrors(
        in metadata: JSONObject, replacing old: JSONObject, of kind: any BuiltInKind, subresource: String = ""
    ) -> [FieldError] {
        let resource = kind.type.resource.groupResource
        let rules = ObjectMetaRules(nameRule: kind.nameRule, isNamespaced: kind.type.resource.scope == .namespaced)
        var errors: [FieldError] = []
        if !withoutUpdate.contains(resource) { errors += rules.updateErrors(in: metadata, replacing: old) + creationErrors(in: metadata, of: kind) }
        if subresource.isEmpty, repeatingCreation.contains(resource) {
            errors += rules.creationErrors(in: metadata) + creationErrors(in: metadata, of: kind)
        }
        return errors
    }
}
