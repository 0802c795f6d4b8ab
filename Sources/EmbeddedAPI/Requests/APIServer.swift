import KubernetesAPI
import Synchronization

/// Answers requests: who asks, whether they may, what they mean.
final class APIServer: Sendable {
    let store: ObjectStore
    let table: ResourceTable
    let writer: ObjectWriter
    let acceptance: DefinitionAcceptance
    let authenticator: Authenticator
    let authorizer: RoleBasedAuthorizer
    let tokens: TokenIssuer
    let documents: APIDocuments
    let metrics = RequestMetrics()
    let now: @Sendable () -> Time

    init(
        store: ObjectStore, table: ResourceTable, writer: ObjectWriter, acceptance: DefinitionAcceptance, authenticator: Authenticator,
        authorizer: RoleBasedAuthorizer, tokens: TokenIssuer, documents: APIDocuments, now: @escaping @Sendable () -> Time
    ) {
        self.store = store
        self.table = table
        self.writer = writer
        self.acceptance = acceptance
        self.authenticator = authenticator
        self.authorizer = authorizer
        self.tokens = tokens
        self.documents = documents
        self.now = now
    }

    func respond(to request: APIRequest) async -> APIResponse {
        let target = RequestTarget(method: request.method, path: request.path, query: request.query)
        let warnings = RequestWarnings()
        var response: APIResponse
        do {
            response = try await answer(request, target, warnings)
        } catch {
            response = Self.response(to: error, request)
        }
        for header in warnings.headers { response.headers.append(("Warning", header)) }
        metrics.count(target, status: response.status)
        return response
    }

    private func answer(_ request: APIRequest, _ target: RequestTarget, _ warnings: RequestWarnings) async throws -> APIResponse {
        let user = try authenticator.identity(authorization: request.header("authorization"))
        var attributes = target.attributes(user: user)
        if attributes.name.isEmpty, ["list", "watch", "deletecollection"].contains(attributes.verb) {
            // Who may see one object only may list it by its name.
            attributes.name = (try? ListOptions(request.query))?.fields.exactValue(of: "metadata.name") ?? ""
        }
        if request.headers.keys.contains(where: { $0.hasPrefix("impersonate-") }) {
            let impersonation = request.headers.filter { $0.key.hasPrefix("impersonate-") }
            let headers = impersonation.sorted { $0.key < $1.key }.flatMap { name, values in values.map { (name: name, value: $0) } }
            attributes.user = try Impersonation(authorizer: authorizer).identity(headers: headers, for: attributes)
        }
        let identity = attributes.user
        let decision = authorizer.decide(attributes)
        guard decision.isAllowed else { throw Status.denied(attributes, reason: decision.reason) }
        guard target.isResource else { return try documents.answer(request, target, server: self) }
        let snapshot = table.snapshot
        if let found = snapshot.resource(group: target.group, version: target.version, plural: target.resource) {
            return try await ResourceRequest(
                server: self, request: request, target: target, resource: found, user: identity, warnings: warnings
            ).answer()
        }
        if let review = try ReviewRequest(server: self, request: request, target: target, user: identity, warnings: warnings) { return try review.answer() }
        if target.group.isEmpty, target.version == "v1", target.resource == "bindings", let pods = snapshot.resource(storedAs: Admission.pods) {
            let bindings = ResourceRequest(server: self, request: request, target: target, resource: pods, user: identity, warnings: warnings)
            return try await bindings.answerBindings()
        }
        guard snapshot.hasBuiltIn(group: target.group) else { return .text("404 page not found\n", status: 404) }
        throw RequestErrors.unknownResource
    }

    /// A failure as clients get it.
    static func response(to error: any Error, _ request: APIRequest) -> APIResponse {
        let status: Status =
            switch error {
            case let status as Status: status
            case let error as StorageError: RequestErrors.status(of: error)
            case is CancellationError: Status(failure: .serviceUnavailable, message: "The server is shutting down. Try again later.")
            default: .internalError("\(error)")
            }
        return response(status, request)
    }

    static func response(_ status: Status, _ request: APIRequest) -> APIResponse {
        let plain = Representation.ofError(
            accept: request.header("accept"), pretty: request.query.text("pretty"), userAgent: request.header("user-agent"))
        var response = APIResponse(
            status: Int(status.code ?? 500), headers: [("Content-Type", plain.contentType)], body: .bytes(plain.bytes(of: status.json)))
        if let seconds = status.details?.retryAfterSeconds { response.headers.append(("Retry-After", String(seconds))) }
        if status.code == 401 { response.headers.append(("WWW-Authenticate", "Bearer realm=\"kubernetes\"")) }
        return response
    }
}

extension RequestTarget {
    func attributes(user: Identity) -> AccessAttributes {
        guard isResource else { return AccessAttributes(user: user, verb: verb, path: path) }
        return AccessAttributes(
            user: user, verb: verb, group: group, version: version, resource: resource, subresource: subresource, name: name, namespace: namespace)
    }
}
