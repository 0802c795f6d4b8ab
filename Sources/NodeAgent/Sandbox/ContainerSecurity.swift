public import KubernetesAPI

/// Who a container runs as and what it may do, by its security context, its pod's, and its image.
public struct ContainerSecurity: Hashable, Sendable {
    public var identity: BubblewrapCommand.Identity
    public var isRootReadOnly: Bool
    /// For bubblewrap, such as `CAP_CHOWN`.
    public var capabilities: [String]

    /// What containers have when nothing is said, as with common container runtimes.
    static let defaultCapabilities = [
        "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "NET_BIND_SERVICE", "SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
    ]
    /// What is never given: it would reach beyond the container.
    static let refusedCapabilities: Set<String> = [
        "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "SYS_BOOT", "SYS_TIME", "SYS_PTRACE", "MAC_ADMIN", "MAC_OVERRIDE", "NET_ADMIN", "BPF", "PERFMON",
        "CHECKPOINT_RESTORE", "SYSLOG", "DAC_READ_SEARCH", "LINUX_IMMUTABLE", "AUDIT_CONTROL", "MKNOD",
    ]

    /// - Parameters:
    ///   - imageUser: the image's `USER`: `uid`, `uid:gid` or a name; names are only known as root here.
    ///   - agentUID: who the agent is. Without root the container's user is only shown by a user namespace.
    /// - Throws: ``ContainerConfigError``: `runAsNonRoot` with root or with a user whose number is not known, or privileged.
    public init(of container: Container, in pod: Pod, imageUser: String, agentUID: UInt32, agentGID: UInt32) throws(ContainerConfigError) {
        let own = container.securityContext ?? SecurityContext()
        let shared = pod.spec?.securityContext ?? PodSecurityContext()
        let what = "(pod: \(pod.kubeletName.quotedAsGo), container: \(container.name))"
        if own.privileged == true { throw ContainerConfigError("privileged containers are not supported by this node \(what)") }
        let image = imageUser.split(separator: ":", maxSplits: 1).map(String.init)
        let imageName = image.first ?? ""
        let imageUID = imageName.isEmpty || imageName == "root" ? 0 : Int64(imageName)
        let explicit = own.runAsUser ?? shared.runAsUser
        if own.runAsNonRoot ?? shared.runAsNonRoot ?? false {
            if let explicit {
                if explicit == 0 { throw ContainerConfigError("container's runAsUser breaks non-root policy \(what)") }
            } else if imageUID == nil {
                throw ContainerConfigError(
                    "container has runAsNonRoot and image has non-numeric user (\(imageName)), cannot verify user is non-root \(what)")
            } else if imageUID == 0 {
                throw ContainerConfigError("container has runAsNonRoot and image will run as root \(what)")
            }
        }
        let uid = explicit ?? imageUID ?? 0
        let gid = own.runAsGroup ?? shared.runAsGroup ?? (image.count > 1 ? Int64(image[1]) : nil) ?? (explicit == nil ? uid : 0)
        guard let uid = UInt32(exactly: uid), let gid = UInt32(exactly: gid) else {
            throw ContainerConfigError("user and group must be at most 4294967295 \(what)")
        }
        if agentUID != 0 {
            identity = .mapped(uid: uid, gid: gid)
        } else {
            identity = uid == 0 ? .root : .user(uid: uid, gid: gid == 0 ? uid : gid)
        }
        isRootReadOnly = own.readOnlyRootFilesystem ?? false

        func names(_ list: [String]?) -> [String] { (list ?? []).map { $0.hasPrefix("CAP_") ? String($0.dropFirst(4)) : $0 } }
        let dropped = names(own.capabilities?.drop)
        var kept = dropped.contains("ALL") ? [] : Self.defaultCapabilities.filter { !dropped.contains($0) }
        for name in names(own.capabilities?.add) where name != "ALL" && !Self.refusedCapabilities.contains(name) && !kept.contains(name) { kept.append(name) }
        // Another user than root has capabilities only where it gains them, which no-new-privileges forbids.
        capabilities = uid == 0 ? kept.map { "CAP_\($0)" } : []
    }
}
