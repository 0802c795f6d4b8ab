/// A container's process tree under bubblewrap, as a value: what it sees, who it is and what it runs.
///
/// Mount, PID, IPC and UTS namespaces are its own, the network is the node's. When the agent ends, for whatever reason, so does the container.
public struct BubblewrapCommand: Hashable, Sendable {
    /// What is at `/`.
    public enum Root: Hashable, Sendable {
        /// This machine's `/usr`, read-only, with the links to it that a merged `/usr` needs, in an otherwise empty file system: the image
        /// `martlet.local/host`.
        case host
        /// A directory with an image's files. The container's writes go there, and mount points are made there, so it has to be the container's own.
        case directory(String)
    }

    public enum Mount: Hashable, Sendable {
        /// Files of this machine.
        case bind(source: String, destination: String, isReadOnly: Bool)
        /// Memory, of at most `sizeBytes`.
        case memory(destination: String, sizeBytes: Int64?)
        /// An empty directory, where the root is a directory in memory.
        case directory(String)
        case link(target: String, at: String)

        var destination: String {
            switch self {
            case .bind(_, let destination, _), .memory(let destination, _), .directory(let destination), .link(_, let destination): destination
            }
        }
    }

    /// User and group in the container, and who starts bubblewrap.
    public enum Identity: Hashable, Sendable {
        /// The agent is root and so is the container, without a user namespace.
        case root
        /// Bubblewrap is started as this user of the machine, and a user namespace holds nobody else. Root's agent starts it so for `runAsUser`.
        case user(uid: UInt32, gid: UInt32)
        /// Bubblewrap is started as whoever the agent runs as, which a user namespace shows as this user in the container.
        case mapped(uid: UInt32, gid: UInt32)
    }

    public var root: Root
    public var isRootReadOnly = false
    /// In any order: parents are mounted before what lies in them.
    public var mounts: [Mount] = []
    public var hostname: String
    public var workingDirectory: String
    public var identity: Identity
    /// Capabilities that are kept, such as `CAP_NET_BIND_SERVICE`; all others are dropped. Without root only ones in the user namespace.
    public var capabilities: [String] = []
    /// `NAME`, value; the machine's own environment is not passed on.
    public var environment: [ContainerEnvironment.Variable] = []
    /// The program and its arguments.
    public var command: [String]
    /// File descriptors to write the child's PID to (`--info-fd`), and to read from until the child may start (`--block-fd`).
    public var infoDescriptor: Int32?
    public var blockDescriptor: Int32?

    public init(root: Root, hostname: String, workingDirectory: String = "/", identity: Identity, command: [String]) {
        self.root = root
        self.hostname = hostname
        self.workingDirectory = workingDirectory.isEmpty ? "/" : workingDirectory
        self.identity = identity
        self.command = command
    }

    /// The arguments for `bwrap`, without its own name. Everybody on the machine can read them, values of Secrets included: see
    /// ``arguments(readingOptionsFrom:)``.
    public var arguments: [String] { options + ["--"] + command }

    /// The arguments when ``optionBytes`` are to be read from a file descriptor, so that the environment does not show in lists of processes.
    public func arguments(readingOptionsFrom descriptor: Int32) -> [String] { ["--args", String(descriptor), "--"] + command }

    /// The options for `--args`, each with a NUL byte at its end.
    public var optionBytes: [UInt8] { options.flatMap { Array($0.utf8) + [0] } }

    /// What stands before the command. New privileges need no option: bubblewrap always forbids them.
    private var options: [String] {
        var arguments = ["--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup-try", "--die-with-parent", "--new-session"]
        switch identity {
        case .root: break
        case .user(let uid, let gid), .mapped(let uid, let gid): arguments += ["--unshare-user", "--uid", String(uid), "--gid", String(gid)]
        }
        arguments += ["--hostname", hostname, "--cap-drop", "ALL"]
        for capability in capabilities { arguments += ["--cap-add", capability] }
        arguments += rootArguments
        arguments += ["--proc", "/proc", "--dev", "/dev"]
        if !mounts.contains(where: { $0.destination == "/tmp" }) { arguments += ["--perms", "1777", "--tmpfs", "/tmp"] }
        if !mounts.contains(where: { $0.destination == "/dev/shm" }) { arguments += ["--perms", "1777", "--tmpfs", "/dev/shm"] }
        for mount in orderedMounts { arguments += Self.arguments(for: mount) }
        if isRootReadOnly { arguments += ["--remount-ro", "/"] }
        if let infoDescriptor { arguments += ["--info-fd", String(infoDescriptor)] }
        if let blockDescriptor { arguments += ["--block-fd", String(blockDescriptor)] }
        arguments += ["--chdir", workingDirectory, "--clearenv"]
        for variable in environment { arguments += ["--setenv", variable.name, variable.value] }
        return arguments
    }

    /// Mount points that have to exist in a ``Root/directory(_:)`` with read-only files, before bubblewrap can mount there.
    public var mountPoints: [String] { ["/proc", "/dev", "/tmp"] + orderedMounts.map(\.destination) }

    private var rootArguments: [String] {
        switch root {
        case .directory(let path): return ["--bind", path, "/"]
        case .host:
            var arguments = ["--tmpfs", "/", "--ro-bind", "/usr", "/usr"]
            for name in ["bin", "sbin", "lib"] { arguments += ["--symlink", "usr/\(name)", "/\(name)"] }
            // A machine without these does no harm: the links then lead nowhere.
            for name in ["lib32", "lib64", "libx32"] { arguments += ["--symlink", "usr/\(name)", "/\(name)"] }
            for path in Self.hostFiles { arguments += ["--ro-bind-try", path, path] }
            for directory in ["/root", "/run", "/var/tmp", "/var/lib", "/var/log", "/var/cache", "/home"] { arguments += ["--dir", directory] }
            return arguments
        }
    }

    /// What programs of `/usr` need of `/etc`: names, certificates, links of alternatives, the loader's cache. No configuration of services, no secrets.
    static let hostFiles = [
        "/etc/alternatives", "/etc/ca-certificates.conf", "/etc/group", "/etc/ld.so.cache", "/etc/ld.so.conf", "/etc/ld.so.conf.d", "/etc/localtime",
        "/etc/mime.types", "/etc/nsswitch.conf", "/etc/passwd", "/etc/protocols", "/etc/resolv.conf", "/etc/services", "/etc/ssl/certs",
        "/etc/ssl/openssl.cnf", "/etc/timezone",
    ]

    private var orderedMounts: [Mount] {
        let depths = mounts.map { $0.destination.count { $0 == "/" } }
        return zip(mounts.indices, depths).sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map { mounts[$0.0] }
    }

    private static func arguments(for mount: Mount) -> [String] {
        switch mount {
        case .bind(let source, let destination, let isReadOnly): [isReadOnly ? "--ro-bind" : "--bind", source, destination]
        case .memory(let destination, let size): ["--perms", "1777"] + (size.map { ["--size", String($0)] } ?? []) + ["--tmpfs", destination]
        case .directory(let path): ["--dir", path]
        case .link(let target, let path): ["--symlink", target, path]
        }
    }
}
