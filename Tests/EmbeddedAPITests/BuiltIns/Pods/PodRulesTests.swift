@testable import EmbeddedAPI
import KubernetesAPI
import Testing

/// Rules of pods and templates that the recordings do not show, by what is wrong and what Kubernetes says.
@Suite struct PodRulesTests {
    /// A defaulted pod with one container; `change` is merged into its spec.
    static func pod(_ change: JSONValue = [:], container: JSONValue = [:], metadata: JSONValue = [:]) throws -> JSONObject {
        let base: JSONValue = [
            "apiVersion": "v1", "kind": "Pod", "metadata": ["name": "p"],
            "spec": ["serviceAccountName": "default", "containers": [try MergePatch(container).applied(to: ["name": "c", "image": "example.invalid/c:1"])]],
        ]
        var pod = try MergePatch(["spec": change, "metadata": metadata]).applied(to: base).object ?? JSONObject()
        PodKind().applyDefaults(to: &pod)
        PodKind().prepareForCreation(&pod)
        return pod
    }

    @Test(
        arguments: [
            (
                "requests are within limits", ["resources": ["requests": ["cpu": "2"], "limits": ["cpu": "1"]]],
                ["spec.containers[0].resources.requests: Invalid value: \"2\": must be less than or equal to cpu limit of 1"]
            ),
            (
                "resources have known names", ["resources": ["limits": ["disk": "1"]]],
                [
                    "spec.containers[0].resources.limits[disk]: Invalid value: \"disk\": must be a standard resource type or fully qualified",
                    "spec.containers[0].resources.limits[disk]: Invalid value: \"disk\": must be a standard resource for containers",
                    "spec.containers[0].resources.requests[disk]: Invalid value: \"disk\": must be a standard resource type or fully qualified",
                    "spec.containers[0].resources.requests[disk]: Invalid value: \"disk\": must be a standard resource for containers",
                ]
            ),
            (
                "devices are not shared", ["resources": ["requests": ["example.com/gpu": "1"]]],
                ["spec.containers[0].resources.limits: Required value: Limit must be set for non overcommitable resources"]
            ),
            (
                "devices are whole", ["resources": ["limits": ["example.com/gpu": "500m"]]],
                [
                    "spec.containers[0].resources.limits[example.com/gpu]: Invalid value: \"500m\": must be an integer",
                    "spec.containers[0].resources.requests[example.com/gpu]: Invalid value: \"500m\": must be an integer",
                ]
            ),
            (
                "amounts are not negative", ["resources": ["requests": ["memory": "-1"]]],
                ["spec.containers[0].resources.requests[memory]: Invalid value: \"-1\": must be greater than or equal to 0"]
            ),
            (
                "a variable has one source", ["env": [["name": "A", "value": "1", "valueFrom": ["secretKeyRef": ["name": "s", "key": "k"]]]]],
                ["spec.containers[0].env[0].valueFrom: Invalid value: \"\": may not be specified when `value` is not empty"]
            ),
            (
                "a variable refers to some fields only", ["env": [["name": "A", "valueFrom": ["fieldRef": ["fieldPath": "status.phase"]]]]],
                [
                    "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Unsupported value: \"status.phase\": supported values: \"metadata.name\", "
                        + "\"metadata.namespace\", \"metadata.uid\", \"spec.nodeName\", \"spec.serviceAccountName\", \"status.hostIP\", \"status.hostIPs\", "
                        + "\"status.podIP\", \"status.podIPs\""
                ]
            ),
            (
                "a field must exist", ["env": [["name": "A", "valueFrom": ["fieldRef": ["fieldPath": "spec.x"]]]]],
                [
                    "spec.containers[0].env[0].valueFrom.fieldRef.fieldPath: Invalid value: \"spec.x\": error converting fieldPath: "
                        + "field label not supported: spec.x"
                ]
            ),
            ("a label may be referred to", ["env": [["name": "A", "valueFrom": ["fieldRef": ["fieldPath": "metadata.labels['app']"]]]]], []),
            ("a variable needs a name", ["env": [["value": "1"]]], ["spec.containers[0].env[0].name: Required value"]),
            (
                "sleep is within the grace period", ["lifecycle": ["preStop": ["sleep": ["seconds": 31]]]],
                [
                    "spec.containers[0].lifecycle.preStop.sleep: Invalid value: 31: must be non-negative and less than terminationGracePeriodSeconds (30)"
                ]
            ),
            (
                "propagation to the host needs privilege", ["volumeMounts": [["name": "v", "mountPath": "/v", "mountPropagation": "Bidirectional"]]],
                [
                    "spec.containers[0].volumeMounts.mountPropagation: Forbidden: Bidirectional mount propagation is available only to privileged containers"
                ]
            ),
        ] as [(String, JSONValue, [String])])
    func containers(_ rule: String, _ container: JSONValue, _ expected: [String]) throws {
        let pod = try Self.pod(["volumes": [["name": "v"]]], container: container)
        #expect(PodKind().creationErrors(in: pod).map(\.description) == expected)
    }

    @Test(
        arguments: [
            ("names are unique among containers", ["initContainers": [["name": "c", "image": "i"]]], ["spec.initContainers[0].name: Duplicate value: \"c\""]),
            (
                "tolerations of all keys exist", ["tolerations": [["effect": "NoSchedule"]]],
                [
                    "spec.tolerations[0].operator: Invalid value: \"\": operator must be Exists when `key` is empty, which means \"match all values and all keys\""
                ]
            ),
            (
                "seconds are for NoExecute", ["tolerations": [["key": "a", "operator": "Exists", "effect": "NoSchedule", "tolerationSeconds": 1]]],
                ["spec.tolerations[0].effect: Invalid value: \"NoSchedule\": effect must be 'NoExecute' when `tolerationSeconds` is set"]
            ),
            (
                "weights are from 1 to 100",
                ["affinity": ["podAffinity": ["preferredDuringSchedulingIgnoredDuringExecution": [["weight": 0, "podAffinityTerm": ["topologyKey": "a"]]]]]],
                [
                    "spec.affinity.podAffinity.preferredDuringSchedulingIgnoredDuringExecution[0].weight: Invalid value: 0: must be in the range 1-100"
                ]
            ),
            (
                "a node selector has terms", ["affinity": ["nodeAffinity": ["requiredDuringSchedulingIgnoredDuringExecution": ["nodeSelectorTerms": []]]]],
                [
                    "spec.affinity.nodeAffinity.requiredDuringSchedulingIgnoredDuringExecution.nodeSelectorTerms: Required value: "
                        + "must have at least one node selector term"
                ]
            ),
            (
                "skew is positive", ["topologySpreadConstraints": [["maxSkew": 0, "topologyKey": "zone", "whenUnsatisfiable": "Maybe"]]],
                [
                    "spec.topologySpreadConstraints[0].maxSkew: Invalid value: 0: must be greater than zero",
                    "spec.topologySpreadConstraints[0].whenUnsatisfiable: Unsupported value: \"Maybe\": supported values: \"DoNotSchedule\", \"ScheduleAnyway\"",
                ]
            ),
            (
                "tokens live ten minutes",
                ["volumes": [["name": "t", "projected": ["sources": [["serviceAccountToken": ["path": "t", "expirationSeconds": 60]]]]]]],
                [
                    "spec.volumes[0].projected.sources[0].serviceAccountToken.expirationSeconds: Invalid value: 60: "
                        + "may not specify a duration less than 10 minutes"
                ]
            ),
            (
                "keys have paths", ["volumes": [["name": "m", "configMap": ["name": "m", "items": [["key": "a", "path": "../a"]]]]]],
                ["spec.volumes[0].configMap.items[0].path: Invalid value: \"../a\": must not contain '..'"]
            ),
            (
                "modes are octal", ["volumes": [["name": "s", "secret": ["secretName": "s", "defaultMode": 1000]]]],
                ["spec.volumes[0].secret.defaultMode: Invalid value: 1000: must be a number between 0 and 0777 (octal), both inclusive"]
            ),
            (
                "ephemeral containers come later", ["ephemeralContainers": [["name": "e", "image": "i"]]],
                ["spec.ephemeralContainers: Forbidden: cannot be set on create"]
            ),
            ("systems are two", ["os": ["name": "plan9"]], ["spec.os: Unsupported value: \"plan9\": supported values: \"linux\", \"windows\""]),
        ] as [(String, JSONValue, [String])])
    func specs(_ rule: String, _ spec: JSONValue, _ expected: [String]) throws {
        #expect(PodKind().creationErrors(in: try Self.pod(spec)).map(\.description) == expected)
    }

    @Test(
        arguments: [
            ("images may change", ["spec": ["containers": [["name": "c", "image": "other:2"]]]], []),
            ("the deadline may shrink", ["spec": ["activeDeadlineSeconds": 5]], []),
            (
                "the deadline may not grow", ["spec": ["activeDeadlineSeconds": 11]],
                ["spec.activeDeadlineSeconds: Invalid value: 11: must be less than or equal to previous value"]
            ),
            (
                "tolerations are only added", ["spec": ["tolerations": []]],
                ["spec.tolerations: Forbidden: existing toleration can not be modified except its tolerationSeconds"]
            ),
            (
                "gates are only opened", ["spec": ["schedulingGates": [["name": "example.com/b"]]]],
                ["spec.schedulingGates[0].name: Forbidden: only deletion is allowed, but found new scheduling gate 'example.com/b'"]
            ),
            ("a gated pod may get a node selector", ["spec": ["nodeSelector": ["a": "1"]]], []),
            ("labels may change", ["metadata": ["labels": ["a": "b"]]], []),
            (
                "containers stay", ["spec": ["containers": []]],
                ["spec.containers: Required value", "spec.containers: Forbidden: pod updates may not add or remove containers"]
            ),
        ] as [(String, JSONValue, [String])])
    func updates(_ rule: String, _ patch: JSONValue, _ expected: [String]) throws {
        let gates: JSONValue = [["name": "example.com/a"]]
        let old = try Self.pod(["activeDeadlineSeconds": 10, "tolerations": [["key": "a", "operator": "Exists"]], "schedulingGates": gates])
        var new = try StrategicMergePatch(["spec": [:]]).applied(to: old, schema: Pod.definition)
        new = try MergePatch(patch).applied(to: .object(new)).object ?? JSONObject()
        PodKind().applyDefaults(to: &new)
        PodKind().prepareForUpdate(&new, replacing: old)
        #expect(PodKind().updateErrors(in: new, replacing: old).map(\.description) == expected)
    }

    @Test func otherChangesAreRefusedAndShown() throws {
        let old = try Self.pod()
        let new = try MergePatch(["spec": ["hostname": "h"]]).applied(to: .object(old)).object ?? JSONObject()
        let errors = PodKind().updateErrors(in: new, replacing: old).map(\.description)
        #expect(errors.count == 1)
        #expect(errors.first?.hasPrefix("spec: Forbidden: pod updates may not change fields other than `spec.containers[*].image`,") ?? false)
        #expect(errors.first?.hasSuffix("\n  + spec.hostname: \"h\"\n") ?? false)
    }

    @Test(
        arguments: [
            (
                "old labels of nodes", ["nodeSelector": ["beta.kubernetes.io/os": "linux"]],
                ["spec.nodeSelector[beta.kubernetes.io/os]: deprecated since v1.14; use \"kubernetes.io/os\" instead"]
            ),
            (
                "overlapping ports", ["containers": [["name": "c", "image": "i", "ports": [["containerPort": 80], ["containerPort": 80, "hostPort": 80]]]]],
                ["spec.containers[0].ports[1]: overlapping port definition with spec.containers[0].ports[0]"]
            ),
            (
                "an address without a port", ["containers": [["name": "c", "image": "i", "ports": [["containerPort": 80, "hostIP": "127.0.0.1"]]]]],
                [
                    "spec.containers[0].ports[0]: hostIP set without hostPort: {Name: HostPort:0 ContainerPort:80 Protocol:TCP HostIP:127.0.0.1}"
                ]
            ),
            (
                "bytes are whole", ["containers": [["name": "c", "image": "i", "resources": ["requests": ["memory": "100m"]]]]],
                ["spec.containers[0].resources.requests[memory]: fractional byte value \"100m\" is invalid, must be an integer"]
            ),
            (
                "a variable made from the one before",
                ["containers": [["name": "c", "image": "i", "env": [["name": "A", "value": "1"], ["name": "A", "value": "$(A)2"]]]]], []
            ),
            ("secrets without a name", ["imagePullSecrets": [["name": ""]]], ["spec.imagePullSecrets[0].name: invalid empty name \"\""]),
        ] as [(String, JSONValue, [String])])
    func warnings(_ rule: String, _ spec: JSONValue, _ expected: [String]) throws {
        #expect(PodKind().warnings(for: try Self.pod(spec), replacing: nil) == expected)
    }

    @Test func aNameThatIsNoLabelIsWarnedOf() throws {
        let advice = "metadata.name: this is used in the Pod's hostname, which can result in surprising behavior; a DNS label is recommended: "
        #expect(PodKind().warnings(for: try Self.pod(metadata: ["name": "a.b"]), replacing: nil) == [advice + "[must not contain dots]"])
    }

    @Test func defaultsAreStableAndLessInTemplates() throws {
        let pod = try Self.pod(["hostNetwork": true], container: ["ports": [["containerPort": 80]], "resources": ["limits": ["cpu": "1000m"]]])
        var again = pod
        PodKind().applyDefaults(to: &again)
        #expect(again == pod)
        #expect(pod["spec"]?["containers"]?[0]?["ports"]?[0]?["hostPort"] == 80)
        #expect(pod["spec"]?["containers"]?[0]?["resources"] == ["limits": ["cpu": "1"], "requests": ["cpu": "1"]])
        var template: JSONObject = [
            "spec": [
                "hostNetwork": true, "containers": [["name": "c", "image": "i", "ports": [["containerPort": 80]], "resources": ["limits": ["cpu": "1"]]]],
            ]
        ]
        PodTemplateRules.applyDefaults(to: &template)
        #expect(template["metadata"] == [:])
        #expect(template["spec"]?["enableServiceLinks"] == nil)
        #expect(template["spec"]?["containers"]?[0]?["resources"] == ["limits": ["cpu": "1"]])
        #expect(template["spec"]?["containers"]?[0]?["ports"]?[0]?["hostPort"] == nil)
        #expect(PodTemplateRules.errors(in: template, at: FieldPath("spec", "template")) == [])
    }

    @Test func templatesAreRefusedAtTheirPlace() {
        var template: JSONObject = ["metadata": ["labels": ["-": "x"]], "spec": ["containers": [["name": "c"]], "restartPolicy": "Sometimes"]]
        PodTemplateRules.applyDefaults(to: &template)
        let errors = PodTemplateRules.errors(in: template, at: FieldPath("spec", "template")).map { "\($0.path) \($0.kind)" }
        #expect(errors == ["spec.template.labels invalid", "spec.template.spec.containers[0].image required", "spec.template.spec.restartPolicy notSupported"])
    }
}
