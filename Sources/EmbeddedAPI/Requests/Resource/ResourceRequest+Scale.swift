import KubernetesAPI

/// The scale subresource.
extension ResourceRequest {
    func scale() throws -> APIResponse {
        let answer = try objectAnswer()
        let stored = try found(target.name)
        return scaleResponse(try scale(of: resource.read(try stored.decoded())), answer)
    }

    func setScale() async throws -> APIResponse {
        let answer = try objectAnswer()
        let kind = request.method == "PATCH" ? try Patching.kind(of: request.header("content-type"), isBuiltIn: !resource.isCustom) : nil
        let options = try kind.map { kind in try PatchOptions(request.query, kind: kind).write } ?? WriteOptions.update(request.query)
        let scope = scope(manager: manager(options.fieldManager), isDryRun: options.isDryRun)
        let sent = kind == nil ? try body().object(of: Scale.self, validation: options.fieldValidation) : nil
        let patching = try kind.flatMap { kind in try kind == .apply ? nil : Patching(request.body, kind: kind, validation: options.fieldValidation) }
        if let name = sent?.object.objectName, !name.isEmpty, name != target.name {
            throw Status.badRequest("the name of the object (\(name)) does not match the name on the URL (\(target.name))")
        }
        let rules = SubresourceRules(
            prepared: { [rules = resource.rules] object, old in rules.preparedForUpdate(object, replacing: old) },
            errors: { [rules = resource.rules] object, old in rules.updateFindings(in: object, replacing: old).errors })
        let outcome = try await server.writer.update(target.name, scope) { live in
            let current = try scale(of: live)
            let scale = try sent ?? patching?.patched(current, as: Scale.self) ?? applied(to: current, options)
            if let errors = scaleErrors(scale.object) { throw RequestErrors.invalid(GroupKind(group: "autoscaling", kind: "Scale"), target.name, errors) }
            var changed = try setting(scale.object, in: live)
            if !scale.object.objectVersion.isEmpty { changed.setMetadata("resourceVersion", .string(scale.object.objectVersion)) }
            return ObjectDraft(object: changed, warnings: scale.warnings, rules: rules)
        }
        return scaleResponse(try scale(of: outcome.object), answer, warnings: outcome.warnings)
    }

    /// Server-side apply of a scale: of its fields only the replicas are anyone's.
    private func applied(to current: JSONObject, _ options: WriteOptions) throws -> RequestBody.Decoded {
        let body = try ApplyBody(request.body, name: target.name, namespace: scopeNamespace, resource: resource, validation: options.fieldValidation)
        var scale = current
        scale["spec"] = body.configuration["spec"] ?? [:]
        return RequestBody.Decoded(object: scale, warnings: body.warnings)
    }

    private func scale(of object: JSONObject) throws -> JSONObject {
        if let rules = resource.rules as? CustomRules, let paths = rules.version.scale {
            do {
                return try paths.scale(of: object)
            } catch {
                throw Status.internalError(error.reason)
            }
        }
        return ScaleSubresource.scale(of: object)
    }

    private func setting(_ scale: JSONObject, in object: JSONObject) throws -> JSONObject {
        if let rules = resource.rules as? CustomRules, let paths = rules.version.scale {
            do {
                return try paths.applying(scale, to: object)
            } catch {
                throw Status.internalError(error.reason)
            }
        }
        return ScaleSubresource.applying(scale, to: object)
    }

    private func scaleErrors(_ scale: JSONObject) -> [FieldError]? {
        let errors = ScaleSubresource.errors(in: scale)
        return errors.isEmpty ? nil : errors
    }

    private func scaleResponse(_ scale: JSONObject, _ answer: ObjectAnswer, warnings: [String] = []) -> APIResponse {
        var response = APIResponse(
            headers: [("Content-Type", answer.representation.contentType)], body: .bytes(answer.representation.bytes(of: .object(scale))))
        response.add(warnings: warnings)
        return response
    }
}
