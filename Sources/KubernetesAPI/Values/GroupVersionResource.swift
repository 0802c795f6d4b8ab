/// A resource of the API: group, version and the plural name in its path, such as `apps/v1, Resource=deployments`.
public struct GroupVersionResource: Hashable, Sendable, CustomStringConvertible {
    public let group: String
    public let version: String
    public let resource: String

    public init(group: String, version: String, resource: String) {
        self.group = group
        self.version = version
        self.resource = resource
    }

    /// Reads kubectl's `<resource>.<version>.<group>`, such as `deployments.v1.apps`, or `pods.v1.` of the core group.
    ///
    /// A text of that form can also be a resource with a group of several parts (`certificates.certmanager.io`): who knows the groups must try both.
    ///
    /// - Throws: ``ValueError`` of kind `resource` when it has fewer than two dots, or no resource or version.
    public init(parsing text: String) throws(ValueError) {
        let (resource, rest) = text.dividedAtFirstDot()
        let (version, group) = rest.dividedAtFirstDot()
        guard !resource.isEmpty, !version.isEmpty, rest.utf8.contains(UInt8(ascii: ".")) else {
            throw ValueError(.resource, text, "must be <resource>.<version>.<group>, such as deployments.v1.apps")
        }
        self.init(group: group, version: version, resource: resource)
    }

    public var groupVersion: GroupVersion { GroupVersion(group: group, version: version) }
    public var groupResource: GroupResource { GroupResource(group: group, resource: resource) }

    /// As kubectl takes it, and ``init(parsing:)``: `deployments.v1.apps`, `pods.v1.`.
    public var fullName: String { "\(resource).\(version).\(group)" }

    /// As Kubernetes names resources in messages: `apps/v1, Resource=deployments`.
    public var description: String { "\(group)/\(version), Resource=\(resource)" }
}

/// An API group and a resource in it, whatever the version: `deployments.apps`, `pods`.
public struct GroupResource: Hashable, Sendable, CustomStringConvertible {
    public let group: String
    public let resource: String

    public init(group: String, resource: String) {
        self.group = group
        self.resource = resource
    }

    /// Reads `<resource>` or `<resource>.<group>`.
    public init(parsing text: String) { (resource, group) = text.dividedAtFirstDot() }

    public var description: String { group.isEmpty ? resource : "\(resource).\(group)" }
}
