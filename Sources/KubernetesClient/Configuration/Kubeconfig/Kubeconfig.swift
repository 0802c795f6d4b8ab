import KubernetesAPI

/// The contents of a kubeconfig: which clusters there are, as whom to speak to them, and which pairs of both have a name.
///
/// Every field of <https://kubernetes.io/docs/reference/config-api/kubeconfig.v1/> has a property or is kept in `otherFields`, so that
/// reading and writing loses nothing. An empty string means the same as an absent field, as for kubectl.
public struct Kubeconfig: Hashable, Sendable {
    public var clusters: [Named<Cluster>]
    public var users: [Named<User>]
    public var contexts: [Named<Context>]
    /// The context that is meant where none is named.
    public var currentContext: String?
    /// `preferences`, `extensions`, and fields that nobody knows.
    public var otherFields: JSONObject
    /// Which of several merged files set ``currentContext``.
    var currentContextOrigin: Origin

    public init(clusters: [Named<Cluster>] = [], users: [Named<User>] = [], contexts: [Named<Context>] = [], currentContext: String? = nil) {
        self.clusters = clusters
        self.users = users
        self.contexts = contexts
        self.currentContext = currentContext
        otherFields = JSONObject()
        currentContextOrigin = Origin()
    }

    /// An entry of one of the three lists. The first of a name counts.
    public struct Named<Value: Hashable & Sendable>: Hashable, Sendable {
        public var name: String
        public var value: Value
        var origin: Origin

        public init(_ name: String, _ value: Value) {
            self.name = name
            self.value = value
            origin = Origin()
        }
    }

    /// Where something was read, for error texts. It does not make it another thing: all origins are equal.
    struct Origin: Hashable, Sendable {
        /// Nil for what was made and not read.
        var file: String?
        /// `users[2] "dev"`.
        var entry: String?

        static func == (left: Origin, right: Origin) -> Bool { true }
        func hash(into hasher: inout Hasher) {}

        /// The name of a field of this entry: `users[2] "dev": user.token`.
        func field(_ path: String) -> String { entry.map { "\($0): \(path)" } ?? path }

        func invalid(_ path: String, _ reason: String) -> ClientConfigurationError { .invalid(file: file, field: field(path), reason: reason) }
    }
}

extension Kubeconfig {
    /// How to reach a cluster and how to know that it is the right one.
    public struct Cluster: Hashable, Sendable {
        /// `https://host:port/prefix`.
        public var server: String?
        /// The name that the server's certificate must be for, when it is not the host of ``server``.
        public var tlsServerName: String?
        public var insecureSkipTLSVerify = false
        /// The path of a PEM file.
        public var certificateAuthority: String?
        /// PEM, decoded.
        public var certificateAuthorityData: [UInt8]?
        /// May hold a password.
        public var proxyURL: SecretValue<String>?
        public var disableCompression = false
        /// `extensions`, and fields that nobody knows.
        public var otherFields = JSONObject()

        public init(server: String? = nil, certificateAuthorityData: [UInt8]? = nil) {
            self.server = server
            self.certificateAuthorityData = certificateAuthorityData
        }
    }

    /// As whom to speak to a cluster.
    public struct User: Hashable, Sendable {
        /// The path of a PEM file.
        public var clientCertificate: String?
        /// PEM, decoded.
        public var clientCertificateData: [UInt8]?
        /// The path of a PEM file.
        public var clientKey: String?
        /// PEM, decoded.
        public var clientKeyData: SecretValue<[UInt8]>?
        public var token: SecretValue<String>?
        /// The path of a file that holds a token, and another one after each rotation.
        public var tokenFile: String?
        public var username: String?
        public var password: SecretValue<String>?
        /// `as`: whom to act as.
        public var impersonate: String?
        /// `as-uid`.
        public var impersonateUID: String?
        /// `as-groups`.
        public var impersonateGroups: [String] = []
        /// `as-user-extra`, in the order of the file.
        public var impersonateUserExtra: [UserExtra] = []
        public var exec: Exec?
        /// `auth-provider`, which no current Kubernetes supports.
        public var authProvider: SecretValue<JSONObject>?
        /// `extensions`, and fields that nobody knows, which may be misspelt secrets.
        public var otherFields = SecretValue(JSONObject())

        public init(token: SecretValue<String>? = nil, clientCertificateData: [UInt8]? = nil, clientKeyData: SecretValue<[UInt8]>? = nil) {
            self.token = token
            self.clientCertificateData = clientCertificateData
            self.clientKeyData = clientKeyData
        }
    }

    /// A key of `as-user-extra` with its values.
    public struct UserExtra: Hashable, Sendable {
        public var key: String
        public var values: [String]

        public init(key: String, values: [String]) {
            self.key = key
            self.values = values
        }
    }

    /// A cluster and a user under one name.
    public struct Context: Hashable, Sendable {
        public var cluster: String?
        public var user: String?
        /// The namespace that is meant where none is named.
        public var namespace: String?
        /// `extensions`, and fields that nobody knows.
        public var otherFields = JSONObject()

        public init(cluster: String? = nil, user: String? = nil, namespace: String? = nil) {
            self.cluster = cluster
            self.user = user
            self.namespace = namespace
        }
    }

    /// A program that prints a credential. <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins>
    public struct Exec: Hashable, Sendable {
        public enum InteractiveMode: String, Hashable, Sendable {
            case never = "Never"
            case ifAvailable = "IfAvailable"
            case always = "Always"
        }

        /// A name that is searched in `PATH`, or a path.
        public var command: String?
        /// May hold secrets (`--client-secret=...`).
        public var arguments: SecretValue<[String]> = SecretValue([])
        /// Variables that the program gets besides those of this process, in order.
        public var environment: [EnvironmentVariable] = []
        public var apiVersion: String?
        /// What to tell people who do not have the program.
        public var installHint: String?
        public var provideClusterInfo = false
        public var interactiveMode: InteractiveMode?
        /// Fields that nobody knows.
        public var otherFields = SecretValue(JSONObject())

        public init(command: String? = nil, apiVersion: String? = nil, interactiveMode: InteractiveMode? = nil) {
            self.command = command
            self.apiVersion = apiVersion
            self.interactiveMode = interactiveMode
        }

        public struct EnvironmentVariable: Hashable, Sendable {
            public var name: String
            public var value: SecretValue<String>

            public init(name: String, value: SecretValue<String>) {
                self.name = name
                self.value = value
            }
        }
    }
}
