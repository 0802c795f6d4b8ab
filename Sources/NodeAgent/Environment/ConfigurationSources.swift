public import KubernetesAPI

/// The ConfigMaps, Secrets and tokens that a pod refers to, as they are now.
public struct ConfigurationSources: Sendable {
    /// By name, in the pod's namespace. What does not exist is missing.
    public var configMaps: [String: ConfigMap]
    public var secrets: [String: Secret]
    /// Service account tokens by audience; the API server's own is under "".
    public var tokens: [String: String]

    public init(configMaps: [String: ConfigMap] = [:], secrets: [String: Secret] = [:], tokens: [String: String] = [:]) {
        self.configMaps = configMaps
        self.secrets = secrets
        self.tokens = tokens
    }

    /// The names of what `spec` refers to, for the agent to fetch and to watch.
    public static func references(of spec: PodSpec) -> (configMaps: Set<String>, secrets: Set<String>, tokens: Set<ServiceAccountTokenProjection>) {
        var (configMaps, secrets, tokens): (Set<String>, Set<String>, Set<ServiceAccountTokenProjection>) = ([], [], [])
        for container in (spec.initContainers ?? []) + spec.containers {
            for source in container.envFrom ?? [] {
                if let name = source.configMapRef?.name { configMaps.insert(name) }
                if let name = source.secretRef?.name { secrets.insert(name) }
            }
            for variable in container.env ?? [] {
                if let name = variable.valueFrom?.configMapKeyRef?.name { configMaps.insert(name) }
                if let name = variable.valueFrom?.secretKeyRef?.name { secrets.insert(name) }
            }
        }
        for volume in spec.volumes ?? [] {
            if let name = volume.configMap?.name { configMaps.insert(name) }
            if let name = volume.secret?.secretName { secrets.insert(name) }
            for source in volume.projected?.sources ?? [] {
                if let name = source.configMap?.name { configMaps.insert(name) }
                if let name = source.secret?.name { secrets.insert(name) }
                if let token = source.serviceAccountToken { tokens.insert(token) }
            }
        }
        return (configMaps, secrets, tokens)
    }
}

/// A container's configuration that cannot be put together, in a kubelet's words: the message of `CreateContainerConfigError`, or of a `FailedMount` event.
/// It may be mended by a ConfigMap or Secret that appears.
public struct ContainerConfigError: Error, Hashable, Sendable, CustomStringConvertible {
    public var message: String
    public init(_ message: String) { self.message = message }
    public var description: String { message }
}
