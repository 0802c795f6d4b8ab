import EmbeddedAPI
import Foundation
import KubernetesAPI
import TestSupport
import Testing

/// Reads the bodies and options of all recorded requests: what is refused here has to be what Kubernetes refuses, with its words.
@Suite struct RecordedRequestTests {
    private struct Request {
        var method: String
        var type: (any Resource.Type)?
        var isObject: Bool
        var query: QueryParameters

        /// Nil for what is no path of a resource without subresource.
        init?(_ text: String) {
            let parts = text.split(separator: " ", maxSplits: 1)
            let target = parts[1].split(separator: "?", maxSplits: 1)
            var path = target[0].split(separator: "/").map(String.init)
            guard let root = path.first, root == "api" || root == "apis", path.count >= 3 else { return nil }
            let version = root == "api" ? path[1] : "\(path[1])/\(path[2])"
            path.removeFirst(root == "api" ? 2 : 3)
            if path.first == "namespaces", path.count > 2 { path.removeFirst(2) }
            guard let plural = path.first, path.count <= 2 else { return nil }
            method = String(parts[0])
            isObject = path.count == 2
            type = Scheme.kubernetesAPI.resources.first { $0.plural == plural && $0.apiVersion == version }
            query = QueryParameters(parsing: target.count > 1 ? target[1].replacingOccurrences(of: "${id}", with: "id") : "")
        }
    }

    @Test(arguments: RecordedDecodingTests.areas) func bodiesAndOptions(_ area: String) throws {
        guard let files = try Conformance.files(in: "kubernetes-api/\(area)") else { return }
        for file in files where file.pathExtension == "json" {
            for (index, step) in (try Conformance.json(file)["steps"]?.array ?? []).enumerated() {
                guard let text = (step["request"] ?? step["watch"])?.string, let request = Request(step["watch"] == nil ? text : "GET \(text)") else {
                    continue
                }
                guard step["bodyText"]?.string?.contains("${long}") != true else { continue }
                let expected = step["expect"]
                let place = "\(file.lastPathComponent)#\(index) \(text)"
                let (refusal, warnings) = outcome(of: request, step)
                if let refusal {
                    #expect(expected?["status"]?.integer == Int64(refusal.code ?? 0), "\(place): \(refusal)")
                    if let message = expected?["body"]?["message"]?.string, !message.contains("(the causes)") {
                        #expect(refusal.message == message, "\(place)")
                    }
                } else {
                    let message = expected?["body"]?["message"]?.string ?? ""
                    let isMissed = ["cannot be handled as", "is unrecognized", "ListOptions.", "DeleteOptions.", "PatchOptions."].contains {
                        message.contains($0)
                    }
                    #expect(!isMissed || request.type == nil, "\(place): \(message)")
                }
                var headers = ResponseWarnings()
                for warning in warnings { headers.add(warning) }
                let known = (expected?["warnings"]?.array ?? []).compactMap(\.string)
                for header in headers.headers { #expect(known.contains(header) || expected?["warnings"] == nil, "\(place)") }
                if request.type != nil, request.method == "POST" {
                    for header in known where header.contains("unknown field") || header.contains("duplicate field") || header.contains("already set") {
                        #expect(headers.headers.contains(header), "\(place)")
                    }
                }
            }
        }
    }

    private func outcome(of request: Request, _ step: JSONValue) -> (Status?, [String]) {
        let contentType = step["headers"]?["Content-Type"]?.string
        let bytes = step["body"].map { $0.serialized() } ?? Array((step["bodyText"]?.string ?? "").utf8)
        do throws(Status) {
            switch request.method {
            case "GET":
                if !request.isObject { _ = try ListOptions(request.query) }
            case "DELETE": _ = try DeletionOptions(body: bytes, contentType: contentType, query: request.query)
            case "PATCH":
                guard let type = contentType, let kind = Patching.Kind(rawValue: type) else { return (nil, []) }
                _ = try PatchOptions(request.query, kind: kind)
            case "POST", "PUT":
                let encoding = try RequestBody.encoding(of: contentType)
                let options = try request.method == "POST" ? WriteOptions.create(request.query) : WriteOptions.update(request.query)
                guard let type = request.type else { return (nil, []) }
                return (nil, try RequestBody(bytes, encoding: encoding).object(of: type, validation: options.fieldValidation).warnings)
            default: break
            }
            return (nil, [])
        } catch {
            return (error, [])
        }
    }

    /// Bodies that were damaged by chance are read or refused, and nothing else.
    @Test func damagedBodies() {
        var random = SeededGenerator(seed: 7)
        let text =
            #"{"apiVersion":"apps/v1","kind":"Deployment","metadata":{"labels":{"a":"b"}},"spec":{"replicas":1,"template":{"spec":{"containers":[{"name":"c","#
            + #""resources":{"limits":{"cpu":"1"}},"ports":[{"containerPort":80}]}]}}}}"#
        let pieces = ["{", "}", "[", "]", ":", ",", "\"", "null", "1e999", "-", "\\u", "\\ud800", "true", "\"kind\"", "\u{0}"].map { Array($0.utf8) }
        for round in 0..<2000 {
            var bytes = Array(text.utf8)
            for _ in 0..<(1 + round % 4) {
                let start = Int.random(in: 0..<bytes.count, using: &random)
                let end = min(bytes.count, start + Int.random(in: 0..<4, using: &random))
                bytes.replaceSubrange(start..<end, with: pieces[Int.random(in: 0..<pieces.count, using: &random)])
            }
            for encoding in [RequestBody.Encoding.json, .yaml] {
                _ = try? RequestBody(bytes, encoding: encoding).object(of: Deployment.self, validation: .warn)
            }
            let live: JSONObject = ["apiVersion": "apps/v1", "kind": "Deployment", "spec": ["replicas": 2]]
            for kind in [Patching.Kind.json, .merge, .strategic] {
                _ = try? Patching(bytes, kind: kind, validation: .warn).patched(live, as: Deployment.self)
            }
        }
    }
}
