import KubernetesAPI
import Testing

@testable import EmbeddedAPI

/// Bodies as kubectl 1.37 sends them.
@Suite struct ProtobufDecodingTests {
    private static func body(_ base64: String) throws -> RequestBody {
        RequestBody(try Base64Data(base64: base64).bytes, encoding: try RequestBody.encoding(of: "application/vnd.kubernetes.protobuf"))
    }

    @Test(
        arguments: [
            (
                "kubectl create deployment web --image=nginx:1 --port=80", Deployment.self,
                """
                azhzAAoVCgdhcHBzL3YxEgpEZXBsb3ltZW50EroBCh8KA3dlYhIAGgAiACoAMgA4AEIAWgoKA2FwcBIDd2ViEogBCAESDAoKCgNhcHASA3dlYhpuChwKABIAGgAiACoAMgA4AEIAWgoKA2FwcBID\
                d2ViEk4SMAoFbmdpbngSB25naW54OjEqADIKCgAQABhQIgAqAEIAagByAIABAIgBAJABAKIBABoAMgBCAEoAUgBYAGAAaACCAQCKAQCaAQDCAQAiAgoAKAA4ABoMCAAQABgAIAAoADgAGgAiAA==
                """,
                #"""
                {"apiVersion":"apps/v1","kind":"Deployment","metadata":{"labels":{"app":"web"},"name":"web"},"spec":{"replicas":1,
                "selector":{"matchLabels":{"app":"web"}},"strategy":{},"template":{"metadata":{"labels":{"app":"web"}},
                "spec":{"containers":[{"image":"nginx:1","name":"nginx","ports":[{"containerPort":80}],"resources":{}}]}}},"status":{}}
                """#
            ),
            (
                "kubectl create ingress i --rule=web.local/*=web:80", Ingress.self,
                """
                azhzAAofChRuZXR3b3JraW5nLms4cy5pby92MRIHSW5ncmVzcxJGChEKAWkSABoAIgAqADIAOABCABItGisKCXdlYi5sb2NhbBIeChwKGgoBLxINIgsKA3dlYhIECgAQUBoGUHJlZml4GgIKABoA\
                IgA=
                """,
                #"""
                {"apiVersion":"networking.k8s.io/v1","kind":"Ingress","metadata":{"name":"i"},"spec":{"rules":[{"host":"web.local","http":{"paths":[
                {"backend":{"service":{"name":"web","port":{"number":80}}},"path":"/","pathType":"Prefix"}]}}]},"status":{"loadBalancer":{}}}
                """#
            ),
            (
                "kubectl create quota q --hard=pods=4", ResourceQuota.self,
                "azhzAAoTCgJ2MRINUmVzb3VyY2VRdW90YRIkChEKAXESABoAIgAqADIAOABCABINCgsKBHBvZHMSAwoBNBoAGgAiAA==",
                #"{"apiVersion":"v1","kind":"ResourceQuota","metadata":{"name":"q"},"spec":{"hard":{"pods":"4"}},"status":{}}"#
            ),
            (
                "kubectl create pdb p --selector=app=x --min-available=50%", PodDisruptionBudget.self,
                "azhzAAogCglwb2xpY3kvdjESE1BvZERpc3J1cHRpb25CdWRnZXQSOAoRCgFwEgAaACIAKgAyADgAQgASFwoJCAEQABoDNTAlEgoKCAoDYXBwEgF4GgoIABgAIAAoADAAGgAiAA==",
                #"""
                {"apiVersion":"policy/v1","kind":"PodDisruptionBudget","metadata":{"name":"p"},"spec":{"minAvailable":"50%",
                "selector":{"matchLabels":{"app":"x"}}},"status":{"currentHealthy":0,"desiredHealthy":0,"disruptionsAllowed":0,"expectedPods":0}}
                """#
            ),
            (
                "kubectl create secret generic s --from-literal=password=x", Secret.self,
                "azhzAAoMCgJ2MRIGU2VjcmV0EiQKEQoBcxIAGgAiACoAMgA4AEIAEg0KCHBhc3N3b3JkEgF4GgAaACIA",
                #"{"apiVersion":"v1","data":{"password":"eA=="},"kind":"Secret","metadata":{"name":"s"}}"#
            ),
        ] as [(String, any Resource.Type, String, String)])
    func reads(_ command: String, _ type: any Resource.Type, _ base64: String, _ expected: String) throws {
        var object = try Self.body(base64).object(of: type, validation: .strict).object
        // Go writes a zero time as null, which nothing keeps.
        for path in [["metadata"], ["spec", "template", "metadata"]] { object.removeNull(at: path, "creationTimestamp") }
        #expect(JSONValue.object(object) == (try JSONValue(parsing: Array(expected.utf8))), "\(command)")
    }

    @Test(arguments: [
        ("no envelope", "eyJhIjoxfQ==", "does not appear to be a protobuf message"), ("cut short", "azhzAAoMCgJ2MRIGU2Vj", "unexpected EOF"),
        ("another kind", "azhzAAoMCgJ2MRIGU2VjcmV0EgA=", "Secret in version \"v1\" cannot be handled as a ConfigMap"),
    ])
    func refuses(_ what: String, _ base64: String, _ message: String) throws {
        let body = try Self.body(base64)
        let error = #expect(throws: Status.self) { try body.object(of: ConfigMap.self, validation: .strict) }
        #expect(error?.code == 400 && error?.message?.contains(message) == true, "\(what): \(error?.message ?? "")")
    }

    @Test func everyFieldIsKnown() {
        // A field without a number would be dropped silently.
        let table = ProtobufFieldTable.shared
        let graph = GoTypeGraph.shared
        func positions(_ steps: [UInt64: ProtobufFieldTable.Step]) -> Set<Int> {
            steps.values.reduce(into: []) { found, step in
                switch step {
                case .field(let index): found.insert(index)
                case .inlined(let inner): found.formUnion(positions(inner))
                }
            }
        }
        var unknown: [String] = []
        for position in graph.types.indices where !table.steps[position].isEmpty {
            let known = positions(table.steps[position])
            for (index, field) in graph.types[position].fields.enumerated() where !known.contains(index) && !["apiVersion", "kind"].contains(field.name) {
                unknown.append("\(graph.names[position]).\(field.name)")
            }
        }
        // Newer clients have other fields in its place.
        #expect(unknown == ["io.k8s.api.core.v1.NodeAllocatableResourceClaimStatus.resources"])
    }
}

extension JSONObject {
    fileprivate mutating func removeNull(at path: [String], _ name: String) {
        guard let first = path.first else {
            if self[name]?.isNull == true { removeValue(forKey: name) }
            return
        }
        guard var inner = self[first]?.object else { return }
        inner.removeNull(at: Array(path.dropFirst()), name)
        self[first] = .object(inner)
    }
}
