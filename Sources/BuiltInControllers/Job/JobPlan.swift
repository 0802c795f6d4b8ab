public import KubernetesAPI

/// What a Job needs done, in the order of the members.
public struct JobPlan: Hashable, Sendable {
    /// Pods to give the Job's reference and ``JobMark/finalizer``, and to take both from. Where there are any to adopt, nothing else is planned.
    public var adopt: [Pod] = []
    public var release: [Pod] = []
    /// Pods not needed any more, which shall not count as failed: to lose the finalizer, with their resource version as precondition, and then to be deleted.
    public var forget: [Pod] = []
    /// Pods of a Job that ended, to be deleted.
    public var delete: [Pod] = []
    /// Pods to create, in batches (see ``SlowStart``). Where one exists already, the watches are behind.
    public var create: [Pod] = []
    /// The status with ``create`` not counted yet: see ``status(created:)``.
    public internal(set) var counted = JobStatus()
    /// Ended pods to take ``JobMark/finalizer`` from, after the status was written: they are counted there.
    public var removeFinalizers: [Pod] = []
    /// To be told once the status was written.
    public var events: [ControllerEvent] = []
    /// Whether the Job's time after its end is over: delete it, with its pods (`Foreground`).
    public var expires = false
    /// When to look again if nothing happens.
    public var checkAgain: Time?

    let present: JobStatus?

    init(_ job: Job) {
        present = job.status
        counted = job.status ?? JobStatus()
    }

    /// The status to write, with the Job's resource version, before any finalizer is removed; nil where it is that already.
    ///
    /// - Parameter created: how many pods were created.
    public func status(created: Int = 0) -> JobStatus? {
        var status = counted
        if created > 0 { status.active = (status.active ?? 0) + Int32(clamping: created) }
        return status == present ?? JobStatus() ? nil : status
    }
}

/// Decides what a Job needs.
///
/// No ended pod is lost or counted twice: a pod is kept by a finalizer until the status lists its UID as not yet counted (or its index as completed); once the
/// finalizer is gone, its UID becomes part of the count. Each of these is one write that either happens or does not.
///
/// - Parameters:
///   - job: at least as new as what this controller wrote last.
///   - pods: of its namespace; at least all that it controls and all without a controller.
public func planJob(_ job: Job, pods: [Pod], now: Time) -> JobPlan {
    var plan = JobPlan(job)
    guard let spec = job.spec, let selector = spec.selector, (spec.managedBy ?? JobMark.controller) == JobMark.controller else { return plan }
    if let finished = job.finishedAt {
        plan.removeFinalizers = pods.filter { $0.metadata.controller?.uid == job.uid && $0.isTracked }
        if let ttl = spec.ttlSecondsAfterFinished, !job.metadata.isBeingDeleted {
            let end = finished.advanced(by: .seconds(ttl))
            if end <= now { plan.expires = true } else { plan.checkAgain = end }
        }
        return plan
    }
    let claims = Claims(of: job, among: pods, selector: selector)
    plan.adopt = claims.adopted
    plan.release = claims.released
    guard plan.adopt.isEmpty else { return plan }
    var step = JobStep(job, spec, pods: claims.owned, plan: plan, now: now)
    step.advance()
    return step.plan
}

/// The pods that are kept for a Job that is gone: their finalizer is to be removed.
///
/// - Parameter isThere: whether there is a Job of this UID.
public func podsOfLostJobs(among pods: [Pod], isThere: (_ uid: String) -> Bool) -> [Pod] {
    pods.filter { pod in
        guard pod.isTracked else { return false }
        guard let owner = pod.metadata.controller else { return true }
        return owner.kind == "Job" && !isThere(owner.uid)
    }
}
