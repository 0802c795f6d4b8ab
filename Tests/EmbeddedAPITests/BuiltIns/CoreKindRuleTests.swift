@testable import EmbeddedAPI
import KubernetesAPI
import Testing

/// Rules of the core group's kinds and their like that no recording shows.
@Suite struct CoreKindRuleTests {
    private func errors(_ kind: any BuiltInKind, _ object: JSONObject, replacing old: JSONObject? = nil) -> [String] {
        var (object, old) = (object, old)
        kind.applyDefaults(to: &object)
        guard old != nil else {
            kind.prepareForCreation(&object)
            return kind.creationErrors(in: object).map(\.description)
        }
        if var replaced = old {
            kind.applyDefaults(to: &replaced)
            old = replaced
        }
        return kind.updateErrors(in: object, replacing: old ?? JSONObject()).map(\.description)
    }

    @Test(
        arguments: [
            (
                SecretKind(), ["type": "kubernetes.io/dockerconfigjson", "stringData": [".dockerconfigjson": "x"]],
                ["data[.dockerconfigjson]: Invalid value: \"<secret contents redacted>\": invalid character 'x' looking for beginning of value"]
            ),
            (SecretKind(), ["type": "kubernetes.io/dockerconfigjson", "stringData": [".dockerconfigjson": "{}"]], []),
            (
                RoleKind(), ["rules": [["verbs": []]]],
                [
                    "rules[0].verbs: Required value: verbs must contain at least one value",
                    "rules[0].apiGroups: Required value: resource rules must supply at least one api group",
                    "rules[0].resources: Required value: resource rules must supply at least one resource",
                ]
            ),
            (
                RoleKind(), ["rules": [["verbs": ["get"], "nonResourceURLs": ["/healthz"]]]],
                ["rules[0].nonResourceURLs: Invalid value: [\"/healthz\"]: namespaced rules cannot apply to non-resource URLs"]
            ),
            (
                ClusterRoleKind(), ["aggregationRule": [:]],
                ["aggregationRule.clusterRoleSelectors: Required value: at least one clusterRoleSelector required if aggregationRule is non-nil"]
            ),
            (
                ClusterRoleBindingKind(), ["roleRef": ["kind": "Role", "name": "r"], "subjects": [["kind": "ServiceAccount", "name": "s"]]],
                ["roleRef.kind: Unsupported value: \"Role\": supported values: \"ClusterRole\"", "subjects[0].namespace: Required value"]
            ),
            (
                EndpointSliceKind(), ["addressType": "IPv4", "endpoints": [["addresses": ["127.0.0.1"]]]],
                ["endpoints[0].addresses[0]: Invalid value: \"127.0.0.1\": may not be in the loopback range (127.0.0.0/8, ::1/128)"]
            ),
            (
                EndpointSliceKind(), ["addressType": "IPv6", "endpoints": [["addresses": ["192.0.2.1"]]]],
                ["endpoints[0].addresses[0]: Invalid value: \"192.0.2.1\": must be a valid IPv6 address"]
            ),
            (
                LimitRangeKind(), ["spec": ["limits": [["type": "Container", "min": ["cpu": "2"], "max": ["cpu": "1"], "default": ["cpu": "2"]]]]],
                [
                    "spec.limits[0].min[cpu]: Invalid value: \"2\": min value 2 is greater than max value 1",
                    "spec.limits[0].defaultRequest[cpu]: Invalid value: \"2\": default request value 2 is greater than max value 1",
                    "spec.limits[0].default[cpu]: Invalid value: \"1\": default value 2 is greater than max value 1",
                ]
            ),
            (ResourceQuotaKind(), ["spec": ["hard": ["pods": "1500m", "cpu": "1"]]], ["spec.hard[pods]: Invalid value: \"1500m\": must be an integer"]),
            (
                PersistentVolumeKind(), ["spec": ["accessModes": ["ReadWriteOnce"], "capacity": ["storage": "1Gi"]]],
                ["spec: Required value: must specify a volume type"]
            ),
            (
                IngressClassKind(), ["spec": ["controller": "example"]],
                ["spec.controller: Invalid value: \"example\": must be a domain-prefixed path (such as \"acme.io/foo\")"]
            ),
            (
                NodeKind(), ["spec": ["taints": [["key": "a", "effect": "Never"]]]],
                ["metadata.taints[0].effect: Unsupported value: \"Never\": supported values: \"NoSchedule\", \"PreferNoSchedule\", \"NoExecute\""]
            ),
            (
                CoreEventKind(), ["metadata": ["namespace": "a"], "involvedObject": ["namespace": "b"]],
                ["involvedObject.namespace: Invalid value: \"b\": does not match event.namespace"]
            ),
            (EventKind(), ["metadata": ["namespace": "default"], "reason": "R", "type": "Normal"], ["eventTime: Required value"]),
        ] as [(any BuiltInKind, JSONObject, [String])])
    func refuses(_ kind: any BuiltInKind, _ object: JSONObject, _ expected: [String]) {
        #expect(errors(kind, object) == expected)
    }

    @Test func anImmutableConfigMapStaysAsItIs() {
        let old: JSONObject = ["immutable": true, "data": ["a": "1"]]
        let detail = "Forbidden: field is immutable when `immutable` is set"
        #expect(errors(ConfigMapKind(), ["data": ["a": "2"]], replacing: old) == ["immutable: \(detail)", "data: \(detail)"])
    }

    @Test func aBoundClaimMayGrowAndNotShrink() {
        func claim(_ size: String) -> JSONObject {
            [
                "spec": ["accessModes": ["ReadWriteOnce"], "resources": ["requests": ["storage": .string(size)]], "volumeName": "v"],
                "status": ["phase": "Bound", "capacity": ["storage": "2Gi"]],
            ]
        }
        #expect(errors(PersistentVolumeClaimKind(), claim("3Gi"), replacing: claim("2Gi")) == [])
        let expected = ["spec.resources.requests.storage: Forbidden: field can not be less than status.capacity"]
        #expect(errors(PersistentVolumeClaimKind(), claim("1Gi"), replacing: claim("2Gi")) == expected)
    }

    @Test func defaultsOfAllKindsAreStable() {
        for kind in BuiltInKinds.all {
            var once: JSONObject = ["metadata": ["name": "a"], "spec": [:]]
            kind.applyDefaults(to: &once)
            var twice = once
            kind.applyDefaults(to: &twice)
            #expect(once == twice)
            #expect(kind.columns.count == kind.cells(of: once, now: TestTime.now).count, "\(kind)")
        }
    }

    @Test func eventsHaveTwoFaces() {
        let event: JSONObject = [
            "apiVersion": "events.k8s.io/v1", "kind": "Event", "metadata": ["name": "e", "namespace": "default"], "eventTime": "2024-01-02T03:04:05.000006Z",
            "regarding": ["kind": "Pod", "name": "p", "namespace": "default"], "note": "n", "reportingController": "example.com/c", "reportingInstance": "i",
            "action": "A", "reason": "R", "type": "Normal", "deprecatedSource": [:], "deprecatedFirstTimestamp": .null, "deprecatedLastTimestamp": .null,
        ]
        let stored = EventConversion.stored(event)
        #expect(stored["involvedObject"]?["name"] == "p" && stored["message"] == "n" && stored["reportingComponent"] == "example.com/c")
        #expect(EventConversion.shown(stored) == event)
        #expect(EventKind().creationErrors(in: event).isEmpty)
    }

    @Test func warnsOfAddressesThatAreWrittenOddly() {
        let service: JSONObject = ["spec": ["type": "ClusterIP", "sessionAffinity": "None", "clusterIPs": ["010.96.0.9", "2001:DB8:0::1"]]]
        #expect(
            ServiceKind().warnings(for: service, replacing: nil) == [
                "spec.clusterIPs[0]: non-standard IP address \"010.96.0.9\" will be considered invalid in a future Kubernetes release: use \"10.96.0.9\"",
                "spec.clusterIPs[1]: IPv6 address \"2001:DB8:0::1\" should be in RFC 5952 canonical format (\"2001:db8::1\")",
            ])
    }
}
