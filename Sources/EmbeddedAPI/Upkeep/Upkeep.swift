public import KubernetesAPI

/// The server's own loops, all of them: garbage collection, the life of namespaces and definitions, aggregated roles, protected claims, statuses and the expiry of events.
///
/// They share one watch of every resource, write as a client does, and keep nothing that a restart would need. Without changes they do nothing.
public struct Upkeep: Sendable {
    /// How statuses are decided; ``Upkeep`` asks at the right moments.
    public struct StatusRules: Sendable {
        /// Of PodDisruptionBudgets; asked again when pods of their namespace change.
        public var disruptionBudget: StatusRule
        /// Of Jobs, such as the condition `Suspended`.
        public var job: StatusRule
        /// Of ValidatingAdmissionPolicies: the result of type checking.
        public var admissionPolicy: StatusRule

        public init(disruptionBudget: @escaping StatusRule, job: @escaping StatusRule, admissionPolicy: @escaping StatusRule) {
            self.disruptionBudget = disruptionBudget
            self.job = job
            self.admissionPolicy = admissionPolicy
        }
    }

    private let client: any InternalClient
    private let certificateAuthority: String
    private let rules: StatusRules
    private let now: @Sendable () -> Time
    private let report: @Sendable (UpkeepFailure) -> Void

    /// - Parameters:
    ///   - certificateAuthority: PEM, for the config map `kube-root-ca.crt` of every namespace.
    ///   - now: the present time.
    ///   - report: told of what failed and will be tried again.
    public init(
        client: any InternalClient, certificateAuthority: String, rules: StatusRules, now: @escaping @Sendable () -> Time,
        report: @escaping @Sendable (UpkeepFailure) -> Void
    ) {
        self.client = client
        self.certificateAuthority = certificateAuthority
        self.rules = rules
        self.now = now
        self.report = report
    }

    /// Runs the loops until the task is cancelled. The system's namespaces are created first thing.
    public func run() async {
        let feeds = ResourceFeeds(client: client)
        let collector = GarbageCollector(client: client, feeds: feeds, now: now, report: report)
        let namespaces = NamespaceLifecycle(client: client, feeds: feeds, certificateAuthority: certificateAuthority, now: now, report: report)
        let definitions = DefinitionLifecycle(client: client, now: now, report: report)
        let roles = RoleAggregation(client: client, report: report)
        let claims = ClaimProtection(client: client, report: report)
        let events = EventExpiry(client: client, now: now, report: report)
        let statuses = [
            StatusUpkeep(
                of: .disruptionBudgets, dependingOn: .pods, client: client, now: now, report: report, rule: rules.disruptionBudget),
            StatusUpkeep(of: .jobs, client: client, now: now, report: report, rule: rules.job),
            StatusUpkeep(of: .validatingAdmissionPolicies, client: client, now: now, report: report, rule: rules.admissionPolicy),
        ]
        // The collector first: it has to know of the end of an object before others act on it.
        for handler in [collector, namespaces, definitions, roles, claims, events] as [any FeedHandler] { feeds.add(handler) }
        for handler in statuses { feeds.add(handler) }

        await withTaskGroup(of: Void.self) { group in
            group.addTask { await collector.run() }
            group.addTask { await namespaces.run() }
            group.addTask { await definitions.run() }
            group.addTask { await roles.run() }
            group.addTask { await claims.run() }
            group.addTask { await events.run() }
            for status in statuses { group.addTask { await status.run() } }
            group.addTask { await feeds.run() }
        }
    }
}
