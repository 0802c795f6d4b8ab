import KubernetesAPI

/// The annotations that Deployments and their ReplicaSets carry, which `kubectl rollout history` and `undo` read.
enum DeploymentAnnotation {
    static let revision = "deployment.kubernetes.io/revision"
    /// Revisions that a ReplicaSet had before, separated by commas: it was rolled back to.
    static let revisionHistory = "deployment.kubernetes.io/revision-history"
    /// The Deployment's `spec.replicas` when the ReplicaSet was last scaled: a difference means that the Deployment was scaled since.
    static let desiredReplicas = "deployment.kubernetes.io/desired-replicas"
    /// The most pods that the Deployment could have then, `maxSurge` included.
    static let maxReplicas = "deployment.kubernetes.io/max-replicas"

    /// Those that are a ReplicaSet's own, or kubectl's; all others are copied from the Deployment.
    static let own: Set<String> = [
        "kubectl.kubernetes.io/last-applied-configuration", revision, revisionHistory, desiredReplicas, maxReplicas, "deprecated.deployment.rollback.to",
    ]

    private static let longestHistoryBytes = 2000

    /// The history with one revision more, without the oldest ones where it gets too long.
    static func history(_ history: String?, adding revision: String) -> String {
        var revisions = (history ?? "").split(separator: ",").map(String.init) + [revision]
        while revisions.count > 1, revisions.reduce(revisions.count - 1, { $0 + $1.utf8.count }) > longestHistoryBytes { revisions.removeFirst() }
        return revisions.joined(separator: ",")
    }
}

extension ReplicaSet {
    /// Its place in the Deployment's history; 0 where it has none.
    var revision: Int64 { metadata[annotation: DeploymentAnnotation.revision].flatMap { Int64($0) } ?? 0 }

    var replicas: Int { Int(spec?.replicas ?? 1) }
    var availableReplicas: Int { Int(status?.availableReplicas ?? 0) }

    /// Takes over the Deployment's annotations and becomes the newest revision.
    mutating func takeAnnotations(of deployment: Deployment, revision newest: Int64) {
        var meta = metadata
        let before = meta.annotations ?? [:]
        var annotations = before
        for (key, value) in deployment.metadata.annotations ?? [:] where !DeploymentAnnotation.own.contains(key) { annotations[key] = value }
        let old = before[DeploymentAnnotation.revision]
        if (old.flatMap { Int64($0) } ?? 0) < newest {
            annotations[DeploymentAnnotation.revision] = "\(newest)"
            if let old {
                annotations[DeploymentAnnotation.revisionHistory] = DeploymentAnnotation.history(
                    before[DeploymentAnnotation.revisionHistory], adding: old)
            }
        }
        guard annotations != before else { return }
        for (key, value) in annotations.sorted(by: { $0.key < $1.key }) { meta[annotation: key] = value }
        metadata = meta
    }

    /// Sets the count, and notes what the Deployment wanted at that time.
    mutating func scale(to count: Int, for limits: RolloutLimits) {
        var (meta, spec) = (metadata, spec ?? ReplicaSetSpec())
        if meta[annotation: DeploymentAnnotation.desiredReplicas] != "\(limits.replicas)" {
            meta[annotation: DeploymentAnnotation.desiredReplicas] = "\(limits.replicas)"
        }
        let most = "\(limits.replicas + limits.maxSurge)"
        if meta[annotation: DeploymentAnnotation.maxReplicas] != most { meta[annotation: DeploymentAnnotation.maxReplicas] = most }
        if spec.replicas != Int32(clamping: count) { spec.replicas = Int32(clamping: count) }
        (metadata, self.spec) = (meta, spec)
    }
}

extension [ReplicaSet] {
    /// Of what was asked for, whether or not the pods are there.
    var replicas: Int { reduce(0) { $0 + $1.replicas } }
    var availableReplicas: Int { reduce(0) { $0 + $1.availableReplicas } }
    /// Pods that are there.
    var actualReplicas: Int { reduce(0) { $0 + Int($1.status?.replicas ?? 0) } }
    var active: [ReplicaSet] { filter { $0.replicas > 0 } }

    var oldestFirst: [ReplicaSet] { sorted { $0.isOlder(than: $1) } }
}

extension ReplicaSet {
    /// Created earlier; by name where that was in the same second.
    func isOlder(than other: ReplicaSet) -> Bool {
        let (mine, theirs) = (metadata.creationTimestamp ?? .max, other.metadata.creationTimestamp ?? .max)
        return mine == theirs ? name.utf8.lexicographicallyPrecedes(other.name.utf8) : mine < theirs
    }
}
