import EmbeddedAPI
import KubernetesAPI
import Testing

@Suite struct ImpersonationTests {
    /// Allows what is listed as `verb group/resource[/subresource] name`.
    struct Listed: Authorizing {
        let allowed: Set<String>
        func decide(_ attributes: AccessAttributes) -> AccessDecision {
            let resource = attributes.subresource.isEmpty ? attributes.resource : "\(attributes.resource)/\(attributes.subresource)"
            return AccessDecision(isAllowed: allowed.contains("\(attributes.verb) \(attributes.group)/\(resource) \(attributes.name)"))
        }
    }

    static let request = AccessAttributes(
        user: Identity(name: "eve", groups: ["system:authenticated"]), verb: "list", version: "v1", resource: "pods", namespace: "n")

    @Test(
        arguments: [
            ("no header", [:], [], "eve", ["system:authenticated"]),
            ("the older form", ["Impersonate-User": "bob"], ["impersonate /users bob"], "bob", ["system:authenticated"]),
            (
                "the constrained form", ["impersonate-user": "bob", "Impersonate-Group": "devs"],
                [
                    "impersonate-on:user-info:list /pods ", "impersonate:user-info authentication.k8s.io/users bob",
                    "impersonate:user-info authentication.k8s.io/groups devs",
                ],
                "bob", ["devs", "system:authenticated"]
            ),
            (
                "a service account has its groups", ["Impersonate-User": "system:serviceaccount:n:a"], ["impersonate /serviceaccounts a"],
                "system:serviceaccount:n:a", ["system:serviceaccounts", "system:serviceaccounts:n", "system:authenticated"]
            ),
            (
                "a node has its group", ["Impersonate-User": "system:node:x"],
                ["impersonate-on:arbitrary-node:list /pods ", "impersonate:arbitrary-node authentication.k8s.io/nodes x"], "system:node:x",
                ["system:nodes", "system:authenticated"]
            ),
            ("anonymous", ["Impersonate-User": "system:anonymous"], ["impersonate /users system:anonymous"], "system:anonymous", ["system:unauthenticated"]),
            (
                "extra facts", ["Impersonate-User": "bob", "Impersonate-Extra-Acme.com%2fScope": "x"],
                ["impersonate /users bob", "impersonate authentication.k8s.io/userextras/acme.com/scope x"], "bob", ["system:authenticated"]
            ),
        ] as [(String, [String: String], Set<String>, String, [String])])
    func actsAs(_ rule: String, _ headers: [String: String], _ allowed: Set<String>, _ name: String, _ groups: [String]) throws {
        let identity = try Impersonation(authorizer: Listed(allowed: allowed)).identity(headers: headers.map { ($0.key, $0.value) }, for: Self.request)
        #expect(identity.name == name)
        #expect(identity.groups == groups)
    }

    @Test(arguments: [
        (
            ["Impersonate-Uid": "1"],
            #"requested &user.DefaultInfo{Name:"", UID:"1", Groups:[]string(nil), Extra:map[string][]string(nil)} without impersonating a user name"#
        ),
        (
            ["Impersonate-User": "bob"],
            #"pods is forbidden: User "eve" cannot impersonate-on:user-info:list resource "pods" in API group "" in the namespace "n""#
        ),
    ])
    func refuses(_ headers: [String: String], _ message: String) {
        let status = #expect(throws: Status.self) {
            try Impersonation(authorizer: Listed(allowed: [])).identity(headers: headers.map { ($0.key, $0.value) }, for: Self.request)
        }
        #expect(status?.message == message)
    }

    @Test func theConstrainedFormDoesNotGiveEverything() {
        let allowed: Set<String> = ["impersonate-on:user-info:list /pods ", "impersonate:user-info authentication.k8s.io/users bob"]
        let headers = [("Impersonate-User", "bob"), ("Impersonate-Group", "system:masters")]
        let status = #expect(throws: Status.self) { try Impersonation(authorizer: Listed(allowed: allowed)).identity(headers: headers, for: Self.request) }
        #expect(
            status?.message == #"groups.authentication.k8s.io "system:masters" is forbidden: User "eve" cannot impersonate:user-info resource "groups" "#
                + #"in API group "authentication.k8s.io" at the cluster scope: impersonating the system:masters group is not allowed"#)
    }
}
