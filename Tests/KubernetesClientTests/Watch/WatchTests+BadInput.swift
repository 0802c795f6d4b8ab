import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

extension WatchTests {
    @Test func anEventMayComeInAnyPieces() async throws {
        let long = String(repeating: "ä", count: 100_000)
        for size in [1, 7, 1000, 16_384] {
            try await Self.withWatch(
                [
                    { request, responder in
                        _ = try await responder.startWatch()
                        let small = #"{"type":"ADDED","object":\#(ConfigMap.text("a", version: 11))}"#
                        let large = #"{"type":"ADDED","object":\#(ConfigMap.text("b", version: 12, data: long))}"#
                        // Blank lines between events are white space; the last has no line feed.
                        let bytes = Array("\(small)\r\n\n\(size < 1000 ? small : large)\n\(small)".utf8)
                        for start in stride(from: 0, to: bytes.count, by: size) { try await responder.write(bytes[start..<min(start + size, bytes.count)]) }
                    }
                ], WatchOptions(resourceVersion: "10", resumes: false)
            ) { _, events in
                #expect(try await events.next()?.object?.name == "a")
                let second = try await events.next()?.object
                #expect(size < 1000 || second?.data?["k"] == long)
                #expect(try await events.next()?.object?.name == "a")
                try await Self.expectEnd(of: &events)
            }
        }
    }

    @Test func anEventWithoutEndIsAnError() async throws {
        var settings = KubernetesClient.Settings.quick()
        settings.maxAnswerBytes = 1 << 20
        try await Self.withWatch(
            [
                { request, responder in
                    _ = try await responder.startWatch()
                    while true { try await responder.write([UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)) }
                }
            ], settings: settings
        ) { server, events in
            let error = await Self.failure(&events)
            #expect(error?.description == "GET /api/v1/namespaces/ml/configmaps: a watch event is longer than 1048576 bytes")
            try await server.streams(reset: 1)
            #expect(server.observations.value.requestCount == 1)
        }
    }

    @Test(arguments: [
        ("text", "hello\n", "not JSON"), ("a page", "<html>\n", "not JSON"), ("an array", "[]\n", "no type or no object"),
        ("no object", #"{"type":"ADDED"}"# + "\n", "no type or no object"), ("an unknown type", #"{"type":"MOVED","object":{}}"# + "\n", "MOVED"),
        ("an object of another kind", #"{"type":"ADDED","object":{"kind":"Pod","apiVersion":"v1"}}"# + "\n", "ConfigMap"),
        ("a bookmark without a version", #"{"type":"BOOKMARK","object":{"metadata":{}}}"# + "\n", "no resourceVersion"),
        ("invalid UTF-8", "{\"type\":\"\u{FFFD}\"}\n", "no type or no object"),
    ])
    func whatIsNoEventEndsTheWatch(_ rule: String, line: String, message: String) async throws {
        try await Self.withWatch([
            { _, responder in
                _ = try await responder.startWatch()
                try await responder.write(line)
                try await responder.stall()
            }
        ]) { server, events in
            let error = await Self.failure(&events)
            guard case .undecodable(let text)? = error?.cause else {
                Issue.record("\(rule): \(String(describing: error))")
                return
            }
            #expect(text.contains(message), "\(text)")
            try await server.streams(reset: 1)
            #expect(server.observations.value.requestCount == 1)
        }
    }
}
