import HTTPTestServer
import HTTPTransport
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct LogTests {
    @Test func aFollowedLogComesWhileItIsWritten() async throws {
        let read = Observed(0)
        try await withAPIServer { request, responder in
            try await responder.start(200, headers: ["content-type": "text/plain"])
            for line in 1...3 {
                try await responder.write("line \(line)\n")
                // The next line is only written when the last one has been read.
                try await read.wait(for: "line \(line) read") { $0 >= line }
            }
            try await responder.stall()
        } body: { server, client in
            let options = LogOptions(
                container: "main", follow: true, previous: true, sinceSeconds: 60, tailLines: 10, limitBytes: 1 << 20, timestamps: true)
            do {
                let log = try await client.resources(Pod.self, in: "ml").log(of: "a", options)
                var text = ""
                for try await chunk in log {
                    text += String(decoding: chunk, as: UTF8.self)
                    read.update { $0 += 1 }
                    if text == "line 1\nline 2\nline 3\n" { break }
                }
            }
            // Nobody holds the body any more.
            try await server.streams(reset: 1)
            #expect(
                server.observations.value.requests.map(\.target) == [
                    "/api/v1/namespaces/ml/pods/a/log?container=main&follow=true&previous=true&sinceSeconds=60&tailLines=10&limitBytes=1048576&timestamps=true"
                ])
        }
    }

    @Test func aLogThatIsRefusedIsAnErrorOfTheAPI() async throws {
        try await withAPIServer { _, responder in
            try await responder.fail(StatusFailure(400, "BadRequest", "container \"main\" in pod \"a\" is waiting to start"))
        } body: { _, client in
            let error = await callFailure { try await client.resources(Pod.self, in: "ml").log(of: "a") }
            #expect(error?.reason == .badRequest)
            #expect(error?.description == "GET /api/v1/namespaces/ml/pods/a/log: container \"main\" in pod \"a\" is waiting to start (400 BadRequest)")
        }
    }
}
