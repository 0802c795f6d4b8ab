public import FoundationEssentials

/// Brings one object's world to what the object says: observes, decides, applies, reports.
///
/// Called again whenever something changed that its controller watches, never twice at the same time for one key, and for keys whose object is gone.
public protocol Reconciler: Sendable {
    /// - Throws: when the same may succeed later: the controller shows it in a Warning event and retries with backoff. What a user must fix is no error but a
    ///   condition.
    func reconcile(_ key: ObjectKey, now: Date) async throws -> Requeue
}

/// When to look at an object again.
public enum Requeue: Sendable, Hashable {
    /// When something changes.
    case onChange
    /// When something changes, or at this time.
    case at(Date)
    /// When something changes, or after this time.
    case after(Duration)

    func delay(now: Date) -> Duration? {
        switch self {
        case .onChange: nil
        // A wait of more than a year is no wait for anything, and its arithmetic must not overflow.
        case .at(let date): .seconds(min(max(date.timeIntervalSince(now), 0), 366 * 86_400))
        case .after(let delay): max(delay, .zero)
        }
    }

    /// The earlier of two.
    public func sooner(_ other: Requeue, now: Date) -> Requeue {
        guard let own = delay(now: now) else { return other }
        guard let others = other.delay(now: now) else { return self }
        return own <= others ? self : other
    }
}
