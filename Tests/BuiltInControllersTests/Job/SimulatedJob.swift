import KubernetesAPI

@testable import BuiltInControllers

/// A Job whose plans are carried out, wholly or up to where the controller dies, and whose pods run.
struct SimulatedJob {
    var job: Job
    var pods: [Pod] = []
    var clock: Int64 = 0
    /// UIDs of pods that came to an end with this phase, and of those that were given up before.
    var ended: [String: String] = [:]
    var forgotten: Set<String> = []
    var created = 0
    var events: [String] = []

    init(_ spec: JSONObject) {
        var members: JSONObject = [
            "selector": ["matchLabels": ["app": "web"]], "template": PodTemplateSpec.example().json, "backoffLimit": 6, "completions": 1, "parallelism": 1,
        ]
        for (key, value) in spec { members[key] = value.isNull ? nil : value }
        job = Job(metadata: ObjectMeta(generation: 1, name: "sum", namespace: "default", uid: "uid-sum"), spec: JobSpec(members: members))
    }

    var status: JobStatus { job.status ?? JobStatus() }
    var active: [Pod] { pods.filter(\.isActive) }
    func condition(_ type: String) -> String { status.condition(type).map { "\($0.status) \($0.reason ?? ""): \($0.message ?? "")" } ?? "none" }

    func plan(seeing seen: [Pod]? = nil) -> JobPlan { planJob(job, pods: seen ?? pods, now: at(clock)) }

    /// Carries out a plan; dies after `steps` requests.
    /// - Returns: whether anything changed.
    @discardableResult
    mutating func step(seeing seen: [Pod]? = nil, dyingAfter steps: Int = .max) -> Bool {
        let plan = plan(seeing: seen)
        var left = steps
        var changed = false
        func mayGo() -> Bool {
            left -= 1
            if left >= 0 { changed = true }
            return left >= 0
        }
        for pod in plan.forget {
            guard mayGo() else { return changed }
            forget(pod.uid)
        }
        for pod in plan.delete {
            guard mayGo() else { return changed }
            delete(pod.uid)
        }
        var made = 0
        for var pod in plan.create where !pods.contains(where: { $0.name == pod.name }) {
            guard mayGo() else { return changed }
            created += 1
            pod.metadata.uid = "uid-\(pod.name)-\(created)"
            pod.metadata.creationTimestamp = at(clock)
            pod.members["status"] = ["phase": "Pending"]
            pods.append(pod)
            made += 1
        }
        if let status = plan.status(created: made) {
            guard mayGo() else { return changed }
            job.status = status
        }
        for pod in plan.removeFinalizers {
            guard mayGo() else { return changed }
            edit(pod.uid) { $0.metadata.removeFinalizer(JobMark.finalizer) }
        }
        events += plan.events.map(\.reason)
        return changed
    }

    private mutating func forget(_ uid: String) {
        forgotten.insert(uid)
        edit(uid) { $0.metadata.removeFinalizer(JobMark.finalizer) }
        delete(uid)
    }

    mutating func edit(_ uid: String, _ change: (inout Pod) -> Void) {
        guard let position = pods.firstIndex(where: { $0.uid == uid }) else { return }
        change(&pods[position])
        if pods[position].metadata.isBeingDeleted, pods[position].metadata.finalizers == nil { pods.remove(at: position) }
    }

    mutating func delete(_ uid: String) {
        let now = at(clock)
        edit(uid) { if !$0.metadata.isBeingDeleted { $0.metadata.deletionTimestamp = now } }
    }

    mutating func end(_ pod: Pod, _ phase: String, exitCode: Int64 = 1) {
        ended[pod.uid] = phase
        let finished = JSONValue.string(at(clock).description)
        edit(pod.uid) {
            $0.members["status"] = [
                "phase": .string(phase),
                "containerStatuses": [
                    ["name": "main", "state": ["terminated": ["exitCode": .integer(phase == "Failed" ? exitCode : 0), "finishedAt": finished]]]
                ],
            ]
        }
    }

    /// Ends the pod of an index, or any.
    mutating func endOne(_ phase: String, index: Int? = nil, exitCode: Int64 = 1) {
        if let pod = active.first(where: { index == nil || $0.completionIndex == index }) { end(pod, phase, exitCode: exitCode) }
    }

    mutating func settle() {
        for _ in 0..<50 where !step() { return }
    }
}
