public import KubernetesAPI

/// Where an object stands within its resource: what reconcilers are called with.
public struct ObjectKey: Hashable, Sendable {
    /// nil for cluster-scoped objects.
    public let namespace: String?
    public let name: String

    /// - Parameter namespace: nil or empty for cluster-scoped objects.
    public init(namespace: String? = nil, name: String) {
        self.namespace = namespace == "" ? nil : namespace
        self.name = name
    }

    public init(_ object: some APIObject) { self.init(namespace: object.namespace, name: object.name) }
}

extension ObjectKey: Comparable, CustomStringConvertible {
    public static func < (left: ObjectKey, right: ObjectKey) -> Bool { (left.namespace ?? "", left.name) < (right.namespace ?? "", right.name) }
    public var description: String { namespace.map { "\($0)/\(name)" } ?? name }
}
