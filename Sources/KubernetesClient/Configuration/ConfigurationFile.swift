import Glibc

/// The files that configuration consists of: read with a limit, written so that no reader sees half of one.
enum ConfigurationFile {
    /// How large each kind of file may be, in bytes. Real ones stay far below.
    static let kubeconfigLimit = 8 << 20
    static let certificateLimit = 4 << 20
    static let tokenLimit = 256 << 10

    /// Why a file could not be read or written.
    struct Fault: Error {
        /// As part of a sentence: `no such file or directory`.
        let reason: String
        /// The file, or a folder on the way to it, does not exist.
        let isAbsence: Bool

        init(_ reason: String) {
            self.reason = reason
            isAbsence = false
        }

        init(errno code: Int32, while action: String) {
            reason = "cannot \(action): \(String(cString: strerror(code)).lowercased())"
            isAbsence = code == ENOENT || code == ENOTDIR
        }
    }

    /// What tells two versions of a file apart without reading them.
    struct Identity: Equatable {
        let device: UInt
        let inode: UInt
        let sizeBytes: Int
        let modifiedSeconds: Int
        let modifiedNanoseconds: Int

        init(_ status: stat) {
            device = UInt(status.st_dev)
            inode = UInt(status.st_ino)
            sizeBytes = Int(status.st_size)
            modifiedSeconds = status.st_mtim.tv_sec
            modifiedNanoseconds = status.st_mtim.tv_nsec
        }
    }

    static func identity(of path: String) throws(Fault) -> Identity {
        var status = stat()
        guard stat(path, &status) == 0 else { throw Fault(errno: errno, while: "read it") }
        return Identity(status)
    }

    /// Reads all of a file. Pipes are allowed, for `KUBECONFIG=<(...)`.
    static func read(_ path: String, limit: Int) throws(Fault) -> [UInt8] { try readIdentified(path, limit: limit).bytes }

    /// Reads all of a file, and says which version of it that was.
    static func readIdentified(_ path: String, limit: Int) throws(Fault) -> (bytes: [UInt8], identity: Identity) {
        guard !path.utf8.contains(0) else { throw Fault("the path contains a zero byte") }
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { throw Fault(errno: errno, while: "read it") }
        defer { close(descriptor) }
        var status = stat()
        guard fstat(descriptor, &status) == 0 else { throw Fault(errno: errno, while: "read it") }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 64 << 10)
        while true {
            let count = Glibc.read(descriptor, &chunk, chunk.count)
            if count < 0 && errno == EINTR { continue }
            guard count >= 0 else { throw Fault(errno: errno, while: "read it") }
            if count == 0 { return (bytes, Identity(status)) }
            bytes.append(contentsOf: chunk[..<count])
            guard bytes.count <= limit else { throw Fault("the file is larger than \(limit) bytes") }
        }
    }

    /// Writes a file that only its owner may read (mode 0600): to a temporary file beside it, to the disk, and then in its place.
    /// Missing folders are made (mode 0700). A symbolic link stays one, and what it points to is replaced.
    static func write(_ bytes: [UInt8], to path: String) throws(Fault) {
        let target = resolvingLinks(path)
        let folder = directory(of: target)
        try makeFolder(folder)
        let temporary = "\(target).\(String(UInt64.random(in: 0...UInt64.max), radix: 36))"
        let descriptor = open(temporary, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw Fault(errno: errno, while: "write it") }
        do throws(Fault) {
            defer { close(descriptor) }
            var written = 0
            while written < bytes.count {
                let count = bytes.withUnsafeBytes { Glibc.write(descriptor, $0.baseAddress.map { $0 + written }, bytes.count - written) }
                if count < 0 && errno == EINTR { continue }
                guard count >= 0 else { throw Fault(errno: errno, while: "write it") }
                written += count
            }
            guard fsync(descriptor) == 0 else { throw Fault(errno: errno, while: "write it to the disk") }
            guard rename(temporary, target) == 0 else { throw Fault(errno: errno, while: "replace it") }
        } catch {
            unlink(temporary)
            throw error
        }
        // The rename is durable when the folder is. Some file systems cannot do that; the file itself is whole in any case.
        let folderDescriptor = open(folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
        guard folderDescriptor >= 0 else { return }
        fsync(folderDescriptor)
        close(folderDescriptor)
    }

    private static func resolvingLinks(_ path: String) -> String {
        guard let resolved = realpath(path, nil) else { return path }  // does not exist yet
        defer { free(resolved) }
        return String(cString: resolved)
    }

    private static func makeFolder(_ path: String) throws(Fault) {
        var status = stat()
        if stat(path, &status) == 0 { return }
        guard path != "/" else { return }
        try makeFolder(directory(of: path))
        guard mkdir(path, 0o700) == 0 || errno == EEXIST else { throw Fault(errno: errno, while: "make the folder \(path)") }
    }
}
