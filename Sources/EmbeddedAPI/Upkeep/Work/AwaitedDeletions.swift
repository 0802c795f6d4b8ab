import Synchronization

/// Objects whose end somebody waits for: the content of namespaces that are being deleted, the instances of definitions.
final class AwaitedDeletions<Owner: Hashable & Sendable>: Sendable {
    enum Outcome { case isNotAwaited, othersRemain, wasLast }

    private let remaining = Mutex<[Owner: Set<ObjectAddress>]>([:])

    /// Waits for these objects from now on. Who calls it must look afterwards whether they are all still there: what ended before was not noticed.
    func wait(for objects: Set<ObjectAddress>, of owner: Owner) { remaining.withLock { $0[owner] = objects } }

    func stop(_ owner: Owner) { _ = remaining.withLock { $0.removeValue(forKey: owner) } }

    /// Whether nothing at all is waited for.
    var isIdle: Bool { remaining.withLock { $0.isEmpty } }

    func isWaiting(_ owner: Owner) -> Bool { remaining.withLock { $0[owner] != nil } }

    /// Those who wait now.
    var owners: [Owner] { remaining.withLock { Array($0.keys) } }

    /// - Parameter owner: whom the object belongs to; asked only when somebody waits.
    func noteEnd(of object: @autoclosure () -> ObjectAddress, owner: @autoclosure () -> Owner) -> Outcome {
        remaining.withLock { remaining in
            if remaining.isEmpty { return .isNotAwaited }
            let owner = owner()
            guard remaining[owner]?.remove(object()) != nil else { return .isNotAwaited }
            return remaining[owner]?.isEmpty ?? true ? .wasLast : .othersRemain
        }
    }
}
