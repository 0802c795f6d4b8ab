#definitions("io.k8s.api.core.v1")

/// A process, or a few, run from an image inside a pod, with its command, environment, mounts and resources.
struct Container {
    /// The container's name: a DNS label, unique among all containers of the pod.
    var name: String
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
    /// Ports that the container listens on. For information only: a port works without being listed.
    @listType("map", keys: ["containerPort", "protocol"]) @patch("merge", key: "containerPort")
    var ports: [ContainerPort]?
    /// The resources that the container needs and the limits that it is held to.
    var resources: ResourceRequirements?
    /// For each resource, whether the container must be restarted when its amount changes. Cannot be changed once set.
    @listType("atomic")
    var resizePolicy: [ContainerResizePolicy]?
    /// Volumes of the pod to mount as directories or files.
    @listType("map", keys: ["mountPath"]) @patch("merge", key: "mountPath")
    var volumeMounts: [VolumeMount]?
    /// Volumes of the pod to present as raw block devices.
    @listType("map", keys: ["devicePath"]) @patch("merge", key: "devicePath")
    var volumeDevices: [VolumeDevice]?
    /// Tells when the program has started. Other probes wait for it; when it fails, the container is killed and restarted as the restart policy says.
    var startupProbe: Probe?
    /// Tells whether the program still works. When it fails, the container is killed and restarted as the restart policy says.
    var livenessProbe: Probe?
    /// Tells whether the program can take traffic. While it fails, the pod is left out of the endpoints of its Services.
    var readinessProbe: Probe?
    /// What to do right after the container has started and right before it is stopped.
    var lifecycle: Lifecycle?
    /// Overrides the pod's restart policy for this container. On an init container, Always makes it a sidecar that keeps running beside the main containers.
    var restartPolicy: String?
    /// Rules that decide on a restart before restartPolicy does. The first that matches applies. Only where restartPolicy is set.
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

/// A port that a container listens on.
struct ContainerPort {
    /// A name for the port by which Services and probes can refer to it: up to 15 lower case letters, digits and hyphens, unique in the pod.
    var name: String?
    /// The port number in the pod, from 1 to 65535.
    var containerPort: Int32
    /// TCP, UDP or SCTP. TCP by default.
    var `protocol`: String = "TCP"
    /// A port of the node to forward to this one, from 1 to 65535. Only one pod on a node can have it. Must equal containerPort with hostNetwork.
    var hostPort: Int32?
    /// The node address that hostPort is bound to. All addresses by default.
    var hostIP: String?
}

/// Mounts a volume of the pod in a container.
struct VolumeMount {
    /// The pod's volume.
    var name: String
    /// The path in the container. Must not contain a colon.
    var mountPath: String
    /// Whether the container may only read. False by default.
    var readOnly: Bool?
    /// Whether mounts below this one are read-only too, when readOnly is true: Disabled (default), IfPossible or Enabled, which fails where it is not
    /// supported.
    var recursiveReadOnly: String?
    /// A path inside the volume to mount in place of its root.
    var subPath: String?
    /// Like subPath, with $(NAME) standing for environment variables of the container. Only one of the two may be set.
    var subPathExpr: String?
    /// How mounts made later pass between node and container: None (default), HostToContainer or Bidirectional, which only privileged containers may use.
    var mountPropagation: String?
}

/// Presents a volume as a raw block device in a container.
struct VolumeDevice {
    /// The pod's volume, a persistent volume claim with volumeMode Block.
    var name: String
    /// The path of the device in the container.
    var devicePath: String
}

/// The resources that something needs, and those that it may not exceed.
struct ResourceRequirements {
    /// The least amount of each resource, which placement is decided by. Equals limits where those are set and this is not; otherwise nothing is reserved.
    var requests: [String: Quantity]?
    /// The most of each resource that may be used. Beyond it cpu is throttled, and memory use ends in an out-of-memory kill.
    var limits: [String: Quantity]?
    /// Claims of the pod's spec.resourceClaims that the container uses. It can then use the devices that they were given.
    @listType("map", keys: ["name"])
    var claims: [ResourceClaim]?
}

/// Refers to one claim of the pod.
struct ResourceClaim {
    /// The claim's name in the pod's spec.resourceClaims.
    var name: String
    /// The one request of the claim to make available. The whole claim by default.
    var request: String?
}

/// What a change in the amount of a resource means for a running container.
struct ContainerResizePolicy {
    /// The resource: cpu or memory.
    var resourceName: String
    /// NotRequired to change it while the container runs, which is the default, or RestartContainer.
    var restartPolicy: String
}

/// Decides what happens when a container ends in a certain way.
struct ContainerRestartRule {
    /// What to do when the rule matches: Restart restarts the container, RestartAllContainers the whole pod in place.
    var action: String
    /// The exit codes that the rule matches.
    var exitCodes: ContainerRestartRuleOnExitCodes?
}

/// A set of exit codes.
struct ContainerRestartRuleOnExitCodes {
    /// In when the exit code must be one of the values, NotIn when it must not be.
    var `operator`: String
    /// The exit codes, at most 255 of them.
    @listType("set")
    var values: [Int32]?
}
