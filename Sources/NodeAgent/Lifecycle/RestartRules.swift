import KubernetesAPI

extension Container {
    /// Whether an init container is a sidecar: it keeps running beside the main containers.
    var isSidecar: Bool { restartPolicy == "Always" }

    /// Whether the container is started again after `exit`, by its own rules and policy or else the pod's.
    ///
    /// - Parameters:
    ///   - podPolicy: the pod's restart policy.
    ///   - isInit: an init container without restarts of its own is only ever started again after a failure.
    func isRestarted(after exit: ContainerExit, podPolicy: String, isInit: Bool) -> Bool {
        for rule in restartPolicyRules ?? [] {
            guard let codes = rule.exitCodes else { continue }
            let isListed = codes.values?.contains(exit.exitCode) ?? false
            // RestartAllContainers restarts what has ended; the others are left running.
            if codes.operator == "In" ? isListed : !isListed { return true }
        }
        switch restartPolicy ?? podPolicy {
        case "Never": return false
        case "OnFailure": return !exit.isSuccess || exit.isByProbe
        default: return !isInit || isSidecar || !exit.isSuccess || exit.isByProbe
        }
    }
}
