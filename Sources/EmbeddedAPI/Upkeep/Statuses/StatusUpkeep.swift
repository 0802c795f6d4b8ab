public import KubernetesAPI
import Synchronization

/// Decides the status of an object from itself and what else is stored; nil leaves it as it is.
public typealias StatusRule = @Sendable (_ object: JSONObject, _ others: any ObjectReading, _ now: Time) -> JSONObject?

/// Keeps the status of the objects of one resource as a rule has it. What the rule decides is all in the rule; this asks it at the right moments.
///
/// Reads the resource, and one that the rule depends on. Writes the `status` subresource.
final class StatusUpkeep: FeedHandler {
    /// Changes of other objects come in bursts: they are gathered this long.
    private static let gathering = Duration.milliseconds(20)

    private let resource: GroupResource
    /// Objects of this resource count for those in the same namespace.
    private let related: GroupResource?
    private let rule: StatusRule
    private let client: any InternalClient
    private let now: @Sendable () -> Time
    private let report: @Sendable (UpkeepFailure) -> Void
    private let queue = WorkQueue<ObjectKey>()
    /// The objects of ``resource`` in every namespace, kept where another resource counts.
    private let known = Mutex<[String: Set<ObjectKey>]>([:])

    init(
        of resource: GroupResource, dependingOn related: GroupResource? = nil, client: any InternalClient, now: @escaping @Sendable () -> Time,
        report: @escaping @Sendable (UpkeepFailure) -> Void, rule: @escaping StatusRule
    ) {
        self.resource = resource
        self.related = related
        self.rule = rule
        self.client = client
        self.now = now
        self.report = report
    }

    func run() async {
        let resource = resource
        await queue.run(limit: 4, failed: { self.report(UpkeepFailure(loop: "the status", subject: "\(resource) \($0)", cause: $1)) }) { key in
            try await self.update(key)
        }
    }

    func handle(_ event: FeedEvent) {
        switch event {
        case .changed(let object, let changed, _):
            if changed.resource == resource {
                if related != nil { known.withLock { _ = $0[object.key.namespace, default: []].insert(object.key) } }
                queue.add(object.key)
            } else if changed.resource == related {
                addAll(in: object.key.namespace)
            }
        case .ended(let object, let changed):
            if changed.resource == resource {
                guard related != nil else { return }
                known.withLock { known in
                    known[object.key.namespace]?.remove(object.key)
                    if known[object.key.namespace]?.isEmpty ?? false { known[object.key.namespace] = nil }
                }
            } else if changed.resource == related {
                addAll(in: object.key.namespace)
            }
        case .interrupted(let interrupted):
            guard interrupted.resource == related else { return }
            for namespace in known.withLock({ Array($0.keys) }) { addAll(in: namespace) }
        case .appeared, .disappeared, .synced: break
        }
    }

    private func addAll(in namespace: String) {
        for key in known.withLock({ $0[namespace] }) ?? [] { queue.add(key, after: Self.gathering) }
    }

    private func update(_ key: ObjectKey) async throws {
        guard var object = client.object(resource, namespace: key.namespace, name: key.name),
            let status = rule(object, client, now()), object["status"] != .object(status)
        else { return }
        object["status"] = .object(status)
        do {
            try await client.update(object, in: resource, subresource: "status", manager: controllerManager)
        } catch  where error.isNotFound {
            return
        }
    }
}
