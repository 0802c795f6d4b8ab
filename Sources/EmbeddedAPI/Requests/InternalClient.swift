public import KubernetesAPI

/// How the server's own loops (garbage collection, namespaces, service accounts) read and write objects: as a client does, with defaults, validation, managed
/// fields and finalizers, but without HTTP and with all rights.
public protocol InternalClient: ObjectReading {
    /// The resources that are served now, those of custom resource definitions included: the preferred version of each.
    var resources: [ResourceDefinition] { get }
    /// A stream of what happens to the objects of a resource, beginning with those that exist now and a bookmark that ends these.
    func watch(_ resource: GroupResource) throws -> ObjectWatch

    /// - Throws: ``Status``, as a client would get it.
    @discardableResult
    func create(_ object: JSONObject, in resource: GroupResource, manager: String) async throws -> JSONObject
    /// Replaces an object, or what a subresource (`status`, `finalize`) covers. With `metadata.resourceVersion`, a conflict when the object changed since.
    @discardableResult
    func update(_ object: JSONObject, in resource: GroupResource, subresource: String, manager: String) async throws -> JSONObject
    /// Applies a JSON merge patch to an object or a subresource; `metadata.uid` and `metadata.resourceVersion` in it are preconditions.
    @discardableResult
    func mergePatch(
        _ patch: JSONObject, namespace: String, name: String, in resource: GroupResource, subresource: String, manager: String
    ) async throws -> JSONObject
    /// - Parameters:
    ///   - uid: a precondition; nil for none.
    ///   - resourceVersion: a precondition; nil for none.
    ///   - propagationPolicy: `Background`, `Foreground` or `Orphan`; nil for the kind's default.
    func delete(
        namespace: String, name: String, in resource: GroupResource, uid: String?, resourceVersion: String?, propagationPolicy: String?
    ) async throws
}
