import HTTPTestServer
import KubernetesAPI
import Testing

extension FaultTests {
    /// Requests that a client gets wrong: the code and the reason that Kubernetes gives, and a server that goes on.
    @Suite struct BadRequests {
        private static let maps = "/api/v1/namespaces/default/configmaps"
        private static let protobuf = "application/vnd.kubernetes.protobuf"
        private static let json: (name: String, value: String) = ("Content-Type", "application/json")

        struct Case: Sendable {
            let name: String
            let request: RawRequest
            let code: Int
            let reason: String
            /// What the message says, among other things.
            var message = ""

            init(_ name: String, _ request: RawRequest, _ code: Int, _ reason: String, _ message: String = "") {
                (self.name, self.request, self.code, self.reason, self.message) = (name, request, code, reason, message)
            }
        }

        @Test func areAnsweredAsKubernetesDoes() async throws {
            try await TestCluster.run { cluster in
                let client = try cluster.client
                _ = try await client.resources(ConfigMap.self, in: "default").create(ConfigMap(metadata: ObjectMeta(name: "a"), data: ["k": "v"]))
                await client.shutdown()
                for row in Self.sizes + Self.bodies + Self.targets + Self.patches {
                    let connection = try await cluster.connect()
                    let answer = try await withDeadline(.seconds(30), row.name) {
                        // A server that refuses early may close before all is written.
                        let writing = Task { try? await connection.write(row.request.bytes(token: cluster.ready.token)) }
                        let answer = try await connection.readAnswer()
                        await connection.close()
                        _ = await writing.value
                        return answer
                    }
                    #expect(answer?.code == row.code, "\(row.name): \(String(describing: answer))")
                    #expect(answer?.reason == row.reason, "\(row.name): \(String(describing: answer))")
                    if !row.message.isEmpty { #expect(answer?.message.contains(row.message) == true, "\(row.name): \(String(describing: answer))") }
                }
                try await cluster.checkHealth()
            }
        }

        private static func object(_ name: String, padding count: Int) -> [UInt8] {
            Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"\#(name)"},"data":{"k":""#.utf8) + [UInt8](repeating: 0x78, count: count)
                + Array(#""}}"#.utf8)
        }

        private static func create(_ body: [UInt8], type: String = "application/json", isChunked: Bool = false) -> RawRequest {
            RawRequest(method: "POST", target: maps, headers: [("Content-Type", type)], body: body, isChunked: isChunked)
        }

        private static func patch(_ body: String, type: String, _ target: String = maps + "/a") -> RawRequest {
            RawRequest(method: "PATCH", target: target, headers: [("Content-Type", type)], body: Array(body.utf8))
        }

        /// 9 to the power of 12 values in a few lines.
        private static let aliases: [UInt8] = {
            var text = "a0: &a0 [x,x,x,x,x,x,x,x,x]\n"
            for level in 1...12 { text += "a\(level): &a\(level) [" + Array(repeating: "*a\(level - 1)", count: 9).joined(separator: ",") + "]\n" }
            return Array(text.utf8)
        }()

        static let sizes: [Case] = [
            Case("a body of more than 3 MiB", create(object("big", padding: 3 << 20)), 413, "RequestEntityTooLarge", "limit is 3145728"),
            Case("one of 16 MiB", create(object("big", padding: 16 << 20)), 413, "RequestEntityTooLarge", "limit is 3145728"),
            Case("one in chunks", create(object("big", padding: 4 << 20), isChunked: true), 413, "RequestEntityTooLarge", "limit is 3145728"),
            Case("a small one in chunks", create(object("chunked", padding: 10), isChunked: true), 201, ""),
            Case("an object larger than a ConfigMap may be", create(object("big", padding: 2 << 20)), 422, "Invalid", "Too long"),
            Case(
                "a merge patch of more than 3 MiB",
                RawRequest(
                    method: "PATCH", target: maps + "/a", headers: [("Content-Type", "application/merge-patch+json")], body: object("a", padding: 3 << 20)),
                413, "RequestEntityTooLarge"),
            Case("arrays in arrays", create([UInt8](repeating: 0x5B, count: 1 << 20)), 400, "BadRequest"),
            Case("objects in objects", create(Array(String(repeating: #"{"a":"#, count: 100_000).utf8)), 400, "BadRequest"),
            Case("YAML lists in lists", create(Array(String(repeating: "- ", count: 100_000).utf8), type: "application/yaml"), 400, "BadRequest"),
            Case("YAML aliases of aliases", create(aliases, type: "application/yaml"), 400, "BadRequest"),
        ]

        static let bodies: [Case] = [
            Case(
                "bytes that are no UTF-8",
                create(Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":""#.utf8) + [0xFF, 0xFE] + Array(#""}}"#.utf8)), 422, "Invalid"),
            Case("no body", create([]), 400, "BadRequest"),
            Case("broken JSON", create(Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"}"#.utf8)), 400, "BadRequest"),
            Case("something after the JSON", create(object("b", padding: 1) + Array("x".utf8)), 400, "BadRequest"),
            Case("a number that is none", create(Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":01}}"#.utf8)), 400, "BadRequest"),
            Case("broken YAML", create(Array("apiVersion: v1\nkind: [ConfigMap\n".utf8), type: "application/yaml"), 400, "BadRequest"),
            Case("an array", create(Array("[]".utf8)), 400, "BadRequest"),
            Case("null", create(Array("null".utf8)), 422, "Invalid", "name or generateName is required"),
            Case("another kind", create(Array(#"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"b"}}"#.utf8)), 400, "BadRequest"),
            Case("another version", create(Array(#"{"apiVersion":"v9","kind":"ConfigMap","metadata":{"name":"b"}}"#.utf8)), 400, "BadRequest"),
            Case(
                "a type that does not fit",
                create(Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b"},"data":5}"#.utf8)), 400, "BadRequest"),
            Case("no name", create(Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{}}"#.utf8)), 422, "Invalid", "name or generateName is required"),
            Case("a name that is none", create(Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"A_b"}}"#.utf8)), 422, "Invalid"),
            Case("a name with a path in it", create(Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"../b"}}"#.utf8)), 422, "Invalid"),
            Case(
                "another namespace",
                create(Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"b","namespace":"x"}}"#.utf8)), 400, "BadRequest"),
            Case("a name that is taken", create(object("a", padding: 1)), 409, "AlreadyExists"),
            Case("text", create(object("b", padding: 1), type: "text/plain"), 415, "UnsupportedMediaType"),
            Case("protobuf that is none", create([1, 2, 3, 4], type: protobuf), 400, "BadRequest"),
            Case("broken protobuf", create([0x6B, 0x38, 0x73, 0, 0x0A, 0xFF, 0xFF, 0xFF, 0x7F], type: protobuf), 400, "BadRequest"),
            Case("endless protobuf", create([0x6B, 0x38, 0x73, 0, 0x12] + [UInt8](repeating: 0xFF, count: 1000), type: protobuf), 400, "BadRequest"),
            Case("a content type that is none", create(object("b", padding: 1), type: ";;;"), 415, "UnsupportedMediaType"),
            Case(
                "a stale version",
                RawRequest(
                    method: "PUT", target: maps + "/a", headers: [json],
                    body: Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"1"}}"#.utf8)), 409, "Conflict"),
            Case(
                "a version that is none",
                RawRequest(
                    method: "PUT", target: maps + "/a", headers: [json],
                    body: Array(#"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a","resourceVersion":"x"}}"#.utf8)),
                500, "", "invalid resource version"),
            Case(
                "another name than the path's",
                RawRequest(
                    method: "PUT", target: maps + "/a", headers: [json], body: object("b", padding: 1)), 400, "BadRequest"),
        ]

        static let targets: [Case] = [
            Case("PUT to a collection", RawRequest(method: "PUT", target: maps, headers: [json], body: object("b", padding: 1)), 405, "MethodNotAllowed"),
            Case("POST to an object", RawRequest(method: "POST", target: maps + "/a", headers: [json], body: object("b", padding: 1)), 405, "MethodNotAllowed"),
            Case("PATCH of a collection", patch("{}", type: "application/merge-patch+json", maps), 405, "MethodNotAllowed"),
            Case("an unknown resource", RawRequest(target: "/api/v1/namespaces/default/nothings"), 404, "NotFound", "could not find the requested resource"),
            Case("an unknown group", RawRequest(target: "/apis/nothing.example.com/v1/things"), 404, "", "404 page not found"),
            Case("an unknown object", RawRequest(target: maps + "/nothing"), 404, "NotFound", #"configmaps "nothing" not found"#),
            Case("an unknown subresource", RawRequest(target: maps + "/a/nothing"), 404, "NotFound"),
            Case("an unknown path", RawRequest(target: "/nothing"), 404, ""),
            Case("a label selector that is none", RawRequest(target: maps + "?labelSelector=a%20in%20("), 400, "BadRequest"),
            Case("a label that is none", RawRequest(target: maps + "?labelSelector=-_-%3D1"), 400, "BadRequest"),
            Case("a field selector that is none", RawRequest(target: maps + "?fieldSelector=a"), 400, "BadRequest"),
            Case("a field that is none", RawRequest(target: maps + "?fieldSelector=data.k%3Dv"), 400, "BadRequest"),
            Case("a limit that is none", RawRequest(target: maps + "?limit=x"), 400, "BadRequest"),
            Case("a continue token that is none", RawRequest(target: maps + "?limit=1&continue=x"), 400, "BadRequest"),
            Case("a version in a list that is none", RawRequest(target: maps + "?resourceVersion=x"), 400, "BadRequest"),
            Case("a version of the future", RawRequest(target: maps + "?resourceVersion=999999999999"), 504, "Timeout", "Too large resource version"),
            Case("a percent sign alone", RawRequest(target: maps + "/%zz"), 400, ""),
            Case("invalid UTF-8 in a path", RawRequest(target: maps + "/%ff%fe"), 404, "NotFound"),
        ]

        static let patches: [Case] = [
            Case("a patch as JSON", patch("{}", type: "application/json"), 415, "UnsupportedMediaType"),
            Case("a merge patch that is no object", patch("[]", type: "application/merge-patch+json"), 400, "BadRequest"),
            Case("a broken merge patch", patch("{", type: "application/merge-patch+json"), 400, "BadRequest"),
            Case("a broken strategic patch", patch("{", type: "application/strategic-merge-patch+json"), 400, "BadRequest"),
            Case("a JSON patch that is no array", patch("{}", type: "application/json-patch+json"), 400, "BadRequest"),
            Case("an operation that is none", patch(#"[{"op":"x","path":"/data"}]"#, type: "application/json-patch+json"), 422, "Invalid"),
            Case("a path that is not there", patch(#"[{"op":"remove","path":"/data/x/y"}]"#, type: "application/json-patch+json"), 422, "Invalid"),
            Case("a test that fails", patch(#"[{"op":"test","path":"/data/k","value":"x"}]"#, type: "application/json-patch+json"), 422, "Invalid"),
            Case("an apply without a manager", patch("{}", type: "application/apply-patch+yaml"), 422, "Invalid", "fieldManager"),
            Case("a broken apply", patch("a: [", type: "application/apply-patch+yaml", maps + "/a?fieldManager=t"), 400, "BadRequest"),
            Case("a patch of nothing", patch("{}", type: "application/merge-patch+json", maps + "/nothing"), 404, "NotFound"),
            Case("a patch of a stale version", patch(#"{"metadata":{"resourceVersion":"1"}}"#, type: "application/merge-patch+json"), 409, "Conflict"),
        ]
    }
}
