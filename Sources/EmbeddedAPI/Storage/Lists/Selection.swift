import KubernetesAPI

/// Which objects of a resource a list or a watch is about.
public struct Selection: Sendable {
    /// Nil for all namespaces, and for resources that have none.
    public let namespace: String?
    /// Further conditions, such as label and field selectors; nil for none, which spares decoding the objects. It must always answer the same for
    /// the same object, and is called from many tasks.
    public let matches: (@Sendable (JSONObject) -> Bool)?

    public init(namespace: String? = nil, matches: (@Sendable (JSONObject) -> Bool)? = nil) {
        self.namespace = namespace.flatMap { $0.isEmpty ? nil : $0 }
        self.matches = matches
    }

    func includes(_ object: StoredObject) throws(StorageError) -> Bool {
        if let namespace, !object.key.isIn(namespace: namespace) { return false }
        guard let matches else { return true }
        return matches(try object.decoded())
    }

    /// What the paths of all objects of the namespace begin with; empty for all.
    var pathPrefix: String { namespace.map { $0 + "/" } ?? "" }

    /// The first path behind those of the namespace (`0` follows `/`); nil for all namespaces.
    var pathEnd: String? { namespace.map { $0 + "0" } }
}
