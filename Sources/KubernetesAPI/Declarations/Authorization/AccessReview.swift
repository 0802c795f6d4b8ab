#definitions("io.k8s.api.authorization.v1")

/// Asks whether someone may do something. The answer is in the status of the reply; nothing is stored.
@resource(group: "authorization.k8s.io", version: "v1", plural: "subjectaccessreviews", singular: "subjectaccessreview", scope: "Cluster")
struct SubjectAccessReview {
    /// The question. Exactly one of resourceAttributes and nonResourceAttributes must be set.
    var spec: SubjectAccessReviewSpec
    /// The answer.
    var status: SubjectAccessReviewStatus?
}

/// Who wants to do what.
struct SubjectAccessReviewSpec {
    /// The user's name. At least one of user and groups must be set.
    var user: String?
    /// The groups that the user belongs to.
    @listType("atomic")
    var groups: [String]?
    /// The user's uid, as authentication gave it.
    var uid: String?
    /// Further information on the user, as authentication gave it.
    var extra: [String: [String]]?
    /// An action on a resource.
    var resourceAttributes: ResourceAttributes?
    /// An action on a path that is no resource.
    var nonResourceAttributes: NonResourceAttributes?
}

/// Asks whether the one who asks may do something. The answer is in the status of the reply; nothing is stored.
@resource(group: "authorization.k8s.io", version: "v1", plural: "selfsubjectaccessreviews", singular: "selfsubjectaccessreview", scope: "Cluster")
struct SelfSubjectAccessReview {
    /// The question. Exactly one member must be set.
    var spec: SelfSubjectAccessReviewSpec
    /// The answer.
    var status: SubjectAccessReviewStatus?
}

/// What the one who asks wants to do.
struct SelfSubjectAccessReviewSpec {
    /// An action on a resource.
    var resourceAttributes: ResourceAttributes?
    /// An action on a path that is no resource.
    var nonResourceAttributes: NonResourceAttributes?
}

/// Asks whether someone may do something in this namespace, so that the right to ask can be given for one namespace.
@resource(group: "authorization.k8s.io", version: "v1", plural: "localsubjectaccessreviews", singular: "localsubjectaccessreview", scope: "Namespaced")
struct LocalSubjectAccessReview {
    /// The question. It must be about a resource in the same namespace.
    var spec: SubjectAccessReviewSpec
    /// The answer.
    var status: SubjectAccessReviewStatus?
}

/// Whether an action is allowed.
struct SubjectAccessReviewStatus {
    /// Whether it is allowed.
    var allowed: Bool
    /// Whether it is forbidden outright. False for both means that nobody decided, which forbids it too.
    var denied: Bool?
    /// Why it is so, for people.
    var reason: String?
    /// What went wrong while deciding. The answer may still be certain.
    var evaluationError: String?
}

/// An action on a resource.
struct ResourceAttributes {
    /// The namespace. Empty means all namespaces, or a resource without namespaces.
    var namespace: String?
    /// The action, such as get, list, watch, create, update, patch or delete; * means all.
    var verb: String?
    /// The API group. Empty is the core group, * means all.
    var group: String?
    /// The API version; * means all.
    var version: String?
    /// The resource by its plural name; * means all.
    var resource: String?
    /// The subresource, such as log or status. None when empty.
    var subresource: String?
    /// The object's name. Empty means all objects.
    var name: String?
    /// Restricts a list, watch or deletecollection by fields.
    var fieldSelector: FieldSelectorAttributes?
    /// Restricts a list, watch or deletecollection by labels.
    var labelSelector: LabelSelectorAttributes?
}

/// A field selector of a request. Exactly one member should be set.
struct FieldSelectorAttributes {
    /// The selector as text, as in a request. The API server parses it; webhooks should read requirements instead.
    var rawSelector: String?
    /// The selector's requirements, which all apply. Ones that are not understood may be ignored.
    @listType("atomic")
    var requirements: [FieldSelectorRequirement]?
}

/// A label selector of a request. Exactly one member should be set.
struct LabelSelectorAttributes {
    /// The selector as text, as in a request. The API server parses it; webhooks should read requirements instead.
    var rawSelector: String?
    /// The selector's requirements, which all apply. Ones that are not understood may be ignored.
    @listType("atomic")
    var requirements: [LabelSelectorRequirement]?
}

/// An action on a path that is no resource.
struct NonResourceAttributes {
    /// The path, such as /healthz.
    var path: String?
    /// The action: the HTTP method in lower case, such as get.
    var verb: String?
}
