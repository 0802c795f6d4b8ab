import Foundation
import Glibc

/// What configuration takes from the process around it. A value, so that tests and embedders can give another.
public struct ConfigurationEnvironment: Sendable {
    /// Environment variables: `KUBECONFIG`, `HOME`, `PATH`, `KUBERNETES_SERVICE_HOST`, `KUBERNETES_SERVICE_PORT`, `POD_NAMESPACE`.
    /// Exec plugins inherit all of them.
    public var variables: [String: String]
    /// What relative paths in arguments and variables are relative to; absolute.
    public var workingDirectory: String
    /// Where a pod finds `token`, `ca.crt` and `namespace` of its service account.
    public var serviceAccountDirectory: String
    /// Whether a person can be asked through standard input.
    public var hasTerminalInput: Bool

    public init(
        variables: [String: String],
        workingDirectory: String = "/",
        serviceAccountDirectory: String = "/var/run/secrets/kubernetes.io/serviceaccount",
        hasTerminalInput: Bool = false
    ) {
        self.variables = variables
        self.workingDirectory = workingDirectory
        self.serviceAccountDirectory = serviceAccountDirectory
        self.hasTerminalInput = hasTerminalInput
    }

    /// The environment of this process as it is now.
    public static var process: ConfigurationEnvironment {
        ConfigurationEnvironment(
            variables: ProcessInfo.processInfo.environment, workingDirectory: FileManager.default.currentDirectoryPath,
            hasTerminalInput: isatty(STDIN_FILENO) == 1)
    }

    /// The variable, nil also when it is empty.
    subscript(variable: String) -> String? { variables[variable].flatMap { $0.isEmpty ? nil : $0 } }

    func absolutePath(_ path: String) -> String { absolute(path, relativeTo: workingDirectory) }
}

/// `path` itself when it is absolute, else below `directory`.
func absolute(_ path: String, relativeTo directory: String) -> String {
    if path.hasPrefix("/") { return path }
    var path = Substring(path)
    while path.hasPrefix("./") { path = path.dropFirst(2) }
    return directory.hasSuffix("/") ? directory + path : directory + "/" + path
}

/// What stands before the last slash of an absolute path.
func directory(of path: String) -> String {
    guard let slash = path.lastIndex(of: "/"), slash > path.startIndex else { return "/" }
    return String(path[..<slash])
}
