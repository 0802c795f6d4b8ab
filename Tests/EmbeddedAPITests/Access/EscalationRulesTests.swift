import EmbeddedAPI
import KubernetesAPI
import Testing

@Suite struct EscalationRulesTests {
    static let group = "rbac.authorization.k8s.io"
    static let roles = GroupResource(group: group, resource: "roles")
    static let clusterRoles = GroupResource(group: group, resource: "clusterroles")
    static let bindings = GroupResource(group: group, resource: "rolebindings")
    static let eve = Identity(name: "eve", groups: ["g"])
    static let sender = "user \"eve\" (groups=[\"g\"]) is attempting to grant RBAC permissions not currently held:\n"

    /// What a user with the rules may write into a role.
    @Test(arguments: [
        (
            "what one has", [AccessRule(verbs: ["get", "list"], groups: [""], resources: ["pods"])],
            AccessRule(verbs: ["get"], groups: [""], resources: ["pods"]), nil
        ),
        (
            "verbs that are missing are told together", [AccessRule(verbs: ["get"], groups: [""], resources: ["pods"])],
            AccessRule(verbs: ["get", "list", "watch"], groups: [""], resources: ["pods"]), #"{APIGroups:[""], Resources:["pods"], Verbs:["list" "watch"]}"#
        ),
        (
            "several lines are sorted", [], AccessRule(verbs: ["get"], groups: ["", "apps"], resources: ["b", "a"]),
            [
                #"{APIGroups:[""], Resources:["a"], Verbs:["get"]}"#, #"{APIGroups:[""], Resources:["b"], Verbs:["get"]}"#,
                #"{APIGroups:["apps"], Resources:["a"], Verbs:["get"]}"#, #"{APIGroups:["apps"], Resources:["b"], Verbs:["get"]}"#,
            ].joined(separator: "\n")
        ),
        (
            "a name of all", [AccessRule(verbs: ["get"], groups: ["*"], resources: ["*"])],
            AccessRule(verbs: ["get"], groups: ["x"], resources: ["y"], names: ["z"]), nil
        ),
        (
            "all of a name", [AccessRule(verbs: ["get"], groups: [""], resources: ["pods"], names: ["z"])],
            AccessRule(verbs: ["get"], groups: [""], resources: ["pods"]), #"{APIGroups:[""], Resources:["pods"], Verbs:["get"]}"#
        ),
        (
            "a subresource of all", [AccessRule(verbs: ["*"], groups: ["*"], resources: ["*/log"])],
            AccessRule(verbs: ["get"], groups: [""], resources: ["pods/log"]), nil
        ),
        ("a path", [AccessRule(verbs: ["get"], paths: ["/a/*"])], AccessRule(verbs: ["get"], paths: ["/a/b"]), nil),
        ("another path", [AccessRule(verbs: ["get"], paths: ["/a/*"])], AccessRule(verbs: ["get"], paths: ["/b"]), #"{NonResourceURLs:["/b"], Verbs:["get"]}"#),
        (
            "a star is more than every name", [AccessRule(verbs: ["get"], groups: [""], resources: ["pods"])],
            AccessRule(verbs: ["*"], groups: [""], resources: ["pods"]), #"{APIGroups:[""], Resources:["pods"], Verbs:["*"]}"#
        ),
        (
            "with escalate", [AccessRule(verbs: ["escalate"], groups: [group], resources: ["roles"])],
            AccessRule(verbs: ["*"], groups: ["*"], resources: ["*"]), nil
        ),
    ])
    func oneGivesWhatOneHas(_ rule: String, _ own: [AccessRule], _ given: AccessRule, _ missing: String?) {
        let role: JSONObject = ["metadata": ["name": "r", "namespace": "n"], "rules": [given.json]]
        let refusal = refusal(of: role, replacing: nil, Self.roles, own: own)
        #expect(refusal?.message == missing.map { "roles.rbac.authorization.k8s.io \"r\" is forbidden: \(Self.sender)\($0)" })
    }

    @Test func ownersAndFinalizersMayAlwaysChange() {
        let everything = AccessRule(verbs: ["*"], groups: ["*"], resources: ["*"])
        let old: JSONObject = ["metadata": ["name": "r", "namespace": "n", "finalizers": ["x/y"]], "rules": [everything.json]]
        var role = old
        role["metadata"] = ["name": "r", "namespace": "n"]
        #expect(refusal(of: role, replacing: old, Self.roles, own: []) == nil)
        role["metadata"] = ["name": "r", "namespace": "n", "labels": ["a": "b"]]
        #expect(refusal(of: role, replacing: old, Self.roles, own: [])?.code == 403)
    }

    @Test func aggregationNeedsEverything() {
        let role: JSONObject = ["metadata": ["name": "r"], "aggregationRule": ["clusterRoleSelectors": [["matchLabels": ["a": "b"]]]]]
        let refused = refusal(of: role, replacing: nil, Self.clusterRoles, own: [AccessRule(verbs: ["get"], groups: ["*"], resources: ["*"])])
        #expect(refused?.message == "clusterroles.rbac.authorization.k8s.io \"r\" is forbidden: must have cluster-admin privileges to use the aggregationRule")
        let all = [AccessRule(verbs: ["*"], groups: ["*"], resources: ["*"]), AccessRule(verbs: ["*"], paths: ["*"])]
        #expect(refusal(of: role, replacing: nil, Self.clusterRoles, own: all) == nil)
    }

    @Test(arguments: [
        ("own", [] as [AccessRule], nil),
        ("big", [], "rolebindings.rbac.authorization.k8s.io \"b\" is forbidden: \(sender){APIGroups:[\"*\"], Resources:[\"*\"], Verbs:[\"*\"]}"),
        ("big", [AccessRule(verbs: ["bind"], groups: [group], resources: ["clusterroles"], names: ["big"])], nil),
        ("none", [], "clusterroles.rbac.authorization.k8s.io \"none\" not found"),
    ])
    func bindingGivesTheRulesOfTheRole(_ name: String, _ own: [AccessRule], _ message: String?) {
        let binding: JSONObject = [
            "metadata": ["name": "b", "namespace": "n"],
            "roleRef": ["apiGroup": .string(Self.group), "kind": "ClusterRole", "name": .string(name)],
        ]
        #expect(refusal(of: binding, replacing: nil, Self.bindings, own: own)?.message == message)
    }

    /// The refusal of a write by a user who has the rules everywhere, by way of the ClusterRole `own`.
    private func refusal(of object: JSONObject, replacing old: JSONObject?, _ resource: GroupResource, own: [AccessRule]) -> Status? {
        let objects = MemoryObjects()
        objects.put(["metadata": ["name": "own"], "rules": .array(own.map(\.json))], Self.clusterRoles)
        objects.put(["metadata": ["name": "big"], "rules": [AccessRule(verbs: ["*"], groups: ["*"], resources: ["*"]).json]], Self.clusterRoles)
        objects.put(
            ["metadata": ["name": "b"], "roleRef": ["kind": "ClusterRole", "name": "own"], "subjects": [["kind": "User", "name": "eve"]]],
            GroupResource(group: Self.group, resource: "clusterrolebindings"))
        do throws(Status) {
            let rules = EscalationRules(authorizer: RoleBasedAuthorizer(reading: objects))
            try rules.check(object, replacing: old, in: resource, requestName: old == nil ? "" : "r", by: Self.eve)
            return nil
        } catch {
            return error
        }
    }
}
