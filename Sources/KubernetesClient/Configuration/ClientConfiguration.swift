/// Where the API server is and how to speak to it: plain values, from a kubeconfig or from the service account of a pod.
public struct ClientConfiguration: Sendable {
    /// How the server's certificate is verified.
    public enum ServerTrust: Hashable, Sendable {
        /// By the certificate authorities of the system.
        case system
        /// By those in a PEM file, which may be replaced while the program runs.
        case file(path: String)
        /// By these, PEM.
        case certificates([UInt8])
        /// Not at all: whoever answers is believed.
        case unverified
    }

    public var server: ServerURL
    public var trust: ServerTrust
    /// The name that the certificate must be for and that TLS announces, when it is not the host of ``server``.
    public var tlsServerName: String?
    /// Nil leaves it to the environment variables that libcurl knows (`https_proxy`, `no_proxy`, ...).
    public var proxy: ProxyURL?
    /// Whether to ask for compressed answers.
    public var acceptsCompression: Bool
    public var credentials: CredentialSource
    /// The namespace that is meant where none is named.
    public var namespace: String
    public var userAgent: String
    /// The context that it was made from, nil without one (in a cluster).
    public var context: String?

    public init(
        server: ServerURL, trust: ServerTrust = .system, credentials: CredentialSource = CredentialSource(), namespace: String = "default"
    ) {
        self.server = server
        self.trust = trust
        acceptsCompression = true
        self.credentials = credentials
        self.namespace = namespace
        userAgent = defaultUserAgent()
    }
}

extension ClientConfiguration: CustomStringConvertible {
    /// Server, context and namespace: what tells configurations apart for people.
    public var description: String {
        "\(server)\(context.map { " (context \"\($0)\")" } ?? ""), namespace \"\(namespace)\""
    }
}
