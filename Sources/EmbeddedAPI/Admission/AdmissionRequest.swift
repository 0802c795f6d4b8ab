public import KubernetesAPI

/// A write that admission decides about, after defaults and before it is stored.
public struct AdmissionRequest: Sendable {
    public enum Operation: String, Sendable { case create = "CREATE", update = "UPDATE", delete = "DELETE", connect = "CONNECT" }

    public var operation: Operation
    /// The kind of the object that was sent, which for some subresources is another than the resource's.
    public var kind: GroupVersionKind
    public var resource: GroupVersionResource
    public var subresource: String
    /// Empty while the name is still to be generated.
    public var name: String
    /// Empty for objects without namespace; for a namespace, its own name.
    public var namespace: String
    public var user: Identity
    /// The object as it would be stored; nil for deletions.
    public var object: JSONObject?
    /// The object as it is stored; nil for creations.
    public var oldObject: JSONObject?
    /// The options of the operation, such as `CreateOptions`.
    public var options: JSONObject?
    public var isDryRun: Bool
    /// All versions in which the resource is served, for rules that name another one than the request does.
    public var servedVersions: [String]

    public init(
        operation: Operation, kind: GroupVersionKind, resource: GroupVersionResource, subresource: String = "", name: String, namespace: String = "",
        user: Identity, object: JSONObject? = nil, oldObject: JSONObject? = nil, options: JSONObject? = nil, isDryRun: Bool = false,
        servedVersions: [String] = []
    ) {
        self.operation = operation
        self.kind = kind
        self.resource = resource
        self.subresource = subresource
        self.name = name
        self.namespace = namespace
        self.user = user
        self.object = object
        self.oldObject = oldObject
        self.options = options
        self.isDryRun = isDryRun
        self.servedVersions = servedVersions
    }

    var isAboutNamespace: Bool { resource.group.isEmpty && resource.resource == "namespaces" }

    /// The name for messages, also where it is still to be generated.
    var shownName: String {
        if !name.isEmpty { return name }
        for field in ["name", "generateName"] {
            if let text = object?["metadata"]?[field]?.string, !text.isEmpty { return text }
        }
        return "Unknown"
    }

    /// The same request in another served version of its resource.
    func converted(to version: String) -> AdmissionRequest {
        guard version != resource.version else { return self }
        var result = self
        result.resource = GroupVersionResource(group: resource.group, version: version, resource: resource.resource)
        result.kind = GroupVersionKind(group: kind.group, version: version, kind: kind.kind)
        result.object?["apiVersion"] = .string(result.kind.apiVersion)
        result.oldObject?["apiVersion"] = .string(result.kind.apiVersion)
        return result
    }
}

/// What admission makes of a request.
public struct AdmissionOutcome: Sendable {
    /// The answer that refuses the request; nil when it may go on.
    public var denied: Status?
    /// Texts of `Warning` headers, of refused requests, too.
    public var warnings: [String]

    public init(denied: Status? = nil, warnings: [String] = []) { (self.denied, self.warnings) = (denied, warnings) }
}
