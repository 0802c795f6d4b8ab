import Foundation
import KubernetesAPI
import Testing

@testable import KubernetesClient

@Suite struct ExecPluginTests {
    let folder: TemporaryFolder
    let warnings = Warnings()
    let noon = Date(timeIntervalSince1970: 1_800_000_000)  // 2027-01-15T08:00:00Z
    init() throws { folder = try TemporaryFolder() }

    static let v1 = "apiVersion: client.authentication.k8s.io/v1"

    /// A source whose plugin is this shell script; each run first writes a line into the file `runs`.
    private func source(
        _ script: String, fields: String = "", apiVersion: String = v1, cluster: String = "server: https://h", timeout: Duration = .seconds(30)
    ) throws -> CredentialSource {
        try folder.write("bin/login", "#!/bin/sh\necho run >>'\(folder.path)/runs'\n\(script)\n", executable: true)
        return try source(command: "login", fields: fields, apiVersion: apiVersion, cluster: cluster, timeout: timeout)
    }

    private func source(
        command: String, fields: String = "", apiVersion: String = v1, cluster: String = "server: https://h", timeout: Duration = .seconds(30)
    ) throws -> CredentialSource {
        let mode = fields.contains("interactiveMode") ? "" : "interactiveMode: Never, "
        let user = "exec: {command: '\(command)', \(apiVersion), \(mode)\(fields)}"
        let path = try folder.write("k", Kubeconfig.example(cluster: cluster, user: user))
        return try ClientConfiguration.load(
            .init(kubeconfig: path), environment: folder.environment(["OWN": "kept"]), execTimeout: timeout, warn: warnings.handler
        ).credentials
    }

    private static func print(_ status: String, version: String = "v1") -> String {
        #"echo '{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/\#(version)","status":\#(status)}'"#
    }

    private var runs: Int { ((try? folder.read("runs")) ?? "").split(separator: "\n").count }

    @Test func theTokenIsSentAndKeptUntilItExpires() async throws {
        let source = try source(
            #"n=$(wc -l <'\#(folder.path)/runs')"# + "\n"
                + Self.print(#"{"token":"t'$n'","expirationTimestamp":"2027-01-15T10:01:00+02:00"}"#))
        #expect(try await source.credentials(now: noon).headers.map(\.value) == ["Bearer t1"])
        #expect(try await source.credentials(now: noon + 59).headers.map(\.value) == ["Bearer t1"])
        #expect(runs == 1)
        #expect(try await source.credentials(now: noon + 60).headers.map(\.value) == ["Bearer t2"], "at exactly its expiry it is no longer valid")
        #expect(runs == 2)
        #expect(warnings.all.count == 1 && warnings.all[0].contains("gave a credential that has expired already"), "the second one has the same expiry")
        #expect(!warnings.all[0].contains("t2"))
    }

    @Test func aCredentialWithoutExpiryIsKept() async throws {
        let source = try source(Self.print(#"{"token":"t"}"#))
        _ = try await source.credentials(now: noon)
        _ = try await source.credentials(now: noon + 1e9)
        #expect(runs == 1)
    }

    @Test func aCertificateIsPresented() async throws {
        let status = #"{"clientCertificateData":"\#(PEM.certificate)","clientKeyData":"\#(PEM.key)"}"#.replacing("\n", with: "\\n")
        let source = try source("cat <<'END'\n{\"kind\":\"ExecCredential\",\"apiVersion\":\"client.authentication.k8s.io/v1\",\"status\":\(status)}\nEND")
        let credentials = try await source.credentials(now: noon)
        #expect(credentials.clientCertificate == ClientCertificate(certificate: Array(PEM.certificate.utf8), key: SecretValue(Array(PEM.key.utf8))))
        #expect(credentials.headers.isEmpty)
    }

    @Test func manyRequestsShareOneRun() async throws {
        let source = try source(Self.print(#"{"token":"t"}"#))
        let now = noon
        try await withThrowingTaskGroup(of: [String].self) { group in
            for _ in 0..<50 { group.addTask { try await source.credentials(now: now).headers.map(\.value) } }
            for try await headers in group { #expect(headers == ["Bearer t"]) }
        }
        #expect(runs == 1)
    }

    @Test func aRefusedCredentialIsRenewedOnceForAllThatUsedIt() async throws {
        let source = try source(#"n=$(wc -l <'\#(folder.path)/runs')"# + "\n" + Self.print(#"{"token":"t'$n'"}"#))
        let refused = try await source.credentials(now: noon)
        let now = noon
        await withTaskGroup(of: Void.self) { group in
            for _ in 0..<50 {
                group.addTask {
                    #expect(await source.invalidate(refused))
                    let renewed = try? await source.credentials(now: now)
                    #expect(renewed?.headers.map(\.value) == ["Bearer t2"])
                }
            }
        }
        #expect(runs == 2)
        let second = try await source.credentials(now: noon)
        #expect(await source.invalidate(second))
        #expect(try await source.credentials(now: noon).headers.map(\.value) == ["Bearer t3"])
    }

    @Test func thePluginGetsArgumentsVariablesAndWhatItIsAskedFor() async throws {
        let script = #"""
            printf '%s|' "$@" >'DIR/arguments'
            printf '%s|%s' "$OWN" "$EXTRA" >'DIR/variables'
            printf '%s' "$KUBERNETES_EXEC_INFO" >'DIR/info'
            cat >'DIR/input'
            """#.replacing("DIR", with: folder.path) + "\n" + Self.print(#"{"token":"t"}"#, version: "v1beta1")
        let source = try source(
            script, fields: "args: [a b, '$HOME', '; exit 1', ''], env: [{name: EXTRA, value: more}], provideClusterInfo: true",
            apiVersion: "apiVersion: client.authentication.k8s.io/v1beta1",
            cluster:
                "server: https://h/p, tls-server-name: name, certificate-authority-data: \(PEM.base64(PEM.certificate)), "
                + "proxy-url: http://p, disable-compression: true, "
                + "extensions: [{name: client.authentication.k8s.io/exec, extension: {audience: a}}]")
        _ = try await source.credentials(now: noon)
        #expect(try folder.read("arguments") == "a b|$HOME|; exit 1||", "no shell has touched them")
        #expect(try folder.read("variables") == "kept|more")
        #expect(try folder.read("input") == "")
        let info: JSONValue = [
            "kind": "ExecCredential", "apiVersion": "client.authentication.k8s.io/v1beta1",
            "spec": [
                "interactive": false,
                "cluster": [
                    "server": "https://h/p", "tls-server-name": "name", "certificate-authority-data": .string(PEM.base64(PEM.certificate)),
                    "proxy-url": "http://p",
                    "disable-compression": true, "config": ["audience": "a"],
                ],
            ],
        ]
        #expect(try JSONValue(parsing: folder.read("info")) == info)
    }

    @Test func clusterInformationIsOnlyForPluginsThatAskForIt() async throws {
        let source = try source("printf '%s' \"$KUBERNETES_EXEC_INFO\" >'\(folder.path)/info'\n" + Self.print(#"{"token":"t"}"#))
        _ = try await source.credentials(now: noon)
        #expect(try folder.read("info") == #"{"kind":"ExecCredential","apiVersion":"client.authentication.k8s.io/v1","spec":{"interactive":false}}"#)
    }

    @Test(arguments: [
        ("exit 3", "failed with exit code 3 and no message"),
        ("echo 'first line' >&2; echo >&2; printf 'second\\033[1m line\\n' >&2; exit 1", "failed with exit code 1: first line | secondU+001B[1m line"),
        ("i=0; while [ $i -lt 3000 ]; do echo 'many many many many many many words' >&2; i=$((i+1)); done; exit 1", "failed with exit code 1: many many"),
        ("kill -9 $$", "was ended by signal 9 and no message"),
        ("", "gave no usable credential: it printed nothing"),
        ("echo planted-secret", "gave no usable credential: it did not print JSON (the fault is at byte 0)"),
        ("echo '{\"a\": planted-secret}'", "gave no usable credential: it did not print JSON (the fault is at byte 6)"),
        ("echo '[\"planted-secret\"]'", "gave no usable credential: it printed a list instead of an ExecCredential"),
        ("echo '{\"token\": \"planted-secret\"}'", "gave no usable credential: kind is not ExecCredential"),
        ("echo '{\"kind\": \"ExecCredential\"}'", "gave no usable credential: apiVersion is missing"),
        (print("{}", version: "v1beta1"), "gave no usable credential: apiVersion is \"client.authentication.k8s.io/v1beta1\", while the kubeconfig asks for"),
        (print("null"), "gave no usable credential: it has no status"),
        (print("{}"), "gave no usable credential: status has neither a token nor clientCertificateData with clientKeyData"),
        (print(#"{"token": ""}"#), "gave no usable credential: status has neither a token nor"),
        (print(#"{"token": 7}"#), "gave no usable credential: status.token is a number, not a string"),
        (print(#"{"token": "planted-secret\\n"}"#), "gave no usable credential: status.token contains a line break"),
        (print(#"{"clientKeyData": "planted-secret"}"#), "gave no usable credential: status has clientKeyData without clientCertificateData"),
        (print(#"{"clientCertificateData": "planted-secret"}"#), "gave no usable credential: status has clientCertificateData without clientKeyData"),
        (print(#"{"clientCertificateData": "planted-secret", "clientKeyData": "x"}"#), "gave no usable credential: status.clientCertificateData is not PEM"),
        (
            print(#"{"token": "planted-secret", "expirationTimestamp": "tomorrow"}"#),
            "gave no usable credential: status.expirationTimestamp is not a time as in"
        ),
    ])
    func aFailingPluginIsReportedWithItsCause(_ script: String, message: String) async throws {
        let source = try source(script)
        let found = try #require(await failure { try await source.credentials(now: noon) })
        #expect(found.hasPrefix("\(folder.path)/k: users[0] \"dev\": user.exec: the program \"login\" \(message)"), "\(found)")
        #expect(found.utf8.count < 2000)
        #expect(!found.contains("planted-secret"))
        _ = await failure { try await source.credentials(now: noon) }
        #expect(runs == 2, "the next request tries again")
    }

    @Test func aPluginThatHangsIsStoppedWithWhatItHasStarted() async throws {
        // The pipe stays open as long as anything that the script has started lives.
        let source = try source("sleep 1000 & echo $! >'\(folder.path)/child'\nsleep 1000", timeout: .seconds(2))
        let found = try #require(await failure { try await source.credentials(now: noon) })
        #expect(found.hasSuffix("did not end within 2.0 seconds and was stopped"), "\(found)")
        let child = try #require(pid_t(folder.read("child").trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(await eventually { isRunning(child) ? nil : true } == true)
    }

    @Test func aPluginThatIgnoresSignalsIsStoppedToo() async throws {
        let source = try source("trap '' TERM HUP INT\nwhile :; do sleep 1; done", timeout: .milliseconds(300))
        #expect(await failure { try await source.credentials(now: noon) }?.contains("was stopped") == true)
    }

    @Test func aPluginThatNeverStopsPrintingIsStopped() async throws {
        let source = try source("cat /dev/zero")
        let found = try #require(await failure { try await source.credentials(now: noon) })
        #expect(found.hasSuffix("printed more than 1048576 bytes and was stopped"), "\(found)")
    }

    @Test func aPluginMayLeaveSomethingRunning() async throws {
        let source = try source("sleep 1000 & echo $! >'\(folder.path)/child'\n" + Self.print(#"{"token":"t"}"#))
        #expect(try await source.credentials(now: noon).headers.map(\.value) == ["Bearer t"])
        let child = try #require(pid_t(folder.read("child").trimmingCharacters(in: .whitespacesAndNewlines)))
        #expect(isRunning(child))
        kill(child, SIGKILL)
    }

    @Test func aCancelledRequestDoesNotWaitAndTheLastOneStopsThePlugin() async throws {
        try folder.write("bin/login", "#!/bin/sh\necho $$ >'\(folder.path)/pid'\nexec sleep 1000\n", executable: true)
        let source = try source(command: "login")
        let now = noon
        let requests = (0..<3).map { _ in Task { try await source.credentials(now: now) } }
        let plugin = try #require(await eventually { pid_t(((try? folder.read("pid")) ?? "").trimmingCharacters(in: .whitespacesAndNewlines)) })
        for request in requests.dropLast() { request.cancel() }
        for request in requests.dropLast() { await #expect(throws: CancellationError.self) { try await request.value } }
        #expect(isRunning(plugin), "one still waits")
        requests.last?.cancel()
        await #expect(throws: CancellationError.self) { try await requests[2].value }
        #expect(await eventually { isRunning(plugin) ? nil : true } == true)
    }

    @Test func aMissingPluginIsReportedWithWhatToInstall() async throws {
        func message(_ command: String, _ fields: String = "") async throws -> String {
            let source = try source(command: command, fields: fields)
            let text = try #require(await failure { try await source.credentials(now: noon) })
            return text.replacing("\(folder.path)/k: users[0] \"dev\": user.exec: ", with: "")
        }
        #expect(try await message("kubelogin") == #"the program "kubelogin" is not in PATH. Install it, or correct user.exec.command"#)
        #expect(
            try await message("kubelogin", "installHint: \"apt install \\e[1mkubelogin\"")
                == #"the program "kubelogin" is not in PATH. Install it: apt install U+001B[1mkubelogin"#)
        #expect(try await message("./kubelogin") == "the program \"\(folder.path)/kubelogin\" does not exist. Install it, or correct user.exec.command")
        try folder.write("bin/plain", "#!/bin/sh\n")
        #expect(try await message("plain") == "the program \"plain\" is not executable: \(folder.path)/bin/plain")
        try folder.write("bin/garbage", "\u{1}\u{2}", executable: true)
        #expect(try await message("garbage").hasPrefix("the program \"garbage\" could not be run: "))
        #expect(try await message("./bin").hasSuffix("/bin\" does not exist. Install it, or correct user.exec.command"), "a folder is no program")
    }

    @Test func aPersonIsOnlyAskedWhereThereIsATerminal() throws {
        func isInteractive(_ mode: String, _ terminal: Bool, version: String = "v1") throws -> Bool {
            var exec = Kubeconfig.Exec(command: "x", apiVersion: "client.authentication.k8s.io/\(version)", interactiveMode: .init(rawValue: mode))
            exec.provideClusterInfo = false
            return try ExecPlugin(
                exec, origin: .init(), cluster: { .null }, environment: folder.environment(hasTerminalInput: terminal), timeout: .seconds(1)
            ).isInteractive
        }
        #expect(try !isInteractive("Never", true))
        #expect(try isInteractive("IfAvailable", true))
        #expect(try !isInteractive("IfAvailable", false))
        #expect(try isInteractive("Always", true))
        #expect(throws: ClientConfigurationError.self) { try isInteractive("Always", false) }
        #expect(try isInteractive("", true, version: "v1beta1"), "before v1 the default was IfAvailable")
    }
}

/// Whether a process exists and has not ended.
private func isRunning(_ process: pid_t) -> Bool {
    guard let status = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8), let end = status.lastIndex(of: ")") else { return false }
    return !status[end...].hasPrefix(") Z")
}

/// What `probe` gives as soon as it gives something, within ten seconds.
private func eventually<Value>(_ probe: () -> Value?) async -> Value? {
    let deadline = ContinuousClock.now + .seconds(60)
    while ContinuousClock.now < deadline {
        if let value = probe() { return value }
        try? await Task.sleep(for: .milliseconds(5))
    }
    return probe()
}
