import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct DiscoveryTests {
    static let aggregatedCore = """
        {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","metadata":{},"items":[{"metadata":{},"versions":[{"version":"v1","freshness":"Current","resources":[
        {"resource":"pods","responseKind":{"group":"","version":"v1","kind":"Pod"},"scope":"Namespaced","singularResource":"pod","verbs":["get","watch"],
         "shortNames":["po"],"categories":["all"],"subresources":[{"subresource":"status","responseKind":{"kind":"Pod"},"verbs":["get"]}]},
        {"resource":"events","responseKind":{"kind":"Event"},"scope":"Namespaced","singularResource":"event","verbs":["get"],"shortNames":["ev"]},
        {"resource":"nodes","responseKind":{"kind":"Node"},"scope":"Cluster","singularResource":"node","verbs":["get"],"shortNames":["no"]},
        {"resource":"odd"},7]}]}]}
        """
    static let aggregatedGroups = """
        {"kind":"APIGroupDiscoveryList","apiVersion":"apidiscovery.k8s.io/v2","items":[
        {"metadata":{"name":"events.k8s.io"},"versions":[{"version":"v1","resources":[{"resource":"events","responseKind":{"kind":"Event"},"scope":"Namespaced","verbs":["get"],"shortNames":["ev"]}]}]},
        {"metadata":{"name":"autoscaling"},"versions":[
         {"version":"v2","resources":[{"resource":"horizontalpodautoscalers","responseKind":{"kind":"HorizontalPodAutoscaler"},"scope":"Namespaced","verbs":["get"],"shortNames":["hpa"],"categories":["all"]}]},
         {"version":"v1","resources":[{"resource":"horizontalpodautoscalers","responseKind":{"kind":"HorizontalPodAutoscaler"},"scope":"Namespaced","verbs":["get"],"shortNames":["hpa"],"categories":["all"]}]}]},
        {"metadata":{"name":"metrics.k8s.io"},"versions":[{"version":"v1beta1","freshness":"Stale"}]}]}
        """
    static let legacyCore = #"{"kind":"APIVersions","versions":["v1"]}"#
    static let legacyGroups = """
        {"kind":"APIGroupList","groups":[
        {"name":"autoscaling","versions":[{"groupVersion":"autoscaling/v1"},{"groupVersion":"autoscaling/v2"}],"preferredVersion":{"groupVersion":"autoscaling/v2"}},
        {"name":"metrics.k8s.io","versions":[{"groupVersion":"metrics.k8s.io/v1beta1"}],"preferredVersion":{"groupVersion":"metrics.k8s.io/v1beta1"}}]}
        """
    static let legacyVersion = """
        {"kind":"APIResourceList","resources":[
        {"name":"pods","singularName":"","namespaced":true,"kind":"Pod","verbs":["get","watch"],"shortNames":["po"],"categories":["all"]},
        {"name":"pods/status","namespaced":true,"kind":"Pod","verbs":["get"]},
        {"name":"nodes","singularName":"node","namespaced":false,"kind":"Node","verbs":["get"]},{"name":"odd"}]}
        """
    static let legacyScalers = """
        {"kind":"APIResourceList","resources":[{"name":"horizontalpodautoscalers","namespaced":true,"kind":"HorizontalPodAutoscaler","verbs":["get"],"shortNames":["hpa"]}]}
        """

    static func discover(_ answers: [String: String]) async throws -> (Discovery, requests: Int) {
        try await withAPIServer { request, responder in
            if let answer = answers[request.path] { return try await responder.json(answer) }
            try await responder.respond(503, headers: ["content-type": "text/plain"], body: "service unavailable")
        } body: { server, client in
            (try await client.discover(), server.observations.value.requestCount)
        }
    }

    @Test func oneDocumentForAllGroupsIsEnough() async throws {
        let (discovery, requests) = try await Self.discover(["/api": Self.aggregatedCore, "/apis": Self.aggregatedGroups])
        #expect(requests == 2)
        let pods = try #require(discovery.resource(apiVersion: "v1", kind: "Pod"))
        #expect(pods.plural == "pods")
        #expect(pods.scope == .namespaced)
        #expect(pods.subresources == ["status"])
        #expect(discovery.resource(apiVersion: "v1", kind: "Node")?.scope == .cluster)
        #expect(discovery.entries.first?.verbs == ["get", "watch"])
        #expect(discovery.entries.count == 6)
        #expect(discovery.unavailable == ["metrics.k8s.io/v1beta1"])
        #expect(discovery.resources(inCategory: "all").map(\.apiVersion) == ["v1", "autoscaling/v2"])
    }

    @Test func olderServersAreAskedForEachGroupVersion() async throws {
        let (discovery, _) = try await Self.discover([
            "/api": Self.legacyCore, "/apis": Self.legacyGroups, "/api/v1": Self.legacyVersion, "/apis/autoscaling/v1": Self.legacyScalers,
            "/apis/autoscaling/v2": Self.legacyScalers,
        ])
        let pods = try #require(discovery.resource(apiVersion: "v1", kind: "Pod"))
        #expect(pods.singular == "pod")
        #expect(pods.subresources == ["status"])
        #expect(discovery.entries.map(\.definition.plural) == ["pods", "nodes", "horizontalpodautoscalers", "horizontalpodautoscalers"])
        #expect(discovery.entries.map(\.isPreferred) == [true, true, false, true])
        // A group whose server is away hides no other.
        #expect(discovery.unavailable == ["metrics.k8s.io/v1beta1"])
        // The version that is preferred, not the one that is listed first.
        #expect(discovery.resource(named: "hpa")?.apiVersion == "autoscaling/v2")
        #expect(discovery.resource(named: "horizontalpodautoscalers")?.apiVersion == "autoscaling/v2")
    }

    @Test func eachHalfMayBeOfTheOlderForm() async throws {
        let first = try await Self.discover(["/api": Self.aggregatedCore, "/apis": Self.legacyGroups, "/apis/autoscaling/v2": Self.legacyScalers]).0
        #expect(Set(first.entries.map(\.definition.apiVersion)) == ["v1", "autoscaling/v2"])
        let second = try await Self.discover(["/api": Self.legacyCore, "/api/v1": Self.legacyVersion, "/apis": Self.aggregatedGroups]).0
        #expect(Set(second.entries.map(\.definition.apiVersion)) == ["v1", "events.k8s.io/v1", "autoscaling/v2", "autoscaling/v1"])
    }

    @Test func whatAServerCannotSayAtAllIsAnError() async throws {
        await #expect(throws: KubernetesError.self) { try await Self.discover(["/api": Self.legacyCore]) }
    }

    @Test(arguments: [
        ("pods", "v1 Pod"), ("pod", "v1 Pod"), ("po", "v1 Pod"), ("Pod", "v1 Pod"), ("PODS", "v1 Pod"), ("events", "v1 Event"), ("ev", "v1 Event"),
        ("events.events.k8s.io", "events.k8s.io/v1 Event"), ("ev.v1.events.k8s.io", "events.k8s.io/v1 Event"),
        ("hpa", "autoscaling/v2 HorizontalPodAutoscaler"),
        ("hpa.v1.autoscaling", "autoscaling/v1 HorizontalPodAutoscaler"), ("pods.", "v1 Pod"), ("pods.apps", nil), ("nothing", nil), ("", nil), (".", nil),
    ])
    func aResourceIsFoundByTheNamesThatPeopleUse(name: String, expected: String?) {
        let documents = [Self.aggregatedCore, Self.aggregatedGroups].compactMap { try? JSONValue(parsing: Array($0.utf8)) }.map(AggregatedDiscovery.read)
        let discovery = Discovery(entries: documents.flatMap(\.entries))
        #expect(discovery.resource(named: name).map { "\($0.apiVersion) \($0.kind)" } == expected)
    }
}
