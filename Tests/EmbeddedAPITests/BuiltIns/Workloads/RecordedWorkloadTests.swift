import Foundation
import KubernetesAPI
import TestSupport
import Testing

@testable import EmbeddedAPI

/// Plays the recorded conversations about workloads, autoscalers, budgets and policies with an API in memory.
@Suite struct RecordedWorkloadTests {
    static let scenarios = [
        "builtin-validation-and-defaults/controllerrevision", "builtin-validation-and-defaults/deployment-required",
        "builtin-validation-and-defaults/deployment-selector-immutable", "builtin-validation-and-defaults/hpa-defaults",
        "builtin-validation-and-defaults/hpa-invalid", "builtin-validation-and-defaults/job-defaults",
        "builtin-validation-and-defaults/job-defaults-parallelism", "builtin-validation-and-defaults/job-immutable",
        "builtin-validation-and-defaults/job-selector", "builtin-validation-and-defaults/pdb-invalid", "builtin-validation-and-defaults/replicaset-defaults",
        "tables-discovery/deployments", "tables-discovery/horizontalpodautoscalers", "tables-discovery/jobs", "tables-discovery/poddisruptionbudgets",
        "tables-discovery/replicasets", "subresources/scale-replicaset", "subresources/scale-stale-version", "subresources/status-pdb",
        "crud/generation-deployment", "access/policy-defaults", "access/policy-invalid",
    ]

    @Test func workloadsAnswerAsRecorded() throws {
        guard let folder = Conformance.path("kubernetes-api") else { return }
        var tally = ConformanceTally("recorded-workloads")
        for name in Self.scenarios {
            tally.check(name) { try Self.failure(of: Conformance.json(folder.appendingPathComponent("\(name).json"))) }
        }
        tally.report()
    }

    static func failure(of scenario: JSONValue) throws -> String? {
        let names = RecordedNames()
        let api = WorkloadAPI()
        for (index, step) in (scenario["steps"]?.array ?? []).enumerated() {
            let request = (step["request"]?.string ?? "").split(separator: " ").map(String.init)
            let answer = api.answer(
                request[0], names.filled(.string(request[1])).string ?? "", body: step["body"].map { names.filled($0) } ?? .null,
                contentType: step["headers"]?["Content-Type"]?.string ?? "application/json",
                wantsTable: step["headers"]?["Accept"]?.string?.contains("as=Table") ?? false)
            if let difference = difference(between: answer, and: step, names) { return "step \(index + 1): \(difference)" }
        }
        return nil
    }

    private static func difference(between answer: WorkloadAPI.Answer, and step: JSONValue, _ names: RecordedNames) -> String? {
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
        return answer.warnings.isEmpty || expected["warnings"] != nil ? nil : "warned \(answer.warnings)"
    }
}
