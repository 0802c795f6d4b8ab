/// Why there is no usable client configuration, or no credential to send. Never holds a secret.
public enum ClientConfigurationError: Error, Hashable, Sendable {
    /// No kubeconfig was found and the process does not run in a cluster. The text says where was looked.
    case notConfigured(String)
    /// A setting that someone has to correct. `file` is nil for what was given by arguments or environment variables;
    /// `field` is written as in `users[2] "dev": user.client-certificate-data`.
    case invalid(file: String?, field: String?, reason: String)
    /// A file could not be read or written. `field` is the setting that names it, nil when the caller named it.
    case file(path: String, field: String?, reason: String)
    /// A credential could not be had just now: a plugin failed, or a token file is unreadable. A later try may succeed.
    case credential(String)
}

extension ClientConfigurationError: CustomStringConvertible {
    public var description: String {
        switch self {
        case .notConfigured(let text): text
        case .invalid(let file, let field, let reason): [file, field, reason].compactMap { $0 }.joined(separator: ": ")
        case .file(let path, let field, let reason): [path, field, reason].compactMap { $0 }.joined(separator: ": ")
        case .credential(let text): text
        }
    }
}

/// Something about the configuration that works but that people should know, as that the server's certificate is not verified.
public struct ClientConfigurationWarning: Hashable, Sendable, CustomStringConvertible {
    /// The kubeconfig that it is about, when it is about one.
    public let file: String?
    /// The setting, written as in ``ClientConfigurationError/invalid(file:field:reason:)``.
    public let field: String?
    public let reason: String

    public init(file: String? = nil, field: String? = nil, reason: String) {
        self.file = file
        self.field = field
        self.reason = reason
    }

    public var description: String { [file, field, reason].compactMap { $0 }.joined(separator: ": ") }

    /// Takes warnings as they occur: while loading, and later from credentials that are refreshed. May be called from any thread.
    public typealias Handler = @Sendable (ClientConfigurationWarning) -> Void
}
