import EmbeddedAPI
import KubernetesAPI
import Testing

@Suite struct PublishedAPITests {
    private static let aggregated = "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList"
    private let openAPI = OpenAPIDocuments()

    private func api(_ resources: [DiscoveredResource] = DiscoveredResource.builtIns()) -> PublishedAPI {
        PublishedAPI(APIDirectory(resources), openAPI: openAPI, serverAddress: "127.0.0.1:6443")
    }

    private func json(_ answer: PublishedAPI.Answer?) throws -> JSONValue { try JSONValue(parsing: #require(answer).body) }

    private func header(_ name: String, of answer: PublishedAPI.Answer?) -> String? { answer?.headers.first { $0.name == name }?.value }

    @Test func clientsThatAskForItGetTheAggregatedForm() throws {
        let accept = "\(Self.aggregated),application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"
        let answer = try api().answer(.init(path: "/apis", accept: accept))
        #expect(header("Content-Type", of: answer) == Self.aggregated)
        let document = try json(answer)
        #expect(document["apiVersion"] == "apidiscovery.k8s.io/v2")
        #expect(document["items"]?[0]?["metadata"] == ["name": "apps"])
        let deployments = document["items"]?[0]?["versions"]?[0]?["resources"]?.array?.first { $0["resource"] == "deployments" }
        let scale: JSONValue = ["group": "autoscaling", "version": "v1", "kind": "Scale"]
        #expect(deployments?["subresources"]?[0] == ["subresource": "scale", "responseKind": scale, "verbs": ["get", "patch", "update"]])
        let core = try json(api().answer(.init(path: "/api", accept: accept)))
        #expect(core["items"]?.array?.map { $0["metadata"] ?? .null } == [[:]])
        let plain = try api().answer(.init(path: "/apis/", accept: "application/json"))
        #expect(header("Content-Type", of: plain) == "application/json")
        #expect(try json(plain)["kind"] == "APIGroupList")
    }

    @Test func anUnchangedDocumentIsNotSentAgain() throws {
        let first = try #require(try api().answer(.init(path: "/apis", accept: Self.aggregated)))
        let tag = try #require(header("ETag", of: first))
        let again = try #require(try api().answer(.init(path: "/apis", accept: Self.aggregated, ifNoneMatch: tag)))
        #expect(again.status == 304 && again.body.isEmpty)
        let changed = try api(DiscoveredResource.builtIns().filter { $0.definition.group != "batch" })
            .answer(.init(path: "/apis", accept: Self.aggregated, ifNoneMatch: tag))
        #expect(changed?.status == 200)
    }

    @Test func openAPIIsFoundThroughItsIndex() throws {
        let index = try json(api().answer(.init(path: "/openapi/v3")))
        let url = try #require(index["paths"]?["apis/apps/v1"]?["serverRelativeURL"]?.string)
        let hash = String(try #require(url.split(separator: "=").last))
        let answer = try #require(try api().answer(.init(path: "/openapi/v3/apis/apps/v1", hash: hash)))
        #expect(answer.status == 200)
        #expect(header("Cache-Control", of: answer)?.contains("immutable") == true)
        let old = try #require(try api().answer(.init(path: "/openapi/v3/apis/apps/v1", hash: "0")))
        #expect(old.status == 301 && header("Location", of: old) == url)
        #expect(try api().answer(.init(path: "/openapi/v3/apis/none/v1")) == nil)
        #expect(try api().answer(.init(path: "/openapi/v2")) == nil)
    }

    @Test func everyReferenceOfADocumentIsInIt() throws {
        func references(_ value: JSONValue) -> [String] {
            switch value {
            case .array(let elements): elements.flatMap(references)
            case .object(let object): object.flatMap { $0.key == "$ref" ? [$0.value.string].compactMap { $0 } : references($0.value) }
            default: []
            }
        }
        for group in api().directory.groups {
            for version in group.versions {
                let path = "/openapi/v3/\(OpenAPIDocuments.path(of: version.groupVersion))"
                let document = try json(api().answer(.init(path: path)))
                let names = Set(document["components"]?["schemas"]?.object.map { Array($0.keys) } ?? [])
                let missing = Set(references(document)).filter { !names.contains(String($0.dropFirst("#/components/schemas/".count))) }
                #expect(missing.isEmpty, "\(path)")
                let calls = document["paths"]?.object?.flatMap { $0.value.object?.map(\.value) ?? [] }.compactMap { $0["operationId"]?.string } ?? []
                #expect(Set(calls).count == calls.count, "\(path)")
            }
        }
    }

    @Test func kubectlFindsFieldValidationInThePatchOfItsKind() throws {
        let document = try json(api().answer(.init(path: "/openapi/v3/api/v1")))
        let patch = document["paths"]?["/api/v1/namespaces/{namespace}/configmaps/{name}"]?["patch"]
        #expect(patch?["x-kubernetes-group-version-kind"] == ["group": "", "version": "v1", "kind": "ConfigMap"])
        #expect(patch?["parameters"]?.array?.compactMap { $0["name"]?.string } == ["dryRun", "fieldManager", "fieldValidation", "force"])
    }

    @Test func groupsHaveKubernetesOrder() throws {
        let custom = DiscoveredResource(
            ResourceDefinition(group: "a.example.com", version: "v1", kind: "A", plural: "as", singular: "a", scope: .cluster), verbs: ["get"],
            storageVersion: "v1", schema: ["type": "object"])
        let names = api([custom] + DiscoveredResource.builtIns()).directory.groups.map(\.name)
        #expect(names.prefix(4) == ["", "apps", "events.k8s.io", "authentication.k8s.io"])
        #expect(names.suffix(2) == ["discovery.k8s.io", "a.example.com"])
    }
}
