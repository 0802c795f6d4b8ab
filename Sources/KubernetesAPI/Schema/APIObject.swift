/// Any complete Kubernetes object: it has an apiVersion, a kind and metadata. What client and controllers do alike for typed and dynamic objects.
public protocol APIObject: Hashable, Sendable {
    /// The whole object.
    var members: JSONObject { get set }
    var apiVersion: String { get }
    var kind: String { get }
    /// Reads an object from outside; the error says what does not fit, and where.
    init(checking json: JSONValue, at path: FieldPath) throws(InvalidObjectError)
}

extension APIObject {
    /// Name, labels, owners and what else every object has.
    public var metadata: ObjectMeta {
        get { members[required: "metadata"] }
        set { members[required: "metadata"] = newValue }
    }

    /// The object's name; empty before the server has made one from `generateName`.
    public var name: String { members["metadata"]?["name"]?.string ?? "" }
    /// The object's namespace; nil for cluster-scoped objects, and where the request decides.
    public var namespace: String? { members["metadata"]?["namespace"]?.string }
    /// The object's identity over time; empty before the server has made it.
    public var uid: String { members["metadata"]?["uid"]?.string ?? "" }
    /// The object's version for optimistic concurrency and watches; nil before the server has made one.
    public var resourceVersion: String? { members["metadata"]?["resourceVersion"]?.string }
    /// Whether the object was asked to be deleted and only waits for its finalizers or its grace period.
    public var isBeingDeleted: Bool { members["metadata"]?["deletionTimestamp"]?.string != nil }
}
