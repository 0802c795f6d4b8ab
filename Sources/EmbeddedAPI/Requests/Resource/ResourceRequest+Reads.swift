import KubernetesAPI

/// Getting, listing and watching.
extension ResourceRequest {
    func get() throws -> APIResponse {
        let answer = try objectAnswer()
        let stored = try found(target.name)
        return try answer.response(resource.read(try stored.decoded()), stored: stored)
    }

    func list() throws -> APIResponse {
        let answer = try answer(in: .list(kind: resource.definition.kind, isBuiltIn: !resource.isCustom))
        let options = try ListOptions(query: request.query, isWatch: false)
        let page = try page(options)
        return try answer.response(page)
    }

    /// The objects that the options choose.
    func page(_ options: ListOptions) throws -> ListPage {
        do {
            return try server.store.list(
                resource.storage, try selection(options), at: options.listVersion, limit: options.limit, continueToken: options.continueToken)
        } catch let error as StorageError {
            throw RequestErrors.status(of: error)
        }
    }

    func watch() throws -> APIResponse {
        let answer = try answer(in: .watch(isBuiltIn: !resource.isCustom))
        let options = try ListOptions(query: request.query, isWatch: true)
        let headers = [(name: "Content-Type", value: "application/json")]
        let timeout = options.timeoutSeconds.map { Duration.seconds($0) } ?? .seconds(Int64.random(in: 1800...3600))
        do {
            let watch = try server.store.watch(
                resource.storage, try selection(options), from: options.watchStart, bookmarks: options.allowWatchBookmarks)
            return APIResponse(headers: headers, body: .stream(WatchStream(watch: watch, answer: answer), timeout: timeout))
        } catch let error as StorageError {
            // Kubernetes answers 200 and says in the stream that the version is gone.
            return APIResponse(headers: headers, body: .bytes(WatchFrame.bytes("ERROR", object: RequestErrors.status(of: error).members)))
        }
    }

    /// Which objects the selectors hold for.
    func selection(_ options: ListOptions) throws(Status) -> Selection {
        let (labels, rules) = (options.labelSelector, resource.rules)
        var fields = options.fieldSelector
        if !target.name.isEmpty { fields = FieldSelector(fields.terms + [FieldSelector.Term("metadata.name", target.name)]) }
        for term in fields.terms where term.field != "metadata.name" && !(term.field == "metadata.namespace" && resource.hasNamespaceField) {
            guard rules.isSelectable(term.field) else { throw resource.unsupportedField(term.field) }
        }
        let namespace = scopeNamespace
        guard !labels.isEverything || !fields.isEverything else { return Selection(namespace: namespace) }
        let needsValues = fields.terms.contains { !$0.field.hasPrefix("metadata.name") }
        let resource = resource
        return Selection(namespace: namespace) { stored in
            guard labels.isEverything || labels.matches(stored["metadata"]?["labels"]?.object) else { return false }
            guard !fields.isEverything else { return true }
            let values = needsValues ? rules.selectableValues(of: resource.read(stored)) : [:]
            return fields.matches { field in
                switch field {
                case "metadata.name": stored.objectName
                case "metadata.namespace": stored.objectNamespace
                default: values[field] ?? ""
                }
            }
        }
    }
}
