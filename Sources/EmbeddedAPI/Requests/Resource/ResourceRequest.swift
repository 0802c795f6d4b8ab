import KubernetesAPI

/// A request to a resource, after it has been allowed.
struct ResourceRequest: Sendable {
    let server: APIServer
    let request: APIRequest
    let target: RequestTarget
    let resource: ServedResource
    let user: Identity
    let warnings: RequestWarnings

    func answer() async throws -> APIResponse {
        // A resource in a namespace has a path in one, and only lists have another.
        let isList = target.name.isEmpty && ["list", "watch", "deletecollection"].contains(target.verb)
        if resource.isNamespaced, target.namespace.isEmpty, !isList || target.verb == "deletecollection" { throw unknown }
        if !resource.isNamespaced, !target.namespace.isEmpty, resource.storage != Admission.namespaces { throw unknown }
        if let warning = resource.rules.deprecationWarning ?? DeprecatedKinds.notes[resource.storage] { warnings.add([warning]) }
        if ["create", "update", "patch"].contains(target.verb), let note = InertKinds.notes[resource.storage] { warnings.add([note]) }
        return target.subresource.isEmpty ? try await answerObject() : try await answerSubresource()
    }

    private func answerObject() async throws -> APIResponse {
        switch (request.method, target.name.isEmpty) {
        case ("GET", false): return target.verb == "watch" ? try watch() : try get()
        case ("GET", true): return target.verb == "watch" ? try watch() : try list()
        case ("POST", true): return try await create()
        case ("PUT", false): return try await update()
        case ("PATCH", false): return try await patch()
        case ("DELETE", false): return try await delete()
        case ("DELETE", true): return try await deleteCollection()
        case ("PUT", true) where resource.isCustom, ("PATCH", true) where resource.isCustom: throw Status.badRequest("name must be provided")
        default: throw methodNotAllowed
        }
    }

    private func answerSubresource() async throws -> APIResponse {
        guard !target.name.isEmpty, resource.definition.subresources.contains(target.subresource) else { throw unknownSubresource }
        switch (target.subresource, request.method) {
        case ("scale", "GET"): return try scale()
        case ("scale", "PUT"), ("scale", "PATCH"): return try await setScale()
        case ("status", "GET"), ("ephemeralcontainers", "GET"), ("resize", "GET"): return try get()
        case ("status", "PUT"), ("finalize", "PUT"), ("ephemeralcontainers", "PUT"), ("resize", "PUT"): return try await update()
        case ("status", "PATCH"), ("ephemeralcontainers", "PATCH"), ("resize", "PATCH"): return try await patch()
        default: return try await answerAction()
        }
    }

    // MARK: Failures

    var unknown: Status { RequestErrors.unknownResource }

    private var unknownSubresource: Status { resource.isCustom ? .notFound(resource.groupResource, name: target.name) : RequestErrors.unknownResource }

    var methodNotAllowed: Status {
        resource.isCustom ? .methodNotSupported(resource.groupResource, action: target.verb) : RequestErrors.methodNotAllowed
    }

    // MARK: What requests have in common

    func representation(_ place: Representation.Place) throws(Status) -> Representation {
        try Representation.negotiated(
            accept: request.header("accept"), pretty: request.query.text("pretty"), userAgent: request.header("user-agent"), for: place)
    }

    func objectAnswer() throws(Status) -> ObjectAnswer { try answer(in: .object(resource.groupKind, isBuiltIn: !resource.isCustom)) }

    func answer(in place: Representation.Place) throws(Status) -> ObjectAnswer {
        ObjectAnswer(
            resource: resource, representation: try representation(place),
            included: try TableAnswer.IncludedObject(parameter: request.query.text("includeObject")), now: server.now())
    }

    /// The object as it is stored.
    func found(_ name: String) throws -> StoredObject {
        guard let stored = server.store.object(at: key(name), in: resource.storage) else { throw Status.notFound(resource.groupResource, name: name) }
        return stored
    }

    func key(_ name: String) -> ObjectKey { ObjectKey(namespace: scopeNamespace, name: name) }

    /// Empty for resources without namespaces; the path of a namespace itself names it as one.
    var scopeNamespace: String { resource.isNamespaced ? target.namespace : "" }

    /// What a write brings with it.
    func scope(manager: String, isDryRun: Bool) -> WriteScope {
        WriteScope(
            resource: resource, namespace: scopeNamespace, user: user, manager: manager, subresource: target.subresource, isDryRun: isDryRun,
            now: server.now(), warnings: warnings)
    }

    /// The field manager, from the option or else the client's name.
    func manager(_ option: String) -> String {
        option.isEmpty ? FieldManagerName.of(userAgent: request.header("user-agent") ?? "") : option
    }

    /// After a write: what other parts have to know at once.
    func follow(_ outcome: WriteOutcome) async throws {
        guard resource.storage == Admission.definitions, outcome.effect != .unchanged else { return }
        try await server.acceptance.settle(now: server.now())
    }

    func response(_ outcome: WriteOutcome, _ answer: ObjectAnswer, status: Int = 200) throws -> APIResponse {
        try answer.response(outcome.object, stored: outcome.stored, status: status)
    }
}
