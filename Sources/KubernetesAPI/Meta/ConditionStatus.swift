/// Whether a condition holds.
public enum ConditionStatus: String, Hashable, Sendable {
    case `true` = "True"
    case `false` = "False"
    /// It cannot be told, or not yet.
    case unknown = "Unknown"
}

extension Condition {
    /// - Parameters:
    ///   - reason: one CamelCase constant per cause, which tools match on.
    ///   - message: for people, the fact and what to do. The same state has to give the same message, or each write triggers the next.
    ///   - observedGeneration: the `metadata.generation` that the condition is about.
    ///   - lastTransitionTime: overwritten by ``Swift/Array/set(_:now:)`` where the status does not change.
    public init(
        _ type: String, _ status: ConditionStatus, reason: String, message: String, observedGeneration: Int64? = nil, lastTransitionTime: Time = .zero
    ) {
        self.init(
            lastTransitionTime: lastTransitionTime, message: message, reason: reason, status: status.rawValue, type: type,
            observedGeneration: observedGeneration)
    }

    public var isTrue: Bool { status == ConditionStatus.true.rawValue }
    public var isFalse: Bool { status == ConditionStatus.false.rawValue }
    /// Neither true nor false, whatever the text.
    public var isUnknown: Bool { !isTrue && !isFalse }
}

extension [Condition] {
    /// The condition of this type.
    public subscript(type: String) -> Condition? { first { $0.type == type } }

    public func isTrue(_ type: String) -> Bool { self[type]?.isTrue ?? false }
    public func isFalse(_ type: String) -> Bool { self[type]?.isFalse ?? false }

    /// Replaces the condition of the same type, or appends it. `lastTransitionTime` becomes `now` when the status changes or the condition is new, and stays
    /// otherwise, whatever `condition` has there.
    ///
    /// - Returns: whether anything changed. If nothing did, there is nothing to write.
    @discardableResult
    public mutating func set(_ condition: Condition, now: Time) -> Bool {
        var condition = condition
        guard let position = firstIndex(where: { $0.type == condition.type }) else {
            condition.lastTransitionTime = now
            append(condition)
            return true
        }
        condition.lastTransitionTime = self[position].status == condition.status ? self[position].lastTransitionTime : now
        if self[position] == condition { return false }
        self[position] = condition
        return true
    }

    /// Removes the condition of this type.
    ///
    /// - Returns: whether there was one.
    @discardableResult
    public mutating func remove(_ type: String) -> Bool {
        let count = self.count
        removeAll { $0.type == type }
        return self.count < count
    }
}
