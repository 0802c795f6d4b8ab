public import KubernetesAPI

/// What a container's process is started with: its environment, command and working directory.
public struct ContainerEnvironment: Hashable, Sendable {
    public struct Variable: Hashable, Sendable {
        public var name: String
        public var value: String

        public init(_ name: String, _ value: String) {
            self.name = name
            self.value = value
        }
    }

    /// Each name once: the image's, then those of the container, which win.
    public private(set) var variables: [Variable] = []

    /// Where a container runs.
    public struct Place: Sendable {
        public var podIP: String
        public var hostIP: String
        public var hostname: String
        /// The node's, for limits that are not set.
        public var allocatable: [String: Quantity]

        public init(podIP: String, hostIP: String, hostname: String, allocatable: [String: Quantity] = [:]) {
            self.podIP = podIP
            self.hostIP = hostIP
            self.hostname = hostname
            self.allocatable = allocatable
        }
    }

    /// Resolves `envFrom` and `env`. Variables for Services are never set: there are no cluster addresses here.
    ///
    /// - Parameter image: what the image says, as `NAME=value`.
    /// - Throws: ``ContainerConfigError`` when something that is not optional is missing.
    public init(
        of container: Container, in pod: Pod, at place: Place, from sources: ConfigurationSources, image: [String] = []
    ) throws(ContainerConfigError) {
        set("PATH", "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin")
        set("HOSTNAME", place.hostname)
        for entry in image {
            guard let equals = entry.firstIndex(of: "=") else { continue }
            set(String(entry[..<equals]), String(entry[entry.index(after: equals)...]))
        }
        // References see what the container itself sets, not the image's variables.
        var own: [String: String] = [:]
        for source in container.envFrom ?? [] {
            for (key, value) in try Self.entries(of: source, sources) {
                own[(source.prefix ?? "") + key] = value
                set((source.prefix ?? "") + key, value)
            }
        }
        let fields = PodFields(pod: pod, podIP: place.podIP, hostIP: place.hostIP, allocatable: place.allocatable)
        for variable in container.env ?? [] {
            let value: String
            if let literal = variable.value, !literal.isEmpty {
                value = VariableExpansion.expand(literal) { own[$0] }
            } else if let source = variable.valueFrom {
                guard let found = try Self.value(of: source, container, pod, fields, sources) else { continue }
                value = found
            } else {
                value = ""
            }
            own[variable.name] = value
            set(variable.name, value)
        }
        containerVariables = own
    }

    /// What `env` and `envFrom` set, which `command`, `args` and `subPathExpr` may refer to.
    public private(set) var containerVariables: [String: String] = [:]

    public subscript(name: String) -> String? { variables.first { $0.name == name }?.value }

    /// The process: the container's `command` or the image's entry point, with the container's `args` or the image's command (which is not used with another
    /// entry point).
    ///
    /// - Throws: ``ContainerConfigError`` when neither names a program.
    public func arguments(of container: Container, entrypoint: [String], command: [String]) throws(ContainerConfigError) -> [String] {
        let own = (container.command ?? []).map { VariableExpansion.expand($0) { containerVariables[$0] } }
        let args = (container.args ?? []).map { VariableExpansion.expand($0) { containerVariables[$0] } }
        let all = own.isEmpty ? entrypoint + (args.isEmpty ? command : args) : own + args
        if all.isEmpty { throw ContainerConfigError("no command specified") }
        return all
    }

    private mutating func set(_ name: String, _ value: String) {
        if let position = variables.firstIndex(where: { $0.name == name }) {
            variables[position].value = value
        } else {
            variables.append(Variable(name, value))
        }
    }

    private static func entries(of source: EnvFromSource, _ sources: ConfigurationSources) throws(ContainerConfigError) -> [(String, String)] {
        if let reference = source.configMapRef {
            let name = reference.name ?? ""
            guard let map = sources.configMaps[name] else {
                if reference.optional == true { return [] }
                throw ContainerConfigError("configmap \(name.quotedAsGo) not found")
            }
            return (map.data ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
        }
        if let reference = source.secretRef {
            let name = reference.name ?? ""
            guard let secret = sources.secrets[name] else {
                if reference.optional == true { return [] }
                throw ContainerConfigError("secret \(name.quotedAsGo) not found")
            }
            return (secret.data ?? [:]).sorted { $0.key < $1.key }.map { ($0.key, String(decoding: $0.value.bytes, as: UTF8.self)) }
        }
        return []
    }

    /// - Returns: nil when an optional source is missing.
    private static func value(
        of source: EnvVarSource, _ container: Container, _ pod: Pod, _ fields: PodFields, _ sources: ConfigurationSources
    ) throws(ContainerConfigError) -> String? {
        if let field = source.fieldRef { return try fields.value(of: field.fieldPath) }
        if let resource = source.resourceFieldRef { return try fields.value(of: resource, in: container) }
        if let reference = source.configMapKeyRef {
            let name = reference.name ?? ""
            let isOptional = reference.optional ?? false
            guard let map = sources.configMaps[name] else {
                if isOptional { return nil }
                throw ContainerConfigError("configmap \(name.quotedAsGo) not found")
            }
            if let value = map.data?[reference.key] { return value }
            if isOptional { return nil }
            throw ContainerConfigError("couldn't find key \(reference.key) in ConfigMap \(pod.namespace ?? "")/\(name)")
        }
        if let reference = source.secretKeyRef {
            let name = reference.name ?? ""
            let isOptional = reference.optional ?? false
            guard let secret = sources.secrets[name] else {
                if isOptional { return nil }
                throw ContainerConfigError("secret \(name.quotedAsGo) not found")
            }
            if let value = secret.data?[reference.key] { return String(decoding: value.bytes, as: UTF8.self) }
            if isOptional { return nil }
            throw ContainerConfigError("couldn't find key \(reference.key) in Secret \(pod.namespace ?? "")/\(name)")
        }
        throw ContainerConfigError("valueFrom.fileKeyRef is not supported by this node")
    }
}
