import KubernetesAPI

/// The roles and bindings at one moment, arranged by whom they are for: what a user may do is found without looking at the bindings of others.
struct RoleBindings: Sendable {
    static let group = "rbac.authorization.k8s.io"
    /// How the labels of aggregation begin.
    static let label = "rbac.authorization.k8s.io"
    static let roleResource = GroupResource(group: group, resource: "roles")
    static let clusterRoleResource = GroupResource(group: group, resource: "clusterroles")
    static let bindingResource = GroupResource(group: group, resource: "rolebindings")
    static let clusterBindingResource = GroupResource(group: group, resource: "clusterrolebindings")
    static let resources = [roleResource, clusterRoleResource, bindingResource, clusterBindingResource]

    /// What a binding's `roleRef` names.
    struct RoleReference: Hashable, Sendable {
        /// `Role` or `ClusterRole`.
        let kind: String
        /// Of the binding; empty for a cluster's.
        let namespace: String
        let name: String
    }

    private enum Subject: Hashable { case user(String), group(String) }

    /// A binding as one of its subjects has it.
    private struct Grant: Sendable {
        /// The binding's place among those of the same scope, by name.
        let order: Int
        /// The subject's place in the binding.
        let subjectOrder: Int
        let role: RoleReference
        /// `RoleBinding "b/ns" of Role "r" to User "u"`.
        let source: String
    }

    /// Rules with where they come from, or a role that is not there.
    struct Granted: Sendable {
        let role: RoleReference
        let source: String
        /// Nil when the role does not exist.
        let rules: [AccessRule]?
    }

    private var clusterGrants: [Subject: [Grant]] = [:]
    private var grants: [String: [Subject: [Grant]]] = [:]
    private var clusterRoles: [String: [AccessRule]] = [:]
    private var roles: [String: [String: [AccessRule]]] = [:]

    init(reading: any ObjectReading) {
        for role in reading.objects(Self.clusterRoleResource, namespace: nil) {
            clusterRoles[role["metadata"]?["name"]?.string ?? ""] = Self.rules(of: role)
        }
        for role in reading.objects(Self.roleResource, namespace: nil) {
            roles[role["metadata"]?["namespace"]?.string ?? "", default: [:]][role["metadata"]?["name"]?.string ?? ""] = Self.rules(of: role)
        }
        for (order, binding) in reading.objects(Self.clusterBindingResource, namespace: nil).enumerated() {
            Self.add(binding, order: order, namespace: "", to: &clusterGrants)
        }
        for (order, binding) in reading.objects(Self.bindingResource, namespace: nil).enumerated() {
            let namespace = binding["metadata"]?["namespace"]?.string ?? ""
            Self.add(binding, order: order, namespace: namespace, to: &grants[namespace, default: [:]])
        }
    }

    static func rules(of role: JSONObject) -> [AccessRule] { (role["rules"]?.array ?? []).map(AccessRule.init(json:)) }

    private static func add(_ binding: JSONObject, order: Int, namespace: String, to grants: inout [Subject: [Grant]]) {
        let kind = binding["roleRef"]?["kind"]?.string ?? ""
        let name = binding["roleRef"]?["name"]?.string ?? ""
        let bindingName = binding["metadata"]?["name"]?.string ?? ""
        let title = namespace.isEmpty ? "ClusterRoleBinding \(bindingName.quotedAsGo)" : "RoleBinding \("\(bindingName)/\(namespace)".quotedAsGo)"
        for (subjectOrder, subject) in (binding["subjects"]?.array ?? []).enumerated() {
            let subjectName = subject["name"]?.string ?? ""
            let subjectKind = subject["kind"]?.string ?? ""
            var shown = subjectName
            let key: Subject
            switch subjectKind {
            case "User": key = .user(subjectName)
            case "Group": key = .group(subjectName)
            case "ServiceAccount":
                var account = subject["namespace"]?.string ?? ""
                if account.isEmpty { account = namespace }
                if account.isEmpty { continue }
                key = .user(Identity.serviceAccountName(namespace: account, name: subjectName))
                shown = "\(subjectName)/\(account)"
            default: continue
            }
            let role = RoleReference(kind: kind, namespace: namespace, name: name)
            let source = "\(title) of \(kind) \(name.quotedAsGo) to \(subjectKind) \(shown.quotedAsGo)"
            grants[key, default: []].append(Grant(order: order, subjectOrder: subjectOrder, role: role, source: source))
        }
    }

    /// The rules of a role; nil when it does not exist.
    func rules(of role: RoleReference) -> [AccessRule]? {
        role.kind == "ClusterRole" ? clusterRoles[role.name] : roles[role.namespace]?[role.name]
    }

    /// What bindings give a user, those for the whole cluster first, each in the order of the bindings' names.
    ///
    /// - Parameter namespace: the namespace whose bindings count, too; empty for none.
    func granted(to user: Identity, namespace: String) -> [Granted] {
        var granted = Self.granted(to: user, in: clusterGrants)
        if !namespace.isEmpty, let local = grants[namespace] { granted += Self.granted(to: user, in: local) }
        return granted.map { Granted(role: $0.role, source: $0.source, rules: rules(of: $0.role)) }
    }

    private static func granted(to user: Identity, in grants: [Subject: [Grant]]) -> [Grant] {
        var found = grants[.user(user.name)] ?? []
        for group in user.groups { found += grants[.group(group)] ?? [] }
        guard found.count > 1 else { return found }
        found.sort { ($0.order, $0.subjectOrder) < ($1.order, $1.subjectOrder) }
        // A binding that names the user and his groups counts once, for the first of its subjects.
        return found.enumerated().filter { $0.offset == 0 || found[$0.offset - 1].order != $0.element.order }.map(\.element)
    }
}
