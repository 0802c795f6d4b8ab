import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

/// Plays the recorded patches, each on the object as Kubernetes last answered with it.
@Suite struct RecordedPatchTests {
    @Test func patchesGiveWhatKubernetesAnswers() throws {
        guard let files = try Conformance.files(in: "kubernetes-api/patch") else { return }
        var played = 0
        for file in files where file.pathExtension == "json" {
            let scenario = try Conformance.json(file)
            var live: JSONObject?
            for (index, step) in (scenario["steps"]?.array ?? []).enumerated() {
                guard let request = step["request"]?.string, let status = step["expect"]?["status"]?.integer else { continue }
                if request.hasPrefix("PATCH"), let object = live, !request.contains("/scale"), !request.contains("/status") {
                    try play(step, request, status, on: object, "\(file.lastPathComponent)#\(index)")
                    played += 1
                }
                guard status < 300, step["show"] == nil, !request.contains("/scale"), !request.hasPrefix("DELETE"), !request.contains("dryRun") else {
                    continue
                }
                if let body = step["expect"]?["body"].map(RecordedDecodingTests.withTimes)?.object, body["kind"] != nil {
                    live = body
                } else if request.hasPrefix("POST"), let body = step["body"]?.object {
                    live = try RecordedDecodingTests.type(of: body).map { try BuiltInDecoding.decoded(body, as: $0).object } ?? body
                }
            }
        }
        #expect(played > 40)
    }

    private func play(_ step: JSONValue, _ request: String, _ status: Int64, on live: JSONObject, _ place: String) throws {
        var body = step["body"].map { $0.serialized() } ?? Array((step["bodyText"]?.string ?? "").utf8)
        if let text = step["bodyText"]?.string, text.contains("${tests}") {
            body = Array(
                text.replacingOccurrences(of: "${tests}", with: String(repeating: #"{"op":"test","path":"/data/x","value":"1"},"#, count: 10_000)).utf8)
        }
        let type = live["kind"] == "PodTemplate" ? RecordedPodTemplate.self : RecordedDecodingTests.type(of: live)
        do throws(Status) {
            let kind = try Patching.kind(of: step["headers"]?["Content-Type"]?.string, isBuiltIn: type != nil)
            let patching = Patching(body, kind: kind, validation: .warn)
            let result: JSONObject
            if let type { result = try patching.patched(live, as: type).object } else { result = try patching.patched(live) }
            if status < 300, let answer = step["expect"]?["body"]?.object, step["show"] == nil {
                for key in ["spec", "data", "template", "type"] where result[key] != answer[key] && step["expect"]?["warnings"] == nil {
                    if !Self.defaulted.contains(String(place.prefix { $0 != "#" })) {
                        Issue.record("\(place) \(key): \(result[key] ?? .null) instead of \(answer[key] ?? .null)")
                    }
                }
            } else if status >= 400 {
                let message = step["expect"]?["body"]?["message"]?.string ?? ""
                // What is decided about the patched object.
                let isLater = ["the name of the object", "the namespace of the", " is invalid: ", "Operation cannot be"].contains { message.contains($0) }
                #expect(isLater || status == 409 || status == 404, "\(place): \(message)")
            }
        } catch {
            #expect(Int64(error.code ?? 0) == status, "\(place): \(error)")
            let expected = step["expect"]?["body"]
            if let reason = expected?["reason"]?.string, reason != "(absent)" { #expect(error.reason == reason, "\(place)") }
            if let message = expected?["message"]?.string { #expect(error.message == message, "\(place)") }
            if let details = expected?["details"] { #expect(error.json["details"] == details, "\(place)") }
        }
    }

    /// Scenarios whose answers have defaults that patched objects do not have yet.
    private static let defaulted: Set<String> = []
}

/// A pod template as a resource, of which only what patches need to know is declared.
private struct RecordedPodTemplate: Resource {
    var members: JSONObject
    init(members: JSONObject) { self.members = members }
    static let resource = ResourceDefinition(
        group: "", version: "v1", kind: "PodTemplate", plural: "podtemplates", singular: "podtemplate", scope: .namespaced)
    static let definition = StructDefinition.resource("test.PodTemplate", "", fields: [Schema.Field("template", PodTemplateSpec.self)])
    static let checker = SchemaChecker(schema)
}
