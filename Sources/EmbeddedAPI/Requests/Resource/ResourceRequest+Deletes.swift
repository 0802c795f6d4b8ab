import KubernetesAPI

/// Deleting.
extension ResourceRequest {
    func delete() async throws -> APIResponse {
        let answer = try objectAnswer()
        let options = try deleteOptions()
        let outcome = try await server.writer.delete(target.name, scope(manager: "", isDryRun: options.isDryRun), options)
        try await follow(outcome)
        guard outcome.effect == .deleted, !resource.returnsDeletedObject else { return try response(outcome, answer) }
        var status = Status.success(
            group: resource.definition.group, kind: resource.definition.plural, name: target.name, uid: outcome.object.objectUID)
        if !resource.isCustom { status.members["message"] = "" }
        return APIResponse(
            headers: [("Content-Type", answer.representation.contentType)], body: .bytes(answer.representation.bytes(of: status.json)))
    }

    func deleteCollection() async throws -> APIResponse {
        guard resource.storage != Admission.namespaces else { throw methodNotAllowed }
        let answer = try answer(in: .list(resource.groupKind, isBuiltIn: !resource.isCustom))
        let options = try deleteOptions()
        let chosen = try page(try ListOptions(request.query))
        let scope = scope(manager: "", isDryRun: options.isDryRun)
        for stored in chosen.objects {
            do {
                let outcome = try await server.writer.delete(stored.key.name, scope, options)
                try await follow(outcome)
            } catch let status as Status where status.is(.notFound) {
                // Gone in the meantime, which is what was wanted.
            }
        }
        return try answer.response(chosen)
    }

    private func deleteOptions() throws(Status) -> DeletionOptions {
        try DeletionOptions(body: request.body, contentType: request.header("content-type"), query: request.query)
    }
}
