import KubernetesAPI

/// Writes objects as the API promises: one after another, with what the server adds, after all rules have been kept.
///
/// A write is decided on the object as it is now, outside of the store's transaction, and stored only if the object is still the same: optimistic concurrency, as
/// between clients.
struct ObjectWriter: Sendable {
    let store: ObjectStore
    let admission: Admission

    /// How often a write starts again because another one came between.
    private static let attempts = 50

    // MARK: Creating

    /// - Parameters:
    ///   - draft: decoded and defaulted; its namespace is the scope's or empty.
    /// - Throws: ``Status``; ``StorageError``.
    func create(_ draft: ObjectDraft, _ scope: WriteScope) async throws -> WriteOutcome {
        let resource = scope.resource
        try admission.checkNamespace(of: scope, reading: store)
        var object = draft.object
        let resourceVersion = object.objectVersion
        object.setMetadata("resourceVersion", nil)
        try setSystemFields(&object, scope)
        if !draft.hasManagedFields {
            object = resource.apply.update(nil, to: object, manager: scope.manager, now: scope.now)
        }
        let draftedObject = object
        var collisions = 0
        try admission.mutate(&object, replacing: nil, scope)
        let generatesName = object.objectName.isEmpty
        let prefix = object["metadata"]?["generateName"]?.string ?? ""
        var remaining = generatesName && !prefix.isEmpty ? 8 : 1
        while true {
            remaining -= 1
            var named = object
            if generatesName, !prefix.isEmpty {
                var random = SystemRandomNumberGenerator()
                named.setMetadata("name", .string(ObjectName.generate(prefix: prefix, using: &random)))
            }
            let prepared = resource.rules.preparedForCreation(named)
            let findings = resource.rules.creationFindings(in: prepared)
            guard findings.errors.isEmpty else { throw RequestErrors.invalid(resource.groupKind, named.objectName, findings.errors) }
            scope.warnings.add(findings.warnings)
            try admission.validate(prepared, replacing: nil, operation: .create, scope)
            guard resourceVersion.isEmpty || resourceVersion == "0" else {
                throw Status(failure: .unknown, code: 500, message: "resourceVersion should not be set on objects to be created")
            }
            do {
                return try await insert(prepared, scope)
            } catch let status as Status where status.is(.alreadyExists) && remaining > 0 {
                continue
            } catch is Admission.Collision {
                // Another service got the same address or port in between.
                collisions += 1
                guard collisions < Self.attempts else { throw RequestErrors.modified(resource.groupResource, named.objectName) }
                object = draftedObject
                try admission.mutate(&object, replacing: nil, scope)
                remaining += 1
            }
        }
    }

    private func setSystemFields(_ object: inout JSONObject, _ scope: WriteScope) throws {
        var metadata = object.metadata
        let namespace = metadata["namespace"]?.string ?? ""
        guard namespace.isEmpty || namespace == scope.namespace || !scope.resource.isNamespaced else {
            throw Status.badRequest("the namespace of the provided object does not match the namespace sent on the request")
        }
        if scope.resource.isNamespaced { metadata["namespace"] = .string(scope.namespace) }
        for field in ["deletionTimestamp", "deletionGracePeriodSeconds", "selfLink"] { metadata[field] = nil }
        metadata["uid"] = .string(UniqueIdentifier.make())
        metadata["creationTimestamp"] = scope.now.json
        object["metadata"] = .object(metadata)
    }

    private func insert(_ object: JSONObject, _ scope: WriteScope) async throws -> WriteOutcome {
        let resource = scope.resource
        let key = scope.key(object.objectName)
        let (isDryRun, admission) = (scope.isDryRun, admission)
        let result = try await write { (transaction) throws -> (JSONObject, StoredObject?) in
            if let existing = transaction.object(at: key, in: resource.storage) {
                var status = Status.alreadyExists(resource.groupResource, name: key.name)
                if try existing.decoded().isBeingDeleted { status.message = "object is being deleted: \(status.message ?? "")" }
                throw status
            }
            var object = object
            try admission.complete(&object, replacing: nil, scope, in: transaction)
            let stored = resource.typed(resource.rules.stored(object))
            if isDryRun { return (stored, nil) }
            let written = try transaction.put(stored, at: key, in: resource.storage)
            return (try written.decoded(), written)
        }
        return WriteOutcome(object: resource.rules.read(result.0), stored: result.1, effect: .created)
    }

    // MARK: Updating

    /// - Parameters:
    ///   - uid: a precondition; nil for none.
    ///   - creates: makes the object when there is none; nil to fail with 404.
    ///   - change: what the object should be, from what it is. Called again when another write came between.
    func update(
        _ name: String, _ scope: WriteScope, uid: String? = nil, creates: ((@Sendable () async throws -> WriteOutcome))? = nil,
        _ change: (JSONObject) throws -> ObjectDraft
    ) async throws -> WriteOutcome {
        let resource = scope.resource
        let key = scope.key(name)
        var live = store.object(at: key, in: resource.storage)
        for _ in 0..<Self.attempts {
            guard let current = live else {
                if let creates { return try await creates() }
                throw Status.notFound(resource.groupResource, name: name)
            }
            let old = resource.rules.read(try current.decoded())
            if let uid, uid != old.objectUID {
                throw Status.conflict(
                    resource.groupResource, name: name, "Precondition failed: UID in precondition: \(uid), UID in object meta: \(old.objectUID)")
            }
            let draft = try change(old)
            let object = try prepared(draft, replacing: old, name, scope)
            if ServerSideApply.isUnchanged(object, since: old), !(object.isBeingDeleted && object.finalizers.isEmpty) {
                return WriteOutcome(object: old, stored: current, effect: .unchanged)
            }
            switch try await replace(current, by: object, replacing: old, scope) {
            case .done(let outcome): return outcome
            case .changed(let other): live = other
            }
        }
        throw RequestErrors.modified(resource.groupResource, name)
    }

    /// The object as it will be stored, after all rules.
    private func prepared(
        _ draft: ObjectDraft, replacing old: JSONObject, _ name: String, _ scope: WriteScope
    ) throws -> JSONObject {
        let resource = scope.resource
        let rules = resource.rules
        var object = draft.object
        try takeOverSystemFields(&object, old, name, scope)
        if !draft.hasManagedFields {
            let apply = scope.subresource.isEmpty || draft.rules != nil ? resource.apply : resource.statusApply
            object = apply.update(old, to: object, manager: scope.manager, now: scope.now)
        }
        try admission.mutate(&object, replacing: old, scope)
        let findings: ValidationRuleFindings
        if let own = draft.rules {
            object = own.prepared(object, old)
            findings = ValidationRuleFindings(errors: own.errors(object, old))
        } else if scope.subresource == "status" {
            object = rules.preparedForStatusUpdate(object, replacing: old)
            findings = rules.statusFindings(in: object, replacing: old)
        } else {
            object = rules.preparedForUpdate(object, replacing: old)
            findings = rules.updateFindings(in: object, replacing: old)
        }
        guard findings.errors.isEmpty else { throw RequestErrors.invalid(GroupKind(of: object, or: resource.groupKind), name, findings.errors) }
        scope.warnings.add(findings.warnings)
        try admission.validate(object, replacing: old, operation: .update, scope)
        return object
    }

    /// What an update may leave out, and the check of the version that it was made for.
    private func takeOverSystemFields(_ object: inout JSONObject, _ old: JSONObject, _ name: String, _ scope: WriteScope) throws {
        let resource = scope.resource
        var metadata = object.metadata
        let namespace = metadata["namespace"]?.string ?? ""
        guard namespace.isEmpty || namespace == scope.namespace || !resource.isNamespaced else {
            throw Status.badRequest("the namespace of the provided object does not match the namespace sent on the request")
        }
        metadata["creationTimestamp"] = old["metadata"]?["creationTimestamp"]
        for field in ["namespace", "uid", "deletionTimestamp", "deletionGracePeriodSeconds"] where (metadata[field] ?? .null).isNull {
            metadata[field] = old["metadata"]?[field]
        }
        let version = metadata["resourceVersion"]?.string ?? ""
        if version.isEmpty || version == "0" {
            guard resource.rules.allowsUnconditionalUpdate else {
                let error = FieldError(.invalid, at: FieldPath("metadata", "resourceVersion"), value: .integer(0), "must be specified for an update")
                throw RequestErrors.invalid(GroupKind(group: resource.definition.group, kind: resource.definition.plural), name, [error])
            }
            metadata["resourceVersion"] = .string(old.objectVersion)
        } else if version != old.objectVersion {
            guard version.utf8.allSatisfy({ $0 >= UInt8(ascii: "0") && $0 <= UInt8(ascii: "9") }) else {
                throw Status(
                    failure: .unknown, code: 500,
                    message: "invalid resource version \(version.quotedAsGo): strconv.ParseUint: parsing \(version.quotedAsGo): invalid syntax")
            }
            throw RequestErrors.modified(resource.groupResource, name)
        }
        object["metadata"] = .object(metadata)
    }

    private enum Replacement {
        case done(WriteOutcome)
        /// Another write came first; nil when the object is gone.
        case changed(StoredObject?)
    }

    private func replace(_ current: StoredObject, by object: JSONObject, replacing old: JSONObject, _ scope: WriteScope) async throws -> Replacement {
        let resource = scope.resource
        let key = current.key
        // The last finalizer is gone: so is the object.
        let ends = object.isBeingDeleted && object.finalizers.isEmpty && (object["metadata"]?["deletionGracePeriodSeconds"]?.integer ?? 0) == 0
        let endsNow = ends && admission.endsWithoutFinalizers(object, scope)
        let (isDryRun, admission) = (scope.isDryRun, admission)
        return try await write { transaction -> Replacement in
            let present = transaction.object(at: key, in: resource.storage)
            guard let present, present.resourceVersion == current.resourceVersion else { return .changed(present) }
            var object = object
            try admission.complete(&object, replacing: old, scope, in: transaction)
            let stored = resource.typed(resource.rules.stored(object))
            if isDryRun { return .done(WriteOutcome(object: resource.rules.read(stored), effect: endsNow ? .deleted : .updated)) }
            if endsNow {
                try transaction.delete(key, in: resource.storage)
                return .done(WriteOutcome(object: resource.rules.read(stored), effect: .deleted))
            }
            let written = try transaction.put(stored, at: key, in: resource.storage)
            return .done(WriteOutcome(object: resource.rules.read(try written.decoded()), stored: written, effect: .updated))
        }
    }

    // MARK: Deleting

    func delete(_ name: String, _ scope: WriteScope, _ options: DeletionOptions) async throws -> WriteOutcome {
        let resource = scope.resource
        let key = scope.key(name)
        var live = store.object(at: key, in: resource.storage)
        for _ in 0..<Self.attempts {
            guard let current = live else { throw Status.notFound(resource.groupResource, name: name) }
            let old = resource.rules.read(try current.decoded())
            try check(options, against: old, resource)
            try admission.validate(nil, replacing: old, operation: .delete, scope)
            let decision = Deletion.decide(old, options, grace: admission.graceSeconds(of: old, options, scope), now: scope.now)
            switch try await carryOut(decision, current, old, scope) {
            case .done(let outcome): return outcome
            case .changed(let other): live = other
            }
        }
        throw RequestErrors.modified(resource.groupResource, name)
    }

    private func check(_ options: DeletionOptions, against old: JSONObject, _ resource: ServedResource) throws {
        if let uid = options.uid, uid != old.objectUID {
            let why =
                "the UID in the precondition (\(uid)) does not match the UID in record (\(old.objectUID)). "
                + "The object might have been deleted and then recreated"
            throw Status.conflict(resource.groupResource, name: old.objectName, why)
        }
        if let version = options.resourceVersion, version != old.objectVersion {
            let why =
                "the ResourceVersion in the precondition (\(version)) does not match the ResourceVersion in record (\(old.objectVersion)). "
                + "The object might have been modified"
            throw Status.conflict(resource.groupResource, name: old.objectName, why)
        }
    }

    private func carryOut(_ decision: Deletion, _ current: StoredObject, _ old: JSONObject, _ scope: WriteScope) async throws -> Replacement {
        let resource = scope.resource
        let key = current.key
        let isDryRun = scope.isDryRun
        switch admission.refined(decision, of: old, scope) {
        case .nothing: return .done(WriteOutcome(object: old, stored: current, effect: .deleting))
        case .now(let object):
            return try await write { transaction -> Replacement in
                let present = transaction.object(at: key, in: resource.storage)
                guard let present, present.resourceVersion == current.resourceVersion else { return .changed(present) }
                if !isDryRun { try transaction.delete(key, in: resource.storage) }
                return .done(WriteOutcome(object: object, effect: .deleted))
            }
        case .mark(let object):
            return try await write { transaction -> Replacement in
                let present = transaction.object(at: key, in: resource.storage)
                guard let present, present.resourceVersion == current.resourceVersion else { return .changed(present) }
                let stored = resource.typed(resource.rules.stored(object))
                if isDryRun { return .done(WriteOutcome(object: object, effect: .deleting)) }
                let written = try transaction.put(stored, at: key, in: resource.storage)
                return .done(WriteOutcome(object: resource.rules.read(try written.decoded()), stored: written, effect: .deleting))
            }
        }
    }

    private func write<Result: Sendable>(_ decision: @escaping @Sendable (inout WriteTransaction) throws -> Result) async throws -> Result {
        do {
            return try await store.write(decision)
        } catch let error as StorageError {
            throw RequestErrors.status(of: error)
        }
    }
}
