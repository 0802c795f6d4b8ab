import KubernetesAPI

/// All objects as of one version. A copy costs nothing and never changes.
struct ObjectState: Sendable {
    /// The version of the last change; 0 in a store that was never written.
    var version: Int64
    var trees: [GroupResource: ObjectTree]

    subscript(resource: GroupResource) -> ObjectTree { trees[resource] ?? ObjectTree() }
}
