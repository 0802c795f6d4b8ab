import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct WritingTests {
    static let cron = ResourceDefinition(group: "example.com", version: "v1", kind: "Cron", plural: "crons", singular: "cron", scope: .namespaced)

    /// Makes calls against a server that answers with `answer`, or with what it got; returns what it got.
    static func requests(
        answering answer: String? = nil, status: Int = 200, _ body: (KubernetesClient) async throws -> Void
    ) async throws -> [Received] {
        let seen = Observed<[Received]>([])
        try await withAPIServer { request, responder in
            let received = try await Received(request)
            seen.update { $0.append(received) }
            try await responder.json(answer ?? received.body, status: status)
        } body: { _, client in
            try await body(client)
        }
        return seen.value
    }

    @Test func createSendsTheObjectWithItsType() async throws {
        let seen = try await Self.requests(status: 201) { client in
            let options = WriteOptions(dryRun: true, fieldManager: "me", fieldValidation: .strict)
            let made = try await client.resources(ConfigMap.self, in: "ml").create(ConfigMap(metadata: ObjectMeta(name: "a"), data: ["k": "v"]), options)
            #expect(made.data == ["k": "v"])
            // Made of members alone, without its type.
            _ = try await client.resources(Self.cron, in: "ml").create(DynamicObject(members: ["metadata": ["generateName": "c-"]]))
        }
        #expect(seen.map(\.method) == ["POST", "POST"])
        #expect(seen[0].target == "/api/v1/namespaces/ml/configmaps?dryRun=All&fieldManager=me&fieldValidation=Strict")
        #expect(seen[0].headers["content-type"] == "application/json")
        #expect(seen[1].json == ["metadata": ["generateName": "c-"], "apiVersion": "example.com/v1", "kind": "Cron"])
    }

    @Test func whatIsWrittenGoesToTheObjectsOwnNamespace() async throws {
        let object = ConfigMap(name: "a", namespace: "own")
        let seen = try await Self.requests { client in
            let everywhere = client.resources(ConfigMap.self)
            _ = try await everywhere.create(object)
            _ = try await everywhere.update(object)
            _ = try await everywhere.apply(object, as: "me")
            let error = await callFailure { try await everywhere.create(ConfigMap(name: "a")) }
            #expect(error?.description == "configmaps are namespaced: say in which namespace the object is, with resources(_:in:)")
        }
        let collection = "/api/v1/namespaces/own/configmaps"
        #expect(seen.map(\.target) == [collection, "\(collection)/a", "\(collection)/a?fieldManager=me&force=true"])
    }

    @Test func updateReplacesAnObjectOrASubresource() async throws {
        let seen = try await Self.requests { client in
            var object = ConfigMap(name: "a")
            object.metadata.resourceVersion = "5"
            _ = try await client.resources(ConfigMap.self, in: "ml").update(object, subresource: "status")
            let error = await callFailure { try await client.resources(ConfigMap.self, in: "ml").update(ConfigMap(name: "")) }
            #expect(error?.description == "the ConfigMap has no metadata.name")
        }
        #expect(seen.map { "\($0.method) \($0.target)" } == ["PUT /api/v1/namespaces/ml/configmaps/a/status"])
        #expect(seen[0].json?["metadata"]?["resourceVersion"] == "5")
    }

    @Test(
        arguments: [
            (.json([["op": "remove", "path": "/data/k"]]), "application/json-patch+json", ""),
            (.merge(["data": ["k": nil]]), "application/merge-patch+json", ""),
            (.strategicMerge(["data": ["k": "w"]]), "application/strategic-merge-patch+json", ""),
            (.apply(["data": ["k": "w"]], force: true), "application/apply-patch+yaml", "&force=true"),
            (.apply(["data": ["k": "w"]], force: false), "application/apply-patch+yaml", ""),
        ] as [(Patch, String, String)])
    func eachPatchHasItsContentType(_ patch: Patch, contentType: String, query: String) async throws {
        let seen = try await Self.requests(answering: ConfigMap.text("a")) { client in
            _ = try await client.resources(ConfigMap.self, in: "ml").patch("a", patch, WriteOptions(fieldManager: "me"))
        }
        #expect(seen.map { "\($0.method) \($0.target)" } == ["PATCH /api/v1/namespaces/ml/configmaps/a?fieldManager=me\(query)"])
        #expect(seen[0].headers["content-type"] == contentType)
        #expect(seen[0].json == patch.body)
    }

    @Test func applyNeedsAFieldManager() async throws {
        let seen = try await Self.requests { client in
            for manager in [nil, ""] {
                let error = await callFailure {
                    try await client.resources(ConfigMap.self, in: "ml").patch("a", .apply([:], force: true), WriteOptions(fieldManager: manager))
                }
                #expect(error?.description == "PATCH /api/v1/namespaces/ml/configmaps/a: server-side apply needs a field manager")
            }
        }
        #expect(seen.isEmpty)
    }

    @Test func applySendsTypedAndDynamicObjectsAlike() async throws {
        let seen = try await Self.requests { client in
            try await client.apply(ConfigMap(metadata: ObjectMeta(name: "a"), data: ["k": "v"]), as: "me")
            let dynamic = DynamicObject(members: ["metadata": ["name": "c"], "spec": ["n": 1]])
            let applied = try await client.resources(Self.cron, in: "ml").apply(dynamic, as: "me", force: false, dryRun: true)
            #expect(applied.kind == "Cron")
            try await client.applyStatus(of: Node(name: "n"), as: "me", force: false)
        }
        #expect(
            seen.map(\.target) == [
                "/api/v1/namespaces/default/configmaps/a?fieldManager=me&force=true",
                "/apis/example.com/v1/namespaces/ml/crons/c?dryRun=All&fieldManager=me", "/api/v1/nodes/n/status?fieldManager=me",
            ])
        #expect(seen[1].json == ["metadata": ["name": "c"], "spec": ["n": 1], "apiVersion": "example.com/v1", "kind": "Cron"])
        #expect(seen.allSatisfy { $0.headers["content-type"] == "application/apply-patch+yaml" })
    }

    @Test func aConflictTellsWhoOwnsWhichField() async throws {
        let cause = StatusFailure.Cause(reason: "FieldManagerConflict", message: "conflict with \"kubectl\" using v1", field: ".data.k")
        try await withAPIServer { _, responder in
            try await responder.fail(StatusFailure(409, "Conflict", "Apply failed with 1 conflict: .data.k", causes: [cause]))
        } body: { server, client in
            let error = await callFailure { try await client.apply(ConfigMap(name: "a"), as: "me", force: false) }
            #expect(error?.isConflict == true)
            #expect(error?.status?.causes.map(\.field) == [".data.k"])
            #expect(error?.status?.causes.map(\.message) == ["conflict with \"kubectl\" using v1"])
            #expect(error?.description == "PATCH /api/v1/namespaces/default/configmaps/a: Apply failed with 1 conflict: .data.k (409 Conflict)")
            #expect(server.observations.value.requestCount == 1)
        }
    }

    @Test func deleteSendsItsOptionsAsABody() async throws {
        let seen = try await Self.requests(answering: #"{"kind":"Status","apiVersion":"v1","status":"Success"}"#) { client in
            let pods = client.resources(Pod.self, in: "ml")
            let options = DeletionOptions(gracePeriodSeconds: 0, propagation: .foreground, uid: "u-1", resourceVersion: "7", dryRun: true)
            let answers = [try await pods.delete("a", options), try await pods.delete("a")]
            #expect(answers == [nil, nil])
            try await pods.deleteCollection(ListOptions(labels: "a=b"), DeletionOptions(propagation: .orphan))
        }
        #expect(
            seen.map { "\($0.method) \($0.target)" } == [
                "DELETE /api/v1/namespaces/ml/pods/a", "DELETE /api/v1/namespaces/ml/pods/a", "DELETE /api/v1/namespaces/ml/pods?labelSelector=a%3Db",
            ])
        #expect(
            seen[0].json == [
                "apiVersion": "v1", "kind": "DeleteOptions", "gracePeriodSeconds": 0, "propagationPolicy": "Foreground",
                "preconditions": ["resourceVersion": "7", "uid": "u-1"], "dryRun": ["All"],
            ])
        #expect(seen[1].json == ["apiVersion": "v1", "kind": "DeleteOptions"])
        #expect(seen[2].json?["propagationPolicy"] == "Orphan")
    }

    @Test func deleteReturnsWhatIsStillThere() async throws {
        let waiting = #"{"apiVersion":"v1","kind":"Pod","metadata":{"name":"a","deletionTimestamp":"2026-01-01T00:00:00Z"}}"#
        _ = try await Self.requests(answering: waiting) { client in
            let remaining = try await client.resources(Pod.self, in: "ml").delete("a")?.isBeingDeleted
            #expect(remaining == true)
        }
    }

    @Test func evictionsAndBindingsAreAnsweredWithAMereStatus() async throws {
        let seen = try await Self.requests(answering: #"{"kind":"Status","apiVersion":"v1","status":"Success","code":201}"#, status: 201) { client in
            let pods = client.resources(Pod.self, in: "ml")
            let eviction = Eviction(metadata: ObjectMeta(name: "a"))
            #expect(try await pods.create(eviction, at: "eviction", of: "a") == eviction)
            try await pods.create(Binding(metadata: ObjectMeta(name: "a"), target: ObjectReference(kind: "Node", name: "n")), at: "binding", of: "a")
        }
        #expect(seen.map(\.target) == ["/api/v1/namespaces/ml/pods/a/eviction", "/api/v1/namespaces/ml/pods/a/binding"])
        #expect(seen.map { $0.json?["kind"] } == ["Eviction", "Binding"])
    }

    @Test func subresourcesOfAnotherTypeAreReadAndWritten() async throws {
        let scale = #"{"apiVersion":"autoscaling/v1","kind":"Scale","metadata":{"name":"a"},"spec":{"replicas":3}}"#
        let seen = try await Self.requests(answering: scale) { client in
            let deployments = client.resources(Deployment.self, in: "ml")
            var scale = try await deployments.get(Scale.self, at: "scale", of: "a")
            #expect(scale.spec?.replicas == 3)
            scale.spec?.replicas = 4
            _ = try await deployments.update(scale, at: "scale", of: "a")
        }
        #expect(
            seen.map { "\($0.method) \($0.target)" } == [
                "GET /apis/apps/v1/namespaces/ml/deployments/a/scale", "PUT /apis/apps/v1/namespaces/ml/deployments/a/scale",
            ])
        #expect(seen[1].json?["spec"]?["replicas"] == 4)
    }

    @Test func aTokenRequestReturnsItsToken() async throws {
        let answer =
            #"{"apiVersion":"authentication.k8s.io/v1","kind":"TokenRequest","metadata":{},"spec":{"audiences":[]},"status":{"token":"t","expirationTimestamp":"2026-01-01T00:00:00Z"}}"#
        let seen = try await Self.requests(answering: answer, status: 201) { client in
            let made = try await client.resources(ServiceAccount.self, in: "ml").create(TokenRequest(name: ""), at: "token", of: "robot")
            #expect(made.status?.token == "t")
        }
        #expect(seen.map(\.target) == ["/api/v1/namespaces/ml/serviceaccounts/robot/token"])
    }
}
