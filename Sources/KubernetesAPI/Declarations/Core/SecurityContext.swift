#definitions("io.k8s.api.core.v1")

/// Security settings of one container. Where the pod has the same setting, the container's wins.
struct SecurityContext {
    /// Whether the container has nearly all rights of root on the node. False by default.
    var privileged: Bool?
    /// Whether a process may gain more rights than its parent, for example through setuid programs. True by default, and always for privileged containers.
    var allowPrivilegeEscalation: Bool?
    /// Linux capabilities to add to or take from those that the runtime gives.
    var capabilities: Capabilities?
    /// Whether the container's root file system is read-only. False by default.
    var readOnlyRootFilesystem: Bool?
    /// The user ID of the container's first process. Decided by the pod or the image when not set.
    var runAsUser: Int64?
    /// The primary group ID of the container's first process. Decided by the pod or the runtime when not set.
    var runAsGroup: Int64?
    /// Whether to refuse to start the container as user 0. Decided by the pod when not set.
    var runAsNonRoot: Bool?
    /// The SELinux labels of the container. Decided by the pod, or chosen by the runtime, when not set.
    var seLinuxOptions: SELinuxOptions?
    /// Which system calls the container may make. Decided by the pod when not set.
    var seccompProfile: SeccompProfile?
    /// The AppArmor profile of the container. Decided by the pod when not set.
    var appArmorProfile: AppArmorProfile?
    /// How /proc is mounted: Default, with the runtime's masks, or Unmasked, which needs hostUsers to be false.
    var procMount: String?
    /// Settings for Windows containers. Not allowed when spec.os.name is linux.
    var windowsOptions: WindowsSecurityContextOptions?
}

/// Security settings of a whole pod. Many are defaults, which a container's own settings replace.
struct PodSecurityContext {
    /// The user ID of the containers' first processes. Decided by each image when not set.
    var runAsUser: Int64?
    /// The primary group ID of the containers' first processes. Decided by the runtime when not set.
    var runAsGroup: Int64?
    /// Whether to refuse to start containers as user 0. False by default.
    var runAsNonRoot: Bool?
    /// Further group IDs of the containers' first processes, beside the primary group and fsGroup.
    @listType("atomic")
    var supplementalGroups: [Int64]?
    /// Whether groups that the image gives to the user are added as well: Merge, the default, adds them, Strict does not.
    var supplementalGroupsPolicy: String?
    /// A group ID that owns the files of volumes which support it and that the containers' processes belong to. New files get it too.
    var fsGroup: Int64?
    /// When the owner of files in volumes is changed to fsGroup: Always, the default, or OnRootMismatch, only when the volume's root differs.
    var fsGroupChangePolicy: String?
    /// The SELinux labels of all containers. Chosen by the runtime for each container when not set.
    var seLinuxOptions: SELinuxOptions?
    /// How volumes get the pod's SELinux label: MountOption, by a mount option where possible, which is the default, or Recursive, file by file.
    var seLinuxChangePolicy: String?
    /// Which system calls the containers may make.
    var seccompProfile: SeccompProfile?
    /// The AppArmor profile of the containers.
    var appArmorProfile: AppArmorProfile?
    /// Kernel parameters to set for the pod. Unsupported ones may keep the pod from starting.
    @listType("atomic")
    var sysctls: [Sysctl]?
    /// Settings for Windows containers. Not allowed when spec.os.name is linux.
    var windowsOptions: WindowsSecurityContextOptions?
}

/// Linux capabilities to add and to drop.
struct Capabilities {
    /// Capabilities to add, such as NET_ADMIN; ALL means all.
    @listType("atomic")
    var add: [String]?
    /// Capabilities to drop, such as NET_RAW; ALL means all.
    @listType("atomic")
    var drop: [String]?
}

/// The SELinux labels of a container.
struct SELinuxOptions {
    /// The user label.
    var user: String?
    /// The role label.
    var role: String?
    /// The type label.
    var type: String?
    /// The level label.
    var level: String?
}

/// Which system calls may be made.
struct SeccompProfile {
    /// The kind of profile: RuntimeDefault for the runtime's own, Unconfined for none, Localhost for one in a file on the node.
    var type: String
    /// The file, relative to the kubelet's seccomp directory on the node. Required for type Localhost and only allowed there.
    var localhostProfile: String?
}

/// The AppArmor profile of a container.
struct AppArmorProfile {
    /// The kind of profile: RuntimeDefault for the runtime's own, Unconfined for none, Localhost for one that is loaded on the node.
    var type: String
    /// The name of a profile that is loaded on the node. Required for type Localhost and only allowed there.
    var localhostProfile: String?
}

/// Security settings for Windows containers.
struct WindowsSecurityContextOptions {
    /// The name of the group managed service account's credential spec.
    var gmsaCredentialSpecName: String?
    /// The contents of that credential spec. Usually filled in by an admission webhook.
    var gmsaCredentialSpec: String?
    /// The user that runs the first process. Decided by the image when not set.
    var runAsUserName: String?
    /// Whether to run as a host process container. Must be the same for all containers of a pod, and then hostNetwork must be true.
    var hostProcess: Bool?
}

/// A kernel parameter.
struct Sysctl {
    /// The parameter's name, such as net.core.somaxconn.
    var name: String
    /// The value to set.
    var value: String
}
