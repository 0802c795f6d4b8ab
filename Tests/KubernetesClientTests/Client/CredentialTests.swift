import Foundation
import HTTPTestServer
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite(.timeLimit(.minutes(2))) struct CredentialTests {
    @Test func aRefusedTokenIsReadAgainOnce() async throws {
        let folder = try TemporaryFolder()
        let path = try folder.write("token", "old")
        var settings = CredentialSettings()
        settings.authorization = .tokenFile(path: path, fallback: nil)
        let source = CredentialSource(settings, warn: { _ in })
        try await withAPIServer(configure: { $0.credentials = source }) { request, responder in
            guard request.headers["authorization"] == "Bearer new" else {
                // Rotated at the very moment: the same length, and perhaps within the resolution of the file's time.
                try folder.write("token", "new")
                return try await responder.fail(StatusFailure(401, "Unauthorized", "Unauthorized"))
            }
            try await responder.json(try await Received(request).body)
        } body: { server, client in
            // 401 says that nothing was done, so this holds for writing too.
            _ = try await client.resources(ConfigMap.self, in: "ml").create(ConfigMap(name: "a"))
            #expect(server.observations.value.requests.map { $0.headers["authorization"] } == ["Bearer old", "Bearer new"])
        }
    }

    @Test func aTokenThatIsRefusedForGoodIsNotTriedForEver() async throws {
        let folder = try TemporaryFolder()
        var settings = CredentialSettings()
        settings.authorization = .tokenFile(path: try folder.write("token", "bad"), fallback: nil)
        let source = CredentialSource(settings, warn: { _ in })
        try await withAPIServer(configure: { $0.credentials = source }) { _, responder in
            try await responder.fail(StatusFailure(401, "Unauthorized", "Unauthorized"))
        } body: { server, client in
            let error = await callFailure { try await client.serverVersion() }
            #expect(error?.reason == .unauthorized)
            #expect(server.observations.value.requestCount == 2)
        }
    }

    @Test func aTokenThatCannotChangeIsNotTriedAgain() async throws {
        try await withAPIServer(configure: { $0.credentials = CredentialSource(bearerToken: "t") }) { _, responder in
            try await responder.fail(StatusFailure(401, "Unauthorized", "Unauthorized"))
        } body: { server, client in
            let error = await callFailure { try await client.serverVersion() }
            #expect(error?.reason == .unauthorized)
            #expect(server.observations.value.requestCount == 1)
            #expect(error?.description.contains("Bearer") == false)
        }
    }

    @Test func aTokenFileThatIsMissingIsAnErrorThatNamesIt() async throws {
        let folder = try TemporaryFolder()
        var settings = CredentialSettings()
        settings.authorization = .tokenFile(path: "\(folder.path)/none", fallback: nil)
        let source = CredentialSource(settings, warn: { _ in })
        try await withAPIServer(configure: { $0.credentials = source }) { _, responder in
            try await responder.json("{}")
        } body: { server, client in
            let error = await callFailure { try await client.serverVersion() }
            guard case .configuration? = error?.cause else {
                Issue.record("\(String(describing: error))")
                return
            }
            #expect(error?.description.hasPrefix("GET /version: ") == true)
            #expect(error?.description.contains("\(folder.path)/none") == true)
            #expect(server.observations.value.requestCount == 0)
        }
    }

    @Test func aRotatedClientCertificateGetsAConnectionOfItsOwn() async throws {
        let folder = try TemporaryFolder()
        try await withHTTPTestServer(tls: .selfSigned(clientAuthentication: .required())) { request, responder in
            guard request.isWatch else { return try await responder.json(#"{"user":"\#(request.connection.clientCertificate?.commonName ?? "")"}"#) }
            let watch = try await responder.startWatch()
            try await watch.added(ConfigMap.text("a"))
            try await responder.stall()
        } body: { server in
            func issue(_ name: String) throws {
                let issued = try server.issueClientCertificate(commonName: name)
                try folder.write("key", issued.keyPEM)
                try folder.write("certificate", issued.certificatePEM)
            }
            var settings = CredentialSettings()
            settings.certificate = (
                certificate: .file(path: "\(folder.path)/certificate", field: "client-certificate"), key: .file(path: "\(folder.path)/key", field: "client-key")
            )
            try issue("first")
            try await withClient(try ClientConfiguration(of: server, credentials: CredentialSource(settings, warn: { _ in }))) { client in
                var watch = client.resources(ConfigMap.self, in: "ml").watch(WatchOptions(resourceVersion: "1")).makeAsyncIterator()
                #expect(try await watch.next()?.object?.name == "a")
                #expect(try await client.serverVersion()["user"] == "first")
                try issue("second-and-longer")
                #expect(try await client.serverVersion()["user"] == "second-and-longer")
                #expect(try await client.serverVersion()["user"] == "second-and-longer")
                #expect(server.observations.value.connections.count == 2)
                // The watch goes on over the earlier connection.
                #expect(server.observations.value.streams.reset == 0)
                #expect(client.statistics.count == 2)
                await client.shutdown()
                let error = await callFailure { try await watch.next() }
                #expect(error?.transportKind == .shutdown)
            }
        }
    }

    @Test func aRotatedAuthorityIsTrusted() async throws {
        let folder = try TemporaryFolder()
        let handler: HTTPTestServer.Handler = { request, responder in try await responder.json(#"{"port":"\#(request.headers["host"] ?? "")"}"#) }
        try await withHTTPTestServer(handler: handler) { first in
            try await withHTTPTestServer(handler: handler) { second in
                // A server is renewed with its authority: here it is another one, and the file is that of the wrong one at first.
                let path = try folder.write("ca.crt", first.caPEM)
                var configuration = try ClientConfiguration(of: second)
                configuration.trust = .file(path: path)
                try await withClient(configuration) { client in
                    #expect(await callFailure({ try await client.serverVersion() })?.transportKind == .tls)
                    try folder.write("ca.crt", first.caPEM + second.caPEM)
                    #expect(try await client.serverVersion()["port"] == .string("127.0.0.1:\(second.port)"))
                }
            }
        }
    }

    @Test func anAuthorityFileThatIsMissingIsAnErrorThatNamesIt() async throws {
        try await withAPIServer(configure: { $0.trust = .file(path: "/nowhere/ca.crt") }) { _, responder in
            try await responder.json("{}")
        } body: { _, client in
            let error = await callFailure { try await client.serverVersion() }
            #expect(error?.description.contains("/nowhere/ca.crt") == true)
            guard case .configuration? = error?.cause else {
                Issue.record("\(String(describing: error))")
                return
            }
        }
    }
}
