import HTTPTransport
import KubernetesAPI

/// The objects of one resource, in one namespace or in all: the calls that the API has for them.
///
/// All calls throw ``KubernetesError``, or `CancellationError` when the task is cancelled.
public struct Resources<Object: APIObject>: Sendable {
    let client: KubernetesClient
    public let definition: ResourceDefinition
    /// nil for cluster-scoped resources, and for all namespaces: then lists and watches see all, and what is written goes to the object's own namespace.
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

    /// The object, or nil where there is none. That the server does not know the resource at all is an error.
    public func find(_ name: String) async throws -> Object? {
        do {
            return try await get(name)
        } catch let error as KubernetesError where error.isNotFound && !error.isUnexpectedAnswer {
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
    ///
    /// - Parameter chunkSize: how many objects to ask for at once, instead of the limit in `options`.
    public func listAll(_ options: ListOptions = ListOptions(), chunkSize: Int = 500) async throws -> ResourceList<Object> {
        var options = options
        options.limit = chunkSize
        var whole = try await list(options)
        while let token = whole.metadata.`continue`, !token.isEmpty {
            options.continueToken = token
            do {
                let page = try await list(options)
                guard page.metadata.`continue` != token else {
                    throw KubernetesError(.undecodable("the server gives the same continue token again, so the list has no end"), request: "GET \(try path())")
                }
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
        guard definition.scope == .cluster || namespace ?? object.namespace != nil else { throw withoutNamespace() }
        return try await self.object(Call(method: .post, path: try path(in: object.namespace), query: options.query, body: body(of: object)))
    }

    /// Replaces an object. With a resourceVersion in it, only while that is the newest.
    public func update(_ object: Object, _ options: WriteOptions = WriteOptions(), subresource: String? = nil) async throws -> Object {
        let path = try path(try name(of: object), subresource, in: object.namespace)
        return try await self.object(Call(method: .put, path: path, query: options.query, body: body(of: object)))
    }

    /// Changes an object in one of the API's four ways; server-side apply creates it where it is not there.
    public func patch(_ name: String, _ patch: Patch, _ options: WriteOptions = WriteOptions(), subresource: String? = nil) async throws -> Object {
        try await self.patch(try path(name, subresource), patch, options)
    }

    private func patch(_ path: String, _ patch: Patch, _ options: WriteOptions) async throws -> Object {
        var call = Call(method: .patch, path: path, query: options.query, body: patch.body.serialized())
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
        return try await patch(try path(try name(of: object), subresource, in: object.namespace), .apply(.object(members), force: force), options)
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

    /// Creates at a subresource, such as `eviction`, `binding` or `token`.
    ///
    /// - Returns: what the server makes of `body`, such as a token request with its token; `body` itself where the server only says that it is done, as
    ///   it does for evictions and bindings.
    @discardableResult
    public func create<Body: APIObject>(_ body: Body, at subresource: String, of name: String, _ options: WriteOptions = WriteOptions()) async throws -> Body {
        let call = Call(method: .post, path: try path(name, subresource), query: options.query, body: JSONValue.object(body.members).serialized())
        let answer = try await client.json(call)
        return answer["kind"] == "Status" ? body : try Resources<Body>.checked(answer, call)
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

    /// - Parameter objectNamespace: where the object itself says that it is; counts where these are the resources of all namespaces.
    func path(_ name: String? = nil, _ subresource: String? = nil, in objectNamespace: String? = nil) throws(KubernetesError) -> String {
        let namespace = definition.scope == .cluster ? nil : self.namespace ?? objectNamespace
        guard name == nil || namespace != nil || definition.scope == .cluster else { throw withoutNamespace() }
        return try RequestPath(
            group: definition.group, version: definition.version, plural: definition.plural, namespace: namespace, name: name, subresource: subresource
        ).text
    }

    private func withoutNamespace() -> KubernetesError {
        KubernetesError(.invalidRequest("\(definition.plural) are namespaced: say in which namespace the object is, with resources(_:in:)"))
    }

    /// The object as JSON, with its type, which the server wants for custom resources.
    private func body(of object: Object) -> [UInt8] {
        var members = object.members
        if members["apiVersion"] == nil { members["apiVersion"] = .string(definition.apiVersion) }
        if members["kind"] == nil { members["kind"] = .string(definition.kind) }
        return JSONValue.object(members).serialized()
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
    /// - Parameter namespace: nil means all namespaces, which is enough for lists and watches of namespaced kinds, and for writing objects that name
    ///   theirs; ignored for cluster-scoped ones.
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
