import KubernetesAPI

/// The scale subresource.
extension ResourceRequest {
    func scale() throws -> APIResponse {
        let answer = try objectAnswer()
        let stored = try found(target.name)
        return answer.response(try scale(of: resource.read(try stored.decoded())), as: .scale)
    }

    func setScale() async throws -> APIResponse {
        let answer = try objectAnswer()
        let kind = request.method == "PATCH" ? try Patching.kind(of: request.header("content-type"), isBuiltIn: !resource.isCustom) : nil
        let (options, force): (WriteOptions, Bool)
        if let kind {
            let patch = try PatchOptions(request.query, kind: kind)
            (options, force) = (patch.write, patch.force)
        } else {
            (options, force) = (try WriteOptions.update(request.query), false)
        }
        let change = try change(kind, options, force: force)
        let scope = scope(manager: change.manager, isDryRun: options.isDryRun)
        let rules = SubresourceRules(
            prepared: { [rules = resource.rules] object, old in rules.preparedForUpdate(object, replacing: old) },
            errors: { [rules = resource.rules] object, old in rules.updateFindings(in: object, replacing: old).errors })
        let outcome = try await server.writer.update(target.name, scope) { live in
            ObjectDraft(object: try scaled(live, change, now: scope.now), hasManagedFields: true, rules: rules)
        }
        return answer.response(try scale(of: outcome.object), as: .scale)
    }

    // MARK: Changing

    /// What the request does to a Scale.
    private struct Change {
        let manager: String
        let apply: (configuration: JSONObject, force: Bool)?
        let patching: Patching?
        let body: JSONObject?
    }

    private func change(_ kind: Patching.Kind?, _ options: WriteOptions, force: Bool) throws -> Change {
        let manager = manager(options.fieldManager)
        switch kind {
        case .apply?:
            let body = try AppliedConfiguration(request.body)
            try checkName(of: body.object)
            warnings.add(try body.checked(options.fieldValidation))
            return Change(manager: manager, apply: (body.object, force), patching: nil, body: nil)
        case let kind?:
            let patching = Patching(request.body, kind: kind, validation: options.fieldValidation)
            return Change(manager: manager, apply: nil, patching: patching, body: nil)
        case nil:
            let body = try body().object(of: Scale.self, validation: options.fieldValidation)
            warnings.add(body.warnings)
            let name = body.object.objectName
            guard name.isEmpty || name == target.name else {
                throw Status.badRequest("the name of the object (\(name)) does not match the name on the URL (\(target.name))")
            }
            return Change(manager: manager, apply: nil, patching: nil, body: body.object)
        }
    }

    /// The object with the replicas of its changed Scale, and with who owns them.
    private func scaled(_ live: JSONObject, _ change: Change, now: Time) throws -> JSONObject {
        let fields = ScaleFields(apiVersion: resource.definition.apiVersion, replicasPaths: resource.replicasPaths)
        let owned = (try? ManagedFields(json: live["metadata"]?["managedFields"])) ?? ManagedFields()
        var current = try currentScale(of: live)
        current.setMetadata("managedFields", fields.scaleFields(of: owned).json)
        let changed = try scale(current, after: change, now: now)
        if let failure = ScaleSubresource.identityFailure(of: changed, for: live, resource.groupResource) { throw failure }
        if !resource.isCustom {
            let errors = ScaleSubresource.errors(in: changed)
            guard errors.isEmpty else { throw RequestErrors.invalid(GroupKind(group: "autoscaling", kind: "Scale"), target.name, errors) }
        }
        var object = try setting(changed, in: live)
        if !changed.objectVersion.isEmpty { object.setMetadata("resourceVersion", .string(changed.objectVersion)) }
        let scaleOwned = (try? ManagedFields(json: changed["metadata"]?["managedFields"])) ?? ManagedFields()
        object.setMetadata("managedFields", fields.objectFields(of: owned, after: scaleOwned).json)
        return object
    }

    private func scale(_ current: JSONObject, after change: Change, now: Time) throws -> JSONObject {
        let engine = ServerSideApply(
            kind: GroupVersionKind(group: "autoscaling", version: "v1", kind: "Scale"), subresource: "scale",
            schemas: ["autoscaling/v1": .declared(Scale.self)])
        if let apply = change.apply {
            do {
                return try engine.apply(apply.configuration, to: current, manager: change.manager, force: apply.force, now: now)
            } catch {
                throw error.status
            }
        }
        var new = change.body ?? JSONObject()
        if let patching = change.patching {
            let patched = try patching.patched(current, as: Scale.self)
            warnings.add(patched.warnings)
            new = patched.object
        }
        if change.body != nil { new.setMetadata("managedFields", current["metadata"]?["managedFields"]) }
        return engine.update(current, to: new, manager: change.manager, now: now)
    }

    // MARK: Reading

    private func scale(of object: JSONObject) throws -> JSONObject {
        guard let rules = resource.rules as? CustomRules, let paths = rules.version.scale else { return ScaleSubresource.scale(of: object) }
        do {
            return try paths.scale(of: object)
        } catch {
            throw Status.internalError(error.reason)
        }
    }

    /// The Scale that a change begins with: an object without replicas can get some.
    private func currentScale(of object: JSONObject) throws -> JSONObject {
        guard let rules = resource.rules as? CustomRules, let paths = rules.version.scale, (try? paths.scale(of: object)) == nil else {
            return try scale(of: object)
        }
        do {
            var scale = try paths.scale(of: try paths.applying(["spec": ["replicas": 0]], to: object))
            scale["spec"] = [:]
            return scale
        } catch {
            throw Status.internalError(error.reason)
        }
    }

    private func setting(_ scale: JSONObject, in object: JSONObject) throws -> JSONObject {
        guard let rules = resource.rules as? CustomRules, let paths = rules.version.scale else { return ScaleSubresource.applying(scale, to: object) }
        do {
            return try paths.applying(scale, to: object)
        } catch {
            throw Status.internalError(error.reason)
        }
    }
}
