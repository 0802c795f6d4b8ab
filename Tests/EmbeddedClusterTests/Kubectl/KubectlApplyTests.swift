import Testing

/// What changes objects from manifests: apply in both ways, diff, replace, edit, kustomize.
@Suite struct KubectlApplyTests {
    @Test(arguments: KubectlProgram.installed)
    func appliesOnTheClient(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            #expect(try await kubectl("apply -f -", input: Manifests.web) == "deployment.apps/web created\nservice/web created\nconfigmap/settings created")
            #expect(
                try await kubectl("apply -f -", input: Manifests.web) == "deployment.apps/web unchanged\nservice/web unchanged\nconfigmap/settings unchanged")
            // What others have set stays, and what is no longer in the manifest goes.
            try await kubectl("scale deployment web --replicas=2")
            try await kubectl("set env deployment/web C=3")
            try await kubectl("patch configmap settings --type=merge -p '{\"data\":{\"c\":\"3\"}}'")
            #expect(
                try await kubectl("apply -f -", input: Manifests.smallerWeb)
                    == "deployment.apps/web configured\nservice/web unchanged\nconfigmap/settings configured")
            try await kubectl.expect([
                "get deployment web -o jsonpath='{.spec.template.spec.containers[0].env[*].name}'": "A C",
                "get configmap settings -o jsonpath='{.data}'": #"{"b":"2","c":"3"}"#,
                "apply view-last-applied configmap settings -o json": """
                {
                "apiVersion": "v1",
                "data": {
                "b": "2"
                },
                "kind": "ConfigMap",
                "metadata": {
                "annotations": {},
                "labels": {
                "app": "web"
                },
                "name": "settings",
                "namespace": "default"
                }
                }
                """,
            ])
            let refused = try await kubectl.refused("apply -f -", input: Manifests.web.replacing("containerPort: 80", with: "containerPort: 80000"))
            #expect(refused.contains("spec.template.spec.containers[0].ports[0].containerPort: Invalid value: 80000"))
            let unknown = try await kubectl.refused("apply -f -", input: Manifests.web.replacing("replicas: 2", with: "replica: 2"))
            #expect(unknown.contains(#"unknown field "spec.replica""#))
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func appliesOnTheServer(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            let settings = Manifests.configMap("settings", #"a: "1", b: "2""#)
            #expect(try await kubectl("apply --server-side -f -", input: settings) == "configmap/settings serverside-applied")
            let other = Manifests.configMap("settings", #"b: "3", c: "3""#)
            let conflict = try await kubectl.refused("apply --server-side --field-manager=other -f -", input: other)
            #expect(conflict.contains(#"Apply failed with 1 conflict: conflict with "kubectl": .data.b"#))
            try await kubectl("apply --server-side --field-manager=other --force-conflicts -f -", input: other)
            try await kubectl("apply --server-side -f -", input: Manifests.configMap("settings", #"b: "3""#))
            try await kubectl.expect([
                "get configmap settings -o jsonpath='{.data}'": #"{"b":"3","c":"3"}"#
            ])
            let managers = try await kubectl("get configmap settings --show-managed-fields -o jsonpath='{.metadata.managedFields[*].manager}'")
            #expect(Set(managers.split(separator: " ")) == ["kubectl", "other"])
            let shown = try await kubectl("get configmap settings -o yaml")
            #expect(!shown.contains("managedFields"))
            #expect(
                try await kubectl("apply --server-side --dry-run=server -f -", input: Manifests.configMap("settings", #"a: "9", b: "3""#))
                    .contains("serverside-applied (server dry run)"))
            #expect(try await kubectl("get configmap settings -o jsonpath='{.data.a}'") == "")
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func takesOverFromClientSideApply(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.web)
            try await kubectl("apply --server-side -f -", input: Manifests.smallerWeb)
            try await kubectl.expect([
                "get deployment web -o jsonpath='{.spec.template.spec.containers[0].env[*].name}'": "A",
                "get configmap settings -o jsonpath='{.data}'": #"{"b":"2"}"#,
            ])
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func prunes(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.web)
            let rest = String(Manifests.web.prefix(upTo: Manifests.web.range(of: "---")?.lowerBound ?? Manifests.web.endIndex))
            let kinds = ["core/v1/ConfigMap", "core/v1/Service", "apps/v1/Deployment"].map { "--prune-allowlist=\($0)" }.joined(separator: " ")
            let output = try await kubectl("apply --prune -l app=web \(kinds) -f -", input: rest)
            #expect(output.contains("configmap/settings pruned") && output.contains("service/web pruned"))
            #expect(try await kubectl("get deployments,services,configmaps -l app=web -o name") == "deployment.apps/web")
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func showsDifferences(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.web)
            #expect(try await kubectl("diff -f -", input: Manifests.web) == "")
            let smaller = try await kubectl.outcome("diff -f -", input: Manifests.smallerWeb)
            #expect(!smaller.isSuccess)
            #expect(smaller.output.contains("-  a: \"1\"") && smaller.output.contains("-        - name: B"), "\(smaller.output)\(smaller.error)")
            let changed = Manifests.configMap("settings", #"b: "9""#)
            let forced = try await kubectl.outcome("diff --server-side --force-conflicts -f -", input: changed)
            #expect(forced.output.contains("-  b: \"2\"\n+  b: \"9\""), "\(forced.output)\(forced.error)")
            let theirs = Manifests.configMap("settings", #"b: "2""#)
            try await kubectl("apply --server-side --force-conflicts --field-manager=other -f -", input: theirs)
            let refused = try await kubectl.refused("diff --server-side -f -", input: changed)
            #expect(refused.contains("conflict"), "\(refused)")
            let new = try await kubectl.outcome("diff -f -", input: Manifests.configMap("new", "x: \"1\""))
            #expect(new.output.contains("+  x: \"1\"") && new.output.contains("+  uid: "), "\(new.output)\(new.error)")
            #expect(try await kubectl("get configmap new --ignore-not-found") == "")
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func replaces(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("create -f -", input: Manifests.web)
            let uid = try await kubectl("get deployment web -o jsonpath='{.metadata.uid}'")
            let address = try await kubectl("get service web -o jsonpath='{.spec.clusterIP}'")
            #expect(
                try await kubectl("replace -f -", input: Manifests.smallerWeb)
                    == "deployment.apps/web replaced\nservice/web replaced\nconfigmap/settings replaced")
            try await kubectl.expect([
                "get configmap settings -o jsonpath='{.data}'": #"{"b":"2"}"#,
                "get deployment web -o jsonpath='{.metadata.uid}'": uid,
                "get service web -o jsonpath='{.spec.clusterIP}'": address,
            ])
            #expect(try await kubectl("replace --force -f -", input: Manifests.web).contains("configmap/settings replaced"))
            #expect(try await kubectl("get deployment web -o jsonpath='{.metadata.uid}'") != uid)
            #expect(try await kubectl.refused("replace -f -", input: Manifests.configMap("none", "a: b")).contains(#"configmaps "none" not found"#))
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func edits(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.web)
            func edit(_ command: String, _ expression: String) async throws -> Kubectl.Outcome {
                try await kubectl.outcome(command, environment: ["KUBE_EDITOR": "sed -i '\(expression)'"])
            }
            let edited = try await edit("edit deployment web", "s/replicas: 2/replicas: 3/")
            #expect(edited.output.contains("deployment.apps/web edited"), "\(edited.error)")
            #expect(try await edit("edit deployment web", "s/none/none/").error.contains("Edit cancelled, no changes made."))
            let status = try await edit("edit deployment web --subresource=status", "s/status: {}/status: {replicas: 1}/")
            #expect(status.isSuccess, "\(status.error)")
            #expect(try await kubectl("get deployment web -o jsonpath='{.spec.replicas}'") == "3")
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func buildsKustomizeFolders(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try kubectl.cluster.write("base/web.yaml", Manifests.web)
            try kubectl.cluster.write("base/kustomization.yaml", "resources: [web.yaml]\n")
            try kubectl.cluster.write(
                "overlay/kustomization.yaml",
                """
                resources: [../base]
                namePrefix: test-
                labels: [{pairs: {stage: test}, includeSelectors: true}]
                replicas: [{name: web, count: 4}]
                images: [{name: nginx, newTag: "2"}]
                configMapGenerator: [{name: files, literals: [x=1]}]
                """)
            let created = try await kubectl("apply -k overlay")
            #expect(created.contains("deployment.apps/test-web created") && created.contains("configmap/test-files-"), "\(created)")
            try await kubectl.expect([
                "get deployment test-web -o jsonpath='{.spec.replicas} {.spec.template.spec.containers[0].image} {.spec.selector.matchLabels.stage}'":
                    "4 nginx:2 test",
                "diff -k overlay": "",
            ])
            try await kubectl("delete -k overlay")
            #expect(try await kubectl("get deployments,services -l app=web -o name") == "")
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func appliesCustomResources(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.crontabs)
            try await kubectl("wait --for=condition=Established crd/crontabs.example.com --timeout=60s")
            #expect(try await kubectl("apply -f -", input: Manifests.crontab("one")) == "crontab.example.com/one created")
            #expect(try await kubectl("apply -f -", input: Manifests.crontab("one")) == "crontab.example.com/one unchanged")
            #expect(try await kubectl("apply --server-side -f -", input: Manifests.crontab("two")) == "crontab.example.com/two serverside-applied")
            let refused = try await kubectl.refused("apply -f -", input: Manifests.crontab("three", "cronSpec: '*', replicas: -1"))
            #expect(refused.contains("spec.cronSpec: Invalid value") && refused.contains("spec.replicas: Invalid value"), "\(refused)")
            let unknown = try await kubectl.refused("apply -f -", input: Manifests.crontab("three", "cronSpec: '* * *', nope: 1"))
            #expect(unknown.contains(#"unknown field "spec.nope""#), "\(unknown)")
            try await kubectl.expect([
                "get crontabs": "NAME SPEC REPLICAS\none * * * * */5 1\ntwo * * * * */5 1",
                "get ct one -o wide": "NAME SPEC REPLICAS IMAGE\none * * * * */5 1",
                "scale crontab one --replicas=3": "crontab.example.com/one scaled",
                "get ct/one -o jsonpath='{.spec.replicas} {.metadata.generation}'": "3 2",
                "patch ct one --subresource=status --type=merge -p '{\"status\":{\"phase\":\"Done\"}}'": "crontab.example.com/one patched",
                "wait ct/one --for=jsonpath='{.status.phase}'=Done --timeout=60s": "crontab.example.com/one condition met",
                "get all -o name": "service/kubernetes\ncrontab.example.com/one\ncrontab.example.com/two",
            ])
            try await kubectl("delete crd crontabs.example.com")
            // kubectl remembers what was served, or asks again.
            let gone = try await kubectl.refused("get crontabs")
            #expect(gone.contains("the server could not find the requested resource") || gone.contains("the server doesn't have a resource type"), "\(gone)")
        }
    }
}
