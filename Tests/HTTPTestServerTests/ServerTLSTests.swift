import Foundation
import HTTPTestServer
import Testing

@Suite(.timeLimit(.minutes(1)))
struct ServerTLSTests {
    private static let whoAmI: HTTPTestServer.Handler = { request, responder in
        let certificate = request.connection.clientCertificate
        try await responder.respond(body: certificate.map { "\($0.commonName) of \($0.organizations.joined(separator: ","))" } ?? "anonymous")
    }

    @Test(
        arguments: [
            ("a certificate for the address is trusted", ServerTLS.selfSigned(), 0),
            ("an expired certificate is refused", .selfSigned(validity: .expired), 60),
            ("a certificate from the future is refused", .selfSigned(validity: .notYet), 60),
            ("a certificate of another name is refused", .selfSigned(names: ["other.example"]), 60),
            ("a server of an old TLS version is refused", .selfSigned(maximumVersion: .tls11), 35),
            ("a server of TLS 1.2 is accepted", .selfSigned(maximumVersion: .tls12), 0),
        ] as [(String, ServerTLS, Int32)])
    func curlAgreesWithTheCertificate(_ rule: String, _ tls: ServerTLS, _ code: Int32) async throws {
        try await withHTTPTestServer(tls: tls, handler: Self.whoAmI) { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run("--tlsv1.2", "--cacert", ca, server.url)
                #expect(result.code == code, "\(rule): \(result.errors)")
            }
        }
    }

    @Test func withoutTheAuthorityTheServerIsNotTrusted() async throws {
        try await withHTTPTestServer(handler: Self.whoAmI) { server in
            try await Curl.with { curl in
                let result = try await curl.run(server.url)
                #expect(result.code == 60, "curl: peer certificate cannot be authenticated")
            }
            let seen = try await server.connections(open: 0)
            #expect(seen.streams.opened == 0)
            #expect(seen.connections.first?.errors.isEmpty == false, "the failed handshake is on record")
        }
    }

    @Test func theNameThatTheClientAsksForIsSeen() async throws {
        try await withHTTPTestServer(tls: .selfSigned(names: ["api.example"]), handler: Self.whoAmI) { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let result = try await curl.run(
                    "--cacert", ca, "--resolve", "api.example:\(server.port):127.0.0.1", "https://api.example:\(server.port)")
                #expect(result.output == "anonymous", "\(result.errors)")
            }
            #expect(server.observations.value.connections.first?.serverName == "api.example")
        }
    }

    @Test(arguments: ["--tls-max 1.2", "--tlsv1.3"])
    func aClientCertificateIsRequiredAndItsSubjectSeen(_ version: String) async throws {
        let options = version.split(separator: " ").map(String.init)
        try await withHTTPTestServer(tls: .selfSigned(clientAuthentication: .required()), handler: Self.whoAmI) { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                let issued = try server.issueClientCertificate(commonName: "jane", organizations: ["dev", "ops"])
                let foreign = try TestCertificateAuthority().issueClientCertificate(commonName: "jane")
                func call(_ certificate: IssuedCertificate?) async throws -> Curl.Result {
                    var arguments = options + ["--cacert", ca, server.url]
                    if let certificate {
                        arguments += ["--cert", try curl.file("c.pem", certificate.certificatePEM), "--key", try curl.file("k.pem", certificate.keyPEM)]
                    }
                    return try await curl.run(arguments)
                }
                #expect(try await call(issued).output == "jane of dev,ops")
                #expect(try await call(nil).code != 0)
                #expect(try await call(foreign).code != 0)
                let expired = try server.authority.issueClientCertificate(commonName: "jane", validity: .expired)
                #expect(try await call(expired).code != 0)
            }
            #expect(server.observations.value.streams.opened == 1)
        }
    }

    @Test func anOptionalClientCertificateMayBeMissing() async throws {
        try await withHTTPTestServer(tls: .selfSigned(clientAuthentication: .optional()), handler: Self.whoAmI) { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                #expect(try await curl.run("--cacert", ca, server.url).output == "anonymous")
            }
        }
    }

    @Test func aServerOfHTTP2AloneClosesConnectionsOfOldClients() async throws {
        try await withHTTPTestServer(alpn: [.http2], handler: Self.whoAmI) { server in
            try await Curl.with { curl in
                let ca = try curl.file("ca.pem", server.caPEM)
                #expect(try await curl.run("--http1.1", "--cacert", ca, server.url).code != 0)
                #expect(try await curl.run("--http2", "--cacert", ca, server.url).output == "anonymous")
            }
        }
    }
}
