public import KubernetesAPI

/// Fields that nobody owns: those that the server sets on every object, and those that a path of requests cannot change.
public enum ResetFields {
    /// What identifies an object or is set by the server, and is never in managedFields. Only these paths themselves: labels are owned.
    static let untracked = FieldSet(
        paths: [["apiVersion"], ["kind"], ["metadata"]]
            + ["name", "namespace", "creationTimestamp", "selfLink", "uid", "clusterName", "generation", "managedFields", "resourceVersion"]
            .map { ["metadata", .field($0)] })

    /// For the path of a custom resource itself, or of a built-in kind with a status.
    ///
    /// - Parameter hasStatus: whether there is a `status` subresource, through which alone the status is written.
    public static func object(hasStatus: Bool) -> FieldSet { hasStatus ? fields("status") : FieldSet() }

    /// For the `status` subresource of a custom resource: everything but the status.
    public static let customResourceStatus = fields("metadata", "spec")

    /// For the `status` subresource of a built-in kind, as each of Kubernetes' strategies has it.
    public static func status(of kind: GroupKind) -> FieldSet {
        switch (kind.group, kind.kind) {
        case ("", "Pod"):
            FieldSet(paths: [["spec"], ["metadata", "deletionTimestamp"], ["metadata", "ownerReferences"]])
        case ("apps", "Deployment"): FieldSet(paths: [["spec"], ["metadata", "labels"]])
        case ("apiextensions.k8s.io", "CustomResourceDefinition"), ("admissionregistration.k8s.io", "ValidatingAdmissionPolicy"):
            fields("metadata", "spec")
        default: fields("spec")
        }
    }

    private static func fields(_ names: String...) -> FieldSet { FieldSet(paths: names.map { [.field($0)] }) }
}

extension PathElement: ExpressibleByStringLiteral {
    /// A field.
    public init(stringLiteral name: String) { self = .field(name) }
}
