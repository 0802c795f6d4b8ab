import Testing

/// What changes or deletes single objects, and waits for it.
@Suite struct KubectlChangeTests {
    @Test(arguments: KubectlProgram.installed)
    func patchesLabelsAndAnnotates(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.web)
            let containers = "{.spec.template.spec.containers[*].name}"
            try await kubectl.expect([
                #"patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"name":"side","image":"i"}]}}}}'"#: "deployment.apps/web patched",
                "get deployment web -o jsonpath='\(containers)'": "side web",
                #"patch deployment web -p '{"spec":{"template":{"spec":{"containers":[{"$patch":"delete","name":"side"}]}}}}'"#: "deployment.apps/web patched",
                "get deployment web -o jsonpath='\(containers) '": "web",
                #"patch deployment web --type=merge -p '{"spec":{"replicas":5,"minReadySeconds":null}}'"#: "deployment.apps/web patched",
                #"patch deployment web --type=json -p '[{"op":"test","path":"/spec/replicas","value":5},{"op":"replace","path":"/spec/replicas","value":6}]'"#:
                    "deployment.apps/web patched",
                #"patch deployment web --type=merge -p '{"spec":{"replicas":6}}'"#: "deployment.apps/web patched (no change)",
                #"patch deployment web --subresource=scale --type=merge -p '{"spec":{"replicas":7}}'"#: "scale.autoscaling/web patched",
                "get deployment web -o jsonpath='{.spec.replicas}'": "7",
                "label deployment web tier=front": "deployment.apps/web labeled",
                "label deployment web tier=back --overwrite": "deployment.apps/web labeled",
                "get deployments -l tier=back -o name": "deployment.apps/web",
                "label deployment web tier-": "deployment.apps/web unlabeled",
                "annotate deployment web note='hello there'": "deployment.apps/web annotated",
                "get deployment web -o jsonpath='{.metadata.annotations.note}'": "hello there",
                "annotate deployment web note-": "deployment.apps/web annotated",
                "label configmaps,services --all marked=yes":
                    "configmap/kube-root-ca.crt labeled\nconfigmap/settings labeled\nservice/kubernetes labeled\nservice/web labeled",
            ])
            #expect(try await kubectl.refused("label deployment web app=x").contains("'app' already has a value (web), and --overwrite is false"))
            #expect(try await kubectl.refused("label deployment web a=-x").contains("a valid label must be"))
            let test = try await kubectl.refused(#"patch deployment web --type=json -p '[{"op":"test","path":"/spec/replicas","value":1}]'"#)
            #expect(test.contains("the server rejected our request due to an error in our request") || test.contains("testing value /spec/replicas failed"))
            #expect(try await kubectl.refused(#"patch deployment web -p '{"spec":{"replicas":-1}}'"#).contains("spec.replicas: Invalid value: -1"))
        }
    }

    /// An owner and what it owns.
    private static func family(_ owner: String, uid: String) -> String {
        """
        apiVersion: v1
        kind: ConfigMap
        metadata:
          name: \(owner)-child
          ownerReferences: [{apiVersion: v1, kind: ConfigMap, name: \(owner), uid: \(uid), blockOwnerDeletion: true}]
        """
    }

    @Test(arguments: KubectlProgram.installed)
    func deletesWithEachCascade(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            for cascade in ["background", "foreground", "orphan"] {
                try await kubectl("create configmap \(cascade)")
                let uid = try await kubectl("get configmap \(cascade) -o jsonpath='{.metadata.uid}'")
                try await kubectl("create -f -", input: Self.family(cascade, uid: uid))
                #expect(try await kubectl("delete configmap \(cascade) --cascade=\(cascade) --timeout=60s").hasPrefix(#"configmap "\#(cascade)" deleted"#))
                if cascade == "orphan" {
                    try await kubectl("wait --for=jsonpath='{.metadata.name}'=orphan-child configmap/orphan-child --timeout=60s")
                    #expect(try await kubectl("get configmap orphan-child -o jsonpath='{.metadata.ownerReferences}'") == "")
                } else {
                    let outcome = try await kubectl.outcome("wait --for=delete configmap/\(cascade)-child --timeout=60s")
                    #expect(outcome.isSuccess, "\(cascade): \(outcome.error)")
                }
            }
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func deletesPods(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            for name in ["unplaced", "now", "forced", "slow"] {
                let node = name == "unplaced" ? "" : #","nodeName":"none""#
                try await kubectl("run \(name) --image=i --overrides='{\"spec\":{\"terminationGracePeriodSeconds\":30\(node)}}'")
            }
            try await kubectl("delete pod unplaced --timeout=60s")
            try await kubectl("delete pod now --now --wait=false")
            #expect(try await kubectl("get pod now -o jsonpath='{.metadata.deletionGracePeriodSeconds}'") == "1")
            try await kubectl("delete pod slow --wait=false")
            #expect(try await kubectl("get pod slow -o jsonpath='{.metadata.deletionGracePeriodSeconds}'") == "30")
            #expect(try await kubectl("get pod slow --no-headers").withSingleSpaces.hasPrefix("slow 0/1 Terminating 0"))
            try await kubectl("delete pod now slow forced --force --grace-period=0 --timeout=60s")
            #expect(try await kubectl("get pods -o name") == "")
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func deletesManyAndNamespaces(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("create namespace gone")
            try await kubectl("apply -n gone -f -", input: Manifests.web)
            #expect(try await kubectl("delete deployments,services -n gone -l app=web -o name") == "deployment.apps/web\nservice/web")
            #expect(try await kubectl("delete configmap none -n gone --ignore-not-found") == "")
            #expect(try await kubectl("delete configmap settings -n gone --dry-run=server").contains("(server dry run)"))
            try await kubectl("patch configmap settings -n gone --type=merge -p '{\"metadata\":{\"finalizers\":[\"example.com/hold\"]}}'")
            try await kubectl("delete namespace gone --wait=false")
            try await kubectl("wait namespace/gone --for=jsonpath='{.status.phase}'=Terminating --timeout=60s")
            try await kubectl("wait namespace/gone --for=condition=NamespaceFinalizersRemaining --timeout=60s")
            #expect(try await kubectl.refused("create configmap late -n gone").contains("because it is being terminated"))
            async let ended = kubectl("wait namespace/gone --for=delete --timeout=60s")
            try await kubectl("patch configmap settings -n gone --type=json -p '[{\"op\":\"remove\",\"path\":\"/metadata/finalizers\"}]'")
            _ = try await ended
            #expect(try await kubectl("get namespaces -o name") == "namespace/default\nnamespace/kube-node-lease\nnamespace/kube-public\nnamespace/kube-system")
            #expect(try await kubectl.refused("delete namespace kube-system").contains("this namespace may not be deleted"))
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func waits(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            async let created = kubectl("wait --for=create deployment/web --timeout=60s")
            try await kubectl("apply -f -", input: Manifests.web)
            #expect(try await created == "deployment.apps/web condition met")
            async let available = kubectl("wait --for=condition=Available deployment/web --timeout=60s")
            async let replicas = kubectl("wait --for=jsonpath='{.status.replicas}'=2 deployment --all --timeout=60s")
            let condition =
                #"{"type":"Available","status":"True","reason":"MinimumReplicasAvailable","message":"","lastTransitionTime":"2026-01-01T00:00:00Z"}"#
            try await kubectl("patch deployment web --subresource=status --type=merge -p '{\"status\":{\"replicas\":2,\"conditions\":[\(condition)]}}'")
            #expect(try await available == "deployment.apps/web condition met")
            #expect(try await replicas == "deployment.apps/web condition met")
            #expect(try await kubectl.refused("wait --for=condition=Progressing deployment/web --timeout=1s").contains("timed out waiting for the condition"))
            #expect(try await kubectl.refused("wait --for=condition=Ready pod/none --timeout=1s").contains(#"pods "none" not found"#))
        }
    }
}
