import Testing

/// The commands that make objects without a manifest.
@Suite struct KubectlCreateTests {
    /// A command, and what then is there.
    static let commands: [(create: String, read: String, expected: String)] = [
        ("configmap c --from-literal=a=1 --from-literal=b=2", "configmap c -o jsonpath='{.data}'", #"{"a":"1","b":"2"}"#),
        ("secret generic s --from-literal=password=x", "secret s -o jsonpath='{.type} {.data.password}'", "Opaque eA=="),
        (
            "secret docker-registry d --docker-server=r.io --docker-username=u --docker-password=p", "secret d -o jsonpath='{.type}'",
            "kubernetes.io/dockerconfigjson"
        ),
        ("deployment d --image=nginx --replicas=3 --port=80", "deploy d -o jsonpath='{.spec.replicas} {.spec.template.spec.containers[0].image}'", "3 nginx"),
        ("job j --image=busybox -- echo hi", "job j -o jsonpath='{.spec.template.spec.containers[0].command}'", #"["echo","hi"]"#),
        ("cronjob c --image=busybox --schedule='*/5 * * * *' -- date", "cronjob c -o jsonpath='{.spec.schedule}'", "*/5 * * * *"),
        ("job k --from=cronjob/c", "job k -o jsonpath='{.spec.template.spec.containers[0].command[0]}'", "date"),
        ("role r --verb=get,list --resource=pods,deployments.apps", "role r -o jsonpath='{.rules[*].resources[0]}'", "pods deployments"),
        ("clusterrole cr --verb=get --resource=nodes", "clusterrole cr -o jsonpath='{.rules[0].verbs}'", #"["get"]"#),
        ("clusterrole agg --aggregation-rule=x=y", "clusterrole agg -o jsonpath='{.aggregationRule.clusterRoleSelectors[0].matchLabels.x}'", "y"),
        ("clusterrole url --verb=get --non-resource-url=/logs/*", "clusterrole url -o jsonpath='{.rules[0].nonResourceURLs[0]}'", "/logs/*"),
        ("rolebinding rb --role=r --serviceaccount=default:default", "rolebinding rb -o jsonpath='{.roleRef.name} {.subjects[0].name}'", "r default"),
        ("clusterrolebinding crb --clusterrole=cr --user=jane --group=staff", "clusterrolebinding crb -o jsonpath='{.subjects[*].name}'", "jane staff"),
        ("serviceaccount worker", "serviceaccount worker -o jsonpath='{.metadata.name}'", "worker"),
        ("namespace n", "namespace n -o jsonpath='{.status.phase}'", "Active"),
        ("quota q --hard=pods=4,requests.cpu=2", "quota q -o jsonpath='{.spec.hard}'", #"{"pods":"4","requests.cpu":"2"}"#),
        ("poddisruptionbudget p --selector=app=x --min-available=50%", "pdb p -o jsonpath='{.spec.minAvailable}'", "50%"),
        ("ingress i --rule='web.local/*=web:80'", "ingress i -o jsonpath='{.spec.rules[0].http.paths[0].backend.service.port.number}'", "80"),
        ("service clusterip cip --tcp=80:8080", "service cip -o jsonpath='{.spec.ports[0].targetPort} {.spec.type}'", "8080 ClusterIP"),
        ("service nodeport np --tcp=80 --node-port=30080", "service np -o jsonpath='{.spec.ports[0].nodePort}'", "30080"),
        ("service externalname en --external-name=example.com", "service en -o jsonpath='{.spec.externalName}'", "example.com"),
        ("service loadbalancer lb --tcp=80:80", "service lb -o jsonpath='{.spec.type}'", "LoadBalancer"),
    ]

    @Test(arguments: KubectlProgram.installed)
    func createsEachKind(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            for (create, read, expected) in Self.commands {
                let isNew = try await kubectl("create \(create)")
                #expect(isNew.hasSuffix(" created"), "kubectl create \(create)")
                #expect(try await kubectl("get \(read)") == expected, "kubectl create \(create)")
            }
            let again = try await kubectl.refused("create configmap c")
            #expect(again.contains(#"configmaps "c" already exists"#))
            #expect(try await kubectl("create configmap tried --from-literal=a=b --dry-run=server") == "configmap/tried created (server dry run)")
            #expect(try await kubectl("get configmap tried --ignore-not-found") == "")
            #expect(try await kubectl.refused("create deployment Wrong --image=i").contains("metadata.name: Invalid value"))
            #expect(try await kubectl.refused("create configmap x -n nowhere").contains(#"namespaces "nowhere" not found"#))
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func runsAndExposes(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("create deployment web --image=nginx:1 --port=80")
            try await kubectl.expect([
                "run p --image=busybox --labels=app=p --env=A=1 --restart=Never -- sleep 1": "pod/p created",
                "get pod p -o jsonpath='{.status.phase} {.spec.restartPolicy} {.spec.containers[0].args}'": #"Pending Never ["sleep","1"]"#,
                "expose deployment web --port=8080 --target-port=80": "service/web exposed",
                "get service web -o jsonpath='{.spec.selector.app} {.spec.ports[0].targetPort}'": "web 80",
                "expose pod p --port=80 --name=pod-p": "service/pod-p exposed",
                "scale deployment web --replicas=3": "deployment.apps/web scaled",
                "scale --current-replicas=3 --replicas=4 deployment/web": "deployment.apps/web scaled",
                "get deployment web -o jsonpath='{.spec.replicas}'": "4",
                "set image deployment/web nginx=nginx:2": "deployment.apps/web image updated",
                "set env deployment/web A=1": "deployment.apps/web env updated",
                "set env deployment/web --list": "# Deployment web, container nginx\nA=1",
                "set resources deployment/web --limits=cpu=1,memory=1Gi": "deployment.apps/web resource requirements updated",
                "set serviceaccount deployment/web default": "deployment.apps/web serviceaccount updated",
                "set selector service web app=other": "service/web selector updated",
                "rollout restart deployment/web": "deployment.apps/web restarted",
                "rollout pause deployment/web": "deployment.apps/web paused",
                "rollout resume deployment/web": "deployment.apps/web resumed",
                "rollout history deployment/web": "deployment.apps/web\nNo rollout history found.",
                "get deployment web -o jsonpath='{.spec.template.spec.containers[0].image} {.spec.template.spec.containers[0].resources.limits.cpu}'":
                    "nginx:2 1",
            ])
            // Before 1.33, kubectl writes autoscalers of autoscaling/v1.
            try await kubectl("autoscale deployment web --min=1 --max=5")
            #expect(try await kubectl("get hpa web -o jsonpath='{.spec.maxReplicas} {.spec.scaleTargetRef.name}'") == "5 web")
            // No controller of Deployments runs here: the test is it.
            let generation = try await kubectl("get deployment web -o jsonpath='{.metadata.generation}'")
            let status = #"{"status":{"observedGeneration":\#(generation),"replicas":4,"updatedReplicas":4,"readyReplicas":4,"availableReplicas":4}}"#
            try await kubectl("patch deployment web --subresource=status --type=merge -p '\(status)'")
            #expect(try await kubectl("rollout status deployment/web --timeout=60s").contains(#"deployment "web" successfully rolled out"#))
            #expect(try await kubectl("get deployment web --no-headers").withSingleSpaces.hasPrefix("web 4/4 4 4"))
            #expect(try await kubectl.refused("scale --current-replicas=9 --replicas=1 deployment/web").contains("Expected replicas to be 9, was 4"))
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func changesNodes(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("create -f -", input: "apiVersion: v1\nkind: Node\nmetadata: {name: one}\n")
            try await kubectl.expect([
                "cordon one": "node/one cordoned",
                "get node one -o jsonpath='{.spec.unschedulable}'": "true",
                "uncordon one": "node/one uncordoned",
                "taint node one key=value:NoSchedule": "node/one tainted",
                "get node one -o jsonpath='{.spec.taints[?(@.key==\"key\")].value}'": "value",
                "taint node one key:NoSchedule-": "node/one untainted",
                "label node one disk=ssd": "node/one labeled",
                "get nodes -l disk=ssd -o name": "node/one",
            ])
            try await kubectl("run p --image=i --overrides='{\"spec\":{\"nodeName\":\"one\"}}'")
            let drained = try await kubectl("drain one --force --grace-period=0 --disable-eviction=false --timeout=60s")
            #expect(drained.contains("pod/p evicted"), "\(drained)")
            #expect(try await kubectl("get pods -o name") == "")
        }
    }
}
