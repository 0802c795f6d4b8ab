import Foundation
import KubernetesAPI
import Testing

@testable import NodeAgent

struct BubblewrapCommandTests {
    static func command(_ root: BubblewrapCommand.Root = .host, _ identity: BubblewrapCommand.Identity = .root, _ words: [String] = ["true"])
        -> BubblewrapCommand
    {
        var command = BubblewrapCommand(root: root, hostname: "p", identity: identity, command: words)
        command.environment = [.init("PATH", "/usr/bin"), .init("A", "a b")]
        return command
    }

    @Test func argumentsStandInOrder() {
        var command = Self.command(.directory("/images/x"), .user(uid: 1000, gid: 1000), ["prog", "--flag"])
        command.mounts = [
            .bind(source: "/v/a", destination: "/data/inner", isReadOnly: true), .bind(source: "/v", destination: "/data", isReadOnly: false),
            .memory(destination: "/tmp", sizeBytes: 1024),
        ]
        command.isRootReadOnly = true
        command.workingDirectory = "/data"
        command.infoDescriptor = 3
        #expect(
            command.arguments == [
                "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--die-with-parent", "--new-session", "--unshare-user", "--uid",
                "1000",
                "--gid", "1000", "--hostname", "p", "--cap-drop", "ALL", "--bind", "/images/x", "/", "--proc", "/proc", "--dev", "/dev", "--perms", "1777",
                "--tmpfs", "/dev/shm", "--bind", "/v", "/data", "--perms", "1777", "--size", "1024", "--tmpfs", "/tmp", "--ro-bind", "/v/a", "/data/inner",
                "--remount-ro", "/", "--info-fd", "3", "--chdir", "/data", "--clearenv", "--setenv", "PATH", "/usr/bin", "--setenv", "A", "a b", "--", "prog",
                "--flag",
            ])
    }

    static func security(_ own: JSONObject, pod shared: JSONObject = [:], imageUser: String = "", agentUID: UInt32 = 0) -> String {
        let owner = pod([container("c", ["securityContext": .object(own)])], spec: ["securityContext": .object(shared)])
        do throws(ContainerConfigError) {
            let found = try ContainerSecurity(
                of: owner.spec?.containers.first ?? Container(), in: owner, imageUser: imageUser, agentUID: agentUID, agentGID: agentUID)
            let who: String
            switch found.identity {
            case .root: who = "root"
            case .user(let uid, let gid): who = "\(uid):\(gid)"
            case .mapped(let uid, let gid): who = "mapped \(uid):\(gid)"
            }
            return "\(who) \(found.isRootReadOnly ? "ro" : "rw") \(found.capabilities.count)"
        } catch {
            return error.message
        }
    }

    @Test(
        arguments: [
            ([:], [:], "", 0, "root rw 11"),
            (["runAsUser": 1000, "readOnlyRootFilesystem": true], [:], "", 0, "1000:1000 ro 0"),
            ([:], ["runAsUser": 1000, "runAsGroup": 7], "", 0, "1000:7 rw 0"),
            ([:], [:], "65532:65532", 0, "65532:65532 rw 0"),
            ([:], [:], "", 1000, "mapped 0:0 rw 11"),
            (["capabilities": ["drop": ["ALL"], "add": ["NET_BIND_SERVICE", "SYS_ADMIN"]]], [:], "", 0, "root rw 1"),
            (["runAsNonRoot": true], [:], "", 0, "container has runAsNonRoot and image will run as root (pod: \"p_ns(u)\", container: c)"),
            (
                ["runAsNonRoot": true], [:], "web", 0,
                "container has runAsNonRoot and image has non-numeric user (web), cannot verify user is non-root (pod: \"p_ns(u)\", container: c)"
            ),
            (["runAsUser": 0], ["runAsNonRoot": true], "", 0, "container's runAsUser breaks non-root policy (pod: \"p_ns(u)\", container: c)"),
            (["runAsNonRoot": true], [:], "7", 0, "7:7 rw 0"),
        ] as [(JSONObject, JSONObject, String, UInt32, String)])
    func securityContexts(_ own: JSONObject, _ shared: JSONObject, _ imageUser: String, _ agentUID: UInt32, _ expected: String) {
        #expect(Self.security(own, pod: shared, imageUser: imageUser, agentUID: agentUID) == expected)
    }

    /// What the real bubblewrap makes of it, where it is installed.
    @Test(
        .enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/bwrap")),
        arguments: [
            ("the host name is the pod's", "hostname", "p"),
            ("the first process is bubblewrap's", "cat /proc/1/comm", "bwrap"),
            ("no new privileges", "grep NoNewPrivs /proc/self/status | tr -d '\\t '", "NoNewPrivs:1"),
            ("no capabilities", "grep CapEff /proc/self/status | tr -d '\\t '", "CapEff:0000000000000000"),
            ("a clean environment", "env | grep -v -e PWD= -e _= -e SHLVL= | sort | tr '\\n' ','", "A=a b,PATH=/usr/bin,"),
            ("the machine's /usr cannot be written", "touch /usr/x 2>/dev/null || echo no", "no"),
            ("a read-only root, but /tmp", "touch /x 2>/dev/null || touch /tmp/y && ls /tmp", "y"),
            ("/dev/shm", "touch /dev/shm/y && ls /dev/shm", "y"),
            ("no home of this machine", "ls -A /root /home | tr -d '\\n'", "/home:/root:"),
            ("the working directory", "pwd", "/var/tmp"),
        ])
    func confines(_ rule: String, _ script: String, _ expected: String) throws {
        var command = Self.command(.host, geteuid() == 0 ? .root : .mapped(uid: 0, gid: 0), ["sh", "-c", script])
        command.isRootReadOnly = true
        command.workingDirectory = "/var/tmp"
        let (output, status) = try Self.run(command)
        #expect(output.trimmingCharacters(in: .whitespacesAndNewlines) == expected)
        #expect(status == 0)
    }

    @Test(.enabled(if: FileManager.default.isExecutableFile(atPath: "/usr/bin/bwrap")))
    func mountsInAnImageDirectory() throws {
        let directory = FileManager.default.temporaryDirectory.appendingPathComponent("bubblewrap-\(UUID().uuidString)")
        defer { try? FileManager.default.removeItem(at: directory) }
        let root = directory.appendingPathComponent("root")
        let volume = directory.appendingPathComponent("volume")
        for made in [root, volume] { try FileManager.default.createDirectory(at: made, withIntermediateDirectories: true) }
        try Data("hello\n".utf8).write(to: volume.appendingPathComponent("file"))
        var command = Self.command(.directory(root.path), geteuid() == 0 ? .root : .mapped(uid: 0, gid: 0), ["/usr/bin/cat", "/data/deep/file"])
        command.mounts = [
            .bind(source: "/usr", destination: "/usr", isReadOnly: true), .link(target: "usr/lib64", at: "/lib64"), .link(target: "usr/lib", at: "/lib"),
            .bind(source: volume.path, destination: "/data/deep", isReadOnly: true),
        ]
        let (output, status) = try Self.run(command)
        #expect(output == "hello\n")
        #expect(status == 0)
    }

    @Test func theEnvironmentStaysOutOfTheArguments() {
        let command = Self.command()
        #expect(command.arguments(readingOptionsFrom: 3) == ["--args", "3", "--", "true"])
        #expect(command.optionBytes.split(separator: 0).map { String(decoding: $0, as: UTF8.self) } + ["--", "true"] == command.arguments)
    }

    static func run(_ command: BubblewrapCommand) throws -> (String, Int32) {
        let process = Process()
        process.executableURL = URL(fileURLWithPath: "/usr/bin/bwrap")
        process.arguments = command.arguments
        let pipe = Pipe()
        process.standardOutput = pipe
        try process.run()
        let output = String(decoding: pipe.fileHandleForReading.readDataToEndOfFile(), as: UTF8.self)
        process.waitUntilExit()
        return (output, process.terminationStatus)
    }
}
