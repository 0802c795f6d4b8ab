import KubernetesAPI

@testable import BuiltInControllers

/// A Deployment whose plans are carried out, and whose ReplicaSets get the pods that they ask for, a step at a time.
struct SimulatedRollout {
    var deployment: Deployment
    var replicaSets: [ReplicaSet] = []
    var clock: Int64 = 0
    var events: [String] = []
    /// Whether pods of an image become ready.
    var becomesReady: (String) -> Bool = { _ in true }

    init(replicas: Int32 = 3, image: String = "web:1", strategy: JSONObject? = nil, limit: Int32? = 10, deadline: Int32? = 600) {
        var spec = DeploymentSpec(selector: LabelSelector(matchLabels: ["app": "web"]), template: .example(image: image), replicas: replicas)
        spec.members["strategy"] = strategy.map { .object($0) }
        spec.revisionHistoryLimit = limit
        spec.progressDeadlineSeconds = deadline
        deployment = Deployment(metadata: ObjectMeta(generation: 1, name: "web", namespace: "default", uid: "uid-web"), spec: spec)
    }

    var status: DeploymentStatus { deployment.status ?? DeploymentStatus() }
    var total: Int { replicaSets.reduce(0) { $0 + Int($1.status?.replicas ?? 0) } }
    var available: Int { replicaSets.availableReplicas }
    var names: [String] { replicaSets.map(\.name) }
    func condition(_ type: String) -> String {
        status.condition(type).map { "\($0.status) \($0.reason ?? ""): \($0.message ?? "")" } ?? "none"
    }
    func replicaSet(image: String) -> ReplicaSet? { replicaSets.first { $0.spec?.template?.spec?.containers.first?.image == image } }
    var sizes: [String: Int] {
        Dictionary(uniqueKeysWithValues: replicaSets.map { ($0.spec?.template?.spec?.containers.first?.image ?? "", $0.replicas) })
    }

    /// Changes what a user owns.
    mutating func edit(_ change: (inout DeploymentSpec) -> Void) {
        guard var spec = deployment.spec else { return }
        change(&spec)
        deployment.spec = spec
        deployment.metadata.generation = (deployment.metadata.generation ?? 0) + 1
    }
    mutating func setImage(_ image: String) { edit { $0.template = .example(image: image) } }

    /// - Returns: whether the plan changed anything.
    @discardableResult
    mutating func step() -> Bool {
        let plan = planDeployment(deployment, replicaSets: replicaSets, now: at(clock))
        if var created = plan.create {
            created.metadata.uid = "uid-\(created.name)"
            created.metadata.generation = 1
            created.metadata.creationTimestamp = at(clock)
            replicaSets.append(created)
        }
        for var updated in plan.update {
            guard let position = replicaSets.firstIndex(where: { $0.name == updated.name }) else { continue }
            if updated.spec != replicaSets[position].spec { updated.metadata.generation = (updated.metadata.generation ?? 0) + 1 }
            replicaSets[position] = updated
        }
        replicaSets.removeAll { gone in plan.delete.contains { $0.name == gone.name } }
        for (key, value) in plan.annotations { deployment.metadata[annotation: key] = value }
        if let status = plan.status { deployment.status = status }
        events += plan.events.map(\.message)
        return plan.create != nil || !plan.update.isEmpty || !plan.delete.isEmpty || plan.status != nil || !plan.annotations.isEmpty
    }

    /// ReplicaSets and the node do their part; those pods that may not become ready stay as they are.
    mutating func runPods() {
        clock += 1
        for index in replicaSets.indices {
            let set = replicaSets[index]
            let had = Int(set.status?.replicas ?? 0)
            let ready = becomesReady(set.spec?.template?.spec?.containers.first?.image ?? "")
            var status = set.status ?? ReplicaSetStatus()
            status.replicas = Int32(set.replicas)
            // New pods are ready a step later than they are made.
            let available = set.replicas <= had && ready ? set.replicas : min(Int(status.availableReplicas ?? 0), set.replicas)
            status.readyReplicas = Int32(available)
            status.availableReplicas = Int32(available)
            status.terminatingReplicas = Int32(max(0, had - set.replicas))
            status.observedGeneration = set.metadata.generation
            replicaSets[index].status = status
        }
    }

    /// Goes on until nothing changes.
    mutating func settle(check: (SimulatedRollout) -> Void = { _ in }) {
        for _ in 0..<300 {
            let before = replicaSets
            let changed = step()
            runPods()
            check(self)
            if !changed, before == replicaSets { return }
        }
    }
}
