import Foundation
import KubernetesAPI

/// A program that prints a credential, as configured: <https://kubernetes.io/docs/reference/access-authn-authz/authentication/#client-go-credential-plugins>
struct ExecPlugin: Sendable {
    /// How much a plugin may print, in bytes.
    static let outputLimit = 1 << 20

    /// A name that is searched in `PATH`, or an absolute path.
    let command: String
    let arguments: SecretValue<[String]>
    /// All variables that the program gets, `KUBERNETES_EXEC_INFO` among them.
    let environment: SecretValue<[String: String]>
    let version: ExecCredential.Version
    let installHint: String?
    /// Whether the program reads standard input, where a person answers.
    let isInteractive: Bool
    /// Whether a person sees what the program writes to standard error.
    let hasTerminal: Bool
    let timeout: Duration
    /// Where the program is searched.
    let searchPath: String
    /// What error texts begin with: `/home/u/.kube/config: users[2] "dev": user.exec`.
    let place: String

    /// - Throws: ``ClientConfigurationError/invalid(file:field:reason:)``.
    init(
        _ exec: Kubeconfig.Exec, origin: Kubeconfig.Origin, cluster: () throws(ClientConfigurationError) -> JSONValue, environment: ConfigurationEnvironment,
        timeout: Duration
    ) throws(ClientConfigurationError) {
        guard let command = exec.command else { throw origin.invalid("user.exec.command", "is missing: the program that prints the credential") }
        guard ([command] + exec.arguments.value).allSatisfy({ !$0.utf8.contains(0) }) else { throw origin.invalid("user.exec", "contains a zero byte") }
        self.command = command
        arguments = exec.arguments
        version = try Self.version(of: exec, origin)
        installHint = exec.installHint.map(printable)
        isInteractive = try Self.isInteractive(exec, version, origin, environment)
        hasTerminal = environment.hasTerminalInput
        self.timeout = timeout
        searchPath = environment["PATH"] ?? "/usr/local/bin:/usr/bin:/bin"
        place = [origin.file, origin.field("user.exec")].compactMap { $0 }.joined(separator: ": ")

        var variables = environment.variables
        for (index, variable) in exec.environment.enumerated() {
            guard !variable.name.isEmpty, !variable.name.contains("="), !variable.name.utf8.contains(0) else {
                throw origin.invalid("user.exec.env[\(index)].name", variable.name.isEmpty ? "is missing" : "must not contain \"=\" or a zero byte")
            }
            guard !variable.value.value.utf8.contains(0) else { throw origin.invalid("user.exec.env[\(index)].value", "contains a zero byte") }
            variables[variable.name] = variable.value.value
        }
        var spec = JSONObject()
        spec["interactive"] = .bool(isInteractive)
        if exec.provideClusterInfo { spec["cluster"] = try cluster() }
        let info: JSONValue = ["kind": "ExecCredential", "apiVersion": .string(version.rawValue), "spec": .object(spec)]
        variables["KUBERNETES_EXEC_INFO"] = String(decoding: info.serialized(), as: UTF8.self)
        self.environment = SecretValue(variables)
    }

    private static func version(of exec: Kubeconfig.Exec, _ origin: Kubeconfig.Origin) throws(ClientConfigurationError) -> ExecCredential.Version {
        guard let text = exec.apiVersion else { throw origin.invalid("user.exec.apiVersion", "is missing; use \"\(ExecCredential.Version.v1.rawValue)\"") }
        guard let version = ExecCredential.Version(rawValue: text) else {
            let known = ExecCredential.Version.allCases.map { "\"\($0.rawValue)\"" }.joined(separator: " or ")
            throw origin.invalid("user.exec.apiVersion", "must be \(known), not \"\(text.prefix(64))\"; an update of the plugin may be needed")
        }
        return version
    }

    private static func isInteractive(
        _ exec: Kubeconfig.Exec, _ version: ExecCredential.Version, _ origin: Kubeconfig.Origin, _ environment: ConfigurationEnvironment
    ) throws(ClientConfigurationError) -> Bool {
        let mode: Kubeconfig.Exec.InteractiveMode
        if let set = exec.interactiveMode {
            mode = set
        } else if version == .v1beta1 {
            mode = .ifAvailable  // before v1 the field was optional
        } else {
            throw origin.invalid("user.exec.interactiveMode", "is missing; use Never, IfAvailable or Always")
        }
        if mode == .always, !environment.hasTerminalInput {
            throw origin.invalid("user.exec.interactiveMode", "is Always, but standard input is no terminal: this user needs a person to log in")
        }
        return mode != .never && environment.hasTerminalInput
    }

    func fault(_ reason: String) -> ClientConfigurationError { .credential("\(place): the program \"\(command)\" \(reason)") }

    /// The path of the program, or the error that says what is missing.
    func executable() throws(ClientConfigurationError) -> String {
        let candidates: [String]
        if command.contains("/") {
            candidates = [command]
        } else {
            // A relative folder in PATH would run what lies in the folder that happens to be the current one.
            candidates = searchPath.split(separator: ":").filter { $0.hasPrefix("/") }.map { "\($0)/\(command)" }
        }
        let files = candidates.filter { path in
            var isFolder: ObjCBool = false
            return FileManager.default.fileExists(atPath: path, isDirectory: &isFolder) && !isFolder.boolValue
        }
        if let path = files.first(where: FileManager.default.isExecutableFile(atPath:)) { return path }
        if let file = files.first { throw fault("is not executable: \(file)") }
        let place = command.contains("/") ? "does not exist" : "is not in PATH"
        throw fault("\(place). Install it\(installHint.map { ": \($0)" } ?? ", or correct user.exec.command")")
    }
}

/// A text from outside made harmless for terminals and logs: control characters but line breaks and tabs are shown as their code (`U+001B`).
func printable(_ text: String) -> String {
    var result = ""
    for scalar in text.unicodeScalars {
        switch scalar.properties.generalCategory {
        case .control where scalar != "\n" && scalar != "\t", .format, .surrogate, .privateUse, .unassigned:
            let code = String(scalar.value, radix: 16, uppercase: true)
            result += "U+" + String(repeating: "0", count: max(0, 4 - code.count)) + code
        default: result.unicodeScalars.append(scalar)
        }
    }
    return result
}
