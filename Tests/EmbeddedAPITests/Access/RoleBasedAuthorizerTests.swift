import EmbeddedAPI
import KubernetesAPI
import Testing

@Suite struct RoleBasedAuthorizerTests {
    static let roles = GroupResource(parsing: "roles.rbac.authorization.k8s.io")
    static let clusterRoles = GroupResource(parsing: "clusterroles.rbac.authorization.k8s.io")
    static let bindings = GroupResource(parsing: "rolebindings.rbac.authorization.k8s.io")
    static let clusterBindings = GroupResource(parsing: "clusterrolebindings.rbac.authorization.k8s.io")

    @Test(arguments: [
        ("a verb and resource that are named", AccessRule(verbs: ["get"], groups: [""], resources: ["pods"]), "get", "pods", "", "x", true),
        ("another verb", AccessRule(verbs: ["get"], groups: [""], resources: ["pods"]), "list", "pods", "", "", false),
        ("a resource does not include its subresources", AccessRule(verbs: ["*"], groups: [""], resources: ["pods"]), "get", "pods", "log", "x", false),
        ("a subresource that is named", AccessRule(verbs: ["get"], groups: [""], resources: ["pods/log"]), "get", "pods", "log", "x", true),
        ("a subresource of everything", AccessRule(verbs: ["get"], groups: ["*"], resources: ["*/log"]), "get", "pods", "log", "x", true),
        ("a star includes subresources", AccessRule(verbs: ["get"], groups: ["*"], resources: ["*"]), "get", "pods", "log", "x", true),
        ("another group", AccessRule(verbs: ["get"], groups: ["apps"], resources: ["pods"]), "get", "pods", "", "x", false),
        ("a name that is listed", AccessRule(verbs: ["get"], groups: [""], resources: ["pods"], names: ["x"]), "get", "pods", "", "x", true),
        ("a list has no name", AccessRule(verbs: ["list"], groups: [""], resources: ["pods"], names: ["x"]), "list", "pods", "", "", false),
        ("rules for paths are not for resources", AccessRule(verbs: ["*"], paths: ["*"]), "get", "pods", "", "x", false),
    ])
    func allows(_ rule: String, _ access: AccessRule, _ verb: String, _ resource: String, _ subresource: String, _ name: String, _ isAllowed: Bool) {
        let attributes = AccessAttributes(user: .anonymous, verb: verb, version: "v1", resource: resource, subresource: subresource, name: name, namespace: "n")
        #expect(access.allows(attributes) == isAllowed)
        #expect(AccessRule(json: access.json) == access)
    }

    @Test(arguments: [
        ("/healthz", "/healthz", true), ("/healthz/*", "/healthz/x", true), ("/healthz/*", "/healthz", false), ("*", "/x", true), ("/a", "/ab", false),
    ])
    func pathsMayEndInAStar(_ pattern: String, _ path: String, _ isAllowed: Bool) {
        let attributes = AccessAttributes(user: .anonymous, verb: "get", path: path)
        #expect(AccessRule(verbs: ["get"], paths: [pattern]).allows(attributes) == isAllowed)
    }

    @Test func aReasonNamesBindingRoleAndSubject() {
        let objects = MemoryObjects()
        objects.put(role("r", [AccessRule(verbs: ["get"], groups: [""], resources: ["pods"])]), Self.clusterRoles)
        objects.put(binding("cb", "", "ClusterRole", "r", [["kind": "Group", "name": "g"], ["kind": "User", "name": "u"]]), Self.clusterBindings)
        objects.put(binding("b", "n", "ClusterRole", "r", [["kind": "ServiceAccount", "name": "s"]]), Self.bindings)
        objects.put(binding("gone", "n", "Role", "none", [["kind": "User", "name": "v"]]), Self.bindings)
        let authorizer = RoleBasedAuthorizer(reading: objects)
        func decide(_ user: Identity, _ namespace: String) -> AccessDecision {
            authorizer.decide(AccessAttributes(user: user, verb: "get", version: "v1", resource: "pods", name: "x", namespace: namespace))
        }
        #expect(decide(Identity(name: "u", groups: ["g"]), "").reason == #"RBAC: allowed by ClusterRoleBinding "cb" of ClusterRole "r" to Group "g""#)
        #expect(decide(Identity(name: "u"), "m").reason == #"RBAC: allowed by ClusterRoleBinding "cb" of ClusterRole "r" to User "u""#)
        let account = Identity.serviceAccount(namespace: "n", name: "s")
        #expect(decide(account, "n").reason == #"RBAC: allowed by RoleBinding "b/n" of ClusterRole "r" to ServiceAccount "s/n""#)
        #expect(decide(account, "m") == AccessDecision(isAllowed: false))
        #expect(decide(Identity(name: "v"), "n").reason == #"RBAC: role.rbac.authorization.k8s.io "none" not found"#)
        #expect(decide(.administrator, "n") == AccessDecision(isAllowed: true))
        #expect(objects.listCount == 4, "roles and bindings are read once")
        objects.remove(Self.bindings, namespace: "n", name: "b")
        #expect(!decide(account, "n").isAllowed)
        #expect(objects.listCount == 8)
    }

    @Test func aggregationFollowsTheSelectorsAndKeepsEachRuleOnce() {
        let rule = AccessRule(verbs: ["get"], groups: [""], resources: ["pods"])
        let other = AccessRule(verbs: ["list"], groups: [""], resources: ["pods"])
        var whole = role("whole", [])
        whole["aggregationRule"] = ["clusterRoleSelectors": [["matchLabels": ["a": "1"]], ["matchLabels": ["b": "1"]]]]
        let roles = [role("z", [rule, other], labels: ["a": "1"]), role("y", [other], labels: ["b": "1"]), role("c", [other], labels: ["a": "1"]), whole]
        #expect(aggregatedRules(of: whole, roles: roles) == [other.json, rule.json])
        #expect(aggregatedRules(of: role("plain", []), roles: roles) == nil)
    }

    @Test func defaultRolesIncludeOneAnother() throws {
        let roles = BootstrapRoles.clusterRoles()
        func rules(_ name: String) throws -> Set<JSONValue> {
            Set(try #require(roles.first { $0["metadata"]?["name"]?.string == name })["rules"]?.array ?? [])
        }
        let (admin, edit, view) = (try rules("admin"), try rules("edit"), try rules("view"))
        #expect(view.count == 11)
        #expect(edit.isStrictSuperset(of: view))
        #expect(admin.isStrictSuperset(of: edit))
        #expect(try rules("cluster-admin").count == 2)
    }

    private func role(_ name: String, _ rules: [AccessRule], labels: JSONValue = [:]) -> JSONObject {
        ["metadata": ["name": .string(name), "labels": labels], "rules": .array(rules.map(\.json))]
    }

    private func binding(_ name: String, _ namespace: String, _ kind: String, _ role: String, _ subjects: [JSONValue]) -> JSONObject {
        [
            "metadata": ["name": .string(name), "namespace": .string(namespace)], "roleRef": ["kind": .string(kind), "name": .string(role)],
            "subjects": .array(subjects),
        ]
    }
}
