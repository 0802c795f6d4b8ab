public import KubernetesAPI

/// Which Kubernetes this server behaves as: the answer to `/version`.
public enum ServerVersion {
    public static let major = "1"
    public static let minor = "36"
    /// The suffix tells people that this is no Kubernetes; clients compare what is in front of it.
    public static let gitVersion = "v\(major).\(minor).0+martlet"

    /// - Parameters:
    ///   - commit: of the sources; empty where it is not known.
    ///   - buildDate: in RFC 3339.
    public static func document(commit: String = "", buildDate: String = "1970-01-01T00:00:00Z") -> VersionInfo {
        VersionInfo(
            buildDate: buildDate, compiler: "swiftc", gitCommit: commit, gitTreeState: commit.isEmpty ? "" : "clean", gitVersion: gitVersion,
            goVersion: "", major: major, minor: minor, platform: platform, emulationMajor: major, emulationMinor: minor, minCompatibilityMajor: major,
            minCompatibilityMinor: "35")
    }

    private static var platform: String {
        #if os(macOS)
        let system = "darwin"
        #else
        let system = "linux"
        #endif
        #if arch(arm64)
        return "\(system)/arm64"
        #else
        return "\(system)/amd64"
        #endif
    }
}
