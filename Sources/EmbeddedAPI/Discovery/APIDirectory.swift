public import KubernetesAPI

/// Everything that is served at one moment, in the order in which Kubernetes lists it. A server makes a new directory when a custom resource comes, changes or
/// goes, and keeps the documents that it gets from this one.
public struct APIDirectory: Sendable {
    /// An API group with the versions that are served, the preferred one first.
    public struct Group: Sendable {
        /// Empty for the core group.
        public let name: String
        public let versions: [Version]
    }

    /// One version of a group; its resources are in the order of their names.
    public struct Version: Sendable {
        public let groupVersion: GroupVersion
        public let resources: [DiscoveredResource]
    }

    /// The core group first, then the built-in ones, then others by their names.
    public let groups: [Group]

    /// - Parameter resources: what is served, in any order.
    public init(_ resources: [DiscoveredResource]) {
        let byVersion = Dictionary(grouping: resources, by: \.groupVersion)
        groups = Dictionary(grouping: byVersion.keys, by: \.group).map { name, versions in
            let names = APIVersionOrder.sorted(versions.map(\.version))
            return Group(
                name: name,
                versions: names.map { version in
                    let groupVersion = GroupVersion(group: name, version: version)
                    let resources = (byVersion[groupVersion] ?? []).sorted { Self.precedes($0.definition.plural, $1.definition.plural) }
                    return Version(groupVersion: groupVersion, resources: resources)
                })
        }
        .sorted { left, right in
            let (a, b) = (Self.rank[left.name] ?? Self.order.count, Self.rank[right.name] ?? Self.order.count)
            return a == b ? Self.precedes(left.name, right.name) : a < b
        }
    }

    public func group(_ name: String) -> Group? { groups.first { $0.name == name } }

    public func version(_ groupVersion: GroupVersion) -> Version? {
        group(groupVersion.group)?.versions.first { $0.groupVersion == groupVersion }
    }

    /// The built-in groups by Kubernetes' priorities.
    private static let order = [
        "", "apps", "events.k8s.io", "authentication.k8s.io", "authorization.k8s.io", "autoscaling", "batch", "certificates.k8s.io", "networking.k8s.io",
        "policy", "rbac.authorization.k8s.io", "storage.k8s.io", "admissionregistration.k8s.io", "apiextensions.k8s.io", "scheduling.k8s.io",
        "coordination.k8s.io", "node.k8s.io", "discovery.k8s.io", "flowcontrol.apiserver.k8s.io",
    ]
    private static let rank = Dictionary(uniqueKeysWithValues: order.enumerated().map { ($0.element, $0.offset) })

    private static func precedes(_ a: String, _ b: String) -> Bool { a.utf8.lexicographicallyPrecedes(b.utf8) }
}
