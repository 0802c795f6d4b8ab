public import KubernetesAPI

/// The rules of a ClusterRole with an aggregation rule, put together from those of the roles that its selectors choose: selector by selector, the roles in the
/// order of their names, each rule once.
///
/// - Parameter roles: all ClusterRoles; the role itself does not count.
/// - Returns: nil for a role without aggregation rule, whose rules are its own, and where a selector is malformed.
public func aggregatedRules(of role: JSONObject, roles: [JSONObject]) -> [JSONValue]? {
    guard let selectors = role["aggregationRule"]?["clusterRoleSelectors"]?.array else { return nil }
    let name = role["metadata"]?["name"]?.string ?? ""
    let others = roles.map { ($0["metadata"]?["name"]?.string ?? "", $0) }.filter { $0.0 != name }.sorted { $0.0.utf8.lexicographicallyPrecedes($1.0.utf8) }
    var rules: [JSONValue] = []
    var seen: Set<AccessRule> = []
    for selector in selectors {
        guard let selector = try? Selector(structured: selector.object ?? [:]) else { return nil }
        for (_, other) in others where selector.matches(other["metadata"]?["labels"]?.object) {
            for rule in other["rules"]?.array ?? [] where seen.insert(AccessRule(json: rule)).inserted { rules.append(rule) }
        }
    }
    return rules
}
