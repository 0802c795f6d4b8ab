@testable import EmbeddedAPI
import KubernetesAPI
import Testing

/// What other objects do to a new pod.
@Suite struct PodAdmissionTests {
    struct Objects: ObjectReading {
        var members: [String: JSONObject]
        func object(_ resource: GroupResource, namespace: String, name: String) -> JSONObject? { members["\(resource)/\(name)"] }
        func objects(_ resource: GroupResource, namespace: String?) -> [JSONObject] {
            members.filter { $0.key.hasPrefix("\(resource)/") }.sorted { $0.key < $1.key }.map(\.value)
        }
        func version(of resources: [GroupResource]) -> Int64 { 0 }
    }

    static let account: JSONObject = ["metadata": ["name": "default"], "imagePullSecrets": [["name": "registry"]]]

    static func admitted(_ spec: JSONValue, _ objects: [String: JSONObject] = ["serviceaccounts/default": account]) throws(Status) -> JSONObject {
        var pod: JSONObject = ["metadata": ["name": "p", "namespace": "n"], "spec": spec]
        try PodAdmission().admit(&pod, reading: Objects(members: objects), randomSuffix: "abcde")
        return pod["spec"]?.object ?? JSONObject()
    }

    @Test func theTokenIsMountedWhereNothingElseIs() throws {
        let path: JSONValue = "/var/run/secrets/kubernetes.io/serviceaccount"
        let own: JSONValue = ["name": "mine", "mountPath": path]
        let spec = try Self.admitted(["containers": [["name": "c"], ["name": "d", "volumeMounts": [own]]]])
        #expect(spec["containers"]?[0]?["volumeMounts"] == [["name": "kube-api-access-abcde", "readOnly": true, "mountPath": path]])
        #expect(spec["containers"]?[1]?["volumeMounts"] == [own])
        #expect(spec["volumes"]?[0]?["name"] == "kube-api-access-abcde")
        #expect(spec["imagePullSecrets"] == [["name": "registry"]])
        let withoutToken = try Self.admitted(["containers": [["name": "c"]]], ["serviceaccounts/default": ["automountServiceAccountToken": false]])
        #expect(withoutToken["volumes"] == nil)
    }

    @Test(
        arguments: [
            ("tolerations of one's own stay alone", [["operator": "Exists"]], 1),
            ("other tolerations do not count", [["key": "a", "operator": "Exists", "effect": "NoSchedule"]], 3),
            ("one of the two is missing", [["key": "node.kubernetes.io/not-ready", "operator": "Exists", "effect": "NoExecute"]], 2),
        ] as [(String, JSONValue, Int)])
    func tolerates(_ rule: String, _ tolerations: JSONValue, _ count: Int) throws {
        #expect(try Self.admitted(["tolerations": tolerations])["tolerations"]?.array?.count == count)
    }

    @Test(
        arguments: [
            ("a priority class must exist", ["priorityClassName": "none"], "pods \"p\" is forbidden: no PriorityClass with name none was found"),
            (
                "a priority comes from its class", ["priority": 5],
                "pods \"p\" is forbidden: the integer value of priority (5) must not be provided in pod spec; priority admission controller computed 0 from the "
                    + "given PriorityClass name"
            ),
            ("a runtime class must exist", ["runtimeClassName": "vm"], "pods \"p\" is forbidden: pod rejected: RuntimeClass \"vm\" not found"),
            (
                "an account must exist", ["serviceAccountName": "x"],
                "pods \"p\" is forbidden: error looking up service account n/x: serviceaccount \"x\" not found"
            ),
        ] as [(String, JSONValue, String)])
    func refuses(_ rule: String, _ spec: JSONValue, _ message: String) throws {
        #expect { try Self.admitted(spec) } throws: { ($0 as? Status)?.message == message && ($0 as? Status)?.code == 403 }
    }

    @Test func classesGivePriorities() throws {
        #expect(try Self.admitted(["priorityClassName": "system-node-critical"])["priority"] == 2_000_001_000)
        let objects: [String: JSONObject] = [
            "serviceaccounts/default": Self.account,
            "priorityclasses.scheduling.k8s.io/low": ["metadata": ["name": "low"], "value": 7, "globalDefault": true, "preemptionPolicy": "Never"],
        ]
        let spec = try Self.admitted([:], objects)
        #expect(spec["priority"] == 7)
        #expect(spec["priorityClassName"] == "low")
        #expect(spec["preemptionPolicy"] == "Never")
    }
}
