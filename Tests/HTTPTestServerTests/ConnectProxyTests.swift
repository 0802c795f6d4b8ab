import Foundation
import HTTPTestServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ConnectProxyTests {
    @Test func aTunnelReachesTheServerAndIsCounted() async throws {
        try await withHTTPTestServer(tls: .selfSigned(names: ["api.example"])) { _, responder in
            try await responder.respond(body: String(repeating: "x", count: 1_000_000))
        } body: { server in
            try await withConnectProxy(routes: ["api.example:6443": server.port]) { proxy in
                try await Curl.with { curl in
                    let ca = try curl.file("ca.pem", server.caPEM)
                    let result = try await curl.run("--noproxy", "", "--proxy", proxy.url, "--cacert", ca, "https://api.example:6443/[1-2]")
                    #expect(result.output.utf8.count == 2_000_000, "\(result.errors)")
                }
                let seen = try await proxy.observations.wait(for: "the tunnel's end") { $0.openTunnels == 0 }
                #expect(seen.tunnels == ["api.example:6443"])
            }
        }
    }

    @Test(arguments: [("jane:secret", Int32(0), 1), ("jane:wrong", 56, 0), (nil, 56, 0)] as [(String?, Int32, Int)])
    func credentialsAreChecked(_ user: String?, _ code: Int32, _ tunnels: Int) async throws {
        try await withHTTPTestServer { _, responder in
            try await responder.respond()
        } body: { server in
            try await withConnectProxy(credentials: .init(user: "jane", password: "secret")) { proxy in
                try await Curl.with { curl in
                    let ca = try curl.file("ca.pem", server.caPEM)
                    let result = try await curl.run(
                        ["--noproxy", "", "--proxy", proxy.url, "--cacert", ca, server.url] + (user.map { ["--proxy-user", $0] } ?? []))
                    #expect(result.code == code, "\(result.errors)")
                }
                #expect(proxy.observations.value.tunnels.count == tunnels)
                #expect(proxy.observations.value.unauthorized == 1 - tunnels)
            }
        }
    }

    @Test func targetsOutsideTheTestAreRefused() async throws {
        try await withConnectProxy { proxy in
            try await Curl.with { curl in
                let result = try await curl.run("--noproxy", "", "--proxy", proxy.url, "https://api.example")
                #expect(result.code == 56, "\(result.errors)")
            }
            #expect(proxy.observations.value.refused == ["CONNECT api.example:443 HTTP/1.1"])
        }
    }
}
