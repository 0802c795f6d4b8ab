import KubernetesAPI
import Synchronization

/// Decides by the stored roles and bindings, as Kubernetes' RBAC does: what no rule allows is refused. Members of `system:masters` may do everything.
///
/// Roles and bindings are read again only after one of them changed; a decision then looks at the user's own bindings.
public final class RoleBasedAuthorizer: Authorizing {
    private struct Cached {
        var version: Int64
        var bindings: RoleBindings
    }

    private let reading: any ObjectReading
    private let cached = Mutex<Cached?>(nil)

    public init(reading: any ObjectReading) { self.reading = reading }

    public func decide(_ attributes: AccessAttributes) -> AccessDecision {
        if attributes.user.isPrivileged { return AccessDecision(isAllowed: true) }
        var missing: [RoleBindings.RoleReference] = []
        for granted in bindings().granted(to: attributes.user, namespace: attributes.namespace) {
            guard let rules = granted.rules else {
                missing.append(granted.role)
                continue
            }
            if rules.contains(where: { $0.allows(attributes) }) { return AccessDecision(isAllowed: true, reason: "RBAC: allowed by \(granted.source)") }
        }
        return AccessDecision(isAllowed: false, reason: missing.isEmpty ? "" : "RBAC: " + missing.map(Self.notFound).aggregatedErrors)
    }

    /// All rules that a user has in a namespace, or, with an empty one, in the whole cluster, and what is wrong with his bindings: roles that do not exist.
    public func rules(for user: Identity, namespace: String) -> (rules: [AccessRule], errors: [String]) {
        var (rules, missing): ([AccessRule], [RoleBindings.RoleReference]) = ([], [])
        for granted in bindings().granted(to: user, namespace: namespace) {
            if let found = granted.rules { rules += found } else { missing.append(granted.role) }
        }
        return (rules, missing.map(Self.notFound))
    }

    /// The rules of the role that a binding names; nil when there is no such role.
    ///
    /// - Parameters:
    ///   - kind: `Role` or `ClusterRole`.
    ///   - namespace: the binding's; empty for a cluster role binding.
    public func rules(ofRole kind: String, namespace: String, name: String) -> [AccessRule]? {
        bindings().rules(of: RoleBindings.RoleReference(kind: kind, namespace: namespace, name: name))
    }

    private static func notFound(_ role: RoleBindings.RoleReference) -> String {
        switch role.kind {
        case "Role", "ClusterRole": "\(role.kind.lowercased()).\(RoleBindings.group) \(role.name.quotedAsGo) not found"
        default: "unsupported role reference kind: \(role.kind.quotedAsGo)"
        }
    }

    private func bindings() -> RoleBindings {
        // Read under the lock: those who wait would otherwise do the same work.
        cached.withLock { cached in
            // Asked before the objects are read: a change in between makes them be read once more, and is not missed.
            let version = reading.version(of: RoleBindings.resources)
            if let cached, cached.version == version { return cached.bindings }
            let bindings = RoleBindings(reading: reading)
            cached = Cached(version: version, bindings: bindings)
            return bindings
        }
    }
}
