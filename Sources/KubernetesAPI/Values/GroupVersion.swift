/// An API group and a version of it: the `apiVersion` of objects, such as `apps/v1`, or `v1` of the core group, whose name is empty.
public struct GroupVersion: Hashable, Sendable, CustomStringConvertible {
    public let group: String
    public let version: String

    public init(group: String, version: String) {
        self.group = group
        self.version = version
    }

    /// The core group's `v1`.
    public static let core = GroupVersion(group: "", version: "v1")

    /// Reads `<group>/<version>` or `<version>`.
    ///
    /// - Throws: ``ValueError`` of kind `apiVersion`; also where Kubernetes reads an empty version or an empty group in front of a slash.
    public init(parsing apiVersion: String) throws(ValueError) {
        let parts = apiVersion.split(separator: "/", maxSplits: 2, omittingEmptySubsequences: false)
        guard parts.count <= 2 else { throw ValueError(.apiVersion, apiVersion, "unexpected GroupVersion string: \(apiVersion.cut(toBytes: 200))") }
        guard parts.allSatisfy({ !$0.isEmpty }), let version = parts.last else {
            throw ValueError(.apiVersion, apiVersion, "must be <group>/<version> or <version>")
        }
        self.init(group: parts.count == 2 ? String(parts[0]) : "", version: String(version))
    }

    public var description: String { group.isEmpty ? version : "\(group)/\(version)" }

    public func kind(_ kind: String) -> GroupVersionKind { GroupVersionKind(group: group, version: version, kind: kind) }
    public func resource(_ resource: String) -> GroupVersionResource { GroupVersionResource(group: group, version: version, resource: resource) }
}

extension GroupVersion {
    public init?(json: JSONValue) {
        guard let text = json.string, let groupVersion = try? GroupVersion(parsing: text) else { return nil }
        self = groupVersion
    }

    public var json: JSONValue { .string(description) }
}
