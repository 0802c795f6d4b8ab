#definitions("io.k8s.api.core.v1")

/// An environment variable of a container.
struct EnvVar {
    /// The variable's name: printable ASCII characters other than an equals sign.
    var name: String
    /// The value. $(NAME) stands for a variable set before this one, $$(NAME) for the text itself. Empty by default.
    var value: String?
    /// Where the value comes from. Cannot be combined with a value that is not empty.
    var valueFrom: EnvVarSource?
}

/// Where the value of an environment variable comes from. Exactly one member must be set.
struct EnvVarSource {
    /// A field of the pod, such as metadata.name, metadata.labels['KEY'], spec.nodeName, spec.serviceAccountName, status.hostIP or status.podIP.
    var fieldRef: ObjectFieldSelector?
    /// A resource limit or request of a container.
    var resourceFieldRef: ResourceFieldSelector?
    /// A key of a ConfigMap.
    var configMapKeyRef: ConfigMapKeySelector?
    /// A key of a Secret.
    var secretKeyRef: SecretKeySelector?
    /// A key of an environment file in a volume of the pod.
    var fileKeyRef: FileKeySelector?
}

/// A ConfigMap or Secret of which every key becomes an environment variable.
struct EnvFromSource {
    /// Text to put before each key.
    var prefix: String?
    /// The ConfigMap.
    var configMapRef: ConfigMapEnvSource?
    /// The Secret.
    var secretRef: SecretEnvSource?
}

/// The ConfigMap that environment variables are taken from.
struct ConfigMapEnvSource {
    /// The ConfigMap's name, in the pod's namespace.
    var name: String?
    /// Whether the container may start when the ConfigMap does not exist. False by default.
    var optional: Bool?
}

/// The Secret that environment variables are taken from.
struct SecretEnvSource {
    /// The Secret's name, in the pod's namespace.
    var name: String?
    /// Whether the container may start when the Secret does not exist. False by default.
    var optional: Bool?
}

/// A key of a ConfigMap.
@mapType("atomic")
struct ConfigMapKeySelector {
    /// The ConfigMap's name, in the same namespace.
    var name: String?
    /// The key.
    var key: String
    /// Whether the ConfigMap or its key may be missing. False by default.
    var optional: Bool?
}

/// A key of a Secret.
@mapType("atomic")
struct SecretKeySelector {
    /// The Secret's name, in the same namespace.
    var name: String?
    /// The key.
    var key: String
    /// Whether the Secret or its key may be missing. False by default.
    var optional: Bool?
}

/// A field of an object.
@mapType("atomic")
struct ObjectFieldSelector {
    /// The API version that the path is written for. v1 by default.
    var apiVersion: String?
    /// The path of the field, such as metadata.name.
    var fieldPath: String
}

/// The amount of a resource that a container asks for or is limited to.
@mapType("atomic")
struct ResourceFieldSelector {
    /// The container. Required in volumes; in environment variables it is the container itself by default.
    var containerName: String?
    /// Which amount: limits or requests, and the resource, such as limits.cpu or requests.memory.
    var resource: String
    /// The unit that the amount is given in, rounded up. 1 by default.
    var divisor: Quantity?
}

/// A key of an environment file, which holds lines of the form KEY=VALUE.
@mapType("atomic")
struct FileKeySelector {
    /// The pod's emptyDir volume that holds the file. The container need not mount it.
    var volumeName: String
    /// The path of the file in the volume, relative and without a .. step.
    var path: String
    /// The key in the file. An invalid one prevents the pod from starting.
    var key: String
    /// Whether the file or its key may be missing; the variable is then not set. False by default.
    var optional: Bool?
}
