import KubernetesAPI

/// Creating, replacing and patching.
extension ResourceRequest {
    func create() async throws -> APIResponse {
        let options = try WriteOptions.create(request.query)
        let answer = try objectAnswer()
        try checkTermination()
        let body = try resource.rules.object(in: try body(), validation: options.fieldValidation)
        warnings.add(body.warnings)
        let scope = scope(manager: manager(options.fieldManager), isDryRun: options.isDryRun)
        let outcome = try await server.writer.create(ObjectDraft(object: body.object), scope)
        try await follow(outcome)
        return try response(outcome, answer, status: 201)
    }

    func update() async throws -> APIResponse {
        let options = try WriteOptions.update(request.query)
        let answer = try objectAnswer()
        let body = try resource.rules.object(in: try body(), validation: options.fieldValidation)
        warnings.add(body.warnings)
        try checkName(of: body.object)
        let scope = scope(manager: manager(options.fieldManager), isDryRun: options.isDryRun)
        let uid = body.object.objectUID
        let rules = Subresources.rules(target.subresource, of: resource)
        let draft = ObjectDraft(object: body.object, rules: rules)
        var creates: (@Sendable () async throws -> WriteOutcome)?
        if target.subresource.isEmpty, resource.createsOnUpdate {
            creates = { [writer = server.writer] in try await writer.create(draft, scope) }
        }
        let outcome = try await server.writer.update(target.name, scope, uid: uid.isEmpty ? nil : uid, creates: creates) { _ in draft }
        try await follow(outcome)
        return try response(outcome, answer, status: outcome.effect == .created ? 201 : 200)
    }

    func patch() async throws -> APIResponse {
        let kind = try Patching.kind(of: request.header("content-type"), isBuiltIn: !resource.isCustom)
        let options = try PatchOptions(request.query, kind: kind)
        let answer = try objectAnswer()
        let outcome = kind == .apply ? try await apply(options) : try await patch(kind, options.write)
        try await follow(outcome)
        return try response(outcome, answer, status: outcome.effect == .created ? 201 : 200)
    }

    private func patch(_ kind: Patching.Kind, _ options: WriteOptions) async throws -> WriteOutcome {
        let patching = Patching(request.body, kind: kind, validation: options.fieldValidation)
        let scope = scope(manager: manager(options.fieldManager), isDryRun: options.isDryRun)
        let subresourceRules = Subresources.rules(target.subresource, of: resource)
        return try await server.writer.update(target.name, scope) { live in
            let patched = try resource.rules.patched(live, by: patching)
            try checkName(of: patched.object)
            warnings.add(patched.warnings)
            return ObjectDraft(object: patched.object, rules: subresourceRules)
        }
    }

    /// Server-side apply.
    private func apply(_ options: PatchOptions) async throws -> WriteOutcome {
        let applied = try AppliedConfiguration(request.body)
        try checkName(of: applied.object)
        let manager = options.write.fieldManager
        let scope = scope(manager: manager, isDryRun: options.write.isDryRun)
        let apply = target.subresource == "status" ? resource.statusApply : resource.apply
        let subresourceRules = Subresources.rules(target.subresource, of: resource)
        let (configuration, validation, warnings) = (applied.object, options.write.fieldValidation, warnings)
        @Sendable func draft(_ live: JSONObject?) throws -> ObjectDraft {
            do {
                let merged = try apply.apply(configuration, to: live, manager: manager, force: options.force, now: scope.now)
                warnings.add(try applied.checked(validation))
                var decoded = try scope.resource.rules.decodedAfterApply(merged)
                // There is no version yet that it could be about.
                if live == nil { decoded.setMetadata("resourceVersion", nil) }
                return ObjectDraft(object: decoded, hasManagedFields: true, rules: subresourceRules)
            } catch let error as ApplyError {
                throw error.status
            } catch let error as ObjectDecodingError {
                throw Status.badRequest(error.reason)
            }
        }
        var creates: (@Sendable () async throws -> WriteOutcome)?
        if target.subresource.isEmpty {
            try checkTermination()
            creates = { [writer = server.writer] in
                guard configuration.objectUID.isEmpty else {
                    throw Status.conflict(
                        scope.resource.groupResource, name: configuration.objectName,
                        "uid mismatch: the provided object specified uid \(configuration.objectUID), and no existing object was found")
                }
                return try await writer.create(try draft(nil), scope)
            }
        }
        return try await server.writer.update(target.name, scope, creates: creates) { try draft($0) }
    }

    /// The body of a create or update.
    func body() throws(Status) -> RequestBody {
        RequestBody(request.body, encoding: try RequestBody.encoding(of: request.header("content-type")))
    }

    func checkName(of object: JSONObject) throws(Status) {
        let name = object.objectName
        guard !name.isEmpty else {
            throw .badRequest("the name of the object (\(target.name) based on URL) was undeterminable: name must be provided")
        }
        guard name == target.name else { throw .badRequest("the name of the object (\(name)) does not match the name on the URL (\(target.name))") }
    }

    /// A resource whose definition is being deleted takes no new objects.
    private func checkTermination() throws(Status) {
        guard resource.isCustom else { return }
        let name = "\(resource.definition.plural).\(resource.definition.group)"
        guard let definition = StoreReader(store: server.store).object(Admission.definitions, namespace: "", name: name),
            DefinitionKind.isTerminating(definition)
        else { return }
        var status = Status.methodNotSupported(resource.groupResource, action: "create")
        status.message = "create not allowed while custom resource definition is terminating"
        throw status
    }
}
