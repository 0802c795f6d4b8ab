import Glibc
import Synchronization

/// Keeps a second process out of the data directory: a lock on a file in it, which the kernel lets go when the process ends, however it ends.
final class StorageLock: Sendable {
    /// Nil once released.
    private let descriptor: Mutex<Int32?>

    /// Takes the lock and writes the process id into the file, for the message that the second process shows.
    init(directory: String) throws(StorageError) {
        let path = directory + "/martlet.lock"
        let descriptor = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .notWritable(path: path, errno: errno) }
        guard flock(descriptor, LOCK_EX | LOCK_NB) == 0 else {
            let reason = errno
            let processID = Self.processID(in: descriptor)
            close(descriptor)
            if reason == EWOULDBLOCK { throw .locked(directory: directory, processID: processID) }
            throw .unavailable("\"\(path)\" cannot be locked: \(String(cString: strerror(reason))). Use a file system with locks.")
        }
        let text = Array("\(getpid())\n".utf8)
        guard ftruncate(descriptor, 0) == 0, pwrite(descriptor, text, text.count, 0) == text.count else {
            let reason = errno
            close(descriptor)
            if reason == ENOSPC { throw .diskFull(path: path) }
            throw .notWritable(path: path, errno: reason)
        }
        self.descriptor = Mutex(descriptor)
    }

    deinit { release() }

    func release() {
        descriptor.withLock { descriptor in
            if let open = descriptor {
                // Not left to `close`: a child that is just being started has a copy of the descriptor until its `exec`, and with it the lock.
                flock(open, LOCK_UN)
                close(open)
            }
            descriptor = nil
        }
    }

    private static func processID(in descriptor: Int32) -> Int32? {
        var buffer = [UInt8](repeating: 0, count: 16)
        let count = pread(descriptor, &buffer, buffer.count, 0)
        guard count > 0 else { return nil }
        return Int32(String(decoding: buffer[..<count].prefix { $0 != 10 }, as: UTF8.self))
    }
}

extension StorageError {
    static func notWritable(path: String, errno: Int32) -> StorageError {
        .notWritable(path: path, reason: String(cString: strerror(errno)))
    }
}
