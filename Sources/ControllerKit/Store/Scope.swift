public import KubernetesAPI

/// Which objects of a resource a process watches. The narrower, the less memory and traffic.
public struct Scope: Hashable, Sendable {
    /// nil for all namespaces.
    public var namespace: String?
    public var labels: Selector
    /// Fields by the path at which they stand in the object, such as `spec.nodeName`.
    public var fields: FieldSelector

    public init(namespace: String? = nil, labels: Selector = .everything, fields: FieldSelector = .everything) {
        self.namespace = namespace
        self.labels = labels
        self.fields = fields
    }

    public static let everything = Scope()

    /// Whether the server would tell of the object in this scope.
    public func contains(_ object: some APIObject) -> Bool {
        if let namespace, object.namespace != namespace { return false }
        return labels.matches(object.members["metadata"]?["labels"]?.object) && fields.matches { Self.text(at: $0, in: object.members) }
    }

    private static func text(at path: String, in members: JSONObject) -> String? {
        var value: JSONValue? = .object(members)
        for name in path.split(separator: ".") { value = value?[String(name)] }
        guard let value else { return nil }
        return value.string ?? value.bool.map(String.init) ?? value.integer.map(String.init)
    }
}
