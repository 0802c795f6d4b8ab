import Foundation
import KubernetesAPI
import Testing

/// What shows objects: get in each format, describe, explain, discovery, watches.
@Suite struct KubectlReadTests {
    @Test(arguments: KubectlProgram.installed)
    func printsEachFormat(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.web)
            try await kubectl("create -f -", input: Manifests.configMap("another", #"x: "1""#))
            try await kubectl.expect([
                "get configmap settings -o name": "configmap/settings",
                "get deployments,services -o name": "deployment.apps/web\nservice/kubernetes\nservice/web",
                "get deployment web -o jsonpath='{.spec.replicas} {.metadata.labels.app}'": "2 web",
                "get deployments -o jsonpath='{range .items[*]}{.metadata.name}={.spec.template.spec.containers[?(@.name==\"web\")].image}{end}'":
                    "web=nginx:1",
                "get deployments -o custom-columns=NAME:.metadata.name,REPLICAS:.spec.replicas": "NAME REPLICAS\nweb 2",
                "get deployments -o custom-columns=NAME:.metadata.name --no-headers": "web",
                "get deployments -o go-template='{{range .items}}{{.metadata.name}} {{len .spec.template.spec.containers}}{{end}}'": "web 1",
                "get configmaps -l app=web -o custom-columns=N:.metadata.name --no-headers": "settings",
                "get configmaps --sort-by=.metadata.name -o custom-columns=N:.metadata.name --no-headers": "another\nkube-root-ca.crt\nsettings",
                "get configmaps --field-selector=metadata.name=another -o name": "configmap/another",
                "get configmaps --selector='app in (web,x),!y' -o name": "configmap/settings",
                "get configmaps --chunk-size=1 -o name": "configmap/another\nconfigmap/kube-root-ca.crt\nconfigmap/settings",
                "get deploy/web svc/web cm/settings -o name": "deployment.apps/web\nservice/web\nconfigmap/settings",
            ])
            #expect(try await kubectl("get -o name -f -", input: Manifests.web) == "deployment.apps/web\nservice/web\nconfigmap/settings")
            try await kubectl.expectParts([
                "get deployments": ["NAME READY UP-TO-DATE AVAILABLE AGE", "web 0/2 0 0 "],
                "get deployments -o wide": ["AGE CONTAINERS IMAGES SELECTOR", "web nginx:1 app=web"],
                "get configmaps --show-labels": ["NAME DATA AGE LABELS", "settings 2 "],
                "get configmaps -L app": ["NAME DATA AGE APP"],
                "get services": ["NAME TYPE CLUSTER-IP EXTERNAL-IP PORT(S) AGE", "web ClusterIP 10.", "<none> 80/TCP"],
                "get deployments --show-kind": ["deployment.apps/web 0/2"],
                "get all --all-namespaces": ["NAMESPACE NAME", "default service/web", "default deployment.apps/web"],
                "get configmap settings -o yaml": ["apiVersion: v1\ndata:\na: \"1\"\nb: \"2\"\nkind: ConfigMap\nmetadata:\nannotations:"],
                "get namespaces": ["NAME STATUS AGE", "default Active", "kube-system Active"],
            ])
            let json = try JSONValue(parsing: Array(try await kubectl("get configmaps -l app=web -o json").utf8))
            #expect(json["kind"] == "List" && json["items"]?[0]?["data"] == ["a": "1", "b": "2"])
            #expect(try await kubectl.refused("get configmap none") == #"Error from server (NotFound): configmaps "none" not found"#)
            #expect(try await kubectl.refused("get nonsense").contains(#"the server doesn't have a resource type "nonsense""#))
            #expect(try await kubectl.refused("get configmaps -l 'a in'").contains("unable to parse requirement"))
            let selector = try await kubectl.refused("get configmaps --field-selector=data.a=1")
            #expect(
                selector.contains("field label not supported: data.a")
                    || selector.contains(#"Unable to find "/v1, Resource=configmaps" that match label selector"#), "\(selector)")
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func listsWhatIsServed(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl.expectParts([
                "api-resources": ["NAME SHORTNAMES APIVERSION NAMESPACED KIND", "deployments deploy apps/v1 true Deployment", "nodes no v1 false Node"],
                "api-resources --namespaced=false -o name": ["customresourcedefinitions.apiextensions.k8s.io", "namespaces"],
                "api-resources --api-group=batch --verbs=list,watch -o wide": ["jobs", "create,delete,deletecollection,get,list,patch,update,watch", "all"],
                "api-resources --categories=all -o name": ["deployments.apps", "pods", "services"],
                "api-versions": ["apps/v1", "rbac.authorization.k8s.io/v1", "v1"],
                "version": ["Client Version:", "Server Version: v1.36"],
                "cluster-info": ["is running at", "https://127.0.0.1:"],
                "get --raw /readyz": ["ok"],
                "get --raw /livez?verbose": ["livez check passed"],
                "get --raw /healthz": ["ok"],
                "get --raw /version": [#""gitVersion": "v1.36"#],
                "get --raw /api/v1/namespaces/default": [#""kind":"Namespace""#],
                "get --raw /openapi/v3": [#""apis/apps/v1""#],
                "get --raw /metrics": ["# TYPE apiserver_request_total counter"],
            ])
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func explains(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.crontabs)
            try await kubectl("wait --for=condition=Established crd/crontabs.example.com --timeout=60s")
            try await kubectl.expectParts([
                "explain pods": ["KIND: Pod", "VERSION: v1", "spec <PodSpec>"],
                "explain pods.spec.containers.env": ["FIELD: env <[]EnvVar>", "name <string> -required-", "valueFrom <EnvVarSource>"],
                "explain deployment --recursive": ["GROUP: apps", "strategy <DeploymentStrategy>", "rollingUpdate <RollingUpdateDeployment>"],
                "explain pods --recursive": ["containerPort <integer> -required-", "readinessProbe <Probe>"],
                "explain jobs.spec.completionMode": ["FIELD: completionMode <string>"],
                "explain crontabs": ["GROUP: example.com", "KIND: CronTab", "Something that is done again and again."],
                "explain ct --recursive": ["cronSpec <string> -required-", "replicas <integer>", "status <Object>"],
                "explain ct.spec.cronSpec": ["FIELD: cronSpec <string>", "When it is done."],
                "explain crd.spec.versions.schema": ["openAPIV3Schema <JSONSchemaProps>"],
            ])
            #expect(try await kubectl.refused("explain pods.spec.nothing").contains(#"field "nothing" does not exist"#))
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func watches(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.web)
            let shown = try await kubectl.watch("get configmaps --watch --output-watch-events -l app=web") { lines in
                var shown: [String] = []
                func read(_ count: Int) async throws {
                    for _ in 0..<count { shown.append(try await lines.next() ?? "nothing") }
                }
                try await read(2)
                try await kubectl("patch configmap settings --type=merge -p '{\"data\":{\"a\":\"5\"}}'")
                try await kubectl("delete configmap settings")
                try await kubectl("create -f -", input: Manifests.web.components(separatedBy: "---\n")[2])
                try await read(3)
                // Without the last column, the age.
                return shown.map { $0.split { " \t\n".contains($0) }.dropLast().joined(separator: " ") }
            }
            #expect(shown == ["EVENT NAME DATA", "ADDED settings 2", "MODIFIED settings 2", "DELETED settings 2", "ADDED settings 2"])
            let wide = try await kubectl.watch("get deployments --watch") { lines in [try await lines.next() ?? "", try await lines.next() ?? ""] }
            #expect(wide.map { $0.withSingleSpaces }.first?.hasPrefix("NAME READY") == true && wide[1].withSingleSpaces.hasPrefix("web 0/2"))
        }
    }

    @Test(arguments: KubectlProgram.installed)
    func showsEvents(_ program: KubectlProgram) async throws {
        try await Kubectl.run(program) { kubectl in
            try await kubectl("apply -f -", input: Manifests.web)
            let uid = try await kubectl("get deployment web -o jsonpath='{.metadata.uid}'")
            let event = """
                apiVersion: v1
                kind: Event
                metadata: {name: web.1}
                involvedObject: {apiVersion: apps/v1, kind: Deployment, name: web, namespace: default, uid: \(uid)}
                reason: ScalingReplicaSet
                message: Scaled up replica set web-1 from 0 to 2
                type: Normal
                count: 1
                firstTimestamp: "2026-01-01T00:00:00Z"
                lastTimestamp: "2026-01-01T00:00:00Z"
                source: {component: deployment-controller}
                """
            try await kubectl("create -f -", input: event)
            try await kubectl.expectParts([
                "events": ["LAST SEEN TYPE REASON OBJECT MESSAGE", "Normal ScalingReplicaSet Deployment/web Scaled up replica set web-1 from 0 to 2"],
                "events --for deployment/web": ["ScalingReplicaSet"],
                "events --types=Warning": [],
                "get events": ["LAST SEEN TYPE REASON OBJECT MESSAGE", "Normal ScalingReplicaSet deployment/web Scaled up"],
                "get events --field-selector involvedObject.name=web,type=Normal -o name": ["event/web.1"],
                "get events.events.k8s.io -o jsonpath='{.items[0].regarding.name} {.items[0].note}'": ["web Scaled up"],
                "describe deployment web": ["Normal ScalingReplicaSet", "deployment-controller Scaled up replica set web-1 from 0 to 2"],
            ])
        }
    }
}
