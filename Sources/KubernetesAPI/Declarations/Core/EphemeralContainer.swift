#definitions("io.k8s.api.core.v1")

/// A container that is added to a running pod, for debugging. It has no guaranteed resources and is never restarted.
struct EphemeralContainer {
    /// The container's name: a DNS label, unique among all containers of the pod.
    var name: String
    /// The container whose processes it can see, if the runtime supports that. Without it, the pod's own rules on sharing processes apply.
    var targetContainerName: String?
    /// The image to run, such as registry.example.com/team/app:1.2. Without a tag or digest the tag is latest.
    var image: String?
    /// When to pull the image: Always, IfNotPresent or Never. Always by default for the tag latest, IfNotPresent for others.
    var imagePullPolicy: String?
    /// The program to run and its first arguments, in place of the image's entry point. $(NAME) stands for an environment variable, $$(NAME) for the text
    /// itself.
    @listType("atomic")
    var command: [String]?
    /// Arguments for the program, in place of the image's default command. Variables are expanded as in command.
    @listType("atomic")
    var args: [String]?
    /// The directory that the program starts in. Decided by the image, or the runtime, when not set.
    var workingDir: String?
    /// Environment variables of the container. Later entries win, and they win over envFrom.
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var env: [EnvVar]?
    /// ConfigMaps and Secrets of which every key becomes an environment variable. Later sources win.
    @listType("atomic")
    var envFrom: [EnvFromSource]?
    /// Not allowed for ephemeral containers.
    @listType("map", keys: ["containerPort", "protocol"]) @patch("merge", key: "containerPort")
    var ports: [ContainerPort]?
    /// Not allowed for ephemeral containers, which use what the pod has left.
    var resources: ResourceRequirements?
    /// Not allowed for ephemeral containers.
    @listType("atomic")
    var resizePolicy: [ContainerResizePolicy]?
    /// Volumes of the pod to mount. Mounting a part of a volume with subPath is not allowed.
    @listType("map", keys: ["mountPath"]) @patch("merge", key: "mountPath")
    var volumeMounts: [VolumeMount]?
    /// Volumes of the pod to present as raw block devices.
    @listType("map", keys: ["devicePath"]) @patch("merge", key: "devicePath")
    var volumeDevices: [VolumeDevice]?
    /// Not allowed for ephemeral containers.
    var startupProbe: Probe?
    /// Not allowed for ephemeral containers.
    var livenessProbe: Probe?
    /// Not allowed for ephemeral containers.
    var readinessProbe: Probe?
    /// Not allowed for ephemeral containers.
    var lifecycle: Lifecycle?
    /// Not allowed for ephemeral containers, which are never restarted.
    var restartPolicy: String?
    /// Not allowed for ephemeral containers.
    @listType("atomic")
    var restartPolicyRules: [ContainerRestartRule]?
    /// Security settings of the container. They win over those of the pod.
    var securityContext: SecurityContext?
    /// The file from which the container's last message is read when it ends, of at most 4096 bytes. /dev/termination-log by default.
    var terminationMessagePath: String?
    /// Where the last message comes from: File, the default, or FallbackToLogsOnError, which takes the end of the log when the file is empty and the container
    /// failed.
    var terminationMessagePolicy: String?
    /// Whether standard input is kept open for clients that attach. When false, reads see the end of the input. False by default.
    var stdin: Bool?
    /// Whether standard input is closed once the first client that attached has gone. False by default.
    var stdinOnce: Bool?
    /// Whether the container gets a terminal; needs stdin. False by default.
    var tty: Bool?
}
