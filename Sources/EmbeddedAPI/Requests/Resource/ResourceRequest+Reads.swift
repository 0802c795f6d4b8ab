import KubernetesAPI

/// Getting, listing and watching.
extension ResourceRequest {
    func get() throws -> APIResponse {
        let answer = try objectAnswer()
        _ = try ListOptions.readVersion(request.query.text("resourceVersion") ?? "")
        let stored = try found(target.name)
        return try answer.response(resource.read(try stored.decoded()), stored: stored)
    }

    func list() throws -> APIResponse {
        let answer = try answer(in: .list(resource.groupKind, isBuiltIn: !resource.isCustom))
        let options = try ListOptions(request.query)
        return try answer.response(try page(options))
    }

    /// The objects that the options choose.
    func page(_ options: ListOptions) throws -> ListPage {
        do {
            return try server.store.list(
                resource.storage, try selection(options), at: try listVersion(options), limit: Int(clamping: options.limit),
                continueToken: options.continueToken.isEmpty ? nil : options.continueToken)
        } catch let error as StorageError {
            throw RequestErrors.status(of: error)
        }
    }

    private func listVersion(_ options: ListOptions) throws(Status) -> ListVersion {
        guard let version = try options.listVersion(), version > 0 else { return .latest }
        let bounded = Int64(clamping: version)
        // A page of a version that is said without more is that version's, as in Kubernetes.
        let isExact = options.resourceVersionMatch == .exact || options.resourceVersionMatch == nil && options.limit > 0
        return isExact ? .exact(bounded) : .notOlderThan(bounded)
    }

    private func watchStart(_ options: ListOptions) throws(Status) -> WatchStart {
        let version = try ListOptions.readVersion(options.resourceVersion) ?? 0
        if options.sendsInitialEvents == true || options.beginsWithInitialEvents || version == 0 && options.sendsInitialEvents == nil {
            return .initialObjects(thenBookmark: options.sendsInitialEvents == true && options.allowsBookmarks)
        }
        return version == 0 ? .now : .after(Int64(clamping: version))
    }

    func watch() throws -> APIResponse {
        let answer = try answer(in: .watch(isBuiltIn: !resource.isCustom))
        let options = try ListOptions(request.query, isWatch: target.isWatchPath)
        let headers = [(name: "Content-Type", value: "application/json")]
        let seconds = options.timeoutSeconds ?? 0
        let timeout = Duration.seconds(seconds > 0 ? seconds : Int64.random(in: 1800...3600))
        let start = try watchStart(options)
        do {
            if case .after(let version) = start, version < resource.firstVersion {
                throw StorageError.watchExpired(requested: version, compacted: resource.firstVersion)
            }
            let watch = try server.store.watch(
                resource.storage, try selection(options), from: start, bookmarks: options.allowsBookmarks)
            return APIResponse(headers: headers, body: .stream(WatchStream(watch: watch, answer: answer), timeout: timeout))
        } catch let error as StorageError {
            // Kubernetes answers 200 and says in the stream that the version is gone.
            return APIResponse(headers: headers, body: .bytes(WatchFrame.bytes("ERROR", object: RequestErrors.status(of: error).members)))
        }
    }

    /// Which objects the selectors hold for.
    func selection(_ options: ListOptions) throws(Status) -> Selection {
        let (labels, rules) = (options.labels, resource.rules)
        let named = target.name.isEmpty ? [] : [FieldSelector.Term("metadata.name", target.name)]
        let fields = FieldSelector(options.fields.terms + named)
        try options.checkFields(supported: rules.selectableFields, hasOwnFields: resource.isCustom || !rules.selectableFields.isEmpty)
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
