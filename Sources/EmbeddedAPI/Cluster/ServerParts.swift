import KubernetesAPI

/// The parts of a server on one store, put together.
struct ServerParts {
    let server: APIServer
    let client: LocalClient
    let statusRules: Upkeep.StatusRules

    init(store: ObjectStore, signingKeyPath: String, token: String, now: @escaping @Sendable () -> Time) throws {
        let reader = StoreReader(store: store)
        let patterns = LinearPatterns()
        let rules = CELRuleEngine()
        let definitions = DefinitionKind(rules: DefinitionRules(patterns: patterns, rules: rules))
        let table = ResourceTable(builtIn: (BuiltInKinds.all + [definitions]).map { ServedResource(builtIn: $0) }, patterns: patterns, rules: rules)
        let authorizer = RoleBasedAuthorizer(reading: reader)
        let issuer = TokenIssuer(key: try SigningKey(path: signingKeyPath))
        let authenticator = Authenticator(administratorToken: token, issuer: issuer, reading: reader, now: { now().secondsSince1970 })
        let acceptance = DefinitionAcceptance(store: store, table: table)
        let writer = ObjectWriter(store: store, admission: Admission(reading: reader, authorizer: authorizer))
        client = LocalClient(store: store, table: table, writer: writer, acceptance: acceptance, now: now)
        server = APIServer(
            store: store, table: table, writer: writer, acceptance: acceptance, authenticator: authenticator, authorizer: authorizer, tokens: issuer,
            documents: APIDocuments(keySet: issuer.keySet, issuer: issuer.discovery(keySetURL: "/openid/v1/jwks")), now: now)
        statusRules = Upkeep.StatusRules(
            disruptionBudget: { budget, reading, now in
                let pods = reading.objects(GroupResource(group: "", resource: "pods"), namespace: budget.objectNamespace)
                return DisruptionBudgetStatus.status(
                    of: budget, pods: pods, scale: { WorkloadScales(reading: reading).replicas(of: $0, namespace: budget.objectNamespace) }, now: now)
            },
            job: { job, _, now in SuspendedJobStatus.status(of: job, now: now) },
            admissionPolicy: { policy, reading, _ in AdmissionPolicyStatus.settled(policy, reading: reading) })
    }
}
