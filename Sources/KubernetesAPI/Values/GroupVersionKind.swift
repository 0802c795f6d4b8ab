/// The type of an object: API group, version and kind, such as `apps/v1, Kind=Deployment`.
public struct GroupVersionKind: Hashable, Sendable, CustomStringConvertible {
    public let group: String
    public let version: String
    public let kind: String

    public init(group: String, version: String, kind: String) {
        self.group = group
        self.version = version
        self.kind = kind
    }

    /// - Throws: ``ValueError`` of kind `apiVersion`.
    public init(apiVersion: String, kind: String) throws(ValueError) {
        self = try GroupVersion(parsing: apiVersion).kind(kind)
    }

    /// The type that `object` says it has; nil unless it has both an `apiVersion` that can be read and a `kind`.
    public init?(of object: JSONObject) {
        guard let groupVersion = object["apiVersion"].flatMap(GroupVersion.init(json:)), let kind = object["kind"]?.string, !kind.isEmpty else { return nil }
        self = groupVersion.kind(kind)
    }

    public var groupVersion: GroupVersion { GroupVersion(group: group, version: version) }
    public var apiVersion: String { groupVersion.description }
    public var groupKind: GroupKind { GroupKind(group: group, kind: kind) }

    /// As Kubernetes names types in messages: `apps/v1, Kind=Deployment`, `/v1, Kind=Pod`.
    public var description: String { "\(group)/\(version), Kind=\(kind)" }
}

/// An API group and a kind in it, whatever the version: `Deployment.apps`, `Pod`.
public struct GroupKind: Hashable, Sendable, CustomStringConvertible {
    public let group: String
    public let kind: String

    public init(group: String, kind: String) {
        self.group = group
        self.kind = kind
    }

    /// Reads `<Kind>` or `<Kind>.<group>`.
    public init(parsing text: String) { (kind, group) = text.dividedAtFirstDot() }

    public var description: String { group.isEmpty ? kind : "\(kind).\(group)" }
}

extension String {
    /// What is before and after the first dot; all of it and nothing where there is none.
    func dividedAtFirstDot() -> (String, String) {
        guard let dot = utf8.firstIndex(of: UInt8(ascii: ".")) else { return (self, "") }
        return (String(self[..<dot]), String(self[utf8.index(after: dot)...]))
    }
}
