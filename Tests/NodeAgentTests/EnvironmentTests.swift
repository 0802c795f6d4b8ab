import KubernetesAPI
import Testing

@testable import NodeAgent

struct EnvironmentTests {
    static let sources = ConfigurationSources(
        configMaps: ["m": ConfigMap(metadata: ObjectMeta(name: "m"), data: ["k": "v", "l": "w"])],
        secrets: ["s": Secret(metadata: ObjectMeta(name: "s"), data: ["k": Base64Data(utf8: "hush")])])
    static let place = ContainerEnvironment.Place(
        podIP: "127.1.2.3", hostIP: "127.0.0.1", hostname: "p", allocatable: ["cpu": Quantity(4), "memory": Quantity(1 << 30)])

    @Test(arguments: [
        ("$(A)", "1"), ("a$(A)b$(A)", "a1b1"), ("$$(A)", "$(A)"), ("$$$(A)", "$1"), ("$(X)", "$(X)"), ("$(A", "$(A"), ("$A", "$A"), ("$", "$"), ("$$", "$"),
        ("$()", "$()"), ("$($(A))", "$($(A))"), ("é$(A)", "é1"),
    ])
    func expands(_ text: String, _ expected: String) {
        #expect(VariableExpansion.expand(text) { ["A": "1"][$0] } == expected)
    }

    static func resolve(_ members: JSONObject, image: [String] = []) throws(ContainerConfigError) -> ContainerEnvironment {
        var all: JSONObject = ["name": "c", "resources": ["requests": ["cpu": "250m", "memory": "32Mi"], "limits": ["cpu": "1500m"]]]
        for (key, value) in members { all[key] = value }
        let owner = pod(
            [.object(all)], spec: ["nodeName": "n", "serviceAccountName": "sa"], metadata: ["labels": ["a": "1", "b": "x\"y"], "annotations": ["q/r": "s"]])
        return try ContainerEnvironment(of: Container(members: all), in: owner, at: place, from: sources, image: image)
    }

    @Test(
        arguments: [
            ("a value", [["name": "V", "value": "x"]], "x"),
            ("a reference to an earlier variable", [["name": "A", "value": "x"], ["name": "V", "value": "$(A)y"]], "xy"),
            ("not to a later one", [["name": "V", "value": "$(A)"], ["name": "A", "value": "x"]], "$(A)"),
            ("a ConfigMap's key", [["name": "V", "valueFrom": ["configMapKeyRef": ["name": "m", "key": "k"]]]], "v"),
            ("a Secret's key", [["name": "V", "valueFrom": ["secretKeyRef": ["name": "s", "key": "k"]]]], "hush"),
            ("an optional key", [["name": "V", "valueFrom": ["configMapKeyRef": ["name": "m", "key": "x", "optional": true]]]], nil),
            ("an optional map", [["name": "V", "valueFrom": ["configMapKeyRef": ["name": "x", "key": "x", "optional": true]]]], nil),
            ("a missing map", [["name": "V", "valueFrom": ["configMapKeyRef": ["name": "x", "key": "k"]]]], "!configmap \"x\" not found"),
            ("a missing key", [["name": "V", "valueFrom": ["configMapKeyRef": ["name": "m", "key": "x"]]]], "!couldn't find key x in ConfigMap ns/m"),
            ("a missing Secret", [["name": "V", "valueFrom": ["secretKeyRef": ["name": "x", "key": "k"]]]], "!secret \"x\" not found"),
            ("a missing Secret's key", [["name": "V", "valueFrom": ["secretKeyRef": ["name": "s", "key": "x"]]]], "!couldn't find key x in Secret ns/s"),
            ("the pod's name", [["name": "V", "valueFrom": ["fieldRef": ["fieldPath": "metadata.name"]]]], "p"),
            ("its address", [["name": "V", "valueFrom": ["fieldRef": ["fieldPath": "status.podIP"]]]], "127.1.2.3"),
            ("its node", [["name": "V", "valueFrom": ["fieldRef": ["fieldPath": "spec.nodeName"]]]], "n"),
            ("a label", [["name": "V", "valueFrom": ["fieldRef": ["fieldPath": "metadata.labels['a']"]]]], "1"),
            ("all labels", [["name": "V", "valueFrom": ["fieldRef": ["fieldPath": "metadata.labels"]]]], "a=\"1\"\nb=\"x\\\"y\""),
            ("an unknown field", [["name": "V", "valueFrom": ["fieldRef": ["fieldPath": "spec.x"]]]], "!unsupported fieldPath: spec.x"),
            ("cpu is rounded up", [["name": "V", "valueFrom": ["resourceFieldRef": ["resource": "limits.cpu"]]]], "2"),
            ("a divisor", [["name": "V", "valueFrom": ["resourceFieldRef": ["resource": "requests.cpu", "divisor": "1m"]]]], "250"),
            ("memory", [["name": "V", "valueFrom": ["resourceFieldRef": ["resource": "requests.memory", "divisor": "1Mi"]]]], "32"),
            ("a limit that is not set is the node's", [["name": "V", "valueFrom": ["resourceFieldRef": ["resource": "limits.memory"]]]], "1073741824"),
        ] as [(String, JSONValue, String?)])
    func resolves(_ rule: String, _ env: JSONValue, _ expected: String?) {
        do throws(ContainerConfigError) {
            #expect(try Self.resolve(["env": env])["V"] == expected)
        } catch {
            #expect("!" + error.message == expected)
        }
    }

    @Test func envFromComesBeforeEnv() throws {
        let found = try Self.resolve(
            [
                "envFrom": [
                    ["prefix": "P_", "configMapRef": ["name": "m"]], ["secretRef": ["name": "s"]], ["configMapRef": ["name": "x", "optional": true]],
                ],
                "env": [["name": "k", "value": "own"], ["name": "R", "value": "$(P_k)$(PATH)"]],
            ], image: ["PATH=/bin", "k=image"])
        #expect(
            found.variables == [
                .init("PATH", "/bin"), .init("HOSTNAME", "p"), .init("k", "own"), .init("P_k", "v"), .init("P_l", "w"), .init("R", "v$(PATH)"),
            ])
    }

    @Test(
        arguments: [
            ([:], ["e", "c"]),
            (["args": ["a"]], ["e", "a"]),
            (["command": ["x"]], ["x"]),
            (["command": ["x"], "args": ["$(A)"]], ["x", "1"]),
        ] as [(JSONObject, [String])])
    func commandsReplaceTheImages(_ members: JSONObject, _ expected: [String]) throws {
        var members = members
        members["env"] = [["name": "A", "value": "1"]]
        let found = try Self.resolve(members).arguments(of: Container(members: members), entrypoint: ["e"], command: ["c"])
        #expect(found == expected)
    }

    @Test func hosts() {
        let owner = pod(spec: ["hostAliases": [["ip": "10.0.0.1", "hostnames": ["a", "b"]]]])
        let text = PodHosts.hostsFile(of: owner, address: "127.1.2.3")
        #expect(text.hasPrefix("# Kubernetes-managed hosts file.\n127.0.0.1\tlocalhost\n"))
        #expect(text.hasSuffix("127.1.2.3\tp\n\n# Entries added by HostAliases.\n10.0.0.1\ta\tb\n"))
    }
}
