import KubernetesAPI

extension Pod {
    /// The pod that a controller makes from its template.
    init(from template: PodTemplateSpec, name: String, ownedBy owner: some Resource) {
        var meta = ObjectMeta(name: name, namespace: owner.namespace)
        meta.generateName = owner.name + "-"
        meta.labels = template.metadata?.labels
        meta.annotations = template.metadata?.annotations
        meta.finalizers = template.metadata?.finalizers
        meta.ownerReferences = [OwnerReference(controller: owner)]
        self.init(metadata: meta)
        spec = template.spec
    }
}
