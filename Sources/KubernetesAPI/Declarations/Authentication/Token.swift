#definitions("io.k8s.api.authentication.v1")

@resource(group: "authentication.k8s.io", version: "v1", plural: "tokenreviews", singular: "tokenreview", scope: "Cluster")
struct TokenReview {
    var spec: TokenReviewSpec
    var status: TokenReviewStatus?
}

struct TokenReviewSpec {
    var token: String
    @listType("atomic")
    var audiences: [String]?
}

struct TokenReviewStatus {
    @listType("atomic")
    var audiences: [String]?
    var authenticated: Bool?
    var error: String?
    var user: UserInfo?
}

struct UserInfo {
    var extra: [String: [String]]?
    @listType("atomic")
    var groups: [String]?
    var uid: String?
    var username: String?
}

@resource(group: "authentication.k8s.io", version: "v1", plural: "", singular: "", scope: "Namespaced")
struct TokenRequest {
    var spec: TokenRequestSpec?
    var status: TokenRequestStatus?
}

struct TokenRequestSpec {
    @listType("atomic")
    var audiences: [String]?
    var boundObjectRef: BoundObjectReference?
    var expirationSeconds: Int64?
}

struct TokenRequestStatus {
    var expirationTimestamp: Time?
    var token: String?
}

struct BoundObjectReference {
    var apiVersion: String?
    var kind: String?
    var name: String?
    var uid: String?
}

@resource(group: "authentication.k8s.io", version: "v1", plural: "selfsubjectreviews", singular: "selfsubjectreview", scope: "Cluster")
struct SelfSubjectReview {
    var status: SelfSubjectReviewStatus?
}

struct SelfSubjectReviewStatus {
    var userInfo: UserInfo?
}
