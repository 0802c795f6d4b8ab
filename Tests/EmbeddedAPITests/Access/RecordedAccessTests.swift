import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

/// Plays the recorded conversations about access with an API in memory, and compares its answers with those of Kubernetes.
@Suite struct RecordedAccessTests {
    static let others = ["subresources/token-request", "subresources/token-request-invalid"]

    @Test func accessIsDecidedAsRecorded() throws {
        guard let files = try Conformance.files(in: "kubernetes-api/access") else { return }
        let folder = try #require(Conformance.path("kubernetes-api"))
        var tally = ConformanceTally("recorded-access")
        let scenarios =
            files.filter { !$0.lastPathComponent.hasPrefix("policy-") }.map { ("access/\($0.deletingPathExtension().lastPathComponent)", $0) }
            + Self.others.map { ($0, folder.appendingPathComponent("\($0).json")) }
        for (name, file) in scenarios { tally.check(name) { try Self.failure(of: Conformance.json(file)) } }
        tally.report()
    }

    /// How the answers to a scenario differ from the recorded ones; nil when they do not.
    static func failure(of scenario: JSONValue) throws -> String? {
        var names = RecordedNames()
        let api = AccessAPI()
        for (index, step) in (scenario["steps"]?.array ?? []).enumerated() {
            let target = names.filled(step["request"] ?? "").string ?? ""
            guard let space = target.firstIndex(of: " ") else { return "step \(index + 1) is no request" }
            let headers = (step["headers"]?.object ?? [:]).map { ($0.key, names.filled($0.value).string ?? "") }
            let answer = api.answer(
                String(target[..<space]), String(target[target.index(after: space)...]), headers: headers,
                token: step["token"].flatMap { names.filled($0).string }, body: names.filled(step["body"] ?? .null))
            for (name, path) in step["save"]?.object ?? [:] {
                names.values[name] = RecordedPath(path.string ?? "").values(in: answer.body).first?.string ?? ""
            }
            if let difference = difference(answer, step, names) { return "step \(index + 1): \(difference)" }
        }
        return nil
    }

    private static func difference(_ answer: AccessAPI.Answer, _ step: JSONValue, _ names: RecordedNames) -> String? {
        if let code = step["until"]?["http"]?.integer, code != answer.status { return "status \(answer.status) instead of \(code): \(answer.body)" }
        let expected = step["expect"]
        if let status = expected?["status"]?.integer, status != answer.status { return "status \(answer.status) instead of \(status): \(answer.body)" }
        var whole = names.normalized(answer.body)
        if var status = whole["status"]?.object, status["expirationTimestamp"] != nil, var object = whole.object {
            status["expirationTimestamp"] = "(time)"
            object["status"] = .object(status)
            whole = .object(object)
        }
        var body = whole
        if let shown = step["show"]?.array {
            let parts = shown.compactMap(\.string).map { path -> (String, JSONValue) in
                let found = RecordedPath(path).values(in: whole)
                return (path, path.contains("[*]") ? .array(found) : found.first ?? "(absent)")
            }
            body = .object(JSONObject(uniqueKeysWithValues: parts))
        }
        if let wanted = expected?["body"], body != wanted { return "answered \(body) instead of \(wanted)" }
        for (path, pattern) in expected?["matches"]?.object ?? [:] where path == "message" {
            let found = whole["message"]?.string ?? ""
            if found.range(of: pattern.string ?? "", options: .regularExpression) == nil { return "the message is \(found), not like \(pattern)" }
        }
        return nil
    }
}
