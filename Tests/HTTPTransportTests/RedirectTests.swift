import HTTPTestServer
import Testing

@testable import HTTPTransport

@Suite(.serialized, .timeLimit(.minutes(3)))
struct RedirectTests {
    /// `/302?/there` redirects to `/there` with that status; anything else says what it got.
    private static let redirector: HTTPTestServer.Handler = { request, responder in
        if let status = Int(request.path.dropFirst()) {
            return try await responder.respond(status, headers: ["location": request.query], body: "moved")
        }
        let body = try await request.body.collect()
        let credential = request.headers["authorization"] ?? request.headers["x-api-key"] ?? "none"
        try await responder.respond(body: "\(request.method) \(request.path) \(body.count) \(credential) \(request.headers["accept"] ?? "")")
    }

    private static let secret: HTTPHeaders = ["Authorization": "Bearer s3cret", "X-Api-Key": "s3cret", "Accept": "text/plain"]

    @Test(arguments: [
        ("GET", 301, "GET /there 0"), ("GET", 308, "GET /there 0"), ("POST", 301, "GET /there 0"), ("POST", 302, "GET /there 0"), ("POST", 303, "GET /there 0"),
        ("PUT", 302, "PUT /there 3"), ("POST", 307, "POST /there 3"), ("POST", 308, "POST /there 3"), ("DELETE", 303, "GET /there 0"),
    ])
    func methodAndBodyFollowAsTheStatusSays(_ method: String, _ status: Int, _ expected: String) async throws {
        try await withHTTPTestServer(handler: Self.redirector) { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let body: HTTPRequest.Body = ["POST", "PUT"].contains(method) ? .bytes([1, 2, 3]) : .none
                let request = HTTPRequest(method: method, url: "\(server.url)/\(status)?/there", headers: Self.secret, body: body, maximumRedirects: 1)
                let response = try await transport.send(request)
                #expect(try await response.text == expected + " Bearer s3cret text/plain")
                #expect(response.url == server.url + "/there")
                #expect(transport.statistics.connectionsMade == 1 && transport.statistics.redirectsFollowed == 1)
            }
        }
    }

    @Test func aRedirectIsAnAnswerWhenNoneAreFollowed() async throws {
        try await withHTTPTestServer(handler: Self.redirector) { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let response = try await transport.send(HTTPRequest(url: server.url + "/307?/there"))
                #expect(response.status == 307 && response.headers["location"] == "/there")
                #expect(try await response.text == "moved")
            }
        }
    }

    @Test func credentialsStayWithTheFirstHost() async throws {
        try await withHTTPTestServer(handler: Self.redirector) { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let elsewhere = server.url.replacing("127.0.0.1", with: "localhost") + "/there"
                let response = try await transport.send(HTTPRequest(url: "\(server.url)/307?\(elsewhere)", headers: Self.secret, maximumRedirects: 3))
                #expect(try await response.text == "GET /there 0 none text/plain")
            }
        }
    }

    @Test(
        arguments: [
            ("/302?/302", 10, .loop, "redirect loop"), ("/302?/302?/302?/x", 2, .tooMany, "more than 2 times"),
            ("/302?http://127.0.0.1:1/", 5, .refused, "not encrypted"),
            ("/302?file:///etc/passwd", 5, .refused, "not an http or https URL"), ("/302?https://a:b@127.0.0.1/", 5, .refused, "not an http or https URL"),
        ] as [(String, Int, HTTPTransportError.Redirect, String)])
    func aBadRedirectIsAnErrorThatSaysSo(_ path: String, _ most: Int, _ kind: HTTPTransportError.Redirect, _ words: String) async throws {
        try await withHTTPTestServer { request, responder in
            switch request.target {
            case "/302?/302": try await responder.respond(302, headers: ["location": "/302?/302b"])
            case "/302?/302b": try await responder.respond(302, headers: ["location": "/302?/302"])
            case let target where target.hasPrefix("/302?/302?"): try await responder.respond(302, headers: ["location": target + "x"])
            default: try await responder.respond(302, headers: ["location": request.query])
            }
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let error = await transportError { try await exchange(transport, HTTPRequest(url: server.url + path, maximumRedirects: most)) }
                #expect(error?.kind == .redirect(kind))
                #expect(error?.message.contains(words) == true, "\(error?.message ?? "")")
                await transport.settle()
                #expect(transport.statistics.openTransfers == 0)
            }
        }
    }

    @Test func theLimitsHoldForAllResponsesOfAnExchangeTogether() async throws {
        try await withHTTPTestServer { request, responder in
            try await responder.respond(302, headers: ["location": request.target + "x", "filler": String(repeating: "a", count: 1000)])
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                let request = HTTPRequest(url: server.url, maximumRedirects: 1000, limits: .init(headerBytes: 10_000))
                #expect(await transportError { try await exchange(transport, request) }?.kind == .tooLarge(.headerBytes))
            }
        }
    }

    @Test func aLongBodyOfARedirectIsNotReadThrough() async throws {
        try await withHTTPTestServer { request, responder in
            guard request.path == "/endless" else { return try await responder.respond(body: "there") }
            try await responder.start(302, headers: ["location": "/there"])
            while true { try await responder.write([UInt8](repeating: 0x61, count: 1 << 16)) }
        } body: { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                try await expect("there", from: HTTPRequest(url: server.url + "/endless", maximumRedirects: 1), by: transport)
            }
        }
    }
}
