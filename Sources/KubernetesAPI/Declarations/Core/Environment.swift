#definitions("io.k8s.api.core.v1")

struct EnvVar {
    var name: String
    var value: String?
    var valueFrom: EnvVarSource?
}

struct EnvVarSource {
    var configMapKeyRef: ConfigMapKeySelector?
    var fieldRef: ObjectFieldSelector?
    var fileKeyRef: FileKeySelector?
    var resourceFieldRef: ResourceFieldSelector?
    var secretKeyRef: SecretKeySelector?
}

struct EnvFromSource {
    var configMapRef: ConfigMapEnvSource?
    var prefix: String?
    var secretRef: SecretEnvSource?
}

struct ConfigMapEnvSource {
    var name: String?
    var optional: Bool?
}

struct SecretEnvSource {
    var name: String?
    var optional: Bool?
}

@mapType("atomic")
struct ConfigMapKeySelector {
    var key: String
    var name: String?
    var optional: Bool?
}

@mapType("atomic")
struct SecretKeySelector {
    var key: String
    var name: String?
    var optional: Bool?
}

@mapType("atomic")
struct ObjectFieldSelector {
    var fieldPath: String
    var apiVersion: String?
}

@mapType("atomic")
struct ResourceFieldSelector {
    var resource: String
    var containerName: String?
    var divisor: Quantity?
}

@mapType("atomic")
struct FileKeySelector {
    var key: String
    var path: String
    var volumeName: String
    var optional: Bool?
}
