import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

/// Plays the recorded conversations about pods with an API in memory, and compares its answers with those of Kubernetes.
@Suite struct RecordedPodTests {
    static let areas = [
        ("builtin-validation-and-defaults", "pod-"), ("subresources", "pod-"), ("subresources", "binding"), ("subresources", "eviction"),
        ("subresources", "ephemeral-"), ("subresources", "exec-"), ("crud", "delete-pod-grace"), ("list-watch", "field-pods"), ("tables-discovery", "pods"),
    ]
    static let skipped = ["builtin-validation-and-defaults/pod-bad-quantity": "types are checked before the kind sees the object"]

    @Test func podsAnswerAsRecorded() throws {
        guard try Conformance.files(in: "kubernetes-api/crud") != nil else { return }
        var tally = ConformanceTally("recorded-pods")
        for (area, prefix) in Self.areas {
            for file in try Conformance.files(in: "kubernetes-api/\(area)") ?? [] where file.lastPathComponent.hasPrefix(prefix) {
                let name = "\(area)/\(file.deletingPathExtension().lastPathComponent)"
                guard Self.skipped[name] == nil else { continue }
                tally.check(name) { try Self.failure(of: Conformance.json(file)) }
            }
        }
        tally.report()
    }

    /// How the answers to a scenario differ from the recorded ones; nil when they do not.
    static func failure(of scenario: JSONValue) throws -> String? {
        let names = RecordedNames()
        let api = PodAPI()
        for (index, step) in (scenario["steps"]?.array ?? []).enumerated() {
            guard let request = step["request"]?.string, let space = request.firstIndex(of: " ") else { return "step \(index + 1) is no request" }
            let answer = api.answer(
                String(request[..<space]), names.filled(.string(String(request[request.index(after: space)...]))).string ?? "",
                body: step["body"].map { names.filled($0) } ?? .null, contentType: step["headers"]?["Content-Type"]?.string ?? "application/json",
                wantsTable: step["headers"]?["Accept"]?.string?.contains("as=Table") ?? false)
            if let difference = difference(between: answer, and: step, names) { return "step \(index + 1): \(difference)" }
        }
        return nil
    }

    private static func difference(between answer: PodAPI.Answer, and step: JSONValue, _ names: RecordedNames) -> String? {
        guard let expected = step["expect"] else { return nil }
        if let status = expected["status"]?.integer, Int64(answer.status) != status { return "status \(answer.status) instead of \(status): \(answer.body)" }
        var body = names.normalized(answer.body)
        if let shown = step["show"]?.array {
            var parts = JSONObject()
            for path in shown.compactMap(\.string) {
                let found = RecordedPath(path).values(in: body)
                parts[path] = path.contains("[*]") ? .array(found) : found.first ?? "(absent)"
            }
            body = .object(parts)
        }
        if let wanted = expected["body"], wanted != .null, body != wanted { return "answered \(body) instead of \(wanted)" }
        let warnings = (expected["warnings"]?.array ?? [])
        let found = answer.warnings.map { JSONValue.string("299 - \($0.debugDescription)") }.map { names.normalized($0) }
        return found == warnings ? nil : "warned \(found) instead of \(warnings)"
    }
}
