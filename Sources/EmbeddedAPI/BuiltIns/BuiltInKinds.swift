/// Kinds of built-in objects by group.
public enum BuiltInKinds {
    /// The core group's kinds and those of coordination, discovery, events, networking and rbac.
    static let coreAndOthers: [any BuiltInKind] =
        CoreKinds.all + [LeaseKind(), EndpointSliceKind(), EventKind()] + NetworkingKinds.all + RBACKinds.all

    /// Everything that is served but the definitions of custom resources.
    ///
    /// - Parameter check: looks at the expressions of admission policies.
    static func all(checkingExpressions check: @escaping PolicyExpressionCheck) -> [any BuiltInKind] {
        coreAndOthers + [PodKind()] + WorkloadKinds.all(checkingExpressions: check)
    }
}
