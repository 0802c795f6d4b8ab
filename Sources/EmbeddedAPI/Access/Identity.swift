/// Who sends a request.
public struct Identity: Hashable, Sendable {
    /// Such as `system:serviceaccount:default:builder`.
    public var name: String
    public var uid: String
    public var groups: [String]
    /// Further facts about the user, such as the token's id (`authentication.kubernetes.io/credential-id`).
    public var extra: [String: [String]]

    public init(name: String, uid: String = "", groups: [String] = [], extra: [String: [String]] = [:]) {
        self.name = name
        self.uid = uid
        self.groups = groups
        self.extra = extra
    }

    /// Nobody in particular: a request without credentials.
    public static let anonymous = Identity(name: "system:anonymous", groups: ["system:unauthenticated"])
    /// The user of the kubeconfig that `martlet up` writes.
    public static let administrator = Identity(name: "kubernetes-admin", groups: ["system:masters", "system:authenticated"])
}

/// What is asked of the authorizer: may the user do this?
public struct AccessAttributes: Hashable, Sendable {
    public var user: Identity
    /// Kubernetes' verbs: `get`, `list`, `watch`, `create`, `update`, `patch`, `delete`, `deletecollection`, or others such as `bind`; lower-case HTTP methods
    /// for paths that are no resource.
    public var verb: String
    public var group: String
    public var version: String
    public var resource: String
    public var subresource: String
    public var name: String
    public var namespace: String
    /// The path of a request that is not for a resource, such as `/metrics`; nil for resources.
    public var path: String?

    public init(
        user: Identity, verb: String, group: String = "", version: String = "", resource: String = "", subresource: String = "", name: String = "",
        namespace: String = "", path: String? = nil
    ) {
        self.user = user
        self.verb = verb
        self.group = group
        self.version = version
        self.resource = resource
        self.subresource = subresource
        self.name = name
        self.namespace = namespace
        self.path = path
    }
}

/// The authorizer's answer.
public struct AccessDecision: Hashable, Sendable {
    public var isAllowed: Bool
    /// Why; may be empty.
    public var reason: String
    /// What went wrong while looking; empty for nothing.
    public var evaluationError: String

    public init(isAllowed: Bool, reason: String = "", evaluationError: String = "") {
        self.isAllowed = isAllowed
        self.reason = reason
        self.evaluationError = evaluationError
    }
}

/// Decides who may do what.
public protocol Authorizing: Sendable {
    func decide(_ attributes: AccessAttributes) -> AccessDecision
}
