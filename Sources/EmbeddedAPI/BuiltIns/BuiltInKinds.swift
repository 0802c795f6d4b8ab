/// Kinds of built-in objects by group.
public enum BuiltInKinds {
    /// The core group's kinds and those of coordination, discovery, events, networking and rbac.
    static let coreAndOthers: [any BuiltInKind] =
        CoreKinds.all + [LeaseKind(), EndpointSliceKind(), EventKind()] + NetworkingKinds.all + RBACKinds.all

    /// Everything that is served but the definitions of custom resources.
    static let all: [any BuiltInKind] = coreAndOthers + [PodKind(), PodTemplateKind()] + WorkloadKinds.all
}
