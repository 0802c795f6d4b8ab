import HTTPTestServer
import Testing

@testable import HTTPTransport

@Suite(.serialized, .timeLimit(.minutes(3)))
struct TLSTests {
    private static let hello: HTTPTestServer.Handler = { request, responder in
        try await responder.respond(body: "\(request.connection.clientCertificate?.commonName ?? "anonymous") \(request.headers["host"] ?? "")")
    }

    /// Every case must fail before a byte of the request is out.
    private func expectTLSFailure(
        _ tls: ServerTLS, _ location: SourceLocation = #_sourceLocation, change: @Sendable (inout HTTPTransportConfiguration) throws -> Void = { _ in }
    ) async throws {
        try await withHTTPTestServer(tls: tls, handler: Self.hello) { server in
            var configuration = HTTPTransportConfiguration.trusting(server.caPEM)
            try change(&configuration)
            try await withTransport(configuration) { transport in
                let error = await transportError(location) { try await exchange(transport, HTTPRequest(url: server.url)) }
                #expect(error?.kind == .tls, sourceLocation: location)
                #expect(error?.requestMayHaveBeenSent == false, sourceLocation: location)
                #expect(server.observations.value.requestCount == 0, sourceLocation: location)
            }
        }
    }

    @Test func anUnknownAuthorityIsRefused() async throws {
        let other = try TestCertificateAuthority().certificatePEM
        try await expectTLSFailure(.selfSigned()) { $0.tls.certificateAuthorities = Array(other.utf8) }
        try await expectTLSFailure(.selfSigned()) { $0.tls.certificateAuthorities = nil }
    }

    @Test func anotherNameIsRefused() async throws { try await expectTLSFailure(.selfSigned(names: ["elsewhere.example"])) }
    @Test func anExpiredCertificateIsRefused() async throws { try await expectTLSFailure(.selfSigned(validity: .expired)) }
    @Test func anOutdatedProtocolIsRefused() async throws { try await expectTLSFailure(.selfSigned(maximumVersion: .tls11)) }

    @Test func authoritiesThatAreNotPEMAreAnError() async throws {
        try await expectTLSFailure(.selfSigned()) { $0.tls.certificateAuthorities = Array("nonsense".utf8) }
    }

    @Test func aClientCertificateThatIsNotPEMIsAnError() async throws {
        try await expectTLSFailure(.selfSigned()) { $0.tls.client = .init(certificateChain: Array("nonsense".utf8), privateKey: Array("nonsense".utf8)) }
    }

    @Test func aSkippedVerificationAcceptsAnyCertificate() async throws {
        try await withHTTPTestServer(tls: .selfSigned(names: ["elsewhere.example"]), handler: Self.hello) { server in
            try await withTransport(HTTPTransportConfiguration(tls: .init(skipsVerification: true), proxy: .none)) { transport in
                try await expect("anonymous 127.0.0.1:\(server.port)", from: HTTPRequest(url: server.url), by: transport)
            }
        }
    }

    @Test func aClientCertificateIsPresented() async throws {
        try await withHTTPTestServer(tls: .selfSigned(clientAuthentication: .required()), handler: Self.hello) { server in
            let issued = try server.issueClientCertificate(commonName: "alice")
            let client = HTTPTransportConfiguration.ClientCertificate(
                certificateChain: Array(issued.certificatePEM.utf8), privateKey: Array(issued.keyPEM.utf8))
            try await withTransport(.trusting(server.caPEM) { $0.tls.client = client }) { transport in
                try await expect("alice 127.0.0.1:\(server.port)", from: HTTPRequest(url: server.url), by: transport)
            }
        }
    }

    @Test func aServerThatWantsACertificateRefusesAClientWithoutOne() async throws {
        try await withHTTPTestServer(tls: .selfSigned(clientAuthentication: .required()), handler: Self.hello) { server in
            try await withTransport(.trusting(server.caPEM)) { transport in
                // With TLS 1.3 the client's handshake is over before the server refuses, so that this may look like a closed connection.
                let error = await transportError { try await exchange(transport, HTTPRequest(url: server.url)) }
                #expect([.tls, .connectionClosed].contains(error?.kind), "\(String(describing: error))")
                #expect(server.observations.value.requestCount == 0)
            }
        }
    }

    @Test(arguments: [HTTPVersionPreference.automatic, .http1])
    func aServerNameReplacesTheHostInTheHandshakeOnly(_ version: HTTPVersionPreference) async throws {
        try await withHTTPTestServer(tls: .selfSigned(names: ["kubernetes.example"]), handler: Self.hello) { server in
            try await withTransport(.trusting(server.caPEM) { $0.tls.serverName = "kubernetes.example" }) { transport in
                for _ in 0..<2 {
                    let response = try await transport.send(HTTPRequest(url: server.url + "/"))
                    #expect(try await response.text == "anonymous 127.0.0.1:\(server.port)")
                    #expect(response.url == server.url + "/")
                }
                #expect(server.observations.value.connections.map(\.serverName) == ["kubernetes.example"])
            }
            try await withTransport(.trusting(server.caPEM) { $0.tls.serverName = "other.example" }) { transport in
                #expect(await transportError { try await exchange(transport, HTTPRequest(url: server.url)) }?.kind == .tls)
            }
        }
    }

    @Test(arguments: ["a/b", "a:b", "a@b", "", "a b"])
    func aServerNameThatIsNoneIsRefused(_ name: String) {
        #expect { try HTTPTransport(HTTPTransportConfiguration(tls: .init(serverName: name))) } throws: {
            ($0 as? HTTPTransportError)?.kind == .invalidConfiguration
        }
    }
}
