import EmbeddedAPI
import Foundation
import KubernetesAPI
import Synchronization
import Testing

@Suite struct ServiceAccountTokenTests {
    static let accounts = GroupResource(parsing: "serviceaccounts")
    static let pods = GroupResource(parsing: "pods")
    static let now = TestTime.now
    let objects = MemoryObjects()
    let issuer = TokenIssuer(key: SigningKey())
    let clock = Clock()

    final class Clock: Sendable {
        let seconds = Atomic(ServiceAccountTokenTests.now.secondsSince1970)
    }

    init() {
        objects.put(["metadata": ["name": "a", "namespace": "n", "uid": "1"]], Self.accounts)
        objects.put(
            ["metadata": ["name": "p", "namespace": "n", "uid": "2"], "spec": ["serviceAccountName": "a", "nodeName": "node"]], Self.pods)
    }

    private var authenticator: Authenticator {
        let clock = clock
        return Authenticator(administratorToken: "top", issuer: issuer, reading: objects, now: { clock.seconds.load(ordering: .relaxed) })
    }

    private func token(_ spec: JSONValue = [:]) throws -> String {
        let answer = try issuer.answer(["spec": spec], serviceAccount: "a", namespace: "n", reading: objects, now: Self.now)
        return try #require(answer["status"]?["token"]?.string)
    }

    @Test func aTokenTellsTheAccountAndThePod() throws {
        let identity = try authenticator.identity(bearerToken: token(["boundObjectRef": ["kind": "Pod", "apiVersion": "v1", "name": "p"]]))
        #expect(identity.name == "system:serviceaccount:n:a")
        #expect(identity.uid == "1")
        #expect(identity.groups == ["system:serviceaccounts", "system:serviceaccounts:n", "system:authenticated"])
        #expect(identity.extra["authentication.kubernetes.io/pod-name"] == ["p"])
        #expect(identity.extra["authentication.kubernetes.io/pod-uid"] == ["2"])
        #expect(identity.extra["authentication.kubernetes.io/node-name"] == ["node"])
        #expect(identity.extra["authentication.kubernetes.io/credential-id"]?.first?.hasPrefix("JTI=") == true)
    }

    @Test func aTokenEndsWithWhatItBelongsTo() throws {
        let bound = try token(["boundObjectRef": ["kind": "Pod", "apiVersion": "v1", "name": "p"]])
        let plain = try token()
        #expect(throws: Never.self) { try authenticator.identity(bearerToken: bound) }
        objects.put(["metadata": ["name": "p", "namespace": "n", "uid": "3"]], Self.pods)
        #expect(throws: Status.unauthorized) { try authenticator.identity(bearerToken: bound) }
        #expect(throws: Never.self) { try authenticator.identity(bearerToken: plain) }
        objects.put(["metadata": ["name": "a", "namespace": "n", "uid": "9"]], Self.accounts)
        #expect(throws: Status.unauthorized) { try authenticator.identity(bearerToken: plain) }
    }

    @Test func aTokenExpires() throws {
        let token = try token(["expirationSeconds": 600])
        clock.seconds.add(600 + 60, ordering: .relaxed)
        #expect(throws: Never.self) { try authenticator.identity(bearerToken: token) }
        clock.seconds.add(1, ordering: .relaxed)
        #expect(throws: Status.unauthorized) { try authenticator.identity(bearerToken: token) }
    }

    @Test func whatAPodAsksForByDefaultLivesOnForAWarning() throws {
        let token = try token(["expirationSeconds": 3607, "boundObjectRef": ["kind": "Pod", "apiVersion": "v1", "name": "p"]])
        clock.seconds.add(4000, ordering: .relaxed)
        #expect(throws: Never.self) { try authenticator.identity(bearerToken: token) }
    }

    @Test func forgedTokensAreRefused() throws {
        let token = try token()
        var parts = token.split(separator: ".").map(String.init)
        parts[0] = "eyJhbGciOiJub25lIn0"  // {"alg":"none"}
        let stranger = TokenIssuer(key: SigningKey())
        let foreign = try stranger.answer(["spec": [:]], serviceAccount: "a", namespace: "n", reading: objects, now: Self.now)
        let unsigned = [parts.joined(separator: "."), parts[0] + "." + parts[1] + ".", String(token.dropLast(4))]
        let refused = unsigned + [foreign["status"]?["token"]?.string ?? "", "x.y.z"]
        for forged in refused { #expect(throws: Status.unauthorized) { try authenticator.identity(bearerToken: forged) } }
    }

    @Test(
        arguments: [
            (nil, "system:anonymous"), ("", "system:anonymous"), ("Basic eA==", "system:anonymous"), ("Bearer", "system:anonymous"),
            ("bearer top", "kubernetes-admin"), ("Bearer  top", "system:anonymous"), ("Bearer top more", "kubernetes-admin"),
            (" Bearer top ", "kubernetes-admin"),
        ] as [(String?, String)])
    func readsTheHeader(_ header: String?, _ name: String) throws {
        #expect(try authenticator.identity(authorization: header).name == name)
    }

    @Test(
        arguments: [
            (
                ["metadata": ["name": "b"]], 422,
                #"TokenRequest.authentication.k8s.io "a" is invalid: metadata.name: Invalid value: "b": must match the service account name if specified"#
            ),
            (
                ["spec": ["expirationSeconds": 4_294_967_297]], 422,
                #"TokenRequest.authentication.k8s.io "" is invalid: spec.expirationSeconds: Invalid value: 4294967297: "#
                    + "may not specify a duration larger than 2^32 seconds"
            ),
            (
                ["spec": ["boundObjectRef": ["kind": "Pod", "apiVersion": "v1", "name": "p", "uid": "7"]]], 409,
                #"Operation cannot be fulfilled on Pod "p": the UID in the bound object reference (7) does not match the UID in record. "#
                    + "The object might have been deleted and then recreated"
            ),
            (
                ["spec": ["boundObjectRef": ["kind": "Deployment", "apiVersion": "apps/v1", "name": "p"]]], 400,
                "cannot bind token to object of type apps/v1, Kind=Deployment"
            ),
            (["spec": ["boundObjectRef": ["kind": "Secret", "apiVersion": "v1", "name": "p"]]], 404, #"secrets "p" not found"#),
        ] as [(JSONObject, Int32, String)])
    func refusesRequests(_ request: JSONObject, _ code: Int32, _ message: String) {
        let status = #expect(throws: Status.self) {
            try issuer.answer(request, serviceAccount: "a", namespace: "n", reading: objects, now: Self.now)
        }
        #expect(status?.code == code)
        #expect(status?.message == message)
    }

    @Test func theKeyIsKeptInAFile() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("key-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: directory, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: directory) }
        let path = directory.appendingPathComponent("sa.key").path
        let first = TokenIssuer(key: try SigningKey(path: path))
        let second = TokenIssuer(key: try SigningKey(path: path))
        #expect(first.keySet == second.keySet)
        #expect(try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int == 0o600)
        #expect(try FileManager.default.contentsOfDirectory(atPath: directory.path) == ["sa.key"])
        try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: path)
        let exposed = #expect(throws: ServerSetupError.self) { try SigningKey(path: path) }
        #expect(exposed?.description.contains("others may read it. Run chmod 600") == true)
        try FileManager.default.removeItem(atPath: path)
        try "x".write(toFile: path, atomically: true, encoding: .utf8)
        try FileManager.default.setAttributes([.posixPermissions: 0o600], ofItemAtPath: path)
        let malformed = #expect(throws: ServerSetupError.self) { try SigningKey(path: path) }
        #expect(malformed?.description.contains("holds no P-256 private key in PEM") == true)
    }
}
