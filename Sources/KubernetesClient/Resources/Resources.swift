import HTTPTransport
import KubernetesAPI

/// The objects of one resource, in one namespace or in all: the calls that the API has for them.
///
/// All calls throw ``KubernetesError``, or `CancellationError` when the task is cancelled.
public struct Resources<Object: APIObject>: Sendable {
    let client: KubernetesClient
    public let definition: ResourceDefinition
    /// nil for cluster-scoped resources, and for all namespaces.
    public let namespace: String?

    init(client: KubernetesClient, definition: ResourceDefinition, namespace: String?) {
        self.client = client
        self.definition = definition
        self.namespace = definition.scope == .cluster ? nil : namespace
    }

    // MARK: Reading

    public func get(_ name: String, resourceVersion: String? = nil, subresource: String? = nil) async throws -> Object {
        var query = Query()
        query.add("resourceVersion", resourceVersion)
        return try await object(Call(method: .get, path: try path(name, subresource), query: query))
    }

    /// The object, or nil where there is none.
    public func find(_ name: String) async throws -> Object? {
        do {
            return try await get(name)
        } catch let error as KubernetesError where error.isNotFound {
            return nil
        }
    }

    /// One page of the collection: all of it, unless `options` limits it.
    public func list(_ options: ListOptions = ListOptions()) async throws -> ResourceList<Object> {
        let call = Call(method: .get, path: try path(), query: options.query)
        let answer = try await client.json(call)
        do {
            return try ResourceList(checking: answer)
        } catch {
            throw KubernetesError(.undecodable("\(error)"), request: call.description)
        }
    }

    /// The whole collection, fetched in chunks.
    ///
    /// When the server forgets the state of the first chunk on the way (410), it is listed once more in one piece, as client-go's pager does.
    public func listAll(_ options: ListOptions = ListOptions(), chunkSize: Int = 500) async throws -> ResourceList<Object> {
        var options = options
        options.limit = chunkSize
        var whole = try await list(options)
        while let token = whole.metadata.`continue`, !token.isEmpty {
            options.continueToken = token
            do {
                let page = try await list(options)
                whole.items += page.items
                whole.metadata = page.metadata
            } catch let error as KubernetesError where error.isGone {
                options.continueToken = nil
                options.limit = nil
                return try await list(options)
            }
        }
        return whole
    }

    // MARK: Writing

    /// Creates an object; its name, or `generateName`, is in its metadata.
    public func create(_ object: Object, _ options: WriteOptions = WriteOptions()) async throws -> Object {
        try await self.object(Call(method: .post, path: try path(), query: options.query, body: JSONValue.object(object.members).serialized()))
    }

    /// Replaces an object. With a resourceVersion in it, only while that is the newest.
    public func update(_ object: Object, _ options: WriteOptions = WriteOptions(), subresource: String? = nil) async throws -> Object {
        let path = try path(try name(of: object), subresource)
        return try await self.object(Call(method: .put, path: path, query: options.query, body: JSONValue.object(object.members).serialized()))
    }

    public func patch(_ name: String, _ patch: Patch, _ options: WriteOptions = WriteOptions(), subresource: String? = nil) async throws -> Object {
        var call = Call(method: .patch, path: try path(name, subresource), query: options.query, body: patch.body.serialized())
        call.contentType = patch.contentType
        if case .apply(_, let force) = patch {
            guard options.fieldManager?.isEmpty == false else {
                throw KubernetesError(.invalidRequest("server-side apply needs a field manager"), request: call.description)
            }
            call.query.add("force", force)
        }
        return try await object(call)
    }

    /// Server-side apply: makes the fields that are set in `object` what they are there, owned by `fieldManager`, and removes those it no longer sets.
    ///
    /// - Parameter force: takes over fields that another manager has set to something else, which is an error (409, with the causes) otherwise.
    public func apply(
        _ object: Object, as fieldManager: String, force: Bool = true, dryRun: Bool = false, subresource: String? = nil
    ) async throws -> Object {
        var members = object.members
        members["apiVersion"] = .string(definition.apiVersion)
        members["kind"] = .string(definition.kind)
        let options = WriteOptions(dryRun: dryRun, fieldManager: fieldManager)
        return try await patch(try name(of: object), .apply(.object(members), force: force), options, subresource: subresource)
    }

    // MARK: Deleting

    /// Asks for the deletion of an object.
    ///
    /// - Returns: the object while it is still there, waiting for finalizers or its pod's end; nil when it is gone.
    @discardableResult
    public func delete(_ name: String, _ options: DeletionOptions = DeletionOptions()) async throws -> Object? {
        let call = Call(method: .delete, path: try path(name), body: options.body.serialized())
        let answer = try await client.json(call)
        return answer["kind"] == "Status" ? nil : try Self.checked(answer, call)
    }

    /// Deletes everything that `selection` selects.
    public func deleteCollection(_ selection: ListOptions = ListOptions(), _ options: DeletionOptions = DeletionOptions()) async throws {
        _ = try await client.bytes(Call(method: .delete, path: try path(), query: selection.query, body: options.body.serialized()))
    }

    // MARK: Subresources of another type

    /// Creates at a subresource, such as `eviction`, `binding` or `token`, and returns its answer.
    public func create<Body: APIObject>(_ body: Body, at subresource: String, of name: String, _ options: WriteOptions = WriteOptions()) async throws -> Body {
        let call = Call(method: .post, path: try path(name, subresource), query: options.query, body: JSONValue.object(body.members).serialized())
        return try Resources<Body>.checked(try await client.json(call), call)
    }

    /// Reads a subresource of another type, such as `scale`.
    public func get<Body: APIObject>(_ type: Body.Type, at subresource: String, of name: String) async throws -> Body {
        let call = Call(method: .get, path: try path(name, subresource))
        return try Resources<Body>.checked(try await client.json(call), call)
    }

    /// Replaces a subresource of another type, such as `scale`.
    public func update<Body: APIObject>(_ body: Body, at subresource: String, of name: String, _ options: WriteOptions = WriteOptions()) async throws -> Body {
        let call = Call(method: .put, path: try path(name, subresource), query: options.query, body: JSONValue.object(body.members).serialized())
        return try Resources<Body>.checked(try await client.json(call), call)
    }

    // MARK: Parts

    func path(_ name: String? = nil, _ subresource: String? = nil) throws(KubernetesError) -> String {
        try RequestPath(
            group: definition.group, version: definition.version, plural: definition.plural, namespace: namespace, name: name, subresource: subresource
        ).text
    }

    private func object(_ call: Call) async throws -> Object { try Self.checked(try await client.json(call), call) }

    static func checked(_ json: JSONValue, _ call: Call) throws(KubernetesError) -> Object {
        do {
            return try Object(checking: json, at: FieldPath())
        } catch {
            throw KubernetesError(.undecodable("\(error)"), request: call.description)
        }
    }

    private func name(of object: Object) throws(KubernetesError) -> String {
        let name = object.name
        guard !name.isEmpty else { throw KubernetesError(.invalidRequest("the \(definition.kind) has no metadata.name")) }
        return name
    }
}

extension KubernetesClient {
    /// The objects of a typed kind.
    ///
    /// - Parameter namespace: nil means all namespaces, which is enough for lists and watches of namespaced kinds; ignored for cluster-scoped ones.
    public func resources<Object: Resource>(_ type: Object.Type, in namespace: String? = nil) -> Resources<Object> {
        Resources(client: self, definition: Object.resource, namespace: namespace)
    }

    /// The objects of a kind that is known only at run time, from ``Discovery`` for instance.
    public func resources(_ definition: ResourceDefinition, in namespace: String? = nil) -> Resources<DynamicObject> {
        Resources(client: self, definition: definition, namespace: namespace)
    }

    /// Server-side apply of one object, in its own namespace or the configuration's.
    @discardableResult
    public func apply<Object: Resource>(_ object: Object, as fieldManager: String, force: Bool = true) async throws -> Object {
        try await resources(Object.self, in: object.namespace ?? configuration.namespace).apply(object, as: fieldManager, force: force)
    }

    /// Server-side apply of an object's status.
    @discardableResult
    public func applyStatus<Object: Resource>(of object: Object, as fieldManager: String, force: Bool = true) async throws -> Object {
        try await resources(Object.self, in: object.namespace ?? configuration.namespace)
            .apply(object, as: fieldManager, force: force, subresource: "status")
    }
}
