import Foundation
import Testing

@testable import KubernetesClient

@Suite struct ClientConfigurationLoadingTests {
    let folder: TemporaryFolder
    let warnings = Warnings()
    init() throws { folder = try TemporaryFolder() }

    private func load(_ overrides: ClientConfiguration.Overrides = .init(), _ variables: [String: String] = [:]) throws -> ClientConfiguration {
        try ClientConfiguration.load(overrides, environment: folder.environment(variables), warn: warnings.handler)
    }

    /// Loads a kubeconfig that is made by ``Kubeconfig/example(cluster:user:context:)`` and named by its path.
    private func load(_ text: String, _ overrides: ClientConfiguration.Overrides = .init()) throws -> ClientConfiguration {
        var overrides = overrides
        overrides.kubeconfig = try folder.write("k", text)
        return try load(overrides)
    }

    private static func kubeconfig(_ name: String) -> String { Kubeconfig.example(cluster: "server: https://\(name)") }

    // MARK: Which files

    @Test func theExplicitPathCountsMoreThanKUBECONFIGAndThatMoreThanHome() throws {
        try folder.write(".kube/config", Self.kubeconfig("home"))
        try folder.write("variable", Self.kubeconfig("variable"))
        try folder.write("explicit", Self.kubeconfig("explicit"))
        let variables = ["KUBECONFIG": "\(folder.path)/variable"]
        #expect(try load().server.host == "home")
        #expect(try load(.init(), variables).server.host == "variable")
        #expect(try load(.init(kubeconfig: "explicit"), variables).server.host == "explicit", "relative to the working directory")
        #expect(try load(.init(kubeconfig: ""), ["KUBECONFIG": ""]).server.host == "home", "empty is unset")
        #expect(warnings.all == [])
    }

    @Test func missingFilesOfKUBECONFIGAreSkippedAndAMissingExplicitOneIsNot() throws {
        try folder.write("b", Self.kubeconfig("b"))
        #expect(try load(.init(), ["KUBECONFIG": ":\(folder.path)/missing:b:/no/such/folder/c:b"]).server.host == "b")
        #expect(failure { try load(.init(kubeconfig: "missing")) } == "\(folder.path)/missing: cannot read it: no such file or directory")
        #expect(failure { try load(.init(), ["KUBECONFIG": "b:\(folder.path)"]) } == "\(folder.path): cannot read it: is a directory")
    }

    @Test func withoutAnyConfigurationTheErrorSaysWhereWasLooked() throws {
        let end = ", and this process does not run in a pod. Name a kubeconfig, or set KUBECONFIG."
        #expect(failure { try load() } == "no Kubernetes cluster is configured: there is no \(folder.path)/.kube/config\(end)")
        #expect(failure { try load(.init(), ["KUBECONFIG": "/x:y"]) } == "no Kubernetes cluster is configured: there is no /x, \(folder.path)/y\(end)")
        #expect(warnings.all == ["KUBECONFIG names no file that exists: /x, \(folder.path)/y"])
        #expect(failure { try load(.init(), ["HOME": ""]) } == "no Kubernetes cluster is configured: neither KUBECONFIG nor HOME is set\(end)")
        try folder.write(".kube/config", "")
        #expect(failure { try load() } == "no Kubernetes cluster is configured: \(folder.path)/.kube/config names none\(end)")
    }

    @Test func ofSeveralFilesTheFirstEntryOfANameCountsWhole() throws {
        try folder.write(
            "a",
            """
            clusters: [{name: shared, cluster: {server: https://a}}]
            users: [{name: u, user: {username: a}}]
            contexts: [{name: one, context: {cluster: shared, user: u}}]
            """)
        try folder.write(
            "b",
            """
            clusters: [{name: shared, cluster: {server: https://b, tls-server-name: b}}, {name: own, cluster: {server: https://own}}]
            contexts: [{name: one, context: {namespace: b}}, {name: two, context: {cluster: own}}]
            current-context: one
            """)
        try folder.write("c", "current-context: two")
        let variables = ["KUBECONFIG": "a:b:c"]
        let one = try load(.init(), variables)
        #expect(one.server.host == "a")
        #expect(one.tlsServerName == nil)
        #expect(one.namespace == "default")
        #expect(one.context == "one", "from the first file that sets it")
        #expect(try load(.init(context: "two"), variables).server.host == "own")
        #expect(try load(.init(cluster: "own"), variables).server.host == "own")
        #expect(try load(.init(namespace: "n"), variables).namespace == "n")
    }

    @Test func relativePathsAreRelativeToTheFileTheyStandIn() throws {
        try folder.write("a/config", Kubeconfig.example(cluster: "server: https://h, certificate-authority: certs/../ca.pem", user: "exec: {command: bin/x}"))
        try folder.write("a/ca.pem", PEM.certificate)
        try FileManager.default.createDirectory(atPath: "\(folder.path)/a/certs", withIntermediateDirectories: true)
        let kubeconfig = try Kubeconfig(contentsOf: "\(folder.path)/a/config")
        #expect(kubeconfig.users.first?.value.exec?.command == "\(folder.path)/a/bin/x")
        try folder.write("b/config", Kubeconfig.example(cluster: "server: https://h, certificate-authority: ./ca.pem", user: "tokenFile: ../token"))
        try folder.write("b/ca.pem", PEM.certificate)
        try folder.write("token", "t")
        let configuration = try load(.init(), ["KUBECONFIG": "b/config"])
        #expect(configuration.trust == .file(path: "\(folder.path)/b/ca.pem"))
        #expect(
            try Kubeconfig(parsing: Array(Kubeconfig.example(user: "exec: {command: x}").utf8)).users.first?.value.exec?.command == "x",
            "a name is searched in PATH")
    }

    // MARK: What is picked

    @Test func everySettingOfAClusterArrives() throws {
        let configuration = try load(
            Kubeconfig.example(
                cluster:
                    "server: https://h:1/p, tls-server-name: name, certificate-authority-data: \(PEM.base64(PEM.certificate)), "
                    + "proxy-url: socks5://p, disable-compression: true",
                context: "cluster: dev, user: dev, namespace: ns"))
        #expect(configuration.server.description == "https://h:1/p")
        #expect(configuration.trust == .certificates(Array(PEM.certificate.utf8)))
        #expect(configuration.tlsServerName == "name")
        #expect(configuration.proxy?.description == "socks5://p:1080")
        #expect(!configuration.acceptsCompression)
        #expect(configuration.namespace == "ns")
        #expect(configuration.userAgent.hasPrefix("martlet/v"))
        #expect("\(configuration)" == #"https://h:1/p (context "dev"), namespace "ns""#)
    }

    static let names = """
        clusters: [{name: dev, cluster: {server: https://dev}}, {name: prod, cluster: {server: https://prod}}]
        users: [{name: me, user: {token: t}}]
        contexts: [{name: dev-me, context: {cluster: dev, user: me}}, {name: broken, context: {cluster: pord, user: you}}, {name: empty}]
        """

    @Test(
        arguments: [
            (
                .init(),
                "k: current-context: is not set, so there is no cluster to speak to. The contexts are: broken, dev-me, empty. Choose one with --context or"
            ),
            (.init(context: "dev"), #"--context: there is no context "dev". The contexts are: broken, dev-me, empty."#),
            (.init(context: "dev-mee"), #"--context: there is no context "dev-mee". The contexts are: broken, dev-me, empty. Did you mean "dev-me"?"#),
            (.init(context: "broken"), #"k: contexts[1] "broken": context.cluster: there is no cluster "pord". The clusters are: dev, prod."#),
            (.init(context: "broken", cluster: "dev"), #"k: contexts[1] "broken": context.user: there is no user "you". The users are: me."#),
            (.init(context: "empty"), #"k: contexts[2] "empty": context.cluster: is missing: the name of a cluster"#),
            (.init(context: "dev-me", cluster: "prd"), #"--cluster: there is no cluster "prd". The clusters are: dev, prod. Did you mean "prod"?"#),
            (.init(context: "dev-me", user: "mE"), #"--user: there is no user "mE". The users are: me. Did you mean "me"?"#),
            (.init(context: "dev-me", namespace: "a/b"), #"--namespace: "a/b" is no namespace"#),
            (.init(context: "dev-me", namespace: "-a"), #"--namespace: "-a" is no namespace"#),
        ] as [(ClientConfiguration.Overrides, String)])
    func anUnknownNameSaysWhatExists(_ overrides: ClientConfiguration.Overrides, message: String) throws {
        let found = try #require(failure { try load(Self.names, overrides) })
        #expect(found.replacing(folder.path + "/", with: "").hasPrefix(message), "\(found)")
    }

    @Test func currentContextIsBlamedInTheFileThatSetsIt() throws {
        try folder.write("a", Self.names)
        try folder.write("b", "current-context: x")
        let message = try #require(failure { try load(.init(), ["KUBECONFIG": "a:b"]) })
        #expect(message == #"\#(folder.path)/b: current-context: there is no context "x". The contexts are: broken, dev-me, empty."#)
    }

    @Test func anUnusedBrokenEntryDoesNoHarm() throws {
        let text = Kubeconfig.example().replacing(
            "clusters: [", with: "clusters: [{name: other, cluster: {server: 'not a url', certificate-authority: /none}}, ")
        #expect(try load(text).server.host == "dev")
    }

    @Test(arguments: [
        ("tls-server-name: x", "", "clusters[0] \"dev\": cluster.server: is missing"),
        ("server: 'https://a b'", "", "clusters[0] \"dev\": cluster.server: \"https://a b\" contains a space"),
        ("server: https://h, proxy-url: ftp://p", "", "clusters[0] \"dev\": cluster.proxy-url: the URL has a scheme that is not http, https or socks5"),
        (
            "server: https://h, certificate-authority: no.pem", "",
            "clusters[0] \"dev\": cluster.certificate-authority: FOLDER/no.pem: cannot read it: no such file or directory"
        ),
        ("server: https://h, certificate-authority: k", "", "clusters[0] \"dev\": cluster.certificate-authority: FOLDER/k: the file is not PEM"),
        (
            "server: https://h, certificate-authority: key.pem", "",
            "clusters[0] \"dev\": cluster.certificate-authority: FOLDER/key.pem: the file is PEM, but holds no certificate"
        ),
        ("server: https://h, certificate-authority-data: YQ==", "", "clusters[0] \"dev\": cluster.certificate-authority-data: is not PEM"),
        (
            "server: https://h, certificate-authority: ca.pem, certificate-authority-data: YQ==", "",
            "clusters[0] \"dev\": cluster.certificate-authority: is set together with"
        ),
        (
            "server: https://h, certificate-authority: ca.pem, insecure-skip-tls-verify: true", "",
            "clusters[0] \"dev\": cluster.insecure-skip-tls-verify: is set together with"
        ),
        ("server: https://h", "client-certificate: ca.pem", "users[0] \"dev\": user.client-key: is missing: a client certificate needs"),
        ("server: https://h", "client-certificate: no.pem, client-key: key.pem", "users[0] \"dev\": user.client-certificate: FOLDER/no.pem: cannot read it"),
        (
            "server: https://h", "client-certificate: ca.pem, client-key: ca.pem",
            "users[0] \"dev\": user.client-key: FOLDER/ca.pem: the file is PEM, but holds no private key"
        ),
        ("server: https://h", "client-certificate: ca.pem, client-certificate-data: YQ==", "users[0] \"dev\": user.client-certificate: is set together with"),
        ("server: https://h", "client-certificate: ca.pem, client-key: a, client-key-data: YQ==", "users[0] \"dev\": user.client-key: is set together with"),
        ("server: https://h", "client-certificate-data: YQ==, client-key: key.pem", "users[0] \"dev\": user.client-certificate-data: is not PEM"),
        ("server: https://h", "client-certificate: ca.pem, client-key-data: YQ==", "users[0] \"dev\": user.client-key-data: is not PEM"),
        ("server: https://h", "tokenFile: none", "users[0] \"dev\": user.tokenFile: FOLDER/none: cannot read it: no such file or directory"),
        ("server: https://h", "tokenFile: empty", "users[0] \"dev\": user.tokenFile: FOLDER/empty: the file is empty"),
        ("server: https://h", "token: t, username: u", "users[0] \"dev\": user.token: is set together with user.username"),
        ("server: https://h", "tokenFile: t, password: u", "users[0] \"dev\": user.tokenFile: is set together with user.username"),
        ("server: https://h", "username: 'a:b'", "users[0] \"dev\": user.username: must not contain a colon"),
        ("server: https://h", "token: \"a\\nX-Evil: 1\"", "users[0] \"dev\": user.token: contains a line break"),
        ("server: https://h", "as-uid: '1'", "users[0] \"dev\": user.as-uid: is set without user.as"),
        ("server: https://h", "as-groups: [g]", "users[0] \"dev\": user.as-groups: is set without user.as"),
        ("server: https://h", "as-user-extra: {a: [b]}", "users[0] \"dev\": user.as-user-extra: is set without user.as"),
        ("server: https://h", "as: \"a\\r\\n\"", "users[0] \"dev\": user.as: contains a line break"),
        ("server: https://h", "as: a, as-groups: [\"\\t\"]", "users[0] \"dev\": user (Impersonate-Group): contains a line break"),
        (
            "server: https://h", "auth-provider: {name: gcp}",
            "users[0] \"dev\": user.auth-provider: the auth provider \"gcp\" is not supported: Kubernetes has replaced auth providers by exec plugins"
        ),
        ("server: https://h", "auth-provider: {}", "users[0] \"dev\": user.auth-provider: the auth provider is not supported"),
        ("server: https://h", "exec: {args: [a]}", "users[0] \"dev\": user.exec.command: is missing"),
        ("server: https://h", "exec: {command: a}", "users[0] \"dev\": user.exec.apiVersion: is missing; use \"client.authentication.k8s.io/v1\""),
        (
            "server: https://h", "exec: {command: a, apiVersion: client.authentication.k8s.io/v1alpha1}",
            "users[0] \"dev\": user.exec.apiVersion: must be \"client.authentication.k8s.io/v1\" or"
        ),
        ("server: https://h", "exec: {command: a, apiVersion: client.authentication.k8s.io/v1}", "users[0] \"dev\": user.exec.interactiveMode: is missing"),
        (
            "server: https://h", "exec: {command: a, apiVersion: client.authentication.k8s.io/v1, interactiveMode: Always}",
            "users[0] \"dev\": user.exec.interactiveMode: is Always, but"
        ),
        (
            "server: https://h", "exec: {command: a, apiVersion: client.authentication.k8s.io/v1beta1, env: [{value: x}]}",
            "users[0] \"dev\": user.exec.env[0].name: is missing"
        ),
    ])
    func whatMakesNoSenseIsRefusedWithFileAndField(cluster: String, user: String, message: String) throws {
        try folder.write("ca.pem", PEM.certificate)
        try folder.write("key.pem", PEM.key)
        try folder.write("empty", " \n")
        let found = try #require(failure { try load(Kubeconfig.example(cluster: cluster, user: user)) })
        let expected = "\(folder.path)/k: " + message.replacing("FOLDER", with: folder.path)
        #expect(found.hasPrefix(expected), "\(found)")
    }

    @Test func anUnverifiedServerIsWarnedOf() throws {
        let configuration = try load(Kubeconfig.example(cluster: "server: https://h, insecure-skip-tls-verify: true"))
        #expect(configuration.trust == .unverified)
        #expect(
            warnings.all == [
                "\(folder.path)/k: clusters[0] \"dev\": cluster.insecure-skip-tls-verify: "
                    + "is set: the server is not verified, and whoever answers in its place gets the credentials"
            ])
    }

    @Test func credentialsAreNotSentInClear() async throws {
        let configuration = try load(Kubeconfig.example(cluster: "server: http://h", user: "token: t, as: admin, client-certificate: gone, client-key: gone"))
        let credentials = try await configuration.credentials.credentials(now: Date())
        #expect(credentials.headers.map(\.name) == ["Impersonate-User"])
        #expect(credentials.clientCertificate == nil)
        #expect(warnings.all.count == 1 && warnings.all[0].contains("credentials of user \"dev\" are not sent"))
    }

    // MARK: In a pod

    private func makePod() throws {
        try folder.write("serviceaccount/token", "pod-token\n")
        try folder.write("serviceaccount/ca.crt", PEM.certificate)
        try folder.write("serviceaccount/namespace", "pod-namespace")
    }
    private static let service = ["KUBERNETES_SERVICE_HOST": "10.0.0.1", "KUBERNETES_SERVICE_PORT": "443"]

    @Test func aPodNeedsNoKubeconfig() async throws {
        try makePod()
        let configuration = try load(.init(), Self.service)
        #expect(configuration.server.description == "https://10.0.0.1")
        #expect(configuration.trust == .file(path: "\(folder.path)/serviceaccount/ca.crt"))
        #expect(configuration.namespace == "pod-namespace")
        #expect(configuration.context == nil)
        let credentials = try await configuration.credentials.credentials(now: Date())
        #expect(credentials.headers.map { "\($0.name): \($0.value)" } == ["Authorization: Bearer pod-token"])
        #expect(try load(.init(namespace: "n"), Self.service).namespace == "n")
        #expect(try load(.init(), Self.service.merging(["POD_NAMESPACE": "p"]) { $1 }).namespace == "p")
        let ipv6 = try load(.init(), ["KUBERNETES_SERVICE_HOST": "fd00::1", "KUBERNETES_SERVICE_PORT": "6443"])
        #expect(ipv6.server.description == "https://[fd00::1]:6443")
        #expect(warnings.all == [])
    }

    @Test func aKubeconfigCountsMoreThanThePodAndTakesItsNamespace() throws {
        try makePod()
        try folder.write(".kube/config", Self.kubeconfig("home"))
        let configuration = try load(.init(), Self.service)
        #expect(configuration.server.host == "home")
        #expect(configuration.namespace == "pod-namespace")
        try folder.write("empty", "")
        let message = failure { try load(.init(kubeconfig: "empty"), Self.service) }
        #expect(message == "no Kubernetes cluster is configured: \(folder.path)/empty names none. Name a kubeconfig, or set KUBECONFIG.")
    }

    @Test func aPodThatLacksSomethingSaysWhat() throws {
        func inCluster(_ variables: [String: String]) throws -> ClientConfiguration {
            try .inCluster(environment: folder.environment(variables), warn: warnings.handler)
        }
        #expect(failure { try inCluster([:]) }?.contains("KUBERNETES_SERVICE_HOST and KUBERNETES_SERVICE_PORT are not set") == true)
        #expect(
            failure { try inCluster(Self.service) }?.hasSuffix(
                "token: cannot read it: no such file or directory; does the pod set automountServiceAccountToken: false?") == true)
        try folder.write("serviceaccount/token", "t")
        #expect(try inCluster(Self.service).trust == .system)
        #expect(warnings.all.count == 1 && warnings.all[0].contains("ca.crt: cannot read it"))
        #expect(try inCluster(Self.service).namespace == "default")
        #expect(
            failure { try inCluster(["KUBERNETES_SERVICE_HOST": "h", "KUBERNETES_SERVICE_PORT": "tcp"]) }?.contains(
                "KUBERNETES_SERVICE_PORT: \"https://h:tcp\" has a port") == true)
    }
}
