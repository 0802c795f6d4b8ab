import Foundation
import TestSupport
import Testing

@testable import KubernetesAPI

/// Plays the recorded conversations of `kubernetes-api/patch` as far as they show patches themselves: the object before, the patch, and the object that a
/// Kubernetes API server answered with, or that it refused the patch. What the server adds (defaults, its metadata) and what it decides on the patched object
/// is left out.
@Suite struct RecordedPatchTests {
    /// Scenarios about more than the patch, and why.
    private static let notPlayed = [
        "patch-scale": "a patch of a subresource that the server makes from the object",
        "patch-status": "the server takes only the status of the patched object",
        "unknown-patch-type": "the server chooses by content type",
        "strategic-on-custom-resource": "the server chooses by content type",
        "merge-missing-object": "there is nothing to patch",
    ]
    /// What the server fills in.
    private static let defaults: Set = ["resources", "terminationMessagePath", "terminationMessagePolicy", "imagePullPolicy", "protocol"]
    private static let serverMetadata: Set = ["namespace", "uid", "resourceVersion", "creationTimestamp", "generation"]

    @Test func recordedPatchesGiveTheRecordedObjects() throws {
        guard let files = try Conformance.files(in: "kubernetes-api/patch"), let fields = try KubernetesFields() else { return }
        var tally = ConformanceTally("recorded-patches")
        for file in files {
            let scenario = try Conformance.json(file)
            let name = scenario["name"]?.string ?? "?"
            if Self.notPlayed[name] != nil { continue }
            var objects: [String: JSONObject] = [:]
            for (number, step) in (scenario["steps"]?.array ?? []).enumerated() {
                let request = (step["request"]?.string ?? "").split(separator: " ").map(String.init)
                let expectation = try #require(step["expect"])
                if request.first == "POST", let object = step["body"]?.object {
                    objects["\(request[1])/\(object["metadata"]?["name"]?.string ?? "")"] = object
                    continue
                }
                guard request.first == "PATCH", expectation["warnings"] == nil else { continue }  // a warning tells what the server dropped
                let path = String(request[1].split(separator: "?")[0])
                let before = try #require(objects[path])
                let body = try step["body"] ?? JSONValue(parsing: Self.expanded(step["bodyText"]?.string ?? "", scenario["repeat"]))
                tally.check("\(name)#\(number)") {
                    let result = Result { try Self.patched(before, body, type: step["headers"]?["Content-Type"]?.string ?? "", fields: fields) }
                    if case .success(let object) = result, expectation["status"] == 200, request[1] == path { objects[path] = object.object }
                    return Self.difference(of: result, from: expectation)
                }
            }
        }
        tally.report()
    }

    private static func patched(_ object: JSONObject, _ body: JSONValue, type: String, fields: KubernetesFields) throws -> JSONValue {
        switch type {
        case "application/json-patch+json": return try JSONPatch(parsing: body, dialect: .kubernetes).applied(to: .object(object))
        case "application/merge-patch+json": return try MergePatch(body).applied(to: .object(object))
        case "application/strategic-merge-patch+json":
            return .object(try StrategicMergePatch(#require(body.object)).applied(to: object, schema: fields.schema(of: object)))
        default: throw CocoaError(.featureUnsupported)
        }
    }

    private static func expanded(_ text: String, _ names: JSONValue?) -> String {
        (names?.object ?? [:]).reduce(text) { text, name in
            text.replacing("${\(name.key)}", with: String(repeating: name.value[0]?.string ?? "", count: Int(name.value[1]?.integer ?? 0)))
        }
    }

    /// Why a result is not what was recorded; nil when it is.
    private static func difference(of result: Result<JSONValue, any Error>, from expectation: JSONValue) -> String? {
        let body = expectation["body"]?.object ?? [:]
        let error = if case .failure(let failure) = result { failure as? PatchError } else { PatchError?.none }
        switch (expectation["status"]?.integer, result) {
        case (200, .success(let object)):
            for (key, value) in body.contains(where: { $0.key == "kind" }) ? [("", .object(body))] : body.map({ ($0.key, $0.value) }) {
                let found = key.split(separator: ".").reduce(JSONValue?.some(object)) { $0?[String($1)] }
                let (ours, theirs) = (comparable(found ?? "(absent)"), comparable(value))
                if ours != theirs { return "\(key): \(ours) instead of \(theirs)" }
            }
            return nil
        case (200, .failure(let failure)): return "\(failure)"
        case (413, .failure):
            return error?.reason == .limitExceeded && body["message"]?.string == "Request entity too large: \(error?.message ?? "")" ? nil : "\(result)"
        case (500, .failure):
            guard let error, [.invalidDirective, .missingMergeKey].contains(error.reason) else { return "\(result)" }
            guard let pattern = expectation["matches"]?["message"]?.string else { return nil }
            return (try? Regex(pattern).firstMatch(in: error.message)) == nil ? "\(error.message) does not match \(pattern)" : nil
        case (422, .failure):
            let isRefusedPatch = body["message"] == "the server rejected our request due to an error in our request"
            return isRefusedPatch && (error?.reason == .doesNotApply || error?.reason == .testFailed) ? nil : "\(result)"
        case (422, .success(let object)):
            return body["message"] == "the server rejected our request due to an error in our request" ? "accepted, gives \(object)" : nil
        case (400, .success), (409, .success): return nil  // what the server thinks of the patched object
        default: return "\(result) for status \(expectation["status"] ?? nil)"
        }
    }

    /// Without what the server adds, and without nulls and empty texts: to the server a null in a map of texts is an empty text.
    private static func comparable(_ value: JSONValue) -> JSONValue {
        switch value {
        case .object(let object):
            var result = JSONObject()
            for (name, member) in object where !defaults.contains(name) && !member.isNull && member != "" {
                result[name] = comparable(member)
            }
            if var metadata = result["metadata"]?.object, result["kind"] != nil {
                for name in serverMetadata { metadata[name] = nil }
                result["metadata"] = .object(metadata)
            }
            return .object(result)
        case .array(let elements): return .array(elements.map(comparable))
        default: return value
        }
    }
}
