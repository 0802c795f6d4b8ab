public import KubernetesAPI

/// Keeps users from giving away rights that they do not have: who writes a role must have its rules, or the verb `escalate` on it; who writes a binding must
/// have the rules of the role, or the verb `bind` on it.
public struct EscalationRules: Sendable {
    private let authorizer: RoleBasedAuthorizer

    public init(authorizer: RoleBasedAuthorizer) { self.authorizer = authorizer }

    /// Whether the objects of the resource are roles or bindings, which are to be checked.
    public static func apply(to resource: GroupResource) -> Bool { RoleBindings.resources.contains(resource) }

    /// Checks a role or binding that is about to be stored, defaulted and before its own validation.
    ///
    /// - Parameters:
    ///   - object: with the name and namespace of the request.
    ///   - old: what it replaces; nil for a new object.
    ///   - requestName: the name in the request's path; empty for POST.
    /// - Throws: a 403, or, where a binding names a role that does not exist, a 404.
    public func check(
        _ object: JSONObject, replacing old: JSONObject?, in resource: GroupResource, requestName: String, by user: Identity
    ) throws(Status) {
        guard Self.apply(to: resource), !user.isPrivileged else { return }
        let isRole = resource == RoleBindings.roleResource || resource == RoleBindings.clusterRoleResource
        let namespace = object["metadata"]?["namespace"]?.string ?? ""
        if isRole, mayEscalate(resource, namespace: namespace, name: requestName, user) { return }
        if let old, Self.differsOnlyForGarbageCollection(object, old) { return }
        if isRole {
            try checkRole(object, replacing: old, resource, namespace, user)
        } else {
            try checkBinding(object, resource, namespace, user)
        }
    }

    private func checkRole(
        _ role: JSONObject, replacing old: JSONObject?, _ resource: GroupResource, _ namespace: String, _ user: Identity
    ) throws(Status) {
        let name = role["metadata"]?["name"]?.string ?? ""
        if let refusal = refusal(of: RoleBindings.rules(of: role), namespace: namespace, user) { throw .forbidden(resource, name: name, refusal) }
        guard resource == RoleBindings.clusterRoleResource, Self.aggregates(role) || old.map(Self.aggregates) ?? false else { return }
        if refusal(of: Self.everything, namespace: namespace, user) != nil {
            throw .forbidden(resource, name: name, "must have cluster-admin privileges to use the aggregationRule")
        }
    }

    private func checkBinding(_ binding: JSONObject, _ resource: GroupResource, _ namespace: String, _ user: Identity) throws(Status) {
        let kind = binding["roleRef"]?["kind"]?.string ?? ""
        let role = binding["roleRef"]?["name"]?.string ?? ""
        let bound = GroupResource(group: binding["roleRef"]?["apiGroup"]?.string ?? RoleBindings.group, resource: kind == "Role" ? "roles" : "clusterroles")
        guard kind == "Role" || kind == "ClusterRole" else {
            throw Status(failure: .unknown, code: 500, message: "unsupported role reference kind: \(kind.quotedAsGo)")
        }
        let mayBind = authorizer.decide(
            AccessAttributes(user: user, verb: "bind", group: bound.group, version: "*", resource: bound.resource, name: role, namespace: namespace))
        if mayBind.isAllowed { return }
        guard let rules = authorizer.rules(ofRole: kind, namespace: namespace, name: role) else {
            throw .notFound(GroupResource(group: RoleBindings.group, resource: bound.resource), name: role)
        }
        if let refusal = refusal(of: rules, namespace: namespace, user) {
            throw .forbidden(resource, name: binding["metadata"]?["name"]?.string ?? "", refusal)
        }
    }

    private func mayEscalate(_ resource: GroupResource, namespace: String, name: String, _ user: Identity) -> Bool {
        authorizer.decide(
            AccessAttributes(
                user: user, verb: "escalate", group: resource.group, version: "*", resource: resource.resource, name: name, namespace: namespace)
        ).isAllowed
    }

    /// Why the user may not give away the rules; nil when he may.
    private func refusal(of rules: [AccessRule], namespace: String, _ user: Identity) -> String? {
        let own = authorizer.rules(for: user, namespace: namespace)
        let missing = rules.flatMap(\.singleRules).filter { rule in !own.rules.contains { $0.covers(rule) } }
        guard !missing.isEmpty else { return nil }
        let descriptions = Set(AccessRule.compacted(missing).map(\.compactDescription)).sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        let sender = "user \(user.name.quotedAsGo) (groups=\(user.groups.quotedAsGoList))"
        let text = "\(sender) is attempting to grant RBAC permissions not currently held:\n" + descriptions.joined(separator: "\n")
        return own.errors.isEmpty ? text : text + "; resolution errors: [\(own.errors.aggregatedErrors)]"
    }

    private static let everything = [AccessRule(verbs: ["*"], groups: ["*"], resources: ["*"]), AccessRule(verbs: ["*"], paths: ["*"])]

    private static func aggregates(_ role: JSONObject) -> Bool { !(role["aggregationRule"]?["clusterRoleSelectors"]?.array ?? []).isEmpty }

    /// Whether only owners and finalizers differ, which the garbage collector must be able to change.
    private static func differsOnlyForGarbageCollection(_ object: JSONObject, _ old: JSONObject) -> Bool {
        var (object, old) = (object, old)
        for key in ["ownerReferences", "finalizers", "managedFields"] {
            object["metadata"] = object["metadata"].map { Self.without(key, $0) }
            old["metadata"] = old["metadata"].map { Self.without(key, $0) }
        }
        return object == old
    }

    private static func without(_ key: String, _ value: JSONValue) -> JSONValue {
        guard var members = value.object else { return value }
        members[key] = nil
        return .object(members)
    }
}

extension AccessRule {
    /// The rule in parts of one verb on one resource, object or path each.
    fileprivate var singleRules: [AccessRule] {
        var rules: [AccessRule] = []
        for group in groups {
            for resource in resources {
                for verb in verbs {
                    if names.isEmpty { rules.append(AccessRule(verbs: [verb], groups: [group], resources: [resource])) }
                    rules += names.map { AccessRule(verbs: [verb], groups: [group], resources: [resource], names: [$0]) }
                }
            }
        }
        return rules + paths.flatMap { path in verbs.map { AccessRule(verbs: [$0], paths: [path]) } }
    }

    /// Whether this rule gives all that `single`, one of ``singleRules``, gives.
    fileprivate func covers(_ single: AccessRule) -> Bool {
        Self.list(verbs, covers: single.verbs) && Self.list(groups, covers: single.groups)
            && single.resources.allSatisfy { resource in
                if resources.contains("*") || resources.contains(resource) { return true }
                guard let slash = resource.firstIndex(of: "/") else { return false }
                return resources.contains("*" + resource[slash...])
            }
            && single.paths.allSatisfy { path in paths.contains { Self.path($0, covers: path) } }
            && (names.isEmpty || !single.names.isEmpty && single.names.allSatisfy(names.contains))
    }

    private static func list(_ list: [String], covers wanted: [String]) -> Bool { list.contains("*") || wanted.allSatisfy(list.contains) }

    /// Puts the verbs on the same resource together.
    fileprivate static func compacted(_ rules: [AccessRule]) -> [AccessRule] {
        var compacted: [AccessRule] = []
        var places: [AccessRule: Int] = [:]
        for rule in rules {
            guard rule.names.isEmpty, rule.paths.isEmpty else {
                compacted.append(rule)
                continue
            }
            var key = rule
            key.verbs = []
            if let place = places[key] {
                compacted[place].verbs += rule.verbs
            } else {
                places[key] = compacted.count
                compacted.append(rule)
            }
        }
        return compacted
    }

    /// `{APIGroups:[""], Resources:["pods"], Verbs:["get"]}`.
    fileprivate var compactDescription: String {
        let parts = [("APIGroups", groups), ("Resources", resources), ("NonResourceURLs", paths), ("ResourceNames", names), ("Verbs", verbs)]
        return "{" + parts.filter { !$0.1.isEmpty }.map { "\($0.0):\($0.1.quotedAsGoList)" }.joined(separator: ", ") + "}"
    }
}
