import Testing

/// Who one is, and what one may do.
@Suite struct KubectlAccessTests {
    @Test(arguments: KubectlProgram.installed)
    func answersForTheAdministrator(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl.expect([
                "auth can-i '*' '*'": "yes", "auth can-i create deployments.apps -n kube-system": "yes", "auth can-i get /metrics": "yes",
            ])
            try await kubectl.expectParts(["auth whoami": ["ATTRIBUTE VALUE", "Username ", "system:masters"], "auth can-i --list": ["*.* [] [] [*]"]])
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func enforcesRolesOnServiceAccounts(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("create serviceaccount worker")
            try await kubectl("create role reader --verb=get,list,watch --resource=configmaps")
            try await kubectl("create rolebinding reader --role=reader --serviceaccount=default:worker")
            let worker = "--as=system:serviceaccount:default:worker"
            try await kubectl.expect(["auth can-i list configmaps \(worker)": "yes", "get configmaps \(worker) -o name": "configmap/kube-root-ca.crt"])
            let no = try await kubectl.outcome("auth can-i delete configmaps \(worker)")
            #expect(!no.isSuccess && no.output.withSingleSpaces.hasPrefix("no"))
            let forbidden = try await kubectl.refused("delete configmap kube-root-ca.crt \(worker)")
            #expect(
                forbidden == """
                    Error from server (Forbidden): configmaps "kube-root-ca.crt" is forbidden: User "system:serviceaccount:default:worker" \
                    cannot delete resource "configmaps" in API group "" in the namespace "default"
                    """)
            try await kubectl.expectParts([
                "auth whoami \(worker)": ["system:serviceaccount:default:worker", "system:serviceaccounts:default"],
                "auth can-i --list \(worker)": ["configmaps [] [] [get list watch]", "selfsubjectaccessreviews.authorization.k8s.io [] [] [create]"],
            ])

            // The same with a token, as a pod has it.
            let token = try await kubectl("create token worker --duration=10m")
            #expect(token.split(separator: ".").count == 3)
            let config = try await kubectl("config view --raw -o jsonpath='{.clusters[0].cluster.server} {.clusters[0].cluster.certificate-authority-data}'")
            let parts = config.split(separator: " ")
            guard parts.count == 2 else { throw Kubectl.Failure(description: "no server in the kubeconfig: \(config)") }
            let kubeconfig = """
                apiVersion: v1
                kind: Config
                clusters: [{name: c, cluster: {server: "\(parts[0])", certificate-authority-data: "\(parts[1])"}}]
                users: [{name: u, user: {token: "\(token)"}}]
                contexts: [{name: x, context: {cluster: c, user: u}}]
                current-context: x
                """
            let path = try kubectl.cluster.write("worker", kubeconfig)
            #expect(try await kubectl("--kubeconfig=\(path) get configmaps -o name") == "configmap/kube-root-ca.crt")
            #expect(try await kubectl.refused("--kubeconfig=\(path) get secrets").contains(#"cannot list resource "secrets""#))
            #expect(try await kubectl("--kubeconfig=\(path) auth whoami -o jsonpath='{.status.userInfo.username}'") == "system:serviceaccount:default:worker")
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func reconcilesRoles(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            let role = """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: Role
                metadata: {name: r, namespace: default}
                rules: [{apiGroups: [""], resources: [pods], verbs: [get]}]
                """
            let made = try await kubectl("auth reconcile -f -", input: role)
            #expect(made.hasPrefix("role.rbac.authorization.k8s.io/r reconciled"))
            try await kubectl("auth reconcile -f -", input: role.replacing("[get]", with: "[get, list]"))
            #expect(try await kubectl("get role r -o jsonpath='{.rules[*].verbs}'").contains("list"))
        }
    }
}
