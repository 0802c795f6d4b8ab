import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

/// Every object of a built-in kind that Kubernetes answered with is as its Go type writes it; so decoding changes nothing in it.
@Suite struct RecordedDecodingTests {
    static let areas = [
        "access", "builtin-validation-and-defaults", "cel-rules", "crd-validation", "crud", "list-watch", "patch", "server-side-apply", "subresources",
        "tables-discovery",
    ]

    /// What differs for other reasons: a status that is not recorded, and what defaults and strategies change.
    static let exceptions: Set<String> = [
        "deployment-scale-hand-over.json", "secret-defaults.json", "secret-immutable.json", "pod-policies.json",
    ]

    @Test(arguments: areas) func answersStayAsTheyAre(_ area: String) throws {
        guard let files = try Conformance.files(in: "kubernetes-api/\(area)") else { return }
        for file in files where file.pathExtension == "json" && !Self.exceptions.contains(file.lastPathComponent) {
            let scenario = try Conformance.json(file)
            for (index, step) in (scenario["steps"]?.array ?? []).enumerated() where step["show"] == nil {
                if step["request"]?.string?.hasPrefix("DELETE") == true { continue }
                for object in Self.objects(in: step["expect"]) { check(object, "\(file.lastPathComponent)#\(index)") }
            }
        }
    }

    /// What a client sent is in the answer, as far as it was not zero.
    @Test(arguments: areas) func answersHoldWhatWasSent(_ area: String) throws {
        guard let files = try Conformance.files(in: "kubernetes-api/\(area)") else { return }
        for file in files where file.pathExtension == "json" && !Self.exceptions.contains(file.lastPathComponent) {
            let scenario = try Conformance.json(file)
            for (index, step) in (scenario["steps"]?.array ?? []).enumerated() {
                guard let status = step["expect"]?["status"]?.integer, status < 300, let request = step["request"]?.string, let body = step["body"]?.object,
                    request.hasPrefix("POST") || request.hasPrefix("PUT"), let answer = step["expect"]?["body"]?.object, step["show"] == nil,
                    let type = Self.type(of: body), Self.type(of: answer) == type
                else { continue }
                let (decoded, _) = try BuiltInDecoding.decoded(body, as: type)
                var paths: [String] = []
                Self.missing(.object(decoded), in: .object(answer), at: "", &paths)
                paths.removeAll { $0.hasPrefix(".status") || $0.hasPrefix(".metadata") }
                #expect(paths.isEmpty, "\(file.lastPathComponent)#\(index)")
            }
        }
    }

    private static func missing(_ value: JSONValue, in answer: JSONValue?, at path: String, _ paths: inout [String]) {
        switch (value, answer) {
        case (.object(let object), .object?): for (key, member) in object { missing(member, in: answer?[key], at: "\(path).\(key)", &paths) }
        case (.array(let elements), .array(let others)?) where elements.count == others.count:
            for (index, element) in elements.enumerated() { missing(element, in: others[index], at: "\(path)[\(index)]", &paths) }
        case (.null, _), (.string(""), _), (.integer(0), _), (.bool(false), _): break
        case (_, .string(let text)?) where text.hasPrefix("(") || text.contains("${"): break
        default: if value != answer { paths.append("\(path): \(value) became \(answer.map { "\($0)" } ?? "absent")") }
        }
    }

    static func type(of object: JSONObject) -> (any Resource.Type)? {
        Scheme.kubernetesAPI.resource(apiVersion: object["apiVersion"]?.string ?? "", kind: object["kind"]?.string ?? "")
    }

    private static func objects(in expectation: JSONValue?) -> [JSONObject] {
        var objects: [JSONObject] = []
        if let body = expectation?["body"]?.object { objects.append(body) }
        for event in expectation?["events"]?.array ?? [] { if let object = event["object"]?.object { objects.append(object) } }
        return objects
    }

    private func check(_ object: JSONObject, _ place: String) {
        // Parts of objects, and partial ones, are not complete.
        guard let type = Self.type(of: object), object["metadata"]?["uid"] != nil || object["metadata"]?["creationTimestamp"] != nil else { return }
        let object = Self.withTimes(.object(object)).object ?? object
        do {
            let (decoded, unknown) = try BuiltInDecoding.decoded(object, as: type)
            #expect(unknown.isEmpty, "\(place)")
            if decoded != object {
                var paths: [String] = []
                Self.differences(.object(object), .object(decoded), at: "", &paths)
                Issue.record("\(place) \(type.kind): \(paths.prefix(5))")
            }
        } catch {
            Issue.record("\(place) \(type.kind): \(error)")
        }
    }

    private static func differences(_ old: JSONValue?, _ new: JSONValue?, at path: String, _ paths: inout [String]) {
        if old == new { return }
        if let left = old?.object, let right = new?.object {
            for key in Set(left.keys).union(right.keys) { differences(left[key], right[key], at: "\(path).\(key)", &paths) }
        } else if let left = old?.array, let right = new?.array, left.count == right.count {
            for index in left.indices { differences(left[index], right[index], at: "\(path)[\(index)]", &paths) }
        } else {
            paths.append("\(path): \(old.map { "\($0)" } ?? "absent") → \(new.map { "\($0)" } ?? "absent")")
        }
    }

    /// Recordings put `(time)` where a time was.
    static func withTimes(_ value: JSONValue) -> JSONValue {
        switch value {
        case .string("(time)"): "2026-01-01T00:00:00Z"
        case .string("(nodePort)"), .string("(port)"): 30000
        case .array(let elements): .array(elements.map(withTimes))
        case .object(let object): .object(JSONObject(uniqueKeysWithValues: object.map { ($0.key, withTimes($0.value)) }))
        default: value
        }
    }
}
