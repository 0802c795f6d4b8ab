import Foundation
import HTTPTestServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct KubernetesResponsesTests {
    @Test func aListComesInChunksUntilNoTokenIsLeft() async throws {
        let pods = (0..<5).map { #"{"metadata":{"name":"p\#($0)"}}"# }
        try await withHTTPTestServer { request, responder in
            try await responder.list(pods, kind: "PodList", resourceVersion: "7", for: request)
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                var names: [String] = []
                var sizes: [Int] = []
                var token = ""
                repeat {
                    let result = try await curl.run("--cacert", ca, server.url + "/api/v1/pods?limit=2&continue=" + token)
                    let list = try #require(try JSONSerialization.jsonObject(with: Data(result.output.utf8)) as? [String: Any], "\(result.errors)")
                    let items = try #require(list["items"] as? [[String: [String: String]]])
                    let metadata = try #require(list["metadata"] as? [String: Any])
                    #expect(metadata["resourceVersion"] as? String == "7")
                    names += items.compactMap { $0["metadata"]?["name"] }
                    sizes.append(items.count)
                    token = metadata["continue"] as? String ?? ""
                } while !token.isEmpty && sizes.count < 9
                #expect(names == ["p0", "p1", "p2", "p3", "p4"])
                #expect(sizes == [2, 2, 1])
                let gone = try await curl.run("--cacert", ca, "-w", "%{http_code}", server.url + "/api/v1/pods?continue=stale")
                #expect(gone.output.hasSuffix("410"))
            }
        }
    }

    @Test func aWatchWritesOneEventOnEachLine() async throws {
        try await withHTTPTestServer { request, responder in
            guard request.isWatch else { return try await responder.fail(StatusFailure(400, "BadRequest", "no watch")) }
            let watch = try await responder.startWatch()
            try await watch.added(#"{"kind":"Pod"}"#)
            try await watch.bookmark(resourceVersion: "9", kind: "Pod", endsInitialEvents: true)
            try await watch.error(.expired)
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run("--cacert", ca, server.url + "/api/v1/pods?watch=1")
                let lines = result.output.split(separator: "\n")
                #expect(lines.first == #"{"type":"ADDED","object":{"kind":"Pod"}}"#)
                #expect(lines.dropFirst().first?.contains(#""k8s.io/initial-events-end":"true""#) == true)
                #expect(lines.last?.contains(#""code":410"#) == true)
                #expect(lines.count == 3)
            }
        }
    }

    @Test func aFailureSaysWhenToRetry() async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.fail(StatusFailure(429, "TooManyRequests", "say \"please\"", retryAfterSeconds: 3))
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run("--cacert", ca, "-i", server.url)
                #expect(result.output.contains("retry-after: 3\r\n"), "\(result.errors)")
                #expect(result.output.contains(#""details":{"retryAfterSeconds":3}"#))
                #expect(result.output.contains(#""message":"say \"please\"""#))
            }
        }
    }
}
