#definitions("io.k8s.api.core.v1")

struct Container {
    var name: String
    @listType("atomic")
    var args: [String]?
    @listType("atomic")
    var command: [String]?
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var env: [EnvVar]?
    @listType("atomic")
    var envFrom: [EnvFromSource]?
    var image: String?
    var imagePullPolicy: String?
    var lifecycle: Lifecycle?
    var livenessProbe: Probe?
    @listType("map", keys: ["containerPort", "protocol"]) @patch("merge", key: "containerPort")
    var ports: [ContainerPort]?
    var readinessProbe: Probe?
    @listType("atomic")
    var resizePolicy: [ContainerResizePolicy]?
    var resources: ResourceRequirements?
    var restartPolicy: String?
    @listType("atomic")
    var restartPolicyRules: [ContainerRestartRule]?
    var securityContext: SecurityContext?
    var startupProbe: Probe?
    var stdin: Bool?
    var stdinOnce: Bool?
    var terminationMessagePath: String?
    var terminationMessagePolicy: String?
    var tty: Bool?
    @listType("map", keys: ["devicePath"]) @patch("merge", key: "devicePath")
    var volumeDevices: [VolumeDevice]?
    @listType("map", keys: ["mountPath"]) @patch("merge", key: "mountPath")
    var volumeMounts: [VolumeMount]?
    var workingDir: String?
}

struct ContainerPort {
    var containerPort: Int32
    var hostIP: String?
    var hostPort: Int32?
    var name: String?
    var `protocol`: String = "TCP"
}

struct VolumeMount {
    var mountPath: String
    var name: String
    var mountPropagation: String?
    var readOnly: Bool?
    var recursiveReadOnly: String?
    var subPath: String?
    var subPathExpr: String?
}

struct VolumeDevice {
    var devicePath: String
    var name: String
}

struct ResourceRequirements {
    @listType("map", keys: ["name"])
    var claims: [ResourceClaim]?
    var limits: [String: Quantity]?
    var requests: [String: Quantity]?
}

struct ResourceClaim {
    var name: String
    var request: String?
}

struct ContainerResizePolicy {
    var resourceName: String
    var restartPolicy: String
}

struct ContainerRestartRule {
    var action: String
    var exitCodes: ContainerRestartRuleOnExitCodes?
}

struct ContainerRestartRuleOnExitCodes {
    var `operator`: String
    @listType("set")
    var values: [Int32]?
}
