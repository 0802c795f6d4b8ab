import KubernetesAPI

/// What happens to a write between its decoding and the store, besides the kind's own rules: what depends on other objects.
struct Admission: Sendable {
    let reading: any ObjectReading
    let authorizer: RoleBasedAuthorizer
    let policies = AdmissionPolicies()

    static let pods = GroupResource(group: "", resource: "pods")
    static let services = GroupResource(group: "", resource: "services")
    static let namespaces = GroupResource(group: "", resource: "namespaces")
    static let definitions = GroupResource(group: "apiextensions.k8s.io", resource: "customresourcedefinitions")

    // MARK: Namespaces

    /// Refuses what cannot be created: objects of namespaces that do not exist or that end.
    ///
    /// - Throws: ``Status``.
    func checkNamespace(of scope: WriteScope, reading store: ObjectStore) throws {
        guard scope.resource.isNamespaced else { return }
        try Self.checkNamespace(store.object(at: ObjectKey(name: scope.namespace), in: Self.namespaces), scope)
    }

    private static func checkNamespace(_ namespace: StoredObject?, _ scope: WriteScope) throws {
        guard let namespace else { throw Status.notFound(namespaces, name: scope.namespace) }
        guard try namespace.decoded().isBeingDeleted else { return }
        var status = Status.forbidden(
            scope.resource.groupResource, name: "", "unable to create new content in namespace \(scope.namespace) because it is being terminated")
        status.details?.causes = [
            StatusCause(
                field: "metadata.namespace", message: "namespace \(scope.namespace) is being terminated", reason: "NamespaceTerminating")
        ]
        throw status
    }

    // MARK: Objects

    /// Changes an object before its rules are looked at.
    ///
    /// - Throws: ``Status``.
    func mutate(_ object: inout JSONObject, replacing old: JSONObject?, _ scope: WriteScope) throws {
        let resource = scope.resource.storage
        if EscalationRules.apply(to: resource) {
            try EscalationRules(authorizer: authorizer).check(
                object, replacing: old, in: resource, requestName: old == nil ? "" : object.objectName, by: scope.user)
        }
        if resource == Self.pods, old == nil {
            var random = SystemRandomNumberGenerator()
            try PodAdmission().admit(&object, reading: reading, randomSuffix: ObjectName.generate(prefix: "", using: &random))
        } else if resource == Self.pods, let old, scope.subresource.isEmpty {
            PodAdmission().admitUpdate(&object, replacing: old)
        } else if resource == Self.services, scope.subresource.isEmpty, old.map({ $0["spec"] != object["spec"] }) ?? true {
            object = try Self.allocated(object, replacing: old, among: reading.objects(Self.services, namespace: nil), scope)
        }
    }

    /// Looks at an object that has kept its rules.
    ///
    /// - Parameter object: nil for a deletion.
    /// - Throws: ``Status``.
    func validate(_ object: JSONObject?, replacing old: JSONObject?, operation: AdmissionRequest.Operation, _ scope: WriteScope) throws {
        let resource = scope.resource
        if operation == .delete, resource.storage == Self.namespaces, let name = old?.objectName,
            ["default", "kube-system", "kube-public"].contains(name)
        {
            throw Status.forbidden(Self.namespaces, name: name, "this namespace may not be deleted")
        }
        let name = object?.objectName ?? old?.objectName ?? ""
        let outcome = policies.review(
            AdmissionRequest(
                operation: operation, kind: resource.kind, resource: resource.definition.groupVersionResource, subresource: scope.subresource, name: name,
                namespace: resource.storage == Self.namespaces ? name : scope.namespace, user: scope.user, object: object, oldObject: old,
                options: scope.options(of: operation), isDryRun: scope.isDryRun, servedVersions: resource.servedVersions),
            reading: reading, authorizer: authorizer)
        scope.warnings.add(outcome.warnings)
        if let denied = outcome.denied { throw denied }
    }

    /// Completes an object within the transaction that stores it, and so sees all others as they are.
    ///
    /// - Throws: ``Status``.
    func complete(_ object: inout JSONObject, replacing old: JSONObject?, _ scope: WriteScope, in transaction: WriteTransaction) throws {
        if old == nil, scope.resource.isNamespaced {
            try Self.checkNamespace(transaction.object(at: ObjectKey(name: scope.namespace), in: Self.namespaces), scope)
        }
        if scope.resource.storage == Self.services, scope.subresource.isEmpty, old.map({ $0["spec"] != object["spec"] }) ?? true {
            try Self.checkAllocation(of: object, in: transaction)
        }
    }

    /// Someone else's write took what this one was given.
    struct Collision: Error {}

    /// The service with its addresses and ports, which no other service has.
    private static func allocated(
        _ service: JSONObject, replacing old: JSONObject?, among services: [JSONObject], _ scope: WriteScope
    ) throws -> JSONObject {
        var random = SystemRandomNumberGenerator()
        do throws(ServiceAllocation.Failure) {
            return try ServiceAllocation(services: services).allocated(service, replacing: old, using: &random)
        } catch {
            switch error {
            case .invalid(let errors): throw Status.invalid(scope.resource.groupKind, name: service.objectName, errors)
            case .exhausted(let message): throw Status.internalError(message)
            }
        }
    }

    private static func checkAllocation(of service: JSONObject, in transaction: WriteTransaction) throws {
        func taken(_ service: JSONObject) -> (addresses: Set<String>, ports: Set<Int64>) {
            let addresses = (service["spec"]?["clusterIPs"]?.array ?? []).compactMap(\.string).filter { $0 != "None" }
            let ports = (service["spec"]?["ports"]?.array ?? []).compactMap { $0["nodePort"]?.integer }
            return (Set(addresses), Set(ports))
        }
        let own = taken(service)
        guard !own.addresses.isEmpty || !own.ports.isEmpty else { return }
        try transaction.walk(services) { stored in
            let other = try stored.decoded()
            guard other.objectNamespace != service.objectNamespace || other.objectName != service.objectName else { return true }
            let theirs = taken(other)
            guard own.addresses.isDisjoint(with: theirs.addresses), own.ports.isDisjoint(with: theirs.ports) else { throw Collision() }
            return true
        }
    }

    // MARK: Deletions

    /// How long an object may take to end; nil for kinds that take no time.
    func graceSeconds(of object: JSONObject, _ options: DeletionOptions, _ scope: WriteScope) -> Int64? {
        scope.resource.storage == Self.pods ? PodDeletion.gracePeriodSeconds(of: object, requested: options.gracePeriodSeconds) : nil
    }

    /// The deletion as the kind carries it out.
    func refined(_ deletion: Deletion, of object: JSONObject, _ scope: WriteScope) -> Deletion {
        switch scope.resource.storage {
        case Self.namespaces: Self.namespaceDeletion(deletion, object, now: scope.now)
        case Self.definitions: Self.definitionDeletion(deletion, object, now: scope.now)
        default: deletion
        }
    }

    /// Whether an object that is marked and has no more finalizers in its metadata may go.
    func endsWithoutFinalizers(_ object: JSONObject, _ scope: WriteScope) -> Bool {
        scope.resource.storage != Self.namespaces || (object["spec"]?["finalizers"]?.array ?? []).isEmpty
    }

    /// A namespace stays until its content is gone.
    private static func namespaceDeletion(_ deletion: Deletion, _ namespace: JSONObject, now: Time) -> Deletion {
        guard !(namespace["spec"]?["finalizers"]?.array ?? []).isEmpty else { return deletion }
        guard !namespace.isBeingDeleted else { return .nothing }
        var marked: JSONObject
        switch deletion {
        case .now(let object), .mark(let object): marked = object
        case .nothing: marked = namespace
        }
        marked.setMetadata("deletionTimestamp", now.json)
        marked.setMetadata("deletionGracePeriodSeconds", nil)
        var status = marked["status"]?.object ?? JSONObject()
        status["phase"] = "Terminating"
        marked["status"] = .object(status)
        return .mark(marked)
    }

    /// A definition stays until its objects are gone.
    private static func definitionDeletion(_ deletion: Deletion, _ definition: JSONObject, now: Time) -> Deletion {
        guard !definition.isBeingDeleted else { return deletion }
        var marked: JSONObject
        switch deletion {
        case .now(let object), .mark(let object): marked = object
        case .nothing: marked = definition
        }
        if !marked.isBeingDeleted {
            marked.setMetadata("deletionTimestamp", now.json)
            marked.setMetadata("deletionGracePeriodSeconds", 0)
            if let generation = marked["metadata"]?["generation"]?.integer { marked.setMetadata("generation", .integer(generation + 1)) }
        }
        return .mark(DefinitionKind.terminating(marked, now: now))
    }
}
