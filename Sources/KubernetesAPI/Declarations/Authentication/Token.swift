#definitions("io.k8s.api.authentication.v1")

/// Asks whose a bearer token is. The answer is in the status of the reply; nothing is stored.
@resource(group: "authentication.k8s.io", version: "v1", plural: "tokenreviews", singular: "tokenreview", scope: "Cluster")
struct TokenReview {
    /// The token.
    var spec: TokenReviewSpec
    /// The answer.
    var status: TokenReviewStatus?
}

/// A token that is to be checked.
struct TokenReviewSpec {
    /// The token.
    var token: String
    /// Whom the token is meant for, as the one who asks sees it: the token must be for one of them. The API server by default.
    @listType("atomic")
    var audiences: [String]?
}

/// Whose a token is.
struct TokenReviewStatus {
    /// Whether the token is valid.
    var authenticated: Bool?
    /// The user that it belongs to.
    var user: UserInfo?
    /// Those of the asked audiences that the token is meant for.
    @listType("atomic")
    var audiences: [String]?
    /// Why the token could not be checked.
    var error: String?
}

/// A user, as authentication knows it.
struct UserInfo {
    /// The user's name, unique among active users.
    var username: String?
    /// What tells this user from another who had the same name before.
    var uid: String?
    /// The groups that the user belongs to.
    @listType("atomic")
    var groups: [String]?
    /// Further information on the user.
    var extra: [String: [String]]?
}

/// Asks for a token of a service account. Created through the account's token subresource; nothing is stored.
@resource(group: "authentication.k8s.io", version: "v1", plural: "", singular: "", scope: "Namespaced")
struct TokenRequest {
    /// What the token should be.
    var spec: TokenRequestSpec?
    /// The token.
    var status: TokenRequestStatus?
}

/// What a token should be.
struct TokenRequestSpec {
    /// Whom the token is meant for, who must refuse it otherwise. The API server by default.
    @listType("atomic")
    var audiences: [String]?
    /// How many seconds the token should be valid, at least 600. 3600 by default; the token may get another time.
    var expirationSeconds: Int64?
    /// An object of the account's namespace that the token is only valid with: a Pod or Secret, or a Node.
    var boundObjectRef: BoundObjectReference?
}

/// A token.
struct TokenRequestStatus {
    /// The token.
    var token: String?
    /// When it expires.
    var expirationTimestamp: Time?
}

/// An object that a token is only valid with.
struct BoundObjectReference {
    /// The object's API version.
    var apiVersion: String?
    /// The object's kind: Pod, Secret or Node.
    var kind: String?
    /// The object's name.
    var name: String?
    /// The object's uid.
    var uid: String?
}

/// Asks who the one who asks is. The answer is in the status of the reply; nothing is stored.
@resource(group: "authentication.k8s.io", version: "v1", plural: "selfsubjectreviews", singular: "selfsubjectreview", scope: "Cluster")
struct SelfSubjectReview {
    /// The answer.
    var status: SelfSubjectReviewStatus?
}

/// Who sent a request.
struct SelfSubjectReviewStatus {
    /// The user.
    var userInfo: UserInfo?
}
