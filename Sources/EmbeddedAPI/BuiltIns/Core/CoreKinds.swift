/// The kinds of the core group, all but those with a pod template.
public enum CoreKinds {
    public static let all: [any BuiltInKind] = [
        ConfigMapKind(), CoreEventKind(), EndpointsKind(), LimitRangeKind(), NamespaceKind(), NodeKind(), PersistentVolumeClaimKind(),
        PersistentVolumeKind(), ResourceQuotaKind(), SecretKind(), ServiceAccountKind(), ServiceKind(),
    ]
}

/// The kinds of rbac.authorization.k8s.io.
public enum RBACKinds {
    public static let all: [any BuiltInKind] = [ClusterRoleBindingKind(), ClusterRoleKind(), RoleBindingKind(), RoleKind()]
}

/// The kinds of networking.k8s.io.
public enum NetworkingKinds {
    public static let all: [any BuiltInKind] = [IngressClassKind(), IngressKind(), NetworkPolicyKind()]
}
