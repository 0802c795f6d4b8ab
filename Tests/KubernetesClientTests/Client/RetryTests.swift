import Glibc
import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct RetryTests {
    @Test(
        arguments: [
            ("429 is repeated for reading", "GET", 429, nil, 3), ("429 is repeated for writing", "POST", 429, nil, 3),
            ("503 with Retry-After is repeated for writing", "POST", 503, 0, 3), ("503 without it is not", "POST", 503, nil, 1),
            ("503 is repeated for reading", "GET", 503, nil, 3), ("a wait that is too long is not waited for", "GET", 429, 3600, 1),
            ("500 is repeated for reading", "GET", 500, nil, 3), ("404 is final", "GET", 404, nil, 1), ("501 is final", "GET", 501, nil, 1),
        ] as [(String, String, Int, Int?, Int)])
    func anAnswerIsAskedForAgain(_ rule: String, method: String, status: Int, retryAfter: Int?, requests: Int) async throws {
        let count = Observed(0)
        try await withAPIServer { request, responder in
            if count.update({ count -> Int in
                count += 1; return count
            }) < 3 {
                let headers: Headers = retryAfter.map { ["retry-after": "\($0)"] } ?? [:]
                return try await responder.respond(status, headers: headers, body: "not now")
            }
            try await responder.respond(200, body: try await Received(request).body)
        } body: { server, client in
            let body: [UInt8]? = method == "GET" ? nil : Array("same".utf8)
            if requests == 3 {
                let answer = try await client.raw(method, "/x", body: body)
                #expect(answer == body ?? [], "\(rule)")
            } else {
                let error = await callFailure { try await client.raw(method, "/x", body: body) }
                #expect(error?.status?.code == Int32(status), "\(rule)")
            }
            #expect(server.observations.value.requestCount == requests, "\(rule)")
        }
    }

    @Test func theLimitEndsIt() async throws {
        try await withAPIServer(settings: .quick(retries: 4)) { _, responder in
            try await responder.fail(StatusFailure(429, "TooManyRequests", "slow down"))
        } body: { server, client in
            let error = await callFailure { try await client.serverVersion() }
            #expect(error?.reason == .tooManyRequests)
            #expect(server.observations.value.requestCount == 5)
        }
    }

    @Test(arguments: [("GET", 3), ("POST", 1), ("PUT", 1), ("PATCH", 1), ("DELETE", 1)])
    func aConnectionLostBeforeTheAnswerIsRepeatedOnlyForReading(method: String, requests: Int) async throws {
        let count = Observed(0)
        try await withAPIServer { request, responder in
            _ = try await request.body.collect()
            if count.update({ count -> Int in
                count += 1; return count
            }) < 3 {
                return request.connection.abort()
            }
            try await responder.respond(200, body: "done")
        } body: { server, client in
            do {
                let answer = try await client.raw(method, "/x", body: method == "GET" ? nil : [1])
                #expect(requests == 3)
                #expect(answer == Array("done".utf8))
            } catch let error as KubernetesError {
                #expect(requests == 1, "\(error)")
                #expect(error.transportKind == .connectionClosed, "\(error)")
            }
            #expect(server.observations.value.requestCount == requests)
        }
    }

    /// A connection that was kept and turns out to be closed: libcurl would send anything again by itself.
    @Test(arguments: ["POST", "PUT", "PATCH", "DELETE"])
    func aKeptConnectionThatIsLostIsNoLicenceToWriteTwice(method: String) async throws {
        let writes = Observed(0)
        try await withRawTestServer { connection in
            while true {
                let head = try await connection.read(through: "\r\n\r\n")
                if head.hasPrefix(method) {
                    writes.update { $0 += 1 }
                    return await connection.abort()
                }
                try await connection.write("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\n{}")
            }
        } body: { server in
            try await withClient(try ClientConfiguration(of: server)) { client in
                _ = try await client.serverVersion()
                _ = await callFailure { try await client.raw(method, "/x") }
                #expect(writes.value == 1)
            }
        }
    }

    @Test func aRefusedConnectionIsTriedAgainForWriting() async throws {
        // Bound and not listening: nobody else gets the port meanwhile.
        let descriptor = socket(AF_INET, Int32(SOCK_STREAM.rawValue), 0)
        defer { close(descriptor) }
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_addr.s_addr = UInt32(0x7F00_0001).bigEndian
        var length = socklen_t(MemoryLayout<sockaddr_in>.size)
        withUnsafeMutablePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) { address in
                _ = bind(descriptor, address, length)
                _ = getsockname(descriptor, address, &length)
            }
        }
        let configuration = ClientConfiguration(server: try ServerURL(parsing: "http://127.0.0.1:\(UInt16(bigEndian: address.sin_port))"))
        try await withClient(configuration, .quick(retries: 2)) { client in
            let error = await callFailure { try await client.raw("POST", "/x", body: [1]) }
            #expect(error?.transportKind == .connect)
            #expect(client.statistics.map(\.transfersFailed) == [3])
        }
    }

    @Test func cancellationEndsAWaitForTheNextTry() async throws {
        let settings = KubernetesClient.Settings(rateLimiter: nil, retries: RetryPolicy(limit: 5, initialDelay: .seconds(3600), maxDelay: .seconds(7200)))
        try await withAPIServer(settings: settings) { _, responder in
            try await responder.respond(429)
        } body: { server, client in
            let call = Task { try await client.serverVersion() }
            try await server.streams(closed: 1)
            call.cancel()
            await #expect(throws: CancellationError.self) { try await call.value }
        }
    }
}
