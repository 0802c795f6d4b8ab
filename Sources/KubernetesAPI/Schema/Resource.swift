/// A kind of object that the API server stores under a name: it has a path of its own, metadata, and can be listed and watched.
public protocol Resource: APIStruct {
    static var resource: ResourceDefinition { get }
}

/// Whether the objects of a resource live in namespaces.
public enum ResourceScope: String, Hashable, Sendable {
    case namespaced = "Namespaced"
    case cluster = "Cluster"
}

extension Resource {
    /// The API group, such as `apps`; empty for the core group.
    public static var group: String { resource.group }
    /// The version within the group, such as `v1`.
    public static var version: String { resource.version }
    /// Group and version as objects carry them: `apps/v1`, or `v1` in the core group.
    public static var apiVersion: String { resource.apiVersion }
    public static var kind: String { resource.kind }
    /// The name in paths, such as `deployments`.
    public static var plural: String { resource.plural }
    public static var singular: String { resource.singular }
    public static var shortNames: [String] { resource.shortNames }
    public static var categories: [String] { resource.categories }
    public static var scope: ResourceScope { resource.scope }
    public static var subresources: [String] { resource.subresources }

    public var apiVersion: String { Self.apiVersion }
    public var kind: String { Self.kind }

    /// An object with its type and a name, and nothing else.
    public init(name: String, namespace: String? = nil) {
        self.init(metadata: ObjectMeta(name: name, namespace: namespace))
    }

    /// An object with its type and metadata, and nothing else.
    public init(metadata: ObjectMeta) {
        self.init(members: Self.typeMembers)
        self.metadata = metadata
    }

    /// `apiVersion` and `kind` of this type, as members.
    public static var typeMembers: JSONObject {
        var members = JSONObject()
        members["apiVersion"] = .string(apiVersion)
        members["kind"] = .string(kind)
        return members
    }

    /// Name, labels, owners and what else every object has.
    public var metadata: ObjectMeta {
        get { members[required: "metadata"] }
        set { members[required: "metadata"] = newValue }
    }

    /// The object's name; empty before the server has made one from `generateName`.
    public var name: String { metadata.name ?? "" }
    /// The object's namespace; nil for cluster-scoped objects, and where the request decides.
    public var namespace: String? { metadata.namespace }
}
