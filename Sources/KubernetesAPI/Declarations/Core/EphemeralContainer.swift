#definitions("io.k8s.api.core.v1")

struct EphemeralContainer {
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
    var targetContainerName: String?
    var terminationMessagePath: String?
    var terminationMessagePolicy: String?
    var tty: Bool?
    @listType("map", keys: ["devicePath"]) @patch("merge", key: "devicePath")
    var volumeDevices: [VolumeDevice]?
    @listType("map", keys: ["mountPath"]) @patch("merge", key: "mountPath")
    var volumeMounts: [VolumeMount]?
    var workingDir: String?
}
