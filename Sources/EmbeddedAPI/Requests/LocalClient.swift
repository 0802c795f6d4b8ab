import KubernetesAPI

/// How the server's own loops reach the objects: what a client over HTTP can do, without HTTP and with all rights.
struct LocalClient: InternalClient {
    let store: ObjectStore
    let table: ResourceTable
    let writer: ObjectWriter
    let acceptance: DefinitionAcceptance
    let now: @Sendable () -> Time

    private static let user = Identity(name: "system:apiserver", groups: ["system:masters", "system:authenticated"])

    var resources: [ResourceDefinition] {
        let snapshot = table.snapshot
        var seen: Set<GroupResource> = []
        return snapshot.served.filter { seen.insert($0.storage).inserted }.map(\.definition)
    }

    func object(_ resource: GroupResource, namespace: String, name: String) -> JSONObject? {
        StoreReader(store: store).object(resource, namespace: namespace, name: name)
    }

    func objects(_ resource: GroupResource, namespace: String?) -> [JSONObject] {
        StoreReader(store: store).objects(resource, namespace: namespace)
    }

    func version(of resources: [GroupResource]) -> Int64 { store.changeCount(of: resources) }

    func watch(_ resource: GroupResource) throws -> ObjectWatch { try store.watch(resource, from: .initialObjects(thenBookmark: true)) }

    func create(_ object: JSONObject, in resource: GroupResource, manager: String) async throws -> JSONObject {
        let scope = try scope(resource, namespace: object.objectNamespace, manager: manager)
        let decoded = try decoded(object, scope)
        let outcome = try await writer.create(ObjectDraft(object: decoded), scope)
        try await follow(outcome, scope)
        return outcome.object
    }

    func update(_ object: JSONObject, in resource: GroupResource, subresource: String, manager: String) async throws -> JSONObject {
        let scope = try scope(resource, namespace: object.objectNamespace, subresource: subresource, manager: manager)
        let decoded = try decoded(object, scope)
        let uid = object.objectUID
        let outcome = try await writer.update(object.objectName, scope, uid: uid.isEmpty ? nil : uid) { _ in
            ObjectDraft(object: decoded, rules: Subresources.rules(subresource, of: scope.resource))
        }
        try await follow(outcome, scope)
        return outcome.object
    }

    func mergePatch(
        _ patch: JSONObject, namespace: String, name: String, in resource: GroupResource, subresource: String, manager: String
    ) async throws -> JSONObject {
        let scope = try scope(resource, namespace: namespace, subresource: subresource, manager: manager)
        let uid = patch["metadata"]?["uid"]?.string
        let outcome = try await writer.update(name, scope, uid: uid) { live in
            let patched = try MergePatch(.object(patch)).applied(to: .object(live)).object ?? JSONObject()
            return ObjectDraft(object: try decoded(patched, scope), rules: Subresources.rules(subresource, of: scope.resource))
        }
        try await follow(outcome, scope)
        return outcome.object
    }

    func delete(
        namespace: String, name: String, in resource: GroupResource, uid: String?, resourceVersion: String?, propagationPolicy: String?
    ) async throws {
        let scope = try scope(resource, namespace: namespace, manager: "")
        var options = DeletionOptions()
        (options.uid, options.resourceVersion) = (uid, resourceVersion)
        options.propagation = propagationPolicy.flatMap(DeletionOptions.Propagation.init)
        let outcome = try await writer.delete(name, scope, options)
        try await follow(outcome, scope)
    }

    private func scope(_ resource: GroupResource, namespace: String, subresource: String = "", manager: String) throws -> WriteScope {
        guard let served = table.snapshot.resource(storedAs: resource) else { throw RequestErrors.unknownResource }
        return WriteScope(resource: served, namespace: namespace, user: Self.user, manager: manager, subresource: subresource, now: now())
    }

    private func decoded(_ object: JSONObject, _ scope: WriteScope) throws -> JSONObject {
        do {
            return try scope.resource.rules.decoded(object)
        } catch {
            throw Status.badRequest(error.reason)
        }
    }

    private func follow(_ outcome: WriteOutcome, _ scope: WriteScope) async throws {
        if scope.resource.storage == Admission.definitions, outcome.effect != .unchanged { try await acceptance.settle(now: now()) }
    }
}
