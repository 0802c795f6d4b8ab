import KubernetesAPI

/// Subresources that are no part of the object: what is done to it, or asked of it.
extension ResourceRequest {
    func answerAction() async throws -> APIResponse {
        switch (target.subresource, request.method) {
        case ("token", "POST"): return try token()
        case ("binding", "POST"): return try await bind()
        case ("eviction", "POST"): return try await evict()
        case ("log", "GET"): return try log()
        case ("exec", "GET"), ("exec", "POST"), ("attach", "GET"), ("attach", "POST"), ("portforward", "GET"), ("portforward", "POST"):
            return try connect()
        default: throw methodNotAllowed
        }
    }

    // MARK: Service accounts

    private func token() throws -> APIResponse {
        let options = try WriteOptions.create(request.query)
        let answer = try answer(in: .object(GroupKind(group: "authentication.k8s.io", kind: "TokenRequest"), isBuiltIn: true))
        let body = try body().object(of: TokenRequest.self, validation: options.fieldValidation)
        let answered = try server.tokens.answer(
            body.object, serviceAccount: target.name, namespace: target.namespace, reading: StoreReader(store: server.store), now: server.now())
        warnings.add(body.warnings)
        return answer.response(answered, as: .metadataOnly, status: 201)
    }

    // MARK: Pods

    private func bind() async throws -> APIResponse {
        let binding = try binding()
        try PodBinding.check(binding, name: target.name)
        return try await bind(binding)
    }

    /// `/api/v1/namespaces/NAMESPACE/bindings`.
    func answerBindings() async throws -> APIResponse {
        guard !target.namespace.isEmpty, target.name.isEmpty else { throw unknown }
        guard request.method == "POST" else { throw RequestErrors.methodNotAllowed }
        let binding = try binding()
        try PodBinding.check(binding, name: binding.objectName)
        return try await bind(binding)
    }

    private func binding() throws(Status) -> JSONObject {
        let body = try body().object(of: Binding.self, validation: try WriteOptions.create(request.query).fieldValidation)
        warnings.add(body.warnings)
        return body.object
    }

    /// Puts a pod onto a node.
    private func bind(_ binding: JSONObject) async throws -> APIResponse {
        let options = try WriteOptions.create(request.query)
        var scope = scope(manager: manager(options.fieldManager), isDryRun: options.isDryRun)
        scope.subresource = "binding"
        let rules = SubresourceRules(prepared: { object, _ in object }, errors: { _, _ in [] })
        _ = try await server.writer.update(binding.objectName, scope) { [now = scope.now] live in
            ObjectDraft(object: try PodBinding.bind(live, to: binding, now: now), rules: rules)
        }
        return success()
    }

    private func evict() async throws -> APIResponse {
        let options = try WriteOptions.create(request.query)
        let body = try body().object(of: Eviction.self, validation: options.fieldValidation)
        try PodEviction.check(body.object, name: target.name)
        var deletion = DeletionOptions()
        let asked = body.object["deleteOptions"]
        deletion.gracePeriodSeconds = asked?["gracePeriodSeconds"]?.integer
        deletion.uid = asked?["preconditions"]?["uid"]?.string
        deletion.resourceVersion = asked?["preconditions"]?["resourceVersion"]?.string
        deletion.propagation = (asked?["propagationPolicy"]?.string).flatMap(DeletionOptions.Propagation.init)
        let isDryRun = options.isDryRun || !(asked?["dryRun"]?.array ?? []).isEmpty
        var attempts = 5
        while true {
            attempts -= 1
            let pod = try found(target.name).decoded()
            let budgets = StoreReader(store: server.store).objects(Self.budgets, namespace: target.namespace)
            switch EvictionDecision.decide(for: pod, budgets: budgets, now: server.now()) {
            case .refused(let status): throw status
            case .allowed(let budget, let keepsVersion):
                do {
                    if let budget, !isDryRun { try await count(budget) }
                    if keepsVersion, deletion.resourceVersion == nil { deletion.resourceVersion = pod.objectVersion }
                    _ = try await server.writer.delete(target.name, scope(manager: "", isDryRun: isDryRun), deletion)
                    return success()
                } catch let status as Status where status.is(.conflict) && attempts > 0 && asked?["preconditions"] == nil {
                    deletion.resourceVersion = nil
                }
            }
        }
    }

    private static let budgets = GroupResource(group: "policy", resource: "poddisruptionbudgets")

    /// Writes what an eviction takes from a budget.
    private func count(_ budget: JSONObject) async throws {
        guard let resource = server.table.snapshot.resource(storedAs: Self.budgets) else { return }
        let scope = WriteScope(
            resource: resource, namespace: target.namespace, user: user, manager: manager(""), subresource: "status", now: server.now(), warnings: warnings)
        _ = try await server.writer.update(budget.objectName, scope) { _ in ObjectDraft(object: budget) }
    }

    private func success() -> APIResponse {
        var status = Status.success()
        status.code = 201
        return APIResponse(status: 201, headers: [("Content-Type", "application/json")], body: .bytes(status.json.serialized()))
    }

    private func log() throws -> APIResponse {
        var options = JSONObject()
        for name in ["tailLines", "limitBytes", "sinceSeconds"] {
            if let number = try request.query.integer(name) { options[name] = .integer(number) }
        }
        for name in ["sinceTime", "stream"] {
            if let text = request.query.text(name) { options[name] = .string(text) }
        }
        try PodConnection.checkLogOptions(options, pod: target.name)
        let pod = try found(target.name).decoded()
        guard try PodConnection.logTarget(in: pod, container: request.query.text("container") ?? "") != nil else { return APIResponse(status: 204) }
        throw Self.noNodeAgent
    }

    private func connect() throws -> APIResponse {
        let pod = try found(target.name).decoded()
        if target.subresource == "portforward" {
            _ = try PodConnection.node(of: pod)
        } else {
            _ = try PodConnection.streamTarget(in: pod, container: request.query.text("container") ?? "")
        }
        throw Self.noNodeAgent
    }

    private static let noNodeAgent = Status(
        failure: .serviceUnavailable, message: "no node agent runs the pod's containers, so nothing can be read from or run in them")
}
