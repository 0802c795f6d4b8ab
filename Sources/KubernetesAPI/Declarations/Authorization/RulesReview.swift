#definitions("io.k8s.api.authorization.v1")

@resource(group: "authorization.k8s.io", version: "v1", plural: "selfsubjectrulesreviews", singular: "selfsubjectrulesreview", scope: "Cluster")
struct SelfSubjectRulesReview {
    var spec: SelfSubjectRulesReviewSpec
    var status: SubjectRulesReviewStatus?
}

struct SelfSubjectRulesReviewSpec {
    var namespace: String?
}

struct SubjectRulesReviewStatus {
    var incomplete: Bool
    @listType("atomic")
    var nonResourceRules: [NonResourceRule]
    @listType("atomic")
    var resourceRules: [ResourceRule]
    var evaluationError: String?
}

struct ResourceRule {
    @listType("atomic")
    var verbs: [String]
    @listType("atomic")
    var apiGroups: [String]?
    @listType("atomic")
    var resourceNames: [String]?
    @listType("atomic")
    var resources: [String]?
}

struct NonResourceRule {
    @listType("atomic")
    var verbs: [String]
    @listType("atomic")
    var nonResourceURLs: [String]?
}
