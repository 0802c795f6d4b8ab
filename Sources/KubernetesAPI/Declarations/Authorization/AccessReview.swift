#definitions("io.k8s.api.authorization.v1")

@resource(group: "authorization.k8s.io", version: "v1", plural: "subjectaccessreviews", singular: "subjectaccessreview", scope: "Cluster")
struct SubjectAccessReview {
    var spec: SubjectAccessReviewSpec
    var status: SubjectAccessReviewStatus?
}

struct SubjectAccessReviewSpec {
    var extra: [String: [String]]?
    @listType("atomic")
    var groups: [String]?
    var nonResourceAttributes: NonResourceAttributes?
    var resourceAttributes: ResourceAttributes?
    var uid: String?
    var user: String?
}

@resource(group: "authorization.k8s.io", version: "v1", plural: "selfsubjectaccessreviews", singular: "selfsubjectaccessreview", scope: "Cluster")
struct SelfSubjectAccessReview {
    var spec: SelfSubjectAccessReviewSpec
    var status: SubjectAccessReviewStatus?
}

struct SelfSubjectAccessReviewSpec {
    var nonResourceAttributes: NonResourceAttributes?
    var resourceAttributes: ResourceAttributes?
}

@resource(group: "authorization.k8s.io", version: "v1", plural: "localsubjectaccessreviews", singular: "localsubjectaccessreview", scope: "Namespaced")
struct LocalSubjectAccessReview {
    var spec: SubjectAccessReviewSpec
    var status: SubjectAccessReviewStatus?
}

struct SubjectAccessReviewStatus {
    var allowed: Bool
    var denied: Bool?
    var evaluationError: String?
    var reason: String?
}

struct ResourceAttributes {
    var fieldSelector: FieldSelectorAttributes?
    var group: String?
    var labelSelector: LabelSelectorAttributes?
    var name: String?
    var namespace: String?
    var resource: String?
    var subresource: String?
    var verb: String?
    var version: String?
}

struct FieldSelectorAttributes {
    var rawSelector: String?
    @listType("atomic")
    var requirements: [FieldSelectorRequirement]?
}

struct LabelSelectorAttributes {
    var rawSelector: String?
    @listType("atomic")
    var requirements: [LabelSelectorRequirement]?
}

struct NonResourceAttributes {
    var path: String?
    var verb: String?
}
