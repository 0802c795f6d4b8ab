import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

/// Plays the recorded conversations about the core group's kinds and their like with an API in memory.
@Suite struct RecordedBuiltInKindTests {
    static let scenarios = [
        "builtin-validation-and-defaults": [
            "configmap-defaults", "configmap-invalid", "endpointslice-address-type-immutable", "endpointslice-defaults", "event-core", "ingress-invalid",
            "lease", "namespace-label", "networkpolicy-defaults", "networkpolicy-invalid", "node-defaults", "pvc-defaults", "pvc-immutable",
            "role-and-binding-defaults", "rolebinding-roleref-immutable", "secret-defaults", "secret-immutable", "secret-type-immutable", "secret-types",
            "service-external-name", "service-headless-defaults", "service-invalid", "service-invalid-ports", "service-node-port-defaults",
        ],
        "crud": ["configmap-too-large", "finalizers-validation", "generation-absent", "invalid-names-dns-label", "namespace-create"],
        "subresources": ["namespace-finalize", "namespace-status"],
        "tables-discovery": [
            "clusterrolebindings", "clusterroles", "column-descriptions", "configmaps", "endpointslices", "events", "ingresses", "leases", "namespaces",
            "networkpolicies", "persistentvolumeclaims", "rolebindings", "roles", "serviceaccounts",
        ],
    ]

    @Test func builtInKindsAnswerAsRecorded() throws {
        guard let folder = Conformance.path("kubernetes-api") else { return }
        var tally = ConformanceTally("recorded-built-in")
        for (area, names) in Self.scenarios.sorted(by: { $0.key < $1.key }) {
            for name in names {
                tally.check("\(area)/\(name)") {
                    try Self.failure(of: Conformance.json(folder.appendingPathComponent("\(area)/\(name).json")))
                }
            }
        }
        tally.report()
    }

    static func failure(of scenario: JSONValue) throws -> String? {
        var names = RecordedNames()
        for (name, text) in scenario["repeat"]?.object ?? JSONObject() {
            names.values[name] = String(repeating: text[0]?.string ?? "", count: Int(text[1]?.integer ?? 0))
        }
        let api = BuiltInKindAPI()
        _ = api.answer("POST", "/api/v1/namespaces", body: names.filled(["metadata": ["name": "${ns}"], "apiVersion": "v1", "kind": "Namespace"]))
        for (index, step) in (scenario["steps"]?.array ?? []).enumerated() {
            guard let request = step["request"]?.string, let space = request.firstIndex(of: " ") else { return "step \(index + 1) is no request" }
            let answer = api.answer(
                String(request[..<space]), names.filled(.string(String(request[request.index(after: space)...]))).string ?? "",
                body: step["body"].map { names.filled($0) } ?? .null, wantsTable: step["headers"]?["Accept"]?.string?.contains("as=Table") ?? false)
            if let difference = difference(between: answer, and: step, names) { return "step \(index + 1): \(difference)" }
        }
        return nil
    }

    private static func difference(between answer: BuiltInKindAPI.Answer, and step: JSONValue, _ names: RecordedNames) -> String? {
        guard let expected = step["expect"] else { return nil }
        if let status = expected["status"]?.integer, Int64(answer.status) != status { return "status \(answer.status) instead of \(status): \(answer.body)" }
        var body = withoutChosen(names.normalized(answer.body), "")
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
            let found = RecordedPath(path).values(in: answer.body).map { $0.string ?? "\($0)" }.joined(separator: "\n")
            if found.range(of: pattern.string ?? "", options: .regularExpression) == nil { return "\(path) is \(found), not like \(pattern)" }
        }
        return expected["warnings"] == nil && !answer.warnings.isEmpty ? "warned \(answer.warnings)" : nil
    }

    /// The value with placeholders for the addresses and ports that the server chooses.
    private static func withoutChosen(_ value: JSONValue, _ key: String) -> JSONValue {
        switch value {
        case .object(let object): return .object(JSONObject(uniqueKeysWithValues: object.map { ($0.key, withoutChosen($0.value, $0.key)) }))
        case .array(let items): return .array(items.map { withoutChosen($0, key) })
        case .string(let text) where key.hasPrefix("clusterIP") && text != "None": return "(ip)"
        case .integer where key == "nodePort": return "(port)"
        default: return value
        }
    }
}
