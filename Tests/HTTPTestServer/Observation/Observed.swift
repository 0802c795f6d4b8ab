import Synchronization

/// A value that some tasks change and others wait on, without polling.
///
/// The server reports through one of these; tests use their own as gates between a handler and the test body.
public final class Observed<Value: Sendable>: Sendable {
    private struct Waiter {
        let condition: @Sendable (Value) -> Bool
        let continuation: CheckedContinuation<Value?, Never>
    }

    private struct State {
        var value: Value
        var waiters: [UInt64: Waiter] = [:]
        /// Waits that were cancelled before they were registered.
        var cancelledEarly: Set<UInt64> = []
        var nextIdentifier: UInt64 = 0
    }

    private enum Registration {
        case waits, cancelled
        case holds(Value)
    }

    private let state: Mutex<State>

    public init(_ value: Value) {
        state = Mutex(State(value: value))
    }

    /// A copy of the value as it is now.
    public var value: Value {
        state.withLock { $0.value }
    }

    /// Changes the value and wakes those whose condition now holds. `change` must not block or use this object.
    @discardableResult
    public func update<Result: Sendable>(_ change: @Sendable (inout Value) -> Result) -> Result {
        let (result, satisfied, value) = state.withLock { state -> (Result, [Waiter], Value?) in
            let result = change(&state.value)
            guard !state.waiters.isEmpty else { return (result, [], nil) }
            let identifiers = state.waiters.filter { $0.value.condition(state.value) }.map(\.key)
            guard !identifiers.isEmpty else { return (result, [], nil) }
            return (result, identifiers.compactMap { state.waiters.removeValue(forKey: $0) }, state.value)
        }
        for waiter in satisfied { waiter.continuation.resume(returning: value) }
        return result
    }

    /// Waits until `condition` holds and returns the value for which it did.
    ///
    /// - Parameters:
    ///   - what: names the condition in the error.
    ///   - deadline: how long to wait at most.
    /// - Throws: ``TestServerError/deadlineExceeded(_:)`` with the last value, ``TestServerError/cancelled``.
    @discardableResult
    public func wait(
        for what: String, within deadline: Duration = .seconds(60), until condition: @escaping @Sendable (Value) -> Bool
    ) async throws(TestServerError) -> Value {
        let now = value
        if condition(now) { return now }
        let found = await withTaskGroup(of: Value?.self) { group in
            group.addTask { await self.first(where: condition) }
            group.addTask {
                try? await Task.sleep(for: deadline)
                return nil
            }
            let first = await group.next() ?? nil
            group.cancelAll()
            return first
        }
        if let found { return found }
        if Task.isCancelled { throw .cancelled }
        throw .deadlineExceeded("\(what), for \(deadline). Last seen: \(String(describing: value).prefix(2000))")
    }

    /// The first value for which `condition` holds, or `nil` when the task is cancelled.
    private func first(where condition: @escaping @Sendable (Value) -> Bool) async -> Value? {
        let identifier = state.withLock { state in
            state.nextIdentifier += 1
            return state.nextIdentifier
        }
        // A cancellation that comes when the waiter has just been served leaves its mark behind.
        defer { _ = state.withLock { $0.cancelledEarly.remove(identifier) } }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let outcome = state.withLock { state -> Registration in
                    if state.cancelledEarly.remove(identifier) != nil { return .cancelled }
                    if condition(state.value) { return .holds(state.value) }
                    state.waiters[identifier] = Waiter(condition: condition, continuation: continuation)
                    return .waits
                }
                switch outcome {
                case .waits: break
                case .holds(let value): continuation.resume(returning: value)
                case .cancelled: continuation.resume(returning: nil)
                }
            }
        } onCancel: {
            let waiter = state.withLock { state -> Waiter? in
                if let waiter = state.waiters.removeValue(forKey: identifier) { return waiter }
                state.cancelledEarly.insert(identifier)
                return nil
            }
            waiter?.continuation.resume(returning: nil)
        }
    }
}
