import Foundation
import TestSupport
import Testing

@testable import KubernetesAPI

/// What a Kubernetes API server chose, recorded: list-watch/label-*.json and field-name.json.
struct RecordedSelectionTests {
    @Test(arguments: ["label-equality", "label-combined", "label-numeric", "field-name", "field-secret-type"])
    func choosesWhatKubernetesChose(_ scenario: String) throws {
        guard let file = Conformance.path("kubernetes-api/list-watch/\(scenario).json") else { return }
        var tally = ConformanceTally("kubernetes-api/list-watch/\(scenario)")
        var objects: [JSONObject] = []
        for step in try Conformance.json(file)["steps"]?.array ?? [] {
            guard let request = step["request"]?.string else { continue }
            if request.hasPrefix("POST"), let object = step["body"]?.object { objects.append(object) }
            guard let query = request.split(separator: "?").dropFirst().first, let equals = query.firstIndex(of: "=") else { continue }
            let text = query[query.index(after: equals)...].removingPercentEncoding ?? ""
            tally.check(text) {
                let status = step["expect"]?["status"]?.integer
                let chosen: [JSONValue]
                do {
                    chosen = try objects.filter { try Self.matches($0, text, isLabelSelector: query.hasPrefix("labelSelector")) }.compactMap {
                        $0["metadata"]?["name"]
                    }
                } catch {
                    return status == 400 ? nil : "\(error)"
                }
                let expected = step["expect"]?["body"]?["items[*].metadata.name"]
                return expected == .array(chosen) ? nil : "chose \(chosen), not \(expected ?? .null) (\(status ?? 0))"
            }
        }
        tally.report()
    }

    private static func matches(_ object: JSONObject, _ text: String, isLabelSelector: Bool) throws -> Bool {
        if isLabelSelector { return try Selector(parsing: text).matches(object["metadata"]?["labels"]?.object) }
        return try FieldSelector(parsing: text).matches { field in
            switch field {
            case "metadata.name": object["metadata"]?["name"]?.string
            case "metadata.namespace": "${ns}"
            case "type": object["type"]?.string ?? "Opaque"
            default: nil
            }
        }
    }
}
