import HTTPTestServer
import KubernetesAPI
import Testing

extension FaultTests {
    /// Connections that do not speak as HTTP wants: refused or closed, never two answers for one request, never left open.
    @Suite struct BadConnections {
        struct Case: Sendable {
            let name: String
            let bytes: [UInt8]
            /// 0 for a connection that is closed without an answer.
            let codes: Set<Int>

            init(_ name: String, _ text: String, _ codes: Set<Int> = [0, 400]) {
                (self.name, self.bytes, self.codes) = (name, Array(text.utf8), codes)
            }
        }

        private static let host = "Host: 127.0.0.1\r\n"
        /// What would be answered, were it taken for a second request.
        private static let second = "GET /version HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"

        static let cases: [Case] = [
            Case("both lengths", "POST /api HTTP/1.1\r\n\(host)Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n\(second)"),
            Case("two lengths", "POST /api HTTP/1.1\r\n\(host)Content-Length: 5\r\nContent-Length: 6\r\n\r\nhello\(second)"),
            Case("a length with a sign", "POST /api HTTP/1.1\r\n\(host)Content-Length: +5\r\n\r\nhello"),
            Case("a negative length", "POST /api HTTP/1.1\r\n\(host)Content-Length: -5\r\n\r\nhello"),
            Case("a length that is a list", "POST /api HTTP/1.1\r\n\(host)Content-Length: 5, 5\r\n\r\nhello"),
            Case("a length beyond all numbers", "POST /api HTTP/1.1\r\n\(host)Content-Length: 99999999999999999999999\r\n\r\n"),
            Case("an encoding that is none", "POST /api HTTP/1.1\r\n\(host)Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n"),
            Case("an encoding after chunks", "POST /api HTTP/1.1\r\n\(host)Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n"),
            Case("a chunk that is none", "POST /api HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\nzz\r\n\r\n", [0, 400, 401]),
            Case("a chunk beyond all numbers", "POST /api HTTP/1.1\r\n\(host)Transfer-Encoding: chunked\r\n\r\nffffffffffffffffffff\r\n\r\n", [0, 400, 401]),
            Case("a space before the colon", "GET /api HTTP/1.1\r\nHost : 127.0.0.1\r\n\r\n"),
            Case("a header that goes on in the next line", "GET /api HTTP/1.1\r\n\(host)X-A: b\r\n c\r\n\r\n", [0, 400, 401]),
            Case("a NUL in a header", "GET /api HTTP/1.1\r\n\(host)X-A: b\u{0}c\r\n\r\n"),
            Case("a header without a name", "GET /api HTTP/1.1\r\n\(host): x\r\n\r\n"),
            Case("no version", "GET /api\r\n\r\n"),
            Case("a version that is none", "GET /api HTTP/9.9\r\n\(host)\r\n"),
            Case("HTTP/2 where HTTP/1.1 was agreed", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n"),
            Case("no HTTP", String(repeating: "\u{1}\u{2}hello", count: 1000)),
            Case("a header of 1 MiB", "GET /api HTTP/1.1\r\n\(host)X-A: \(String(repeating: "a", count: 1 << 20))\r\n\r\n", [0, 400, 431]),
            Case(
                "20,000 headers", "GET /api HTTP/1.1\r\n\(host)\((0..<20_000).map { "X-\($0): a\r\n" }.joined())\r\n", [0, 400, 431]),
            Case("a target of 1 MiB", "GET /api?\(String(repeating: "a", count: 1 << 20)) HTTP/1.1\r\n\(host)\r\n", [0, 400, 414, 431]),
            Case("no token", "GET /api HTTP/1.1\r\n\(host)\r\n", [403]),
            Case("a wrong token", "GET /api HTTP/1.1\r\n\(host)Authorization: Bearer x\r\n\r\n", [401]),
            Case("a method that is none", "FOO /api HTTP/1.1\r\n\(host)\r\n", [0, 400, 401, 405]),
        ]

        @Test func areRefused() async throws {
            try await TestCluster.run(configure: { $0.connections.idle = .seconds(2) }) { cluster in
                for row in Self.cases {
                    let connection = try await cluster.connect()
                    let (answer, further) = try await withDeadline(.seconds(20), row.name) {
                        let writing = Task { try? await connection.write(row.bytes) }
                        let answer = try await connection.readAnswer()
                        // A connection that was refused is closed; one that goes on is idle then.
                        let further = try await connection.readAnswer()
                        await connection.close()
                        _ = await writing.value
                        return (answer, further)
                    }
                    #expect(row.codes.contains(answer?.code ?? 0), "\(row.name): \(String(describing: answer))")
                    #expect(further == nil, "\(row.name) was answered twice: \(String(describing: further))")
                }
                try await cluster.checkHealth()
            }
        }

        @Test func requestsInARowAreAnsweredInTheirOrder() async throws {
            try await TestCluster.run { cluster in
                let token = cluster.ready.token
                let connection = try await cluster.connect()
                let (first, second) = (RawRequest(target: "/version").bytes(token: token), RawRequest(target: "/livez").bytes(token: token))
                try await connection.write(first + second + first)
                let answers = try await withDeadline(.seconds(20), "three answers") {
                    [try await connection.readAnswer(), try await connection.readAnswer(), try await connection.readAnswer()]
                }
                #expect(answers.map { $0?.code } == [200, 200, 200])
                #expect(answers[1].map { String(decoding: $0.body, as: UTF8.self) } == "ok")
                #expect(answers[0]?.body == answers[2]?.body)
                await connection.close()
            }
        }

        /// Whoever says nothing is not waited for.
        @Test func silentClientsAreClosed() async throws {
            let base = try openFileCount()
            try await TestCluster.run(configure: {
                $0.connections.handshake = .milliseconds(500)
                $0.connections.idle = .milliseconds(700)
                $0.connections.body = .milliseconds(700)
            }) { cluster in
                let token = cluster.ready.token
                let maps = "/api/v1/namespaces/default/configmaps"
                let head =
                    "POST \(maps) HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer \(token)\r\n"
                    + "Content-Type: application/json\r\nContent-Length: 100\r\n\r\n"
                let silent: [(name: String, usesTLS: Bool, protocols: [String], text: String)] = [
                    ("no TLS at all", false, [], ""),
                    ("half of a TLS record", false, [], "\u{16}\u{3}\u{1}\u{2}"),
                    ("HTTP without TLS", false, [], "GET / HTTP/1.1\r\n\r\n"),
                    ("no request", true, ["http/1.1"], ""),
                    ("no request in HTTP/2", true, ["h2"], ""),
                    ("no HTTP/2", true, ["h2"], "garbage that is no preface\r\n\r\n"),
                    ("half of a head", true, ["http/1.1"], "GET /version HTTP/1.1\r\nHost: 127"),
                    ("half of a body", true, ["http/1.1"], head + #"{"apiVersion":"#),
                ]
                for row in silent {
                    let connection = try await RawConnection.connect(
                        to: "127.0.0.1", port: cluster.port, trusting: row.usesTLS ? cluster.ready.authority : nil, protocols: row.protocols)
                    if !row.text.isEmpty { try? await connection.write(row.text) }
                    try await withDeadline(.seconds(15), row.name) { try? await connection.readToEnd() }
                    await connection.close()
                }
                let slow = try await cluster.connect()
                try await slow.write(head)
                try await withDeadline(.seconds(15), "a body in drops") {
                    while (try? await slow.write(" ")) != nil { try await Task.sleep(for: .milliseconds(50)) }
                }
                await slow.close()
                try await cluster.checkHealth()
            }
            try await eventually("open files") {
                try openFileCount()
            } until: {
                $0 <= base + 4
            }
        }

        @Test func noMoreConnectionsThanAllowed() async throws {
            try await TestCluster.run(configure: {
                $0.connections.connections = 20
                $0.connections.idle = .seconds(1)
            }) { cluster in
                var connections: [RawConnection] = []
                for _ in 0..<60 { connections.append(try await RawConnection.connect(to: "127.0.0.1", port: cluster.port, trusting: nil)) }
                for connection in connections { await connection.abort() }
                try await cluster.checkHealth("those who waited are gone")
            }
        }
    }
}
