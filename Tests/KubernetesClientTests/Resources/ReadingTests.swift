import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct ReadingTests {
    @Test func getReadsATypedObject() async throws {
        try await withAPIServer { request, responder in
            try await responder.json(ConfigMap.text("settings", version: 7))
        } body: { server, client in
            let object = try await client.resources(ConfigMap.self, in: "ml").get("settings", resourceVersion: "0")
            #expect(object.data == ["k": "v"])
            #expect(object.resourceVersion == "7")
            let seen = try #require(server.observations.value.requests.first)
            #expect(seen.method == "GET")
            #expect(seen.target == "/api/v1/namespaces/ml/configmaps/settings?resourceVersion=0")
            #expect(seen.headers["accept"] == "application/json")
        }
    }

    @Test func getReadsADynamicObjectOfAGroup() async throws {
        let definition = ResourceDefinition(group: "example.com", version: "v1", kind: "Cron", plural: "crons", singular: "cron", scope: .namespaced)
        try await withAPIServer { request, responder in
            try await responder.json(#"{"apiVersion":"example.com/v1","kind":"Cron","metadata":{"name":"a"},"spec":{"any":[1,null]}}"#)
        } body: { server, client in
            let object = try await client.resources(definition, in: "ml").get("a", subresource: "status")
            #expect(object.members["spec"] == ["any": [1, nil]])
            #expect(server.observations.value.requests.map(\.target) == ["/apis/example.com/v1/namespaces/ml/crons/a/status"])
        }
    }

    @Test func clusterScopedKindsHaveNoNamespaceInTheirPath() async throws {
        try await withAPIServer { request, responder in
            try await responder.json(#"{"apiVersion":"v1","kind":"Node","metadata":{"name":"n"}}"#)
        } body: { server, client in
            _ = try await client.resources(Node.self, in: "ignored").get("n")
            #expect(server.observations.value.requests.map(\.target) == ["/api/v1/nodes/n"])
        }
    }

    @Test(
        arguments: [
            ("an empty name", "ml", ""), ("a name with a slash", "ml", "a/b"), ("a parent folder", "ml", ".."), ("a percent sign", "ml", "a%2Fb"),
            ("a namespace with a slash", "m/l", "a"), ("no namespace for a namespaced object", nil, "a"),
        ] as [(String, String?, String)])
    func whatWouldAddressSomethingElseIsNeverSent(_ rule: String, namespace: String?, name: String) async throws {
        try await withAPIServer { _, responder in
            try await responder.json("{}")
        } body: { server, client in
            let error = await callFailure { try await client.resources(ConfigMap.self, in: namespace).get(name) }
            guard case .invalidRequest? = error?.cause else {
                Issue.record("\(rule): \(String(describing: error))")
                return
            }
            #expect(server.observations.value.requestCount == 0)
        }
    }

    @Test func findTellsAMissingObjectFromAMissingResource() async throws {
        try await withAPIServer { request, responder in
            if request.path.hasSuffix("/configmaps/none") {
                try await responder.fail(StatusFailure(404, "NotFound", "configmaps \"none\" not found", kind: "configmaps", name: "none"))
            } else {
                try await responder.respond(404, headers: ["content-type": "text/plain"], body: "404 page not found\n")
            }
        } body: { _, client in
            let found = try await client.resources(ConfigMap.self, in: "ml").find("none")
            #expect(found == nil)
            let error = await callFailure { try await client.resources(Scale.self, in: "ml").find("none") }
            #expect(error?.isNotFound == true)
            #expect(error?.isUnexpectedAnswer == true)
            #expect(error?.description.contains("404 page not found") == true)
        }
    }

    @Test func itemsOfAListGetTheirType() async throws {
        let untyped = #"{"metadata":{"name":"a"}}"#
        try await withAPIServer { request, responder in
            try await responder.list([untyped, untyped], kind: "ConfigMapList", resourceVersion: "42", for: request)
        } body: { server, client in
            let typed = try await client.resources(ConfigMap.self, in: "ml").list(ListOptions(labels: "a in (b,c),d!=e", fields: "metadata.name=a"))
            #expect(typed.items.map { $0.members["kind"] } == ["ConfigMap", "ConfigMap"])
            #expect(typed.metadata.resourceVersion == "42")
            let dynamic = try await client.resources(ConfigMap.resource).list()
            #expect(dynamic.items.map(\.kind) == ["ConfigMap", "ConfigMap"])
            #expect(dynamic.items.map(\.apiVersion) == ["v1", "v1"])
            let targets = server.observations.value.requests.map(\.target)
            #expect(
                targets == ["/api/v1/namespaces/ml/configmaps?labelSelector=a%20in%20%28b,c%29,d%21%3De&fieldSelector=metadata.name%3Da", "/api/v1/configmaps"])
        }
    }

    @Test func listAllFetchesEveryChunkOnce() async throws {
        let items = (0..<25).map { ConfigMap.text("c\($0)") }
        try await withAPIServer { request, responder in
            try await responder.list(items, kind: "ConfigMapList", resourceVersion: "9", for: request)
        } body: { server, client in
            let options = ListOptions(resourceVersion: "5", resourceVersionMatch: .notOlderThan)
            let list = try await client.resources(ConfigMap.self, in: "ml").listAll(options, chunkSize: 10)
            #expect(list.items.map(\.name) == (0..<25).map { "c\($0)" })
            #expect(list.metadata.resourceVersion == "9")
            #expect((list.metadata.continue ?? "") == "")
            let queries = server.observations.value.requests.map { $0.target.split(separator: "?").last.map(String.init) }
            // A token has its version in it: the server refuses another beside it.
            #expect(queries == ["limit=10&resourceVersion=5&resourceVersionMatch=NotOlderThan", "limit=10&continue=10", "limit=10&continue=20"])
        }
    }

    @Test func aTokenThatExpiresOnTheWayIsFollowedByOneWholeList() async throws {
        let items = (0..<25).map { ConfigMap.text("c\($0)") }
        try await withAPIServer { request, responder in
            if request.parameter("continue") == "20" { return try await responder.fail(.expired) }
            try await responder.list(items, kind: "ConfigMapList", for: request)
        } body: { server, client in
            let list = try await client.resources(ConfigMap.self, in: "ml").listAll(chunkSize: 10)
            #expect(list.items.map(\.name) == (0..<25).map { "c\($0)" })
            #expect(server.observations.value.requestCount == 4)
            #expect(server.observations.value.requests.last?.target == "/api/v1/namespaces/ml/configmaps")
        }
    }

    @Test func aListWithoutEndIsAnError() async throws {
        try await withAPIServer { request, responder in
            try await responder.json(#"{"kind":"ConfigMapList","apiVersion":"v1","metadata":{"continue":"again"},"items":[]}"#)
        } body: { server, client in
            let error = await callFailure { try await client.resources(ConfigMap.self, in: "ml").listAll() }
            #expect(error?.description == "GET /api/v1/namespaces/ml/configmaps: the server gives the same continue token again, so the list has no end")
            #expect(server.observations.value.requestCount == 2)
        }
    }

    @Test(arguments: [
        ("a list of another kind", #"{"kind":"PodList","apiVersion":"v1","items":[]}"#), ("an object", ConfigMap.text("a")), ("an array", "[]"),
        ("items that are no array", #"{"kind":"ConfigMapList","apiVersion":"v1","items":{}}"#),
        ("an item of the wrong form", #"{"kind":"ConfigMapList","apiVersion":"v1","items":[{"metadata":{"name":7}}]}"#),
    ])
    func whatIsNoListIsAnErrorThatNamesTheRequest(_ rule: String, answer: String) async throws {
        try await withAPIServer { _, responder in
            try await responder.json(answer)
        } body: { _, client in
            let error = await callFailure { try await client.resources(ConfigMap.self, in: "ml").list() }
            guard case .undecodable? = error?.cause else {
                Issue.record("\(rule): \(String(describing: error))")
                return
            }
            #expect(error?.description.hasPrefix("GET /api/v1/namespaces/ml/configmaps: ") == true)
        }
    }

    @Test func rawIsAnyRequest() async throws {
        try await withAPIServer { request, responder in
            let received = try await Received(request)
            try await responder.respond(body: "\(received.method) \(received.target) \(received.headers["content-type"] ?? "-") \(received.body)")
        } body: { _, client in
            let answer = try await client.raw("POST", "/x/y", query: [("a b", "c&d"), ("e", "")], body: Array("<x/>".utf8), contentType: "text/xml")
            #expect(String(decoding: answer, as: UTF8.self) == "POST /x/y?a%20b=c%26d&e= text/xml <x/>")
            for (method, path) in [("BREW", "/"), ("GET", "x"), ("GET", "/a?b"), ("GET", "/a b"), ("GET", "/\r\nHost: x")] {
                guard case .invalidRequest? = await callFailure({ try await client.raw(method, path) })?.cause else {
                    Issue.record("\(method) \(path) was sent")
                    continue
                }
            }
        }
    }

    @Test func openAPIDocumentsAreFoundAndRead() async throws {
        try await withAPIServer { request, responder in
            switch request.path {
            case "/openapi/v3": try await responder.json(#"{"paths":{"api/v1":{"serverRelativeURL":"/openapi/v3/api/v1?hash=A"},"odd":{}}}"#)
            case "/openapi/v3/apis/apps/v1": try await responder.json(#"{"openapi":"3.0.0"}"#)
            case "/version": try await responder.json(#"{"gitVersion":"v1.33.1"}"#)
            default: try await responder.respond(404)
            }
        } body: { _, client in
            let index = try await client.openAPIIndex()
            #expect(index == ["api/v1": "/openapi/v3/api/v1?hash=A"])
            let document = try await client.openAPI("apis/apps/v1")["openapi"]
            #expect(document == "3.0.0")
            let version = try await client.serverVersion()["gitVersion"]
            #expect(version == "v1.33.1")
        }
    }
}
