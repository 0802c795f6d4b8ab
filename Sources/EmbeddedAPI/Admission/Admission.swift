import KubernetesAPI

/// What happens to a write between its decoding and the store, besides the kind's own rules: what depends on other objects.
struct Admission: Sendable {
    let reading: any ObjectReading
    let authorizer: RoleBasedAuthorizer

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
        }
    }

    /// Looks at an object that has kept its rules.
    ///
    /// - Parameters:
    ///   - object: nil for a deletion.
    ///   - operation: `CREATE`, `UPDATE` or `DELETE`.
    /// - Returns: warnings.
    /// - Throws: ``Status``.
    func validate(_ object: JSONObject?, replacing old: JSONObject?, operation: String, _ scope: WriteScope) throws -> [String] {
        if operation == "DELETE", scope.resource.storage == Self.namespaces, let name = old?.objectName,
            ["default", "kube-system", "kube-public"].contains(name)
        {
            throw Status.forbidden(Self.namespaces, name: name, "this namespace may not be deleted")
        }
        return []
    }

    /// Completes an object within the transaction that stores it, and so sees all others as they are.
    ///
    /// - Throws: ``Status``.
    func complete(_ object: inout JSONObject, replacing old: JSONObject?, _ scope: WriteScope, in transaction: WriteTransaction) throws {
        if old == nil, scope.resource.isNamespaced {
            try Self.checkNamespace(transaction.object(at: ObjectKey(name: scope.namespace), in: Self.namespaces), scope)
        }
        if scope.resource.storage == Self.services, scope.subresource.isEmpty {
            try Self.allocate(&object, replacing: old, scope, in: transaction)
        }
    }

    /// Gives a service its addresses and ports, which no other service has.
    private static func allocate(_ service: inout JSONObject, replacing old: JSONObject?, _ scope: WriteScope, in transaction: WriteTransaction) throws {
        if let old, old["spec"] == service["spec"] { return }
        var others: [JSONObject] = []
        try transaction.walk(services) { stored in
            others.append(try stored.decoded())
            return true
        }
        var random = SystemRandomNumberGenerator()
        do throws(ServiceAllocation.Failure) {
            service = try ServiceAllocation(services: others).allocated(service, replacing: old, using: &random)
        } catch {
            switch error {
            case .invalid(let errors): throw Status.invalid(scope.resource.groupKind, name: service.objectName, errors)
            case .exhausted(let message): throw Status.internalError(message)
            }
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
