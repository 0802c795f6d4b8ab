import Foundation
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite struct KubeconfigReadingTests {
    /// Every field that has a meaning, with a value of its own.
    static let everything = """
        apiVersion: v1
        kind: Config
        preferences: {colors: true}
        clusters:
        - name: one
          cluster:
            server: https://one:6443/prefix
            tls-server-name: one.internal
            insecure-skip-tls-verify: true
            certificate-authority: ca.pem
            certificate-authority-data: \(PEM.base64(PEM.certificate))
            proxy-url: http://me:secret-proxy@proxy:3128
            disable-compression: true
            extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: a}}]
        users:
        - name: two
          user:
            client-certificate: client.pem
            client-certificate-data: \(PEM.base64(PEM.certificate))
            client-key: key.pem
            client-key-data: \(PEM.base64(PEM.key))
            token: secret-token
            tokenFile: token
            username: me
            password: secret-password
            as: admin
            as-uid: "7"
            as-groups: [a, b]
            as-user-extra: {scopes: [x, z], empty: []}
            auth-provider: {name: gcp, config: {id-token: secret-id}}
            exec:
              command: ./login
              args: [--secret, secret-argument]
              env: [{name: A, value: secret-variable}]
              apiVersion: client.authentication.k8s.io/v1
              installHint: apt install login
              provideClusterInfo: true
              interactiveMode: Always
        contexts:
        - name: three
          context: {cluster: one, user: two, namespace: four}
        current-context: three
        """

    @Test func everyFieldIsReadAndWrittenBack() throws {
        let warnings = Warnings()
        let kubeconfig = try Kubeconfig(parsing: Array(Self.everything.utf8), warn: warnings.handler)
        #expect(warnings.all == [])
        let user = try #require(kubeconfig.users.first?.value)
        #expect(user.impersonateUserExtra == [.init(key: "scopes", values: ["x", "z"]), .init(key: "empty", values: [])])
        #expect(user.clientKeyData?.value == Array(PEM.key.utf8))
        #expect(user.exec?.environment == [.init(name: "A", value: "secret-variable")])
        #expect(kubeconfig.clusters.first?.value.proxyURL?.value == "http://me:secret-proxy@proxy:3128")
        #expect(kubeconfig.json == (try JSONValue(parsingYAML: Self.everything)), "nothing is lost, changed or added")
        #expect(try Kubeconfig(parsing: kubeconfigBytes(of: kubeconfig.json)) == kubeconfig)
    }

    @Test func aWrittenFileIsReadBackEqual() throws {
        let folder = try TemporaryFolder()
        var kubeconfig = Kubeconfig(
            clusters: [.init("local", .init(server: "https://127.0.0.1:6443", certificateAuthorityData: Array(PEM.certificate.utf8)))],
            users: [.init("admin", .init(token: "yes"))], contexts: [.init("local", .init(cluster: "local", user: "admin"))], currentContext: "local")
        kubeconfig.users.append(.init("- odd: \"name\"\n", .init(token: "0x10")))
        try kubeconfig.write(to: "\(folder.path)/.kube/config")
        #expect(try Kubeconfig(contentsOf: "\(folder.path)/.kube/config") == kubeconfig)
    }

    @Test(arguments: ["", "\n", "# only a comment\n", "{}", "null", "---\n", "clusters: null\nusers:\n", "apiVersion: v1\nkind: Config"])
    func anEmptyFileIsAnEmptyKubeconfig(_ text: String) throws { #expect(try Kubeconfig(parsing: Array(text.utf8)) == Kubeconfig()) }

    @Test(arguments: [
        ("[]", "f: must be a map, not a list"),
        ("a: b: c", "f:1:5: "),
        ("current-context: a\ncurrent-context: b", "f:2:1: duplicate key"),
        ("a: 1\n---\nb: 2", "f:3:1: a second document; kubectl would not read it"),
        ("apiVersion: v2", #"f: apiVersion: must be v1, not "v2""#),
        ("kind: Pod", #"f: kind: must be Config, not "Pod"; this is no kubeconfig"#),
        ("current-context: [a]", "f: current-context: must be a string, not a list"),
        ("clusters: {}", "f: clusters: must be a list, not a map"),
        ("clusters: [a]", "f: clusters[0]: must be a map, not a string"),
        ("clusters: [{name: 5}]", "f: clusters[0].name: must be a string, not a number; put it in quotes"),
        ("clusters: [{name: a}, {name: b}, {name: a}]", #"f: clusters[2]: name: "a" is the name of clusters[0] already; names must be unique in a file"#),
        ("clusters: [{name: a, cluster: x}]", #"f: clusters[0] "a": cluster: must be a map, not a string"#),
        ("clusters: [{name: a, cluster: {server: 1}}]", #"f: clusters[0] "a": cluster.server: must be a string, not a number; put it in quotes"#),
        (
            "clusters: [{cluster: {insecure-skip-tls-verify: \"true\"}}]",
            "f: clusters[0]: cluster.insecure-skip-tls-verify: must be true or false, not a string"
        ),
        ("clusters: [{name: a, cluster: {certificate-authority-data: \"a?\"}}]", #"f: clusters[0] "a": cluster.certificate-authority-data: not valid base64"#),
        (
            "users: [{name: x}, {name: z}, {name: dev, user: {client-certificate-data: '-----BEGIN CERTIFICATE-----'}}]",
            #"f: users[2] "dev": user.client-certificate-data: not valid base64; it looks like PEM, which must be encoded here,"#
        ),
        ("users: [{name: a, user: {token: 12345}}]", #"f: users[0] "a": user.token: must be a string, not a number; put it in quotes"#),
        ("users: [{name: a, user: {token: yes}}]", #"f: users[0] "a": user.token: must be a string, not a boolean; put it in quotes"#),
        ("users: [{name: a, user: {as-groups: a}}]", #"f: users[0] "a": user.as-groups: must be a list, not a string"#),
        ("users: [{name: a, user: {as-groups: [a, 1]}}]", #"f: users[0] "a": user.as-groups[1]: must be a string, not a number; put it in quotes"#),
        ("users: [{name: a, user: {as-user-extra: {k: v}}}]", #"f: users[0] "a": user.as-user-extra.k: must be a list, not a string"#),
        ("users: [{name: a, user: {auth-provider: gcp}}]", #"f: users[0] "a": user.auth-provider: must be a map, not a string"#),
        ("users: [{name: a, user: {exec: login}}]", #"f: users[0] "a": user.exec: must be a map, not a string"#),
        ("users: [{name: a, user: {exec: {args: [{}]}}}]", #"f: users[0] "a": user.exec.args[0]: must be a string, not a map"#),
        (
            "users: [{name: a, user: {exec: {env: [{name: A, value: 1}]}}}]",
            #"f: users[0] "a": user.exec.env[0].value: must be a string, not a number; put it in quotes"#
        ),
        (
            "users: [{name: a, user: {exec: {interactiveMode: never}}}]",
            #"f: users[0] "a": user.exec.interactiveMode: must be Never, IfAvailable or Always, not "never""#
        ),
        ("contexts: [{name: a, context: {namespace: 1}}]", #"f: contexts[0] "a": context.namespace: must be a string, not a number; put it in quotes"#),
    ])
    func aWrongFileSaysWhichField(_ text: String, message: String) throws {
        let found = try #require(failure { try Kubeconfig(parsing: Array(text.utf8), file: "f") })
        #expect(message.hasSuffix(": ") || message.hasSuffix(",") ? found.hasPrefix(message) : found == message || found.hasPrefix(message + " "), "\(found)")
    }

    @Test(arguments: [
        ("users: [{name: a, user: {tokn: x}}]", #"users[0] "a": user.tokn: is not a field that kubeconfigs have here; it is ignored. Did you mean "token"?"#),
        ("currentcontext: a", #"currentcontext: is not a field that kubeconfigs have here; it is ignored. Did you mean "current-context"?"#),
        ("clusters: [{name: a, server: x}]", #"clusters[0].server: is not a field that kubeconfigs have here; it is ignored."#),
        (
            "users: [{name: a, user: {token:xyz}}]",
            #"users[0] "a": user.(a key of 9 bytes): is not a field that kubeconfigs have here; it is ignored. Is a space missing after a colon?"#
        ),
        (
            "users: [{user: {eyJhbGciOiJSUzI1NiIsImtpZCI6IjEyMyJ9: x}}]",
            "users[0]: user.(a key of 36 bytes): is not a field that kubeconfigs have here; it is ignored."
        ),
    ])
    func misspeltFieldsAreWarnedOf(_ text: String, warning: String) throws {
        let warnings = Warnings()
        let kubeconfig = try Kubeconfig(parsing: Array(text.utf8), warn: warnings.handler)
        #expect(warnings.all == [warning])
        #expect("\(kubeconfig.json)".contains("x") || "\(kubeconfig.json)".contains("currentcontext"), "and kept when the file is written")
    }

    @Test func base64MayBeFolded() throws {
        let data = PEM.base64(String(repeating: PEM.certificate, count: 4))
        let folded = stride(from: 0, to: data.count, by: 64).map { "      " + data.dropFirst($0).prefix(64) }.joined(separator: "\n")
        let kubeconfig = try Kubeconfig(parsing: Array("users:\n- name: a\n  user:\n    client-certificate-data: |\n\(folded)\n".utf8))
        #expect(kubeconfig.users.first?.value.clientCertificateData == Array(String(repeating: PEM.certificate, count: 4).utf8))
    }
}
