/// How this client names itself to servers, as the programs of the Kubernetes project do:
/// `martlet/v0.1.0 (linux/amd64) kubernetes/unknown`.
///
/// - Parameters:
///   - program: the name of the command, without its folder.
///   - version: with its `v`.
///   - commit: the first seven digits of the commit that it was built from.
public func defaultUserAgent(program: String = "martlet", version: String = "v0.1.0", commit: String = "unknown") -> String {
    "\(program)/\(version) (\(platform)) kubernetes/\(commit)"
}

/// Operating system and processor, in the words of Go, which everything in the ecosystem uses.
private var platform: String {
    #if os(Linux)
    let system = "linux"
    #elseif os(macOS)
    let system = "darwin"
    #else
    let system = "unknown"
    #endif
    #if arch(x86_64)
    return "\(system)/amd64"
    #elseif arch(arm64)
    return "\(system)/arm64"
    #else
    return "\(system)/unknown"
    #endif
}
