public import KubernetesAPI
public import KubernetesClient

/// Writes objects of one resource, and shows each result to the store at once: no reconcile of this process then acts on a state older than its own last write.
///
/// All calls throw as those of `Resources` do; after the process has lost its leadership all throw ``LeadershipLost`` and send nothing.
public struct Writer<Object: APIObject>: Sendable {
    /// Of all namespaces: objects name their own.
    public let resources: Resources<Object>
    public let store: Store<Object>
    private let fence: @Sendable () throws -> Void
    private let inNamespace: @Sendable (String?) -> Resources<Object>

    init(store: Store<Object>, fence: @escaping @Sendable () throws -> Void, inNamespace: @escaping @Sendable (String?) -> Resources<Object>) {
        resources = inNamespace(nil)
        self.store = store
        self.fence = fence
        self.inNamespace = inNamespace
    }

    public func create(_ object: Object, _ options: WriteOptions = WriteOptions()) async throws -> Object {
        try await recorded(options.dryRun) { try await resources.create(object, options) }
    }

    public func update(_ object: Object, _ options: WriteOptions = WriteOptions(), subresource: String? = nil) async throws -> Object {
        try await recorded(options.dryRun) { try await resources.update(object, options, subresource: subresource) }
    }

    /// Server-side apply; creates the object where there is none.
    @discardableResult
    public func apply(_ object: Object, as fieldManager: String, force: Bool = true, subresource: String? = nil) async throws -> Object {
        try await recorded { try await resources.apply(object, as: fieldManager, force: force, subresource: subresource) }
    }

    @discardableResult
    public func applyStatus(_ object: Object, as fieldManager: String) async throws -> Object {
        try await apply(object, as: fieldManager, subresource: "status")
    }

    @discardableResult
    public func patch(_ key: ObjectKey, _ patch: Patch, _ options: WriteOptions = WriteOptions(), subresource: String? = nil) async throws -> Object {
        try await recorded(options.dryRun) { try await inNamespace(key.namespace).patch(key.name, patch, options, subresource: subresource) }
    }

    /// Asks for the deletion of this very object, not of a later one of its name. That it is gone already is no error.
    public func delete(_ object: Object, _ options: DeletionOptions = DeletionOptions()) async throws {
        try fence()
        var options = options
        options.uid = object.uid
        do {
            let remaining = try await inNamespace(object.namespace).delete(object.name, options)
            if options.dryRun { return }
            if let remaining { store.record(remaining) } else { store.recordEnd(of: object) }
        } catch let error as KubernetesError where error.isNotFound && !error.isUnexpectedAnswer {
            store.recordEnd(of: object)
        }
    }

    private func recorded(_ isDryRun: Bool = false, _ write: () async throws -> Object) async throws -> Object {
        try fence()
        let object = try await write()
        if !isDryRun { store.record(object) }
        return object
    }
}
