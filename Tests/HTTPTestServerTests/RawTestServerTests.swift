import Foundation
import HTTPTestServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct RawTestServerTests {
    @Test(
        arguments: [
            ("garbage is no response", "\u{1}\u{2}garbage\r\n\r\n", 1),
            ("silence is an empty reply", "", 52),
            ("a body shorter than its length is partial", "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nhalf", 18),
            ("a chunk that does not end is partial", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n10\r\nhalf", 18),
            ("a whole response is fine", "HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\nfull", 0),
        ] as [(String, String, Int32)])
    func whatTheScriptWritesReachesTheClient(_ rule: String, _ reply: String, _ code: Int32) async throws {
        for tls in [ServerTLS.none, .selfSigned()] {
            try await withRawTestServer(tls: tls) { connection in
                let head = try await connection.read(through: "\r\n\r\n")
                if !head.hasPrefix("GET / HTTP/1.1\r\n") { throw TestServerError.misuse("curl sent \(head)") }
                try await connection.write(reply, inPiecesOf: 7)
            } body: { server in
                try await Curl.with { curl in
                    let ca = try curl.file("ca.pem", server.caPEM)
                    let result = try await curl.run("--http1.1", "--http0.9", "--cacert", ca, server.url)
                    #expect(code == 1 ? result.output == reply : result.code == code, "\(rule): \(result.code) \(result.errors)")
                }
                let seen = try await server.connections(open: 0)
                #expect(seen.accepted == 1)
                #expect(seen.scriptErrors == [])
            }
        }
    }

    @Test func theTestDecidesWhenTheScriptGoesOn() async throws {
        let step = Observed(0)
        try await withRawTestServer { connection in
            try await connection.read(through: "\r\n\r\n")
            let body = try await connection.read(count: 4)
            try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 4\r\n\r\n")
            step.update { $0 = 1 }
            try await step.wait(for: "the test") { $0 == 2 }
            try await connection.write(body)
            try await connection.readToEnd()
        } body: { server in
            try await Curl.with { curl in
                async let result = curl.run("--data", "echo", server.url)
                try await step.wait(for: "the head") { $0 == 1 }
                #expect(server.observations.value.open == 1)
                step.update { $0 = 2 }
                #expect(try await result.output == "echo")
            }
            try await server.connections(open: 0)
        }
    }

    @Test func halfAnHTTP2FrameIsAnError() async throws {
        try await withRawTestServer(tls: .selfSigned(), alpn: [.http2]) { connection in
            try await connection.read(through: "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")
            // SETTINGS, then the head of a frame of 16 bytes with 3 of them.
            try await connection.write([0, 0, 0, 4, 0, 0, 0, 0, 0] + [0, 0, 16, 0, 0, 0, 0, 0, 1, 1, 2, 3])
        } body: { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run("--http2", "--cacert", ca, server.url)
                #expect([16, 52, 55, 56, 92].contains(result.code), "\(result.code): \(result.errors)")
            }
        }
    }

    @Test func aPeerThatSendsWithoutEndIsCutOff() async throws {
        try await withRawTestServer { connection in
            try await connection.read(through: "never", limitBytes: 100_000)
        } body: { server in
            try await Curl.with { curl in
                let large = try curl.file("large", bytes: 1_000_000)
                _ = try await curl.run("--upload-file", large, server.url)
            }
            try await server.observations.wait(for: "the script's error") { $0.scriptErrors.count == 1 }
        }
    }
}
