import KubernetesAPI
import Synchronization

/// Gives ClusterRoles with an `aggregationRule` the rules of all roles that their selectors choose.
///
/// Reads and writes ClusterRoles, of those only `rules`.
final class RoleAggregation: FeedHandler {
    private static let manager = "clusterrole-aggregation-controller"

    private let client: any InternalClient
    private let report: @Sendable (UpkeepFailure) -> Void
    private let queue = WorkQueue<String>()
    /// The names of the roles that have an aggregation rule: few.
    private let aggregating = Mutex<Set<String>>([])

    init(client: any InternalClient, report: @escaping @Sendable (UpkeepFailure) -> Void) {
        self.client = client
        self.report = report
    }

    func run() async {
        await queue.run(limit: 1, failed: { self.report(UpkeepFailure(loop: "aggregation", subject: "clusterroles \($0)", cause: $1)) }) { name in
            try await self.aggregate(name)
        }
    }

    func handle(_ event: FeedEvent) {
        switch event {
        case .changed(let object, let resource, _):
            guard resource.resource == .clusterRoles else { return }
            aggregating.withLock {
                if object.mentions("\"aggregationRule\"") { $0.insert(object.key.name) } else { $0.remove(object.key.name) }
            }
        case .ended(let object, let resource):
            guard resource.resource == .clusterRoles else { return }
            _ = aggregating.withLock { $0.remove(object.key.name) }
        case .interrupted(let resource): guard resource.resource == .clusterRoles else { return }
        case .appeared, .disappeared, .synced: return
        }
        for name in aggregating.withLock({ $0 }) { queue.add(name) }
    }

    private func aggregate(_ name: String) async throws {
        guard let role = client.object(.clusterRoles, namespace: "", name: name), !role.isBeingDeleted,
            let rules = aggregatedRules(of: role, roles: client.objects(.clusterRoles, namespace: nil)), rules != role["rules"]?.array ?? []
        else { return }
        do {
            try await client.mergePatch(
                ["metadata": .object(role.preconditions), "rules": rules.isEmpty ? .null : .array(rules)], namespace: "", name: name, in: .clusterRoles,
                subresource: "", manager: Self.manager)
        } catch  where error.isNotFound {
            return
        }
    }
}
