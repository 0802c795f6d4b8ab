import Glibc

/// Files that only this user may read: keys and tokens.
enum PrivateFile {
    /// The text of a file; nil when there is none. At most a megabyte is read.
    ///
    /// - Throws: ``ServerSetupError``, also for a file that others may read: what is in it is no secret any more.
    static func read(_ path: String) throws(ServerSetupError) -> String? {
        let file = open(path, O_RDONLY | O_CLOEXEC)
        guard file >= 0 else {
            if errno == ENOENT { return nil }
            throw ServerSetupError("\(path) cannot be read: \(String(cString: strerror(errno))).")
        }
        defer { close(file) }
        var status = stat()
        guard fstat(file, &status) == 0, status.st_mode & 0o077 == 0 else {
            throw ServerSetupError(
                "\(path) is a secret, and others may read it. Run chmod 600 on it, or remove it: a new one is made then, and what the old one gave ends.")
        }
        var bytes: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 64 << 10)
        while bytes.count < 1 << 20 {
            let count = Glibc.read(file, &buffer, buffer.count)
            guard count >= 0 else { throw ServerSetupError("\(path) cannot be read: \(String(cString: strerror(errno))).") }
            if count == 0 { break }
            bytes += buffer[..<count]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    /// Makes a directory that only this user may enter, and those above it that are missing.
    static func makeDirectory(_ path: String) throws(ServerSetupError) {
        var made = path.hasPrefix("/") ? "" : "."
        for part in path.split(separator: "/") {
            made += "/" + part
            guard mkdir(made, 0o700) != 0, errno != EEXIST else { continue }
            let reason = errno
            // One that is there may stand where nothing can be made.
            if access(made, X_OK) == 0 { continue }
            throw ServerSetupError("The directory \"\(path)\" cannot be made: \(made): \(String(cString: strerror(reason))).")
        }
    }

    /// Writes a file with mode 0600, all or nothing.
    static func write(_ text: String, to path: String) throws(ServerSetupError) {
        let draft = path + ".\(getpid()).new"
        unlink(draft)
        let file = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard file >= 0 else { throw ServerSetupError("\(draft) cannot be written: \(String(cString: strerror(errno))).") }
        var isWritten = true
        var bytes = Array(text.utf8)[...]
        while !bytes.isEmpty, isWritten {
            let count = bytes.withUnsafeBytes { Glibc.write(file, $0.baseAddress, $0.count) }
            if count > 0 { bytes = bytes.dropFirst(count) } else if errno != EINTR { isWritten = false }
        }
        isWritten = isWritten && fsync(file) == 0
        let reason = errno
        close(file)
        guard isWritten, rename(draft, path) == 0 else {
            let cause = isWritten ? errno : reason
            unlink(draft)
            throw ServerSetupError("\(path) cannot be written: \(String(cString: strerror(cause))).")
        }
    }
}

/// Why the server cannot start, and what to do, in sentences for the person who starts it.
public struct ServerSetupError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String

    public init(_ description: String) { self.description = description }
}
