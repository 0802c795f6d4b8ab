import KubernetesAPI

/// A question about users and rights, which is answered and not stored.
struct ReviewRequest {
    private let server: APIServer
    private let request: APIRequest
    private let target: RequestTarget
    private let user: Identity
    private let type: any Resource.Type
    private let warnings: RequestWarnings

    /// Nil when the target is no review.
    init?(server: APIServer, request: APIRequest, target: RequestTarget, user: Identity, warnings: RequestWarnings) throws {
        guard let type = Self.types["\(target.group)/\(target.version)/\(target.resource)"] else { return nil }
        guard request.method == "POST", target.name.isEmpty else { throw RequestErrors.methodNotAllowed }
        let isNamespaced = type.resource.scope == .namespaced
        guard isNamespaced != target.namespace.isEmpty else { throw RequestErrors.unknownResource }
        self.server = server
        self.request = request
        self.target = target
        self.user = user
        self.warnings = warnings
        self.type = type
    }

    private static let types: [String: any Resource.Type] = [
        "authorization.k8s.io/v1/selfsubjectaccessreviews": SelfSubjectAccessReview.self,
        "authorization.k8s.io/v1/subjectaccessreviews": SubjectAccessReview.self,
        "authorization.k8s.io/v1/localsubjectaccessreviews": LocalSubjectAccessReview.self,
        "authorization.k8s.io/v1/selfsubjectrulesreviews": SelfSubjectRulesReview.self,
        "authentication.k8s.io/v1/tokenreviews": TokenReview.self, "authentication.k8s.io/v1/selfsubjectreviews": SelfSubjectReview.self,
    ]

    /// The kinds, for discovery.
    static let discovered: [DiscoveredResource] = types.values.map { .builtIn($0.resource) }

    func answer() throws -> APIResponse {
        let representation = try Representation.negotiated(
            accept: request.header("accept"), pretty: request.query.text("pretty"), userAgent: request.header("user-agent"),
            for: .object(type.resource.groupVersionKind.groupKind, isBuiltIn: true))
        let options = try WriteOptions.create(request.query)
        let encoding = try RequestBody.encoding(of: request.header("content-type"))
        let body = try RequestBody(request.body, encoding: encoding).object(of: type, validation: options.fieldValidation)
        warnings.add(body.warnings)
        let review: JSONObject
        switch type.kind {
        case "SelfSubjectAccessReview":
            review = try AccessReviews.selfSubjectAccessReview(body.object, by: user, authorizer: server.authorizer)
        case "SubjectAccessReview": review = try AccessReviews.subjectAccessReview(body.object, authorizer: server.authorizer)
        case "LocalSubjectAccessReview":
            review = try AccessReviews.localSubjectAccessReview(body.object, namespace: target.namespace, authorizer: server.authorizer)
        case "SelfSubjectRulesReview": review = try AccessReviews.selfSubjectRulesReview(body.object, by: user, authorizer: server.authorizer)
        case "TokenReview": review = try IdentityReviews.tokenReview(body.object, authenticator: server.authenticator)
        default: review = IdentityReviews.selfSubjectReview(by: user, now: server.now())
        }
        let shown = representation.bytes(
            of: review, as: .metadataOnly, including: try TableAnswer.IncludedObject(parameter: request.query.text("includeObject")), now: server.now())
        return APIResponse(
            status: 201, headers: [("Content-Type", representation.contentType)], body: .bytes(shown))
    }
}
