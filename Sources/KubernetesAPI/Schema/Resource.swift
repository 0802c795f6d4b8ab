/// A typed kind of object that the API server stores under a name: it has a path of its own, metadata, and can be listed and watched.
/// Conformances are generated from declarations (see `scripts/generate`).
public protocol Resource: APIStruct, APIObject {
    static var resource: ResourceDefinition { get }
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

    /// Reads an object from outside and checks the types of all declared fields, at any depth.
    ///
    /// An apiVersion and kind other than this type's are refused; where they are absent, as in the items of lists, they are added.
    /// Required fields may be absent, since Kubernetes leaves zero values out; they read as zero values. Undeclared fields are kept. Null counts as absent.
    ///
    /// - Parameter path: where the object stands in what it is part of, for the messages.
    public init(checking json: JSONValue, at path: FieldPath = FieldPath()) throws(InvalidObjectError) {
        self.init(members: try Self.checkedMembers(json, at: path))
        if members["kind"]?.string == nil { members["kind"] = .string(Self.kind) }
        if members["apiVersion"]?.string == nil { members["apiVersion"] = .string(Self.apiVersion) }
    }

    /// `apiVersion` and `kind` of this type, as members.
    public static var typeMembers: JSONObject {
        var members = JSONObject()
        members["apiVersion"] = .string(apiVersion)
        members["kind"] = .string(kind)
        return members
    }
}
