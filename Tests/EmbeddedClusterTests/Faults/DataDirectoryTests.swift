import Foundation
import KubernetesAPI
import KubernetesClient
import Testing

extension FaultTests {
    /// `martlet up` with directories and addresses that it cannot use: one clear sentence and exit code 1.
    @Suite struct DataDirectories {
        /// A directory that is removed afterwards.
        private func withDirectory<Result>(_ body: (String) async throws -> Result) async throws -> Result {
            let directory = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-up-\(UUID().uuidString)").path
            try FileManager.default.createDirectory(atPath: directory, withIntermediateDirectories: true)
            defer { try? FileManager.default.removeItem(atPath: directory) }
            return try await body(directory)
        }

        private func expectFailure(_ name: Comment, _ arguments: [String], says words: String...) async throws {
            let end = try await ServerProcess.failure(arguments)
            #expect(end.code == 1, name)
            for word in words { #expect(end.errorText.contains(word), "\(name): \(end)") }
            #expect(end.errorText.split(separator: "\n").count <= 2, "\(name): \(end)")
        }

        @Test func aSecondServerIsToldOfTheFirst() async throws {
            try await withDirectory { directory in
                let (_, end) = try await ServerProcess.up(directory) { server in
                    let second = try await ServerProcess.failure(["--data", directory, "--listen", "127.0.0.1:0"])
                    #expect(second.code == 1 && second.errorText.contains("in use by another martlet up (process \(server.processID))"), "\(second)")
                    let other = try await withDirectory { other in
                        try await ServerProcess.failure(["--data", other, "--listen", String(server.address.dropFirst("https://".count))])
                    }
                    #expect(other.code == 1, "\(other)")
                    #expect(other.errorText.contains("in use") && other.errorText.contains("--listen"), "\(other)")
                    _ = try await faultClient(server.kubeconfig).raw("GET", "/readyz")
                }
                #expect(end.errorText == "", "\(end)")
            }
        }

        @Test func whatCannotBeUsedIsNamed() async throws {
            try await withDirectory { directory in
                let file = directory + "/file"
                try Data("x".utf8).write(to: URL(fileURLWithPath: file))
                let listen = ["--listen", "127.0.0.1:0"]
                try await expectFailure("a file", ["--data", file] + listen, says: file)
                try await expectFailure("below a file", ["--data", file + "/data"] + listen, says: file + "/data")
                try await expectFailure("a place that cannot be written", ["--data", "/proc/martlet"] + listen, says: "/proc/martlet")
                try await expectFailure(
                    "a kubeconfig that cannot be written", ["--data", directory + "/data", "--kubeconfig", "/proc/martlet/kubeconfig"] + listen,
                    says: "/proc/martlet/kubeconfig", "cannot be written")
                try await expectFailure(
                    "a kubeconfig that is a directory", ["--data", directory + "/data", "--kubeconfig", directory] + listen, says: directory)
                try await expectFailure("all addresses", ["--data", directory, "--listen", "0.0.0.0:0"], says: "loopback", "0.0.0.0")
                try await expectFailure("all IPv6 addresses", ["--data", directory, "--listen", "[::]:0"], says: "loopback")
                try await expectFailure("another address", ["--data", directory, "--listen", "192.0.2.1:80"], says: "loopback")
                try await expectFailure("a host name", ["--data", directory, "--listen", "example.com:80"], says: "loopback")
                try await expectFailure("no port", ["--data", directory, "--listen", "127.0.0.1"], says: "127.0.0.1:7480")
                try await expectFailure("a port that is none", ["--data", directory, "--listen", "127.0.0.1:70000"], says: "127.0.0.1:7480")
            }
        }

        @Test(.disabled(if: geteuid() == 0 || getuid() == 0, "root may write everywhere"))
        func aReadOnlyDirectoryIsNamed() async throws {
            try await withDirectory { directory in
                try FileManager.default.setAttributes([.posixPermissions: 0o500], ofItemAtPath: directory)
                try await expectFailure("read-only", ["--data", directory, "--listen", "127.0.0.1:0"], says: directory, "ermission denied")
                try FileManager.default.setAttributes([.posixPermissions: 0o700], ofItemAtPath: directory)
            }
        }

        @Test func damagedFilesAreNamed() async throws {
            try await withDirectory { directory in
                let data = directory + "/data"
                _ = try await ServerProcess.up(data) { _ in }
                let listen = ["--data", data, "--listen", "127.0.0.1:0"]
                for (file, word) in [("pki/ca.crt", "ca.crt"), ("pki/ca.key", "ca.key"), ("pki/sa.key", "sa.key")] {
                    let url = URL(fileURLWithPath: data + "/" + file)
                    let content = try Data(contentsOf: url)
                    try Data("damaged".utf8).write(to: url)
                    try await expectFailure("a damaged \(file)", listen, says: word)
                    try content.write(to: url)
                }
            }
        }

        @Test func otherDatabasesAreNamed() async throws {
            try await withDirectory { directory in
                let data = directory + "/data"
                let (_, end) = try await ServerProcess.up(data) { server in
                    server.send(SIGTERM)
                    try await server.waitForEnd()
                }
                #expect(end == ServerProcess.End(code: 0, errorText: ""))
                let file = data + "/api/martlet.sqlite"
                let good = try Data(contentsOf: URL(fileURLWithPath: file))
                // The header of a database: <https://www.sqlite.org/fileformat.html#the_database_header>.
                var (newer, foreign) = (good, good)
                newer.replaceSubrange(60..<64, with: [0, 0, 0, 99])
                foreign.replaceSubrange(68..<72, with: [1, 2, 3, 4])
                let listen = ["--data", data, "--listen", "127.0.0.1:0"]
                for (name, content, word) in [
                    ("of a newer version", newer, "newer Martlet"), ("of another program", foreign, "another program"),
                    ("that is none", Data(repeating: 0x78, count: 8192), "martlet.sqlite"),
                ] {
                    try content.write(to: URL(fileURLWithPath: file))
                    try await expectFailure("a database \(name)", listen, says: word, file)
                    #expect(try Data(contentsOf: URL(fileURLWithPath: file)) == content, "a database \(name) is left alone")
                }
                try good.write(to: URL(fileURLWithPath: file))
                _ = try await ServerProcess.up(data) { _ in }
            }
        }

        @Test func aRestartFindsEverything() async throws {
            try await withDirectory { directory in
                let (data, own) = (directory + "/data", directory + "/own-kubeconfig")
                try Data("the user's own".utf8).write(to: URL(fileURLWithPath: own))
                let kubeconfig = directory + "/martlet.kubeconfig"
                let environment = ["KUBECONFIG": own, "HOME": directory]
                let run: @Sendable (Bool) async throws -> [String] = { isFirst in
                    try await ServerProcess.up(data, ["--kubeconfig", kubeconfig], environment: environment) { server in
                        #expect(server.kubeconfig == kubeconfig)
                        let client = try faultClient(kubeconfig)
                        let maps = client.resources(ConfigMap.self, in: "default")
                        let object =
                            isFirst ? try await maps.create(ConfigMap(metadata: ObjectMeta(name: "kept"), data: ["a": "b"])) : try await maps.get("kept")
                        await client.shutdown()
                        return [object.uid, object.resourceVersion ?? "", object.data?["a"] ?? ""] + (try Self.identity(kubeconfig))
                    }.result
                }
                let first = try await run(true)
                #expect(try Self.mode(of: kubeconfig) == 0o600)
                #expect(try Self.mode(of: data + "/pki/token") == 0o600)
                #expect(try Self.mode(of: data + "/pki/ca.key") == 0o600)
                #expect(try Self.mode(of: data + "/pki/sa.key") == 0o600)
                #expect(try Self.mode(of: data + "/pki") == 0o700)
                // Readable by others before: not afterwards.
                try FileManager.default.setAttributes([.posixPermissions: 0o644], ofItemAtPath: kubeconfig)
                let second = try await run(false)
                #expect(first == second)
                #expect(try Self.mode(of: kubeconfig) == 0o600)
                #expect(try String(contentsOfFile: own, encoding: .utf8) == "the user's own")
                #expect(try Set(FileManager.default.contentsOfDirectory(atPath: directory)) == ["data", "own-kubeconfig", "martlet.kubeconfig"])
            }
        }

        /// The authority and the token in a kubeconfig.
        private static func identity(_ kubeconfig: String) throws -> [String] {
            let json = try JSONValue(parsing: Array(Data(contentsOf: URL(fileURLWithPath: kubeconfig))))
            let authority = json["clusters"]?.array?.first?["cluster"]?["certificate-authority-data"]?.string
            return [authority ?? "", json["users"]?.array?.first?["user"]?["token"]?.string ?? ""]
        }

        private static func mode(of path: String) throws -> Int {
            try FileManager.default.attributesOfItem(atPath: path)[.posixPermissions] as? Int ?? 0
        }

        @Test(arguments: [SIGTERM, SIGINT]) func signalsEndItCleanly(_ signal: Int32) async throws {
            try await withDirectory { directory in
                let (duration, end) = try await ServerProcess.up(directory) { server in
                    let client = try faultClient(server.kubeconfig)
                    let maps = client.resources(ConfigMap.self, in: "default")
                    let version = try await maps.list().metadata.resourceVersion
                    let watches = (0..<20).map { _ in
                        Task { for try await _ in maps.watch(WatchOptions(resourceVersion: version, resumes: false)) {} }
                    }
                    try await eventually("watches") {
                        try await client.metric("martlet_api_waiting_watches")
                    } until: {
                        $0 >= 20
                    }
                    let start = ContinuousClock.now
                    server.send(signal)
                    try await server.waitForEnd()
                    let duration = ContinuousClock.now - start
                    for watch in watches { _ = await watch.result }
                    await client.shutdown()
                    return duration
                }
                #expect(end == ServerProcess.End(code: 0, errorText: ""))
                #expect(duration < .seconds(2), "\(duration)")
            }
        }
    }
}
