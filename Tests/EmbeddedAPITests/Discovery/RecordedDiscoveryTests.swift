import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

/// Plays the recorded requests for discovery and OpenAPI, and compares the answers with those of Kubernetes.
@Suite struct RecordedDiscoveryTests {
    @Test func discoveryAnswersAsRecorded() throws {
        guard let files = try Conformance.files(in: "kubernetes-api/tables-discovery") else { return }
        var tally = ConformanceTally("recorded-discovery")
        for file in files {
            let name = file.deletingPathExtension().lastPathComponent
            guard name.hasPrefix("discovery-") || name.hasPrefix("openapi-") else { continue }
            tally.check(name) { try Self.failure(of: Conformance.json(file)) }
        }
        tally.report()
    }

    private static func failure(of scenario: JSONValue) throws -> String? {
        let names = RecordedNames()
        var resources = DiscoveredResource.builtIns()
        for definition in scenario["crds"]?.array ?? [] {
            let definition = try #require(names.filled(definition).object)
            resources += DiscoveredResource.served(by: try #require(CustomResource(definition: definition, patterns: FoundationPatterns())))
        }
        let api = PublishedAPI(APIDirectory(resources), openAPI: OpenAPIDocuments(), serverAddress: "127.0.0.1:6443")
        for (index, step) in (scenario["steps"]?.array ?? []).enumerated() {
            let path = names.filled(step["request"] ?? "").string?.dropFirst("GET ".count) ?? ""
            let accept = step["headers"]?["Accept"]?.string ?? "application/json"
            let answer = try api.answer(PublishedAPI.Request(path: String(path), accept: accept))
            let status = Int64(answer?.status ?? 404)
            guard status == step["expect"]?["status"]?.integer else { return "step \(index + 1): status \(status)" }
            guard let answer, let expected = step["expect"]?["body"] else { continue }
            var body = try names.normalized(JSONValue(parsing: answer.body))
            if let shown = step["show"]?.array {
                var parts = JSONObject()
                for path in shown.compactMap(\.string) {
                    let found = RecordedPath(path).values(in: body)
                    parts[path] = path.contains("[*]") ? .array(found) : found.first ?? "(absent)"
                }
                body = .object(parts)
            }
            if body != expected { return "step \(index + 1): \(body) instead of \(expected)" }
        }
        return nil
    }
}
