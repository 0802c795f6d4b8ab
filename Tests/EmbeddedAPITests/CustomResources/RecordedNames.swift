import Foundation
import KubernetesAPI

/// The names of one run of a scenario, and what differs between two runs.
struct RecordedNames {
    var values = ["ns": "ns-run00001", "group": "run00001.example.com", "id": "run00001"]

    func filled(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string(let text):
            var text = text
            for (name, value) in values { text = text.replacingOccurrences(of: "${\(name)}", with: value) }
            return .string(text)
        case .array(let items): return .array(items.map { filled($0) })
        case .object(let object):
            return .object(
                JSONObject(uniqueKeysWithValues: object.map { (filled(.string($0.key)).string ?? $0.key, filled($0.value)) }))
        default: return value
        }
    }

    func normalized(_ value: JSONValue, key: String = "") -> JSONValue {
        switch value {
        case .string(let text):
            if key == "resourceVersion" {
                let saved = values.filter { $0.value == text && !["ns", "group", "id"].contains($0.key) }.keys.sorted().first
                return .string(saved.map { "${\($0)}" } ?? "(resourceVersion)")
            }
            return .string(hidden(text))
        case .array(let items): return .array(items.map { normalized($0, key: key) })
        case .object(let object):
            var result = JSONObject(uniqueKeysWithValues: object.map { (hidden($0.key), normalized($0.value, key: $0.key)) })
            if result["kind"] == "Status", result["details"] != nil { settleCauses(&result) }
            if result["kind"] == "Table" { hideAges(&result) }
            return .object(result)
        default: return value
        }
    }

    private func hidden(_ text: String) -> String {
        var text = text
        for name in ["ns", "group", "id"] { text = text.replacingOccurrences(of: values[name] ?? "", with: "${\(name)}") }
        text = text.replacingOccurrences(of: "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", with: "(uid)", options: .regularExpression)
        text = text.replacingOccurrences(of: #"(?<=value: )\{"[A-Z].*?\}(?=: |, |\]?$)"#, with: "(value)", options: .regularExpression)
        return text.replacingOccurrences(of: CustomResourceAPI.now.description, with: "(time)")
    }

    private func settleCauses(_ status: inout JSONObject) {
        guard var details = status["details"]?.object, let causes = details["causes"]?.array else { return }
        var seen: Set<String> = []
        let listed = causes.map { "\($0["field"]?.string ?? "None"): \($0["message"]?.string ?? "None")" }.filter { seen.insert($0).inserted }
        let message = status["message"]?.string ?? ""
        status["message"] = .string(message.replacingOccurrences(of: "[\(listed.joined(separator: ", "))]", with: "[(the causes)]"))
        details["causes"] = .array(causes.sorted { Self.sortKey($0) < Self.sortKey($1) })
        status["details"] = .object(details)
    }

    /// The cause as Python's `json.dumps(sort_keys=True)` orders it.
    private static func sortKey(_ cause: JSONValue) -> String {
        String(decoding: cause.serialized(sortedKeys: true), as: UTF8.self)
    }

    private func hideAges(_ table: inout JSONObject) {
        let rows = (table["rows"]?.array ?? []).map { row -> JSONValue in
            guard var row = row.object else { return row }
            let cells = (row["cells"]?.array ?? []).map { cell -> JSONValue in
                cell.string?.range(of: #"^(\d+[smhd])+$"#, options: .regularExpression) == nil ? cell : "(age)"
            }
            row["cells"] = .array(cells)
            return .object(row)
        }
        table["rows"] = .array(rows)
    }
}

/// A path of a recording, such as `details.causes[*].field` or `conditions[type=Ready].status`.
struct RecordedPath {
    private let steps: [(name: String, isBracket: Bool)]

    init(_ text: String) {
        var steps: [(String, Bool)] = []
        var rest = text[...]
        while let first = rest.first {
            if first == "[" {
                let end = rest.firstIndex(of: "]") ?? rest.endIndex
                steps.append((String(rest[rest.index(after: rest.startIndex)..<end]), true))
                rest = end == rest.endIndex ? "" : rest[rest.index(after: end)...]
            } else if first == "." {
                rest = rest.dropFirst()
            } else {
                let word = rest.prefix { !".[".contains($0) }
                steps.append((String(word), false))
                rest = rest.dropFirst(word.count)
            }
        }
        self.steps = steps
    }

    func values(in value: JSONValue) -> [JSONValue] {
        steps.reduce([value]) { found, step in
            found.flatMap { here -> [JSONValue] in
                switch here {
                case .object(let object): return step.name == "*" ? object.map(\.value) : object[step.name].map { [$0] } ?? []
                case .array(let items) where step.isBracket:
                    if step.name == "*" { return items }
                    if let index = Int(step.name) { return here[index].map { [$0] } ?? [] }
                    let parts = step.name.split(separator: "=", maxSplits: 1).map(String.init)
                    return items.filter { parts.count == 2 && RecordedPath(parts[0]).values(in: $0).first?.string == parts[1] }
                default: return []
                }
            }
        }
    }
}
