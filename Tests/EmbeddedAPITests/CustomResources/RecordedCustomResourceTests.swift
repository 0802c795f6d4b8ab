import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

/// Plays the recorded conversations about custom resources with an API in memory, and compares its answers with those of Kubernetes.
@Suite struct RecordedCustomResourceTests {
    /// What this needs beyond custom resources, and so is tested elsewhere.
    static let skipped = [
        "crd-validation/duplicate-yaml-keys": "duplicate keys are found by the reader of bodies",
        "crd-validation/field-validation-built-in": "is about built-in kinds",
        "crd-validation/field-validation-invalid-value": "query parameters are checked before the object is looked at",
    ]
    static let others = ["crud/generation-custom", "list-watch/field-unsupported-custom"]

    @Test func customResourcesAnswerAsRecorded() throws {
        guard let files = try Conformance.files(in: "kubernetes-api/crd-validation"), let rules = try Conformance.files(in: "kubernetes-api/cel-rules") else {
            return
        }
        let folder = try #require(Conformance.path("kubernetes-api"))
        var tally = ConformanceTally("recorded-crd")
        let scenarios =
            files.map { ("crd-validation/\($0.deletingPathExtension().lastPathComponent)", $0) }
            + rules.map { ("cel-rules/\($0.deletingPathExtension().lastPathComponent)", $0) }
            + Self.others.map { ($0, folder.appendingPathComponent("\($0).json")) }
        for (name, file) in scenarios where Self.skipped[name] == nil {
            tally.check(name) { try Self.failure(of: Conformance.json(file)) }
        }
        for (name, reason) in Self.skipped.sorted(by: { $0.key < $1.key }) { print("  skipped \(name): \(reason)") }
        tally.report()
    }

    /// How the answers to a scenario differ from the recorded ones; nil when they do not.
    static func failure(of scenario: JSONValue) throws -> String? {
        var names = RecordedNames()
        let api = CustomResourceAPI()
        for definition in scenario["crds"]?.array ?? [] {
            let answer = api.answer("POST", CustomResourceAPI.definitionsPath, body: names.filled(definition))
            guard answer.status == 201 else { return "the definition was refused: \(answer.body)" }
        }
        for (index, step) in (scenario["steps"]?.array ?? []).enumerated() {
            guard let request = step["request"]?.string, let space = request.firstIndex(of: " ") else { return "step \(index + 1) is no request" }
            let accept = step["headers"]?["Accept"]?.string ?? ""
            let answer = api.answer(
                String(request[..<space]), names.filled(.string(String(request[request.index(after: space)...]))).string ?? "",
                body: step["body"].map { names.filled($0) } ?? .null, contentType: step["headers"]?["Content-Type"]?.string ?? "application/json",
                wantsTable: accept.contains("as=Table"))
            for (name, path) in step["save"]?.object ?? JSONObject() {
                names.values[name] = RecordedPath(path.string ?? "").values(in: answer.body).first?.string ?? ""
            }
            if let difference = difference(between: answer, and: step, names) { return "step \(index + 1): \(difference)" }
        }
        return nil
    }

    private static func difference(between answer: CustomResourceAPI.Answer, and step: JSONValue, _ names: RecordedNames) -> String? {
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
        if let wanted = expected["body"], body != wanted { return "answered \(body) instead of \(wanted)" }
        for (path, pattern) in expected["matches"]?.object ?? JSONObject() {
            let found = RecordedPath(path).values(in: names.normalized(answer.body)).map { $0.string ?? "\($0)" }.joined(separator: "\n")
            if found.range(of: pattern.string ?? "", options: .regularExpression) == nil { return "\(path) is \(found), not like \(pattern)" }
        }
        if let warnings = expected["warnings"]?.array {
            let found = answer.warnings.map { JSONValue.string("299 - \($0.debugDescription)") }.map { names.normalized($0) }
            if found != warnings { return "warned \(found) instead of \(warnings)" }
        }
        return nil
    }
}
