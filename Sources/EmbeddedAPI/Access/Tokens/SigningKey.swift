import Crypto

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
    public init(path: String) throws(ServerSetupError) {
        if let pem = try PrivateFile.read(path) {
            guard let key = try? P256.Signing.PrivateKey(pemRepresentation: pem) else {
                throw ServerSetupError("\(path) holds no P-256 private key in PEM. Restore it, or remove it: a new one is made then, and all tokens end.")
            }
            self.init(key)
            return
        }
        let key = P256.Signing.PrivateKey()
        try PrivateFile.write(key.pemRepresentation + "\n", to: path)
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
}
