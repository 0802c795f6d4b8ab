import KubernetesAPI

extension Error {
    /// The object changed since it was read: read it again, decide again.
    var isConflict: Bool { (self as? Status)?.is(.conflict) ?? false }
    /// The object is gone.
    var isNotFound: Bool { (self as? Status)?.is(.notFound) ?? false }
    var isAlreadyExists: Bool { (self as? Status)?.is(.alreadyExists) ?? false }
}

/// What a loop could not do and will try again.
public struct UpkeepFailure: Sendable, CustomStringConvertible {
    /// The loop, such as `garbage collection`.
    public let loop: String
    /// What it was about, such as `pods default/web`.
    public let subject: String
    public let cause: any Error

    public var description: String { "\(loop) of \(subject) failed and is tried again: \(cause)" }
}

/// The name under which Kubernetes' controllers write.
let controllerManager = "kube-controller-manager"

/// Does something for each element, a few at a time, and goes on when it fails.
///
/// - Returns: the errors, in no order.
func forEachConcurrently<Element: Sendable>(
    _ elements: some Sequence<Element>, limit: Int = 16, _ action: @escaping @Sendable (Element) async throws -> Void
) async -> [any Error] {
    await withTaskGroup(of: (any Error)?.self) { group in
        var (errors, running): ([any Error], Int) = ([], 0)
        func note(_ outcome: (any Error)??) { if let outcome, let error = outcome { errors.append(error) } }
        for element in elements {
            if running == limit { note(await group.next()) } else { running += 1 }
            group.addTask {
                do {
                    try await action(element)
                    return nil
                } catch {
                    return error
                }
            }
        }
        while let outcome = await group.next() { note(outcome) }
        return errors
    }
}
