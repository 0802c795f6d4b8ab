import HTTPTestServer
import HTTPTransport
import KubernetesAPI
import Synchronization
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct AnswerTests {
    @Test(
        arguments: [
            (400, "BadRequest", .badRequest), (401, "Unauthorized", .unauthorized), (403, "Forbidden", .forbidden), (404, "NotFound", .notFound),
            (405, "MethodNotAllowed", .methodNotAllowed), (409, "AlreadyExists", .alreadyExists), (409, "Conflict", .conflict), (410, "Gone", .gone),
            (410, "Expired", .expired), (413, "RequestEntityTooLarge", .requestEntityTooLarge), (415, "UnsupportedMediaType", .unsupportedMediaType),
            (422, "Invalid", .invalid), (429, "TooManyRequests", .tooManyRequests), (500, "InternalError", .internalError),
            (503, "ServiceUnavailable", .serviceUnavailable), (504, "Timeout", .timeout), (418, "Teapot", Status.Reason(rawValue: "Teapot")),
        ] as [(Int, String, Status.Reason)])
    func aStatusIsTypedByItsReason(code: Int, name: String, reason: Status.Reason) async throws {
        try await withAPIServer(settings: .quick(retries: 0)) { _, responder in
            try await responder.fail(StatusFailure(code, name, "what happened"))
        } body: { _, client in
            let error = await callFailure { try await client.resources(ConfigMap.self, in: "ml").get("a") }
            #expect(error?.reason == reason)
            #expect(error?.isUnexpectedAnswer == false)
            #expect(error?.description == "GET /api/v1/namespaces/ml/configmaps/a: what happened (\(code) \(name))")
        }
    }

    @Test(arguments: [
        (
            "a proxy's plain text", 502, "text/plain; charset=utf-8", "upstream\r\n\u{1B}[31mconnect  error",
            "answered with text/plain instead of a Status: upstream [31mconnect error (502 Unknown)"
        ),
        (
            "an HTML page by its title", 502, "text/html", "<!doctype html><HEAD><Title>502\n Bad Gateway</Title></head><body>much more</body>",
            "answered with text/html instead of a Status: 502 Bad Gateway (502 Unknown)"
        ),
        ("HTML without a title", 404, "text/html", "<p>No", "answered with text/html instead of a Status: <p>No (404 NotFound)"),
        ("an unfinished title", 404, "text/html", "<title>No", "answered with text/html instead of a Status: <title>No (404 NotFound)"),
        (
            "JSON of another kind", 404, "application/json", #"{"error":"no"}"#,
            #"answered with application/json instead of a Status: {"error":"no"} (404 NotFound)"#
        ),
        (
            "half a Status", 403, "application/json", #"{"kind":"Status","mess"#,
            #"answered with application/json instead of a Status: {"kind":"Status","mess (403 Forbidden)"#
        ),
        ("a Status without a code", 404, "application/json", #"{"kind":"Status","message":"gone fishing"}"#, "gone fishing (404 NotFound)"),
        ("nothing", 404, "", "", "answered with nothing instead of a Status (404 NotFound)"),
        ("bytes that are no text", 500, "application/octet-stream", "\u{0}\u{1}", "answered with nothing instead of a Status (500 InternalError)"),
        ("a redirect", 307, "", "", "redirected to https://login.example.com/start, which is not followed; correct the server's URL (307 Unknown)"),
        ("a redirect loop", 302, "", "", "redirected to https://login.example.com/start, which is not followed; correct the server's URL (302 Unknown)"),
    ])
    func whatIsNoStatusIsToldInWords(_ rule: String, status: Int, type: String, body: String, message: String) async throws {
        try await withAPIServer(settings: .quick(retries: 0)) { _, responder in
            var headers: Headers = ["location": "https://login.example.com/start?token=geheim"]
            if !type.isEmpty { headers["content-type"] = type }
            try await responder.respond(status, headers: headers, body: body)
        } body: { server, client in
            let error = await callFailure { try await client.resources(ConfigMap.self, in: "ml").get("a") }
            #expect(error?.description == "GET /api/v1/namespaces/ml/configmaps/a: \(message)")
            #expect(server.observations.value.requestCount == 1)
        }
    }

    @Test(arguments: [
        ("truncated JSON", "application/json", #"{"kind":"ConfigMap","#, "the answer is not JSON: invalid JSON at byte 20"),
        ("nothing", "application/json", "", "the answer (200) is empty, where an object should be"),
        (
            "a login page", "text/html", "<title>Sign in</title>",
            #"the answer is not JSON but text/html: "Sign in"; is this the URL of an API server, or is a proxy or a login in between?"#
        ),
        ("protobuf", "application/vnd.kubernetes.protobuf", "k8s\u{0}", "the answer is not JSON but application/vnd.kubernetes.protobuf"),
        ("a list where an object should be", "application/json", "[]", "expected an object"),
        ("another kind", "application/json", #"{"apiVersion":"v1","kind":"Pod"}"#, "ConfigMap"),
        ("a field of another type", "application/json", #"{"data":7}"#, "data"),
        ("two documents", "application/json", "{}{}", "invalid JSON at byte 2"),
    ])
    func anAnswerThatIsNoObjectIsAnError(_ rule: String, type: String, body: String, message: String) async throws {
        try await withAPIServer { _, responder in
            try await responder.respond(200, headers: ["content-type": type], body: body)
        } body: { server, client in
            let error = await callFailure { try await client.resources(ConfigMap.self, in: "ml").get("a") }
            guard case .undecodable(let text)? = error?.cause else {
                Issue.record("\(rule): \(String(describing: error))")
                return
            }
            #expect(text.contains(message), "\(text)")
            #expect(error?.description.hasPrefix("GET /api/v1/namespaces/ml/configmaps/a: ") == true)
            #expect(server.observations.value.requestCount == 1)
        }
    }

    @Test func aJSONObjectIsTakenWhateverItsContentTypeSays() async throws {
        try await withAPIServer { _, responder in
            try await responder.respond(200, headers: ["content-type": "text/plain"], body: ConfigMap.text("a"))
        } body: { _, client in
            let object = try await client.resources(ConfigMap.self, in: "ml").get("a")
            #expect(object.name == "a")
        }
    }

    @Test func aBodyBeyondTheLimitIsAnError() async throws {
        var settings = KubernetesClient.Settings.quick()
        settings.maxAnswerBytes = 100_000
        try await withAPIServer(settings: settings) { _, responder in
            try await responder.start(200, headers: ["content-type": "application/json"])
            while true { try await responder.write([UInt8](repeating: 0x20, count: 10_000)) }
        } body: { server, client in
            let error = await callFailure { try await client.resources(ConfigMap.self, in: "ml").list() }
            #expect(error?.transportKind == .tooLarge(.bodyBytes))
            #expect(error?.description == "GET /api/v1/namespaces/ml/configmaps: the body is larger than the 100000 bytes that the caller takes")
            try await server.streams(reset: 1)
            #expect(server.observations.value.requestCount == 1)
        }
    }

    @Test func endlessHeadersAreAnError() async throws {
        try await withRawTestServer { connection in
            try await connection.read(through: "\r\n\r\n")
            try await connection.write("HTTP/1.1 200 OK\r\n")
            var number = 0
            while true {
                number += 1
                try await connection.write("X-\(number): y\r\n")
            }
        } body: { server in
            try await withClient(try ClientConfiguration(of: server)) { client in
                let error = await callFailure { try await client.serverVersion() }
                guard case .tooLarge? = error?.transportKind else {
                    Issue.record("\(String(describing: error))")
                    return
                }
                #expect(server.observations.value.accepted == 1)
            }
        }
    }

    @Test func anErrorWhoseTextNeverEndsKeepsItsStatus() async throws {
        // As long as the error is longer than what is read of it, this ends without the clock.
        try await withAPIServer(settings: .quick(retries: 0)) { _, responder in
            try await responder.start(502, headers: ["content-type": "text/plain"])
            while true { try await responder.write([UInt8](repeating: UInt8(ascii: "x"), count: 1 << 16)) }
        } body: { server, client in
            for _ in 0..<2 {
                let error = await callFailure { try await client.resources(ConfigMap.self, in: "ml").get("a") }
                #expect(error?.status?.code == 502)
            }
            try await server.streams(reset: 2)
        }
    }

    @Test func aRefusedWatchWhoseTextStopsComingKeepsItsStatus() async throws {
        var settings = KubernetesClient.Settings.quick(retries: 0)
        settings.timeout = .milliseconds(300)
        try await withAPIServer(settings: settings) { _, responder in
            try await responder.start(403, headers: ["content-type": "text/plain"])
            try await responder.write("no")
            try await responder.stall()
        } body: { server, client in
            var watch = client.resources(ConfigMap.self, in: "ml").watch(WatchOptions(resourceVersion: "1")).makeAsyncIterator()
            let error = await callFailure { try await watch.next() }
            #expect(error?.status?.code == 403)
            try await server.streams(reset: 1)
        }
    }

    @Test func anErrorWhoseTextBreaksOffKeepsItsStatus() async throws {
        try await withAPIServer(settings: .quick(retries: 0)) { _, responder in
            try await responder.start(403, headers: ["content-type": "text/plain"])
            try await responder.write("you may not")
            try await responder.reset(.internalError)
        } body: { _, client in
            let error = await callFailure { try await client.resources(ConfigMap.self, in: "ml").create(ConfigMap(name: "a")) }
            #expect(error?.status?.code == 403)
        }
    }

    @Test func aConnectionThatEndsInTheMiddleOfAnAnswerIsAnError() async throws {
        try await withAPIServer { _, responder in
            try await responder.start(200, headers: ["content-type": "application/json"])
            try await responder.write(#"{"kind":"#)
            responder.connection.abort()
        } body: { _, client in
            let error = await callFailure { try await client.resources(ConfigMap.self, in: "ml").get("a") }
            #expect(error?.transportKind == .connectionClosed)
        }
    }

    @Test(arguments: [
        ("no HTTP", "220 mail.example.com ESMTP\r\n"), ("half a head", "HTTP/1.1 200 OK\r\nContent-"), ("nothing", ""),
        ("half a body", "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{"), ("a bad chunk", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
    ])
    func rubbishIsAnErrorAndNotAHang(_ rule: String, bytes: String) async throws {
        try await withRawTestServer { connection in
            try await connection.read(through: "\r\n\r\n")
            try await connection.write(bytes)
        } body: { server in
            try await withClient(try ClientConfiguration(of: server), .quick(retries: 1)) { client in
                let error = await callFailure { try await client.serverVersion() }
                guard case .transport? = error?.cause else {
                    Issue.record("\(rule): \(String(describing: error))")
                    return
                }
                #expect(error?.description.hasPrefix("GET /version: ") == true)
            }
        }
    }

    @Test func warningsAreToldForEveryAnswer() async throws {
        let heard = Observed<[String]>([])
        var settings = KubernetesClient.Settings.quick()
        settings.onWarning = { text in heard.update { $0.append(text) } }
        try await withAPIServer(settings: settings) { request, responder in
            var headers = Headers([.init("warning", #"299 - "v1beta1 is deprecated""#), .init("warning", #"299 - "say \"v1\"", 299 - "now""#)])
            headers.add("content-type", "application/json")
            if request.method == "GET" { return try await responder.json(ConfigMap.text("a"), headers: headers) }
            try await responder.json(StatusFailure(422, "Invalid", "no").json, status: 422, headers: ["warning": "odd"])
        } body: { _, client in
            _ = try await client.resources(ConfigMap.self, in: "ml").get("a")
            #expect(heard.value == ["v1beta1 is deprecated", #"say "v1""#, "now"])
            _ = await callFailure { try await client.resources(ConfigMap.self, in: "ml").create(ConfigMap(name: "a")) }
            #expect(heard.value.last == "odd")
        }
    }

    @Test func compressionIsUsedWhereItIsAllowed() async throws {
        // gzip of {"gitVersion":"v9"}
        let zipped: [UInt8] = try gzipped(#"{"gitVersion":"v9"}"#)
        for accepts in [true, false] {
            try await withAPIServer(configure: { $0.acceptsCompression = accepts }) { request, responder in
                let isAsked = request.headers["accept-encoding"]?.contains("gzip") == true
                let headers: Headers = isAsked ? ["content-type": "application/json", "content-encoding": "gzip"] : ["content-type": "application/json"]
                try await responder.respond(200, headers: headers, body: isAsked ? zipped : Array(#"{"gitVersion":"plain"}"#.utf8))
            } body: { server, client in
                let version = try await client.serverVersion()
                #expect(version["gitVersion"] == (accepts ? "v9" : "plain"))
                #expect(server.observations.value.requests.map { $0.headers["accept-encoding"] } == [accepts ? "gzip" : nil])
            }
        }
    }

    @Test func theUserAgentIsThatOfTheConfiguration() async throws {
        try await withAPIServer(configure: { $0.userAgent = "robot/v7 (linux/amd64) kubernetes/abc" }) { _, responder in
            try await responder.json("{}")
        } body: { server, client in
            _ = try await client.serverVersion()
            #expect(server.observations.value.requests.map { $0.headers["user-agent"] } == ["robot/v7 (linux/amd64) kubernetes/abc"])
        }
    }
}

extension KubernetesError {
    var transportKind: HTTPTransportError.Kind? {
        if case .transport(let error) = cause { error.kind } else { nil }
    }
}

/// The gzip form of a text (RFC 1952), in one stored block: valid, if not small.
private func gzipped(_ text: String) throws -> [UInt8] {
    let bytes = Array(text.utf8)
    var crc: UInt32 = 0xFFFF_FFFF
    for byte in bytes {
        crc ^= UInt32(byte)
        for _ in 0..<8 { crc = crc & 1 == 1 ? (crc >> 1) ^ 0xEDB8_8320 : crc >> 1 }
    }
    func little(_ value: UInt32, _ count: Int) -> [UInt8] { (0..<count).map { UInt8(truncatingIfNeeded: value >> (8 * UInt32($0))) } }
    let length = UInt32(bytes.count)
    return [0x1F, 0x8B, 8, 0, 0, 0, 0, 0, 0, 255, 1] + little(length, 2) + little(~length, 2) + bytes + little(~crc, 4) + little(length, 4)
}
