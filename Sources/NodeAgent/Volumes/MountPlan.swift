public import KubernetesAPI

/// What is mounted in a container, parents before what lies in them.
public struct MountPlan: Hashable, Sendable {
    public struct Mount: Hashable, Sendable {
        public var volume: String
        /// A path in the volume, without leading slash and `..`; empty for the volume itself. Made as a directory where it does not exist. The agent has to
        /// resolve it without following links out of the volume.
        public var subPath: String
        /// Absolute, without `.`, `..` and empty steps.
        public var destination: String
        public var isReadOnly: Bool

        public init(_ volume: String, subPath: String = "", at destination: String, isReadOnly: Bool = false) {
            self.volume = volume
            self.subPath = subPath
            self.destination = destination
            self.isReadOnly = isReadOnly
        }
    }

    public private(set) var mounts: [Mount] = []

    /// - Parameter variables: what `subPathExpr` may refer to.
    /// - Throws: ``ContainerConfigError`` in a kubelet's words.
    public init(of container: Container, in spec: PodSpec, variables: [String: String]) throws(ContainerConfigError) {
        for mount in container.volumeMounts ?? [] {
            guard let volume = spec.volumes?.first(where: { $0.name == mount.name }) else {
                throw ContainerConfigError("cannot find volume \(mount.name.quotedAsGo) to mount into container \(container.name.quotedAsGo)")
            }
            var subPath = mount.subPath ?? ""
            if let expression = mount.subPathExpr, !expression.isEmpty {
                var missing: [String] = []
                subPath = VariableExpansion.expand(expression, { variables[$0] }, missing: &missing)
                if let name = missing.first { throw ContainerConfigError("missing value for \(name.quotedAsGo)") }
            }
            if subPath.hasPrefix("/") { throw ContainerConfigError("error SubPath `\(subPath)` must not be an absolute path") }
            let steps = subPath.split(separator: "/").filter { $0 != "." }
            if steps.contains("..") { throw ContainerConfigError("unable to provision SubPath `\(subPath)`: must not contain '..'") }
            let destination = Self.normal(mount.mountPath)
            // These are never written through a mount.
            let isReadOnly = mount.readOnly ?? false || volume.isAlwaysReadOnly || volume.persistentVolumeClaim?.readOnly ?? false
            mounts.append(Mount(mount.name, subPath: steps.joined(separator: "/"), at: destination, isReadOnly: isReadOnly))
        }
        let depths = mounts.map { $0.destination.count { $0 == "/" } }
        mounts = zip(mounts.indices, depths).sorted { ($0.1, $0.0) < ($1.1, $1.0) }.map { mounts[$0.0] }
    }

    /// The path from the root, without `.`, `..` and empty steps.
    static func normal(_ path: String) -> String {
        var steps: [Substring] = []
        for step in path.split(separator: "/") where step != "." {
            if step == ".." { _ = steps.popLast() } else { steps.append(step) }
        }
        return "/" + steps.joined(separator: "/")
    }
}

extension Volume {
    /// Whether containers only ever read it: what is in it is the agent's to write.
    var isAlwaysReadOnly: Bool { configMap != nil || secret != nil || projected != nil || downwardAPI != nil || image != nil }
}
