public import KubernetesAPI

/// The roles and bindings that every cluster has from the beginning: those that people bind (`cluster-admin`, `admin`, `edit`, `view`), and what everybody may
/// do. Those of Kubernetes' own components, which do not run here, are left out.
public enum BootstrapRoles {
    /// ClusterRoles, complete but for what the server sets (uid, times). Aggregated ones have the rules that aggregation gives them.
    public static func clusterRoles() -> [JSONObject] {
        let plain = roles.map { role in
            object("ClusterRole", role.name, labels: role.labels, ["rules": .array(role.rules.map(\.json))])
        }
        // `admin` takes in `edit`, which takes in `view`.
        var all = plain
        for role in aggregated.reversed() {
            let selector: JSONValue = ["matchLabels": ["\(RoleBindings.label)/aggregate-to-\(role.name)": "true"]]
            var made = object("ClusterRole", role.name, labels: role.labels, ["aggregationRule": ["clusterRoleSelectors": [selector]]])
            made["rules"] = .array(aggregatedRules(of: made, roles: all) ?? [])
            all.append(made)
        }
        return all
    }

    /// ClusterRoleBindings, complete but for what the server sets.
    public static func clusterRoleBindings() -> [JSONObject] {
        bindings.map { name, groups in
            let subjects = groups.map { group -> JSONValue in ["kind": "Group", "apiGroup": JSONValue.string(RoleBindings.group), "name": .string(group)] }
            let role: JSONValue = ["apiGroup": .string(RoleBindings.group), "kind": "ClusterRole", "name": .string(name)]
            return object("ClusterRoleBinding", name, labels: [:], ["subjects": .array(subjects), "roleRef": role])
        }
    }

    private static let bindings: KeyValuePairs = [
        "cluster-admin": ["system:masters"],
        "system:basic-user": ["system:authenticated"],
        "system:discovery": ["system:authenticated"],
        "system:monitoring": ["system:monitoring"],
        "system:public-info-viewer": ["system:authenticated", "system:unauthenticated"],
        "system:service-account-issuer-discovery": ["system:serviceaccounts"],
    ]

    private static func object(_ kind: String, _ name: String, labels: [String: String], _ members: JSONObject) -> JSONObject {
        var all: JSONObject = ["kubernetes.io/bootstrapping": "rbac-defaults"]
        for (key, value) in labels { all[key] = .string(value) }
        var object: JSONObject = [
            "apiVersion": .string("\(RoleBindings.group)/v1"), "kind": .string(kind),
            "metadata": [
                "name": .string(name), "labels": .object(all), "annotations": ["rbac.authorization.kubernetes.io/autoupdate": "true"],
            ],
        ]
        for (key, value) in members { object[key] = value }
        return object
    }

    private struct Role {
        let name: String
        /// The role whose aggregation takes this one in.
        let partOf: String?
        let rules: [AccessRule]

        init(_ name: String, partOf: String? = nil, _ rules: [AccessRule] = []) {
            self.name = name
            self.partOf = partOf
            self.rules = rules
        }

        var labels: [String: String] { partOf.map { ["\(RoleBindings.label)/aggregate-to-\($0)": "true"] } ?? [:] }
    }

    /// From the greatest to the least.
    private static let aggregated = [Role("admin"), Role("edit", partOf: "admin"), Role("view", partOf: "edit")]

    private static let roles = [
        Role("cluster-admin", [AccessRule(verbs: ["*"], groups: ["*"], resources: ["*"]), AccessRule(verbs: ["*"], paths: ["*"])]),
        Role("system:aggregate-to-admin", partOf: "admin", administration),
        Role("system:aggregate-to-edit", partOf: "edit", editing),
        Role("system:aggregate-to-view", partOf: "view", viewing),
        Role(
            "system:auth-delegator",
            [
                AccessRule(verbs: ["create"], groups: ["authentication.k8s.io"], resources: ["tokenreviews"]),
                AccessRule(verbs: ["create"], groups: ["authorization.k8s.io"], resources: ["subjectaccessreviews"]),
            ]),
        Role(
            "system:basic-user",
            [
                AccessRule(verbs: ["create"], groups: ["authorization.k8s.io"], resources: ["selfsubjectaccessreviews", "selfsubjectrulesreviews"]),
                AccessRule(verbs: ["create"], groups: ["authentication.k8s.io"], resources: ["selfsubjectreviews"]),
            ]),
        Role(
            "system:discovery",
            [
                paths(
                    "/api", "/api/*", "/apis", "/apis/*", "/healthz", "/livez", "/openapi", "/openapi/*", "/readyz", "/version", "/version/")
            ]),
        Role(
            "system:monitoring",
            [paths("/healthz", "/healthz/*", "/livez", "/livez/*", "/metrics", "/metrics/slis", "/readyz", "/readyz/*")]),
        Role("system:public-info-viewer", [paths("/healthz", "/livez", "/readyz", "/version", "/version/")]),
        Role(
            "system:service-account-issuer-discovery",
            [
                paths(
                    "/.well-known/openid-configuration", "/.well-known/openid-configuration/", "/openid/v1/jwks", "/openid/v1/jwks/")
            ]),
    ]

    private static func paths(_ paths: String...) -> AccessRule { AccessRule(verbs: ["get"], paths: paths) }
}
