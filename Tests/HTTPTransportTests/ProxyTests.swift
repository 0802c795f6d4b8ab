import HTTPTestServer
import Testing

@testable import HTTPTransport

@Suite(.serialized, .timeLimit(.minutes(3)))
struct ProxyTests {
    private static let hello: HTTPTestServer.Handler = { request, responder in
        try await responder.respond(body: "\(request.httpVersion.rawValue) \(request.headers["proxy-authorization"] ?? "none")")
    }

    @Test func requestsTunnelThroughAProxyWithCredentials() async throws {
        try await withHTTPTestServer(handler: Self.hello) { server in
            try await withConnectProxy(credentials: .init(user: "proxy", password: "p@ss")) { proxy in
                let url = proxy.url.replacing("http://", with: "http://proxy:p%40ss@")
                try await withTransport(.trusting(server.caPEM) { $0.proxy = .url(url) }) { transport in
                    for _ in 0..<3 { try await expect("h2 none", from: HTTPRequest(url: server.url), by: transport) }
                    #expect(proxy.observations.value.tunnels == ["127.0.0.1:\(server.port)"])
                    #expect(transport.statistics.connectionsMade == 1)
                }
            }
        }
    }

    @Test func aServerNameWorksBehindAProxy() async throws {
        try await withHTTPTestServer(tls: .selfSigned(names: ["kubernetes.example"]), handler: Self.hello) { server in
            try await withConnectProxy { proxy in
                let configuration = HTTPTransportConfiguration.trusting(server.caPEM) {
                    $0.proxy = .url(proxy.url)
                    $0.tls.serverName = "kubernetes.example"
                }
                try await withTransport(configuration) { transport in
                    try await expect("h2 none", from: HTTPRequest(url: server.url), by: transport)
                    #expect(proxy.observations.value.tunnels == ["127.0.0.1:\(server.port)"])
                }
            }
        }
    }

    @Test func whatTheProxyRefusesIsAProxyError() async throws {
        try await withHTTPTestServer(handler: Self.hello) { server in
            try await withConnectProxy(credentials: .init(user: "proxy", password: "right")) { proxy in
                let url = proxy.url.replacing("http://", with: "http://proxy:wrong@")
                try await withTransport(.trusting(server.caPEM) { $0.proxy = .url(url) }) { transport in
                    let error = await transportError { try await exchange(transport, HTTPRequest(url: server.url)) }
                    #expect(error?.kind == .proxy && error?.requestMayHaveBeenSent == false)
                    #expect(error?.description.contains("wrong") == false)
                }
            }
            try await withTransport(.trusting(server.caPEM) { $0.proxy = .url("http://nowhere.invalid:1") }) { transport in
                #expect(await transportError { try await exchange(transport, HTTPRequest(url: server.url)) }?.kind == .proxy)
            }
        }
    }

    @Test func aProxyWithoutASchemeIsRefused() {
        #expect { try HTTPTransport(HTTPTransportConfiguration(proxy: .url("proxy.example:3128"))) } throws: {
            ($0 as? HTTPTransportError)?.kind == .invalidConfiguration
        }
    }
}
