#definitions("io.k8s.api.authorization.v1")

/// Asks what the one who asks may do in a namespace, for user interfaces. The answer may be incomplete.
@resource(group: "authorization.k8s.io", version: "v1", plural: "selfsubjectrulesreviews", singular: "selfsubjectrulesreview", scope: "Cluster")
struct SelfSubjectRulesReview {
    /// The question.
    var spec: SelfSubjectRulesReviewSpec
    /// The answer.
    var status: SubjectRulesReviewStatus?
}

/// Which namespace is asked about.
struct SelfSubjectRulesReviewSpec {
    /// The namespace. Required.
    var namespace: String?
}

/// What someone may do in a namespace, without order.
struct SubjectRulesReviewStatus {
    /// Actions on resources.
    @listType("atomic")
    var resourceRules: [ResourceRule]
    /// Actions on paths that are no resources.
    @listType("atomic")
    var nonResourceRules: [NonResourceRule]
    /// Whether more may be allowed than is listed, for example since a webhook decides.
    var incomplete: Bool
    /// What went wrong while gathering the rules.
    var evaluationError: String?
}

/// Actions that are allowed on resources.
struct ResourceRule {
    /// The actions; * means all.
    @listType("atomic")
    var verbs: [String]
    /// The API groups. An empty name is the core group, * means all.
    @listType("atomic")
    var apiGroups: [String]?
    /// The resources; * means all, */NAME that subresource of all.
    @listType("atomic")
    var resources: [String]?
    /// The names of single objects. All objects when empty.
    @listType("atomic")
    var resourceNames: [String]?
}

/// Actions that are allowed on paths that are no resources.
struct NonResourceRule {
    /// The actions, HTTP methods in lower case; * means all.
    @listType("atomic")
    var verbs: [String]
    /// The paths; a * may stand at the end.
    @listType("atomic")
    var nonResourceURLs: [String]?
}
