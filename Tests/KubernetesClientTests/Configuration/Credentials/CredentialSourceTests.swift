import Foundation
import Testing

@testable import KubernetesClient

@Suite struct CredentialSourceTests {
    let folder: TemporaryFolder
    let warnings = Warnings()
    let noon = Date(timeIntervalSince1970: 1_800_000_000)
    init() throws { folder = try TemporaryFolder() }

    private func source(user: String) throws -> CredentialSource {
        let path = try folder.write("k", Kubeconfig.example(user: user))
        return try ClientConfiguration.load(.init(kubeconfig: path), environment: folder.environment(), warn: warnings.handler).credentials
    }

    private func headers(_ source: CredentialSource, at now: Date) async throws -> [String] {
        try await source.credentials(now: now).headers.map { "\($0.name): \($0.value)" }
    }

    @Test(
        arguments: [
            ("{}", []),
            ("token: t", ["Authorization: Bearer t"]),
            ("username: u, password: 'p:q'", ["Authorization: Basic dTpwOnE="]),
            ("password: p", ["Authorization: Basic OnA="]),
            ("client-key: unused", []),
            (
                "token: t, as: admin, as-uid: '7', as-groups: [a, b], as-user-extra: {scopes: [x, z], 'example.com/some key': [é]}",
                [
                    "Authorization: Bearer t", "Impersonate-User: admin", "Impersonate-Uid: 7", "Impersonate-Group: a", "Impersonate-Group: b",
                    "Impersonate-Extra-scopes: x", "Impersonate-Extra-scopes: z", "Impersonate-Extra-example.com%2Fsome%20key: é",
                ]
            ),
            ("token: t, exec: {command: /none, apiVersion: client.authentication.k8s.io/v1}", ["Authorization: Bearer t"]),
        ] as [(String, [String])])
    func sendsWhatTheUserSays(_ user: String, headers expected: [String]) async throws {
        let source = try source(user: user == "{}" ? "" : user)
        #expect(try await headers(source, at: noon) == expected)
        #expect(await source.invalidate(try source.credentials(now: noon)) == false, "it cannot change")
    }

    @Test func aTokenFileIsReadAgainWhenItChangesAndAfterAMinute() async throws {
        let path = try folder.write("token", "one\n")
        let source = try source(user: "tokenFile: token")
        #expect(try await headers(source, at: noon) == ["Authorization: Bearer one"])
        try folder.write("token", "three")  // another size
        #expect(try await headers(source, at: noon + 1) == ["Authorization: Bearer three"])

        // A file system that tells of no change: same size, inode and time.
        let before = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
        let handle = try #require(FileHandle(forWritingAtPath: path))
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1_000)], ofItemAtPath: path)
        #expect(try await headers(source, at: noon + 2) == ["Authorization: Bearer three"])
        handle.write(Data("seven".utf8))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1_000)], ofItemAtPath: path)
        #expect(before != nil)
        #expect(try await headers(source, at: noon + 61) == ["Authorization: Bearer three"])
        #expect(try await headers(source, at: noon + 62) == ["Authorization: Bearer seven"])
        #expect(warnings.all == [])
    }

    @Test func aTokenIsKeptWhileItsFileCannotBeRead() async throws {
        try folder.write("token", "one")
        let source = try source(user: "tokenFile: token")
        #expect(try await headers(source, at: noon) == ["Authorization: Bearer one"])
        try FileManager.default.removeItem(atPath: "\(folder.path)/token")
        #expect(try await headers(source, at: noon + 1) == ["Authorization: Bearer one"])
        #expect(try await headers(source, at: noon + 1000) == ["Authorization: Bearer one"])
        #expect(warnings.all.count == 1, "said once")
        #expect(warnings.all.first?.hasSuffix("user.tokenFile: cannot read it: no such file or directory; what it held before is used on") == true)
        try folder.write("token", "two")
        #expect(try await headers(source, at: noon + 1001) == ["Authorization: Bearer two"])
    }

    @Test func aTokenFileCountsMoreThanATokenWhichStandsInForIt() async throws {
        let source = try source(user: "token: fixed, tokenFile: token")
        #expect(try await headers(source, at: noon) == ["Authorization: Bearer fixed"])
        try folder.write("token", "rotated")
        #expect(try await headers(source, at: noon) == ["Authorization: Bearer rotated"])
    }

    @Test func aRefusedTokenIsReadAgainAtOnce() async throws {
        let path = try folder.write("token", "one")
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1_000)], ofItemAtPath: path)
        let source = try source(user: "tokenFile: token")
        let first = try await source.credentials(now: noon)
        let handle = try #require(FileHandle(forWritingAtPath: path))
        handle.write(Data("two".utf8))
        try handle.close()
        try FileManager.default.setAttributes([.modificationDate: Date(timeIntervalSince1970: 1_000)], ofItemAtPath: path)
        #expect(await source.invalidate(first))
        #expect(try await headers(source, at: noon) == ["Authorization: Bearer two"])
        #expect(await source.invalidate(first), "another request that was refused with the old one may be repeated too")
    }

    @Test func aClientCertificateIsReadAgainWhenItsFilesChange() async throws {
        try folder.write("cert.pem", PEM.certificate)
        try folder.write("key.pem", PEM.key)
        let source = try source(user: "client-certificate: cert.pem, client-key: key.pem")
        let first = try await source.credentials(now: noon)
        #expect(first.clientCertificate == ClientCertificate(certificate: Array(PEM.certificate.utf8), key: SecretValue(Array(PEM.key.utf8))))
        #expect(first.headers.isEmpty)
        #expect(try await source.credentials(now: noon).clientCertificate == first.clientCertificate)
        try folder.write("new.pem", PEM.otherCertificate)
        #expect(rename("\(folder.path)/new.pem", "\(folder.path)/cert.pem") == 0)
        #expect(try await source.credentials(now: noon).clientCertificate?.certificate == Array(PEM.otherCertificate.utf8))
    }
}
