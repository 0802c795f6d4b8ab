import KubernetesAPI

/// A Deployment with its ReplicaSets while its next step is worked out. What is decided is entered here at once, so that later decisions build on it.
struct Rollout {
    let deployment: Deployment
    let spec: DeploymentSpec
    let limits: RolloutLimits
    let now: Time
    /// The ReplicaSet of the present template.
    var new: ReplicaSet?
    /// All others of the Deployment, oldest first.
    var old: [ReplicaSet]
    /// The status as last written, with what was decided about the condition Progressing since.
    var status: DeploymentStatus
    var plan = DeploymentPlan()
    /// All ReplicaSets of the namespace that were seen, by name.
    private let namesakes: [String: ReplicaSet]

    init(_ deployment: Deployment, _ spec: DeploymentSpec, owned: [ReplicaSet], others: [ReplicaSet], now: Time) {
        self.deployment = deployment
        self.spec = spec
        self.now = now
        limits = RolloutLimits(spec)
        status = deployment.status ?? DeploymentStatus()
        let ordered = owned.oldestFirst
        // The oldest of those that have the template: whoever made another one with it must not make the Deployment waver between them.
        new = ordered.first { $0.spec?.template?.isEquivalent(to: spec.template) ?? false }
        old = ordered.filter { [new] in $0.uid != new?.uid }
        namesakes = Dictionary(others.map { ($0.name, $0) }, uniquingKeysWith: { first, _ in first })
    }

    var all: [ReplicaSet] { old + (new.map { [$0] } ?? []) }

    mutating func advance() {
        if deployment.metadata.isBeingDeleted {
            takeStockOnly()
        } else if notePause() || (wasScaled && (limits.isRollingUpdate || all.active.count <= 1)) {
            if new != nil { prepareNew() }
            resize()
            if spec.paused == true { cleanUp() }
            takeStockOnly()
        } else if limits.isRollingUpdate {
            rollingUpdate()
        } else {
            recreate()
        }
    }

    private mutating func rollingUpdate() {
        guard prepareNew() else { return takeStockOnly() }
        if !scaleUpNew(), !scaleDownOld(), isComplete(status) { cleanUp() }
        takeStock()
    }

    private mutating func recreate() {
        if new != nil { prepareNew() }
        for replicaSet in old.active { scale(replicaSet, to: 0) }
        let hasOldPods = old.contains { $0.replicas > 0 || ($0.status?.replicas ?? 0) > 0 || ($0.status?.terminatingReplicas ?? 0) > 0 || $0.isUnobserved }
        // No pod of the new template starts before the last one of an old template has ended.
        guard plan.update.isEmpty, !hasOldPods else { return takeStock() }
        if new == nil, !prepareNew() { return takeStockOnly() }
        if let new, new.replicas != limits.replicas { scale(new, to: limits.replicas) }
        if isComplete(status) { cleanUp() }
        takeStock()
    }

    /// Makes sure that there is a ReplicaSet for the template, which is the newest revision.
    ///
    /// - Returns: whether there is; not where the name that it would have is taken.
    @discardableResult
    private mutating func prepareNew() -> Bool {
        let revision = (old.map(\.revision).max() ?? 0) + 1
        guard let found = new else { return createNew(revision: revision) }
        var updated = found
        updated.takeAnnotations(of: deployment, revision: revision)
        if updated.spec?.minReadySeconds ?? 0 != spec.minReadySeconds ?? 0 { updated.spec?.minReadySeconds = spec.minReadySeconds }
        if updated != found { write(updated) }
        setRevision(updated.revision)
        if hasDeadline, progressing == nil {
            status.setCondition("Progressing", "True", "FoundNewReplicaSet", "Found new replica set \(quoted(found.name))", now)
        }
        return true
    }

    private mutating func createNew(revision: Int64) -> Bool {
        let hash = spec.template.hash(collisions: status.collisionCount)
        let name = "\(deployment.name)-\(hash)"
        if namesakes[name] != nil {
            // Another template has the same hash, or someone else the name. The next plan tries another one.
            status.collisionCount = (status.collisionCount ?? 0) + 1
            return false
        }
        var (template, selector) = (spec.template, spec.selector)
        var templateMeta = template.metadata ?? ObjectMeta()
        templateMeta[label: templateHashLabel] = hash
        template.metadata = templateMeta
        var matched = selector.members["matchLabels"]?.object ?? JSONObject()
        matched[templateHashLabel] = .string(hash)
        selector.members["matchLabels"] = .object(matched)

        var meta = ObjectMeta(name: name, namespace: deployment.namespace)
        meta.labels = templateMeta.labels
        meta.ownerReferences = [OwnerReference(controller: deployment)]
        let newSpec = ReplicaSetSpec(selector: selector, replicas: 0, template: template, minReadySeconds: spec.minReadySeconds)
        var created = ReplicaSet(metadata: meta, spec: newSpec)
        created.takeAnnotations(of: deployment, revision: revision)
        let count = newReplicas(of: created)
        created.scale(to: count, for: limits)
        new = created
        plan.create = created
        setRevision(revision)
        if count > 0 { plan.events.append(.normal("ScalingReplicaSet", "Scaled up replica set \(name) from 0 to \(count)")) }
        if hasDeadline { status.setCondition("Progressing", "True", "NewReplicaSetCreated", "Created new replica set \(quoted(name))", now) }
        return true
    }

    private mutating func setRevision(_ revision: Int64) {
        guard deployment.metadata[annotation: DeploymentAnnotation.revision] != "\(revision)" else { return }
        plan.annotations[DeploymentAnnotation.revision] = "\(revision)"
    }

    // MARK: Changes to ReplicaSets

    /// Scales, and tells. Where only what is noted about the Deployment is out of date, that is renewed in silence.
    mutating func scale(_ replicaSet: ReplicaSet, to count: Int) {
        var scaled = replicaSet
        scaled.scale(to: count, for: limits)
        guard scaled != replicaSet else { return }
        write(scaled)
        guard count != replicaSet.replicas else { return }
        let direction = count > replicaSet.replicas ? "up" : "down"
        let message = "Scaled \(direction) replica set \(replicaSet.name) from \(replicaSet.replicas) to \(count)"
        plan.events.append(.normal("ScalingReplicaSet", message))
    }

    private mutating func write(_ replicaSet: ReplicaSet) {
        if new?.name == replicaSet.name { new = replicaSet }
        if let position = old.firstIndex(where: { $0.name == replicaSet.name }) { old[position] = replicaSet }
        if plan.create?.name == replicaSet.name {
            plan.create = replicaSet
        } else if let position = plan.update.firstIndex(where: { $0.name == replicaSet.name }) {
            plan.update[position] = replicaSet
        } else {
            plan.update.append(replicaSet)
        }
    }

    /// Deletes the oldest revisions beyond `spec.revisionHistoryLimit`; never one that has pods, or whose controller has not seen its latest change.
    private mutating func cleanUp() {
        guard let limit = spec.revisionHistoryLimit, limit != .max else { return }
        let candidates = old.filter { !$0.metadata.isBeingDeleted }
        let excess = candidates.count - Int(limit)
        guard excess > 0 else { return }
        let oldest = candidates.sorted { $0.revision == $1.revision ? $0.isOlder(than: $1) : $0.revision < $1.revision }.prefix(excess)
        plan.delete = oldest.filter { $0.replicas == 0 && ($0.status?.replicas ?? 0) == 0 && !$0.isUnobserved }
    }
}

extension ReplicaSet {
    /// Whether its controller has not seen its latest change.
    var isUnobserved: Bool { (metadata.generation ?? 0) > (status?.observedGeneration ?? 0) }
}

func quoted(_ text: String) -> String { "\"\(text)\"" }
