import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

/// Plays the recorded conversations about ValidatingAdmissionPolicies with an API in memory.
@Suite struct RecordedPolicyTests {
    /// The rest of these is about the rules and defaults of the kinds.
    private static let skippedSteps = ["policy-defaults": Set(0...9), "policy-invalid": Set(3...5)]

    @Test func policiesDecideAsRecorded() throws {
        guard let files = try Conformance.files(in: "kubernetes-api/access") else { return }
        var tally = ConformanceTally("recorded-policies")
        for file in files where file.lastPathComponent.hasPrefix("policy-") {
            let name = file.deletingPathExtension().lastPathComponent
            tally.check(name) { try Self.failure(of: Conformance.json(file), skipping: Self.skippedSteps[name] ?? []) }
        }
        tally.report()
    }

    private static func failure(of scenario: JSONValue, skipping skipped: Set<Int>) throws -> String? {
        let names = RecordedNames()
        let api = AdmissionAPI(namespace: names.values["ns"] ?? "")
        for (index, step) in (scenario["steps"]?.array ?? []).enumerated() where !skipped.contains(index) {
            let step = names.filled(step)
            let request = (step["request"]?.string ?? "").split(separator: " ").map(String.init)
            var user = Identity.administrator
            if let name = step["headers"]?["Impersonate-User"]?.string {
                user = Identity(name: name, groups: [step["headers"]?["Impersonate-Group"]?.string].compactMap { $0 })
            }
            let answer = try api.answer(request[0], request[1], step["body"]?.object, user: user)
            if let why = difference(between: answer, and: step) { return "step \(index + 1): \(why)" }
        }
        return nil
    }

    private static func difference(between answer: AdmissionAPI.Answer, and step: JSONValue) -> String? {
        let expected = step["expect"]
        if let status = expected?["status"]?.integer ?? step["until"]?["http"]?.integer, Int64(answer.status) != status {
            return "status \(answer.status) instead of \(status): \(answer.body)"
        }
        if let warnings = expected?["warnings"]?.array {
            let found = answer.warnings.map { JSONValue.string("299 - \"\($0)\"") }
            if found != warnings { return "warned \(found) instead of \(warnings)" }
        }
        // What is answered when nothing is refused is not admission's business.
        guard answer.status >= 400 || (step["show"] != nil && step["request"]?.string?.hasPrefix("DELETE") == false), let wanted = expected?["body"] else {
            return nil
        }
        guard let shown = step["show"]?.array else { return answer.body == wanted ? nil : "answered \(answer.body) instead of \(wanted)" }
        for path in shown.compactMap(\.string) {
            let found = RecordedPath(path).values(in: answer.body)
            let value = path.contains("[*]") ? .array(found) : found.first ?? "(absent)"
            if value != wanted[path] { return "\(path) is \(value) instead of \(wanted[path] ?? .null)" }
        }
        return nil
    }
}
