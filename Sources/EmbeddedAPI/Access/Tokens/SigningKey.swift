import Crypto
import Glibc

/// The key that service account tokens are signed with (ES256: ECDSA on P-256 with SHA-256).
public struct SigningKey: Sendable {
    private let key: P256.Signing.PrivateKey
    /// Tells the key in a token's header.
    let id: String

    /// A new key, which lives as long as the process.
    public init() { self.init(P256.Signing.PrivateKey()) }

    private init(_ key: P256.Signing.PrivateKey) {
        self.key = key
        id = Base64URL.text(of: Array(SHA256.hash(data: key.publicKey.derRepresentation)))
    }

    /// Reads the key from a PEM file, or makes one there, readable for this user only, where there is none: tokens stay valid over a restart.
    ///
    /// - Parameter path: in a directory that only one process uses.
    public init(path: String) throws(SigningKeyError) {
        if let pem = try Self.read(path) {
            guard let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) else { throw .malformed(path: path) }
            self.init(key)
            return
        }
        let key = P256.Signing.PrivateKey()
        try Self.write(key.pemRepresentation + "\n", path)
        self.init(key)
    }

    func signature(of text: String) -> [UInt8]? { (try? key.signature(for: Array(text.utf8))).map { Array($0.rawRepresentation) } }

    func isValid(_ signature: [UInt8], of text: some StringProtocol) -> Bool {
        guard let signature = try? P256.Signing.ECDSASignature(rawRepresentation: signature) else { return false }
        return key.publicKey.isValidSignature(signature, for: Array(text.utf8))
    }

    /// The public key as a JSON Web Key Set has it: the coordinates of its point.
    var coordinates: (x: String, y: String) {
        let point = Array(key.publicKey.rawRepresentation)
        return (Base64URL.text(of: Array(point.prefix(32))), Base64URL.text(of: Array(point.suffix(32))))
    }

    private static func read(_ path: String) throws(SigningKeyError) -> String? {
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            if errno == ENOENT { return nil }
            throw .notReadable(path: path, reason: String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        // A key that others could read, or could have read, is not trusted silently.
        var status = stat()
        guard fstat(descriptor, &status) == 0, status.st_mode & 0o077 == 0 else { throw .exposed(path: path) }
        var buffer = [UInt8](repeating: 0, count: 16 << 10)
        let count = Glibc.read(descriptor, &buffer, buffer.count)
        guard count >= 0 else { throw .notReadable(path: path, reason: String(cString: strerror(errno))) }
        return String(decoding: buffer[..<count], as: UTF8.self)
    }

    /// Writes beside the file and renames: there is never half a key.
    private static func write(_ text: String, _ path: String) throws(SigningKeyError) {
        let draft = path + ".new"
        unlink(draft)
        let descriptor = open(draft, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0o600)
        guard descriptor >= 0 else { throw .notWritable(path: draft, reason: String(cString: strerror(errno))) }
        let bytes = Array(text.utf8)
        let isWritten = Glibc.write(descriptor, bytes, bytes.count) == bytes.count && fsync(descriptor) == 0
        let reason = String(cString: strerror(errno))
        close(descriptor)
        guard isWritten, rename(draft, path) == 0 else {
            let failure = isWritten ? String(cString: strerror(errno)) : reason
            unlink(draft)
            throw .notWritable(path: path, reason: failure)
        }
    }
}

/// Why the key for tokens cannot be had. The description is for the person who runs `martlet up`.
public enum SigningKeyError: Error, Hashable, Sendable, CustomStringConvertible {
    case notReadable(path: String, reason: String)
    case notWritable(path: String, reason: String)
    /// Others than its owner may read the file.
    case exposed(path: String)
    /// The file holds no P-256 key.
    case malformed(path: String)

    public var description: String {
        switch self {
        case .notReadable(let path, let reason): "\"\(path)\" cannot be read: \(reason). Make it readable for this user."
        case .notWritable(let path, let reason): "\"\(path)\" cannot be written: \(reason). Make its directory writable for this user."
        case .exposed(let path):
            "\"\(path)\" is the key that tokens are signed with, and others may read it. Run chmod 600 on it, or delete it: a new one is made then, and all "
                + "tokens end."
        case .malformed(let path): "\"\(path)\" holds no P-256 private key in PEM. Restore it, or delete it: a new one is made then, and all tokens end."
        }
    }
}
