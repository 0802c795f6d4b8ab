import KubernetesAPI

/// How many pods a Deployment may have and must have while it is rolled out.
struct RolloutLimits: Hashable {
    let replicas: Int
    /// Pods above `replicas`; 0 unless it is a rolling update.
    let maxSurge: Int
    /// Pods that may be missing, at most `replicas`; 0 unless it is a rolling update.
    let maxUnavailable: Int
    let isRollingUpdate: Bool

    /// Percentages are of `spec.replicas`: of `maxSurge` rounded up, of `maxUnavailable` down. Where both come to nothing, one pod may be missing: else nothing
    /// could move.
    init(_ spec: DeploymentSpec) {
        replicas = Int(spec.replicas ?? 1)
        isRollingUpdate = spec.strategy?.type != "Recreate"
        guard isRollingUpdate else {
            (maxSurge, maxUnavailable) = (0, 0)
            return
        }
        let rolling = spec.strategy?.rollingUpdate
        let surge = max(0, (try? (rolling?.maxSurge ?? "25%").scaled(of: replicas, roundUp: true)) ?? 0)
        let unavailable = max(0, (try? (rolling?.maxUnavailable ?? "25%").scaled(of: replicas, roundUp: false)) ?? 0)
        maxSurge = surge
        maxUnavailable = min(replicas, surge == 0 && unavailable == 0 ? 1 : unavailable)
    }

    var minAvailable: Int { replicas - maxUnavailable }
}
