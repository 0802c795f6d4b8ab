public import KubernetesAPI

/// Looks at stored objects. What decides about requests and needs to know other objects (roles, policies, namespaces) asks through this.
public protocol ObjectReading: Sendable {
    /// The object in its stored form; nil when there is none.
    ///
    /// - Parameter namespace: empty for an object without namespace.
    func object(_ resource: GroupResource, namespace: String, name: String) -> JSONObject?
    /// All objects of the resource in the order of their names, in one namespace or, with nil, in all.
    func objects(_ resource: GroupResource, namespace: String?) -> [JSONObject]
    /// A number that changes whenever an object of one of the resources may have changed: what was computed from them can be kept as long as it is the same.
    func version(of resources: [GroupResource]) -> Int64
}
