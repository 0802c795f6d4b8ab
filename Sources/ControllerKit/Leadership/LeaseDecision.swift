public import KubernetesAPI

/// What a candidate does about a lease, as client-go's leader election.
///
/// Nobody's clock is compared with anybody else's: a lease is over when this candidate has not seen it change for as long as it was taken for.
public enum LeaseDecision: Sendable, Equatable {
    /// Write this: the lease is free, over, or one's own.
    case take(LeaseSpec)
    /// Somebody else holds it.
    case wait
}

/// - Parameters:
///   - lease: as it is stored; nil when there is none.
///   - unchangedFor: for how long this candidate has seen it as it is.
///   - identity: this candidate's.
public func decideLease(
    _ lease: LeaseSpec?, unchangedFor: Duration, identity: String, leaseDurationSeconds: Int32, now: MicroTime
) -> LeaseDecision {
    let holder = lease?.holderIdentity ?? ""
    if holder == identity, let lease {
        var renewed = lease
        renewed.renewTime = now
        renewed.leaseDurationSeconds = leaseDurationSeconds
        return .take(renewed)
    }
    if !holder.isEmpty, unchangedFor < .seconds(Int64(lease?.leaseDurationSeconds ?? leaseDurationSeconds)) { return .wait }
    let transitions = lease.map { ($0.leaseTransitions ?? 0) &+ 1 } ?? 0
    return .take(
        LeaseSpec(
            holderIdentity: identity, leaseDurationSeconds: leaseDurationSeconds, acquireTime: now, renewTime: now, leaseTransitions: transitions))
}

/// What a holder writes that lets its lease go: the next one need not wait.
public func releasedLease(_ lease: LeaseSpec, now: MicroTime) -> LeaseSpec {
    LeaseSpec(holderIdentity: "", leaseDurationSeconds: 1, acquireTime: now, renewTime: now, leaseTransitions: lease.leaseTransitions)
}
