import HTTPTestServer
import Testing

@testable import HTTPTransport

@Test func aRequestIsAnsweredOverHTTP2() async throws {
    try await withHTTPTestServer { request, responder in
        try await responder.respond(body: "hello \(request.path)")
    } body: { server in
        let transport = try HTTPTransport(HTTPTransportConfiguration(tls: .init(certificateAuthorities: Array(server.caPEM.utf8))))
        let response = try await transport.send(HTTPRequest(url: server.url + "/a"))
        #expect(response.status == 200)
        #expect(response.version == .http2)
        #expect(String(decoding: try await response.body.collect(upTo: 100), as: UTF8.self) == "hello /a")
        await transport.shutdown()
    }
}
