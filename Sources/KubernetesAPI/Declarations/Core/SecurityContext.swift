#definitions("io.k8s.api.core.v1")

struct SecurityContext {
    var allowPrivilegeEscalation: Bool?
    var appArmorProfile: AppArmorProfile?
    var capabilities: Capabilities?
    var privileged: Bool?
    var procMount: String?
    var readOnlyRootFilesystem: Bool?
    var runAsGroup: Int64?
    var runAsNonRoot: Bool?
    var runAsUser: Int64?
    var seLinuxOptions: SELinuxOptions?
    var seccompProfile: SeccompProfile?
    var windowsOptions: WindowsSecurityContextOptions?
}

struct PodSecurityContext {
    var appArmorProfile: AppArmorProfile?
    var fsGroup: Int64?
    var fsGroupChangePolicy: String?
    var runAsGroup: Int64?
    var runAsNonRoot: Bool?
    var runAsUser: Int64?
    var seLinuxChangePolicy: String?
    var seLinuxOptions: SELinuxOptions?
    var seccompProfile: SeccompProfile?
    @listType("atomic")
    var supplementalGroups: [Int64]?
    var supplementalGroupsPolicy: String?
    @listType("atomic")
    var sysctls: [Sysctl]?
    var windowsOptions: WindowsSecurityContextOptions?
}

struct Capabilities {
    @listType("atomic")
    var add: [String]?
    @listType("atomic")
    var drop: [String]?
}

struct SELinuxOptions {
    var level: String?
    var role: String?
    var type: String?
    var user: String?
}

struct SeccompProfile {
    var type: String
    var localhostProfile: String?
}

struct AppArmorProfile {
    var type: String
    var localhostProfile: String?
}

struct WindowsSecurityContextOptions {
    var gmsaCredentialSpec: String?
    var gmsaCredentialSpecName: String?
    var hostProcess: Bool?
    var runAsUserName: String?
}

struct Sysctl {
    var name: String
    var value: String
}
