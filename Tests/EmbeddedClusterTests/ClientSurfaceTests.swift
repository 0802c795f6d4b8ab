import KubernetesAPI
import KubernetesClient
import Testing

/// The whole surface of our own client against a cluster.
@Suite struct ClientSurfaceTests {
    private static let namespace = "default"

    private func withClient(_ body: @Sendable @escaping (KubernetesClient) async throws -> Void) async throws {
        try await TestCluster.run { cluster in
            let configuration = try ClientConfiguration.load(.init(kubeconfig: cluster.kubeconfig), warn: { _ in })
            let client = KubernetesClient(configuration)
            do {
                try await body(client)
            } catch {
                await client.shutdown()
                throw error
            }
            await client.shutdown()
        }
    }

    private static func configMap(_ name: String, labels: [String: String] = [:], data: [String: String] = [:]) -> ConfigMap {
        var map = ConfigMap(name: name)
        map.metadata.labels = labels.isEmpty ? nil : labels
        map.data = data
        return map
    }

    /// The error that `body` ends with.
    private static func failure<Result>(_ body: () async throws -> Result) async -> KubernetesError? {
        do {
            _ = try await body()
            Issue.record("nothing was thrown")
        } catch let error as KubernetesError {
            return error
        } catch {
            Issue.record("\(error) was thrown")
        }
        return nil
    }

    @Test func readsAndWrites() async throws {
        try await withClient { client in
            let maps = client.resources(ConfigMap.self, in: Self.namespace)
            let created = try await maps.create(Self.configMap("m", labels: ["a": "b"], data: ["k": "1"]))
            #expect(!created.uid.isEmpty && created.metadata.creationTimestamp != nil)
            #expect(await Self.failure { try await maps.create(Self.configMap("m")) }?.isAlreadyExists == true)
            #expect(try await maps.get("m") == created)
            #expect(try await maps.find("none") == nil)
            #expect(await Self.failure { try await maps.get("none") }?.isNotFound == true)

            var changed = created
            changed.data = ["k": "2"]
            let updated = try await maps.update(changed)
            #expect(updated.resourceVersion != created.resourceVersion)
            #expect(await Self.failure { try await maps.update(changed) }?.isConflict == true)
            let tried = try await maps.patch("m", .merge(["data": ["k": "9"]]), .init(dryRun: true))
            #expect(tried.data == ["k": "9"])
            #expect(try await maps.get("m").data == ["k": "2"])
            let patched = try await maps.patch("m", .json([["op": "add", "path": "/data/j", "value": "3"]]))
            #expect(patched.data == ["k": "2", "j": "3"])
            #expect(try await maps.patch("m", .strategicMerge(["data": ["j": nil]])).data == ["k": "2"])
            let strict = await Self.failure { try await maps.patch("m", .merge(["nope": 1]), .init(fieldValidation: .strict)) }
            #expect(strict?.description.contains(#"unknown field "nope""#) == true, "\(strict?.description ?? "")")

            #expect(try await maps.list(.init(labels: "a=b")).items.map(\.name) == ["m"])
            #expect(try await maps.list(.init(fields: "metadata.name=m")).items.map(\.name) == ["m"])
            let wrongUID = await Self.failure { try await maps.delete("m", .init(uid: "other")) }
            #expect(wrongUID?.isConflict == true)
            #expect(try await maps.delete("m") == nil)
            #expect(try await maps.find("m") == nil)
        }
    }

    @Test func generatesNamesAndPages() async throws {
        try await withClient { client in
            let maps = client.resources(ConfigMap.self, in: Self.namespace)
            for _ in 0..<12 {
                var map = Self.configMap("", labels: ["page": "yes"])
                map.metadata = ObjectMeta(generateName: "page-", labels: ["page": "yes"])
                #expect(try await maps.create(map).name.hasPrefix("page-"))
            }
            let first = try await maps.list(.init(labels: "page=yes", limit: 5))
            #expect(first.items.count == 5 && first.metadata.continue?.isEmpty == false)
            let all = try await maps.listAll(.init(labels: "page=yes"), chunkSize: 5)
            #expect(Set(all.items.map(\.name)).count == 12)
            let version = try #require(all.metadata.resourceVersion)
            try await maps.deleteCollection(.init(labels: "page=yes"))
            #expect(try await maps.list(.init(labels: "page=yes")).items.isEmpty)
            // The past is still there for those who ask for it.
            let past = try await maps.list(.init(labels: "page=yes", resourceVersion: version, resourceVersionMatch: .exact))
            #expect(past.items.count == 12)
        }
    }

    @Test func appliesAndReportsConflicts() async throws {
        try await withClient { client in
            let maps = client.resources(ConfigMap.self, in: Self.namespace)
            try await client.apply(Self.configMap("m", data: ["a": "1", "b": "1"]), as: "one")
            let conflict = await Self.failure { try await maps.apply(Self.configMap("m", data: ["a": "2"]), as: "two", force: false) }
            #expect(conflict?.isConflict == true)
            #expect(conflict?.status?.causes.map(\.field) == [".data.a"])
            #expect(try await maps.apply(Self.configMap("m", data: ["a": "2"]), as: "two").data == ["a": "2", "b": "1"])
            #expect(try await maps.apply(Self.configMap("m"), as: "one", dryRun: true).data == ["a": "2"])
            #expect(try await maps.apply(Self.configMap("m"), as: "one").data == ["a": "2"])
        }
    }

    @Test func usesSubresources() async throws {
        try await withClient { client in
            let deployments = client.resources(Deployment.self, in: Self.namespace)
            var deployment = Deployment(name: "web")
            let template = PodTemplateSpec(metadata: ObjectMeta(labels: ["app": "web"]), spec: PodSpec(containers: [Container(name: "c", image: "i")]))
            deployment.spec = DeploymentSpec(selector: LabelSelector(matchLabels: ["app": "web"]), template: template, replicas: 1)
            let created = try await deployments.create(deployment)
            #expect(created.metadata.generation == 1)
            var scale = try await deployments.get(Scale.self, at: "scale", of: "web")
            scale.members["spec"] = ["replicas": 4]
            _ = try await deployments.update(scale, at: "scale", of: "web")
            var status = try await deployments.get("web", subresource: "status")
            #expect(status.spec?.replicas == 4 && status.metadata.generation == 2)
            status.members["status"] = ["observedGeneration": 2, "replicas": 4]
            let updated = try await deployments.update(status, subresource: "status")
            #expect(updated.status?.replicas == 4 && updated.metadata.generation == 2)

            let accounts = client.resources(ServiceAccount.self, in: Self.namespace)
            _ = try await accounts.create(ServiceAccount(name: "worker"))
            let request = TokenRequest(members: [
                "apiVersion": "authentication.k8s.io/v1", "kind": "TokenRequest", "spec": ["audiences": [], "expirationSeconds": 600],
            ])
            let token = try await accounts.create(request, at: "token", of: "worker")
            #expect(token.members["status"]?["token"]?.string?.isEmpty == false)

            let pods = client.resources(Pod.self, in: Self.namespace)
            var pod = Pod(name: "p")
            pod.spec = PodSpec(containers: [Container(name: "c", image: "i")])
            _ = try await pods.create(pod)
            let eviction = Eviction(members: [
                "apiVersion": "policy/v1", "kind": "Eviction", "metadata": ["name": "p"], "deleteOptions": ["gracePeriodSeconds": 0],
            ])
            try await pods.create(eviction, at: "eviction", of: "p")
            #expect(try await pods.find("p") == nil)
        }
    }

    @Test func watchesAndResumes() async throws {
        try await withClient { client in
            let maps = client.resources(ConfigMap.self, in: Self.namespace)
            _ = try await maps.create(Self.configMap("before", labels: ["w": "y"]))
            var (objects, version, changes) = try await maps.streamingList(.init(labels: "w=y", timeoutSeconds: 1))
            #expect(objects.map(\.name) == ["before"])
            _ = try await maps.create(Self.configMap("after", labels: ["w": "y"]))
            _ = try await maps.patch("after", .merge(["data": ["k": "v"]]))
            try await maps.delete("before")
            var told: [String] = []
            // Requests end after a second each; the watch goes on over their ends.
            while told.count < 3, let event = try await changes.next() {
                switch event {
                case .added(let map): told.append("added \(map.name)")
                case .modified(let map): told.append("modified \(map.name)")
                case .deleted(let map): told.append("deleted \(map.name)")
                case .bookmark: break
                }
            }
            #expect(told == ["added after", "modified after", "deleted before"])
            var again: [String] = []
            for try await event in maps.watch(.init(labels: "w=y", resourceVersion: version)) {
                if let map = event.object { again.append(map.name) }
                if again.count == 3 { break }
            }
            #expect(again == ["after", "after", "before"])
        }
    }

    @Test func worksWithoutTypes() async throws {
        try await withClient { client in
            let definitions = client.resources(CustomResourceDefinition.self)
            let definition = try CustomResourceDefinition(checking: JSONValue(parsingYAML: Manifests.crontabs))
            _ = try await definitions.create(definition)
            for try await event in definitions.watch(.init(fields: "metadata.name=crontabs.example.com")) {
                let conditions = event.object?.members["status"]?["conditions"]?.array ?? []
                if conditions.contains(where: { $0["type"] == "Established" && $0["status"] == "True" }) { break }
            }
            let discovery = try await client.discover()
            let resource = try #require(discovery.resource(named: "ct"))
            #expect(resource.kind == "CronTab" && resource.subresources.contains("status"))
            #expect(discovery.resource(apiVersion: "apps/v1", kind: "Deployment")?.plural == "deployments")
            #expect(discovery.resources(inCategory: "all").map(\.plural).contains("crontabs"))
            #expect(discovery.unavailable.isEmpty)

            let crontabs = client.resources(resource, in: Self.namespace)
            let created = try await crontabs.create(DynamicObject(members: ["metadata": ["name": "one"], "spec": ["cronSpec": "* * *"]]))
            #expect(created.members["spec"]?["replicas"] == 1)
            let status = try await crontabs.patch("one", .merge(["status": ["phase": "Done"]]), subresource: "status")
            #expect(status.members["status"]?["phase"] == "Done")
            #expect(try await client.resources(resource).list().items.count == 1)
            let wrong = await Self.failure { try await crontabs.create(DynamicObject(members: ["metadata": ["name": "two"], "spec": [:]])) }
            #expect(wrong?.reason == .invalid && wrong?.status?.causes.map(\.field) == ["spec.cronSpec"])

            let document = try await client.openAPI("apis/example.com/v1")
            #expect(document["components"]?["schemas"]?["com.example.v1.CronTab"] != nil)
            #expect(try await client.openAPIIndex()["apis/apps/v1"]?.hasPrefix("/openapi/v3/apis/apps/v1?hash=") == true)
        }
    }

    @Test func asksForAnything() async throws {
        try await withClient { client in
            #expect(try await client.serverVersion()["gitVersion"]?.string?.hasPrefix("v1.36") == true)
            #expect(try await client.raw("GET", "/readyz") == Array("ok".utf8))
            let map = try await client.raw(
                "POST", "/api/v1/namespaces/default/configmaps", query: [("dryRun", "All")], body: Array("metadata: {name: plain}".utf8),
                contentType: "application/yaml")
            #expect(try JSONValue(parsing: map)["metadata"]?["name"] == "plain")
            #expect(await Self.failure { try await client.raw("GET", "/apis/none/v1/x") }?.isNotFound == true)
            let table = try await client.raw(
                "GET", "/api/v1/namespaces", accept: "application/json;as=Table;v=v1;g=meta.k8s.io")
            #expect(try JSONValue(parsing: table)["columnDefinitions"]?[0]?["name"] == "Name")
        }
    }
}
