import KubernetesAPI

extension ClientConfiguration {
    /// What is given for one call and counts more than any file, as kubectl's `--kubeconfig`, `--context`, `--cluster`, `--user` and `--namespace`.
    public struct Overrides: Hashable, Sendable {
        /// The only kubeconfig to read; it must exist.
        public var kubeconfig: String?
        public var context: String?
        /// The name of a cluster, instead of the context's.
        public var cluster: String?
        /// The name of a user, instead of the context's.
        public var user: String?
        public var namespace: String?

        public init(kubeconfig: String? = nil, context: String? = nil, cluster: String? = nil, user: String? = nil, namespace: String? = nil) {
            self.kubeconfig = kubeconfig?.nonEmpty
            self.context = context?.nonEmpty
            self.cluster = cluster?.nonEmpty
            self.user = user?.nonEmpty
            self.namespace = namespace?.nonEmpty
        }

        var namesNothing: Bool { kubeconfig == nil && context == nil && cluster == nil && user == nil }
    }

    /// Finds the configuration as kubectl does: the file that `overrides` name; else the files in `KUBECONFIG`, merged; else `~/.kube/config`; and where
    /// those give no cluster, that of the pod this process runs in.
    ///
    /// - Parameters:
    ///   - execTimeout: how long an exec plugin may take. People may have to log in meanwhile.
    ///   - warn: is told what works but should be known, now and later.
    /// - Throws: ``ClientConfigurationError``; its text names the file and the field.
    public static func load(
        _ overrides: Overrides = Overrides(), environment: ConfigurationEnvironment = .process, execTimeout: Duration = .seconds(120),
        warn: @escaping ClientConfigurationWarning.Handler
    ) throws(ClientConfigurationError) -> ClientConfiguration {
        let (kubeconfig, searched) = try Kubeconfig.load(overrides.kubeconfig, environment: environment, warn: warn)
        let resolution = KubeconfigResolution(kubeconfig, overrides: overrides, environment: environment)
        let isInPod = environment.isInPod
        if resolution.contextName == nil, overrides.namesNothing, isInPod { return try .inCluster(overrides, environment: environment, warn: warn) }
        guard !kubeconfig.clusters.isEmpty || resolution.contextName != nil || overrides.cluster != nil else {
            throw .notConfigured(
                "no Kubernetes cluster is configured: \(searched)\(isInPod ? "" : ", and this process does not run in a pod"). "
                    + "Name a kubeconfig, or set KUBECONFIG.")
        }
        return try resolution.configuration(execTimeout: execTimeout, warn: warn)
    }
}

extension Kubeconfig {
    /// Reads and merges the kubeconfigs that kubectl would, paths made absolute.
    ///
    /// - Parameter path: the only file to read; it must exist.
    /// - Returns: `searched` says where was looked, as part of a sentence.
    static func load(
        _ path: String?, environment: ConfigurationEnvironment, warn: @escaping ClientConfigurationWarning.Handler
    ) throws(ClientConfigurationError) -> (kubeconfig: Kubeconfig, searched: String) {
        if let path {
            let path = environment.absolutePath(path)
            return (try Kubeconfig(contentsOf: path, warn: warn), "\(path) names none")
        }
        var paths: [String] = []
        if let variable = environment["KUBECONFIG"] {
            for entry in variable.split(separator: ":") where !paths.contains(environment.absolutePath(String(entry))) {
                paths.append(environment.absolutePath(String(entry)))
            }
        } else if let home = environment["HOME"] {
            paths = [absolute(".kube/config", relativeTo: environment.absolutePath(home))]
        } else {
            return (Kubeconfig(), "neither KUBECONFIG nor HOME is set")
        }
        var found: [Kubeconfig] = []
        for path in paths {
            // Missing files are skipped: `KUBECONFIG` often lists files that other tools make when needed.
            if let identityFault = Self.fault(of: path), identityFault.isAbsence { continue }
            found.append(try Kubeconfig(contentsOf: path, warn: warn))
        }
        let list = paths.joined(separator: ", ")
        if found.isEmpty, environment["KUBECONFIG"] != nil {
            warn(ClientConfigurationWarning(reason: "KUBECONFIG names no file that exists: \(list)"))
        }
        return (Kubeconfig(merging: found), found.isEmpty ? "there is no \(list)" : "\(list) names none")
    }

    private static func fault(of path: String) -> ConfigurationFile.Fault? {
        do throws(ConfigurationFile.Fault) {
            _ = try ConfigurationFile.identity(of: path)
            return nil
        } catch {
            return error
        }
    }
}
