import KubernetesAPI

/// How ownership moves.
extension ServerSideApply {
    /// The ownership after `manager` changed an object from `live` to `new`: what it changed is its own, and nobody else's.
    func tracked(_ managed: ManagedFields, from live: JSONObject, to new: JSONObject, manager: String, now: Time) throws(ApplyError) -> ManagedFields {
        var managed = managed
        let (live, new) = (live.settingManagedFields(nil), new.settingManagedFields(nil))
        reconcile(&managed)
        let changes = try transfer(&managed, from: live, to: new, by: nil, force: true)
        let fields = changes.added.union(changes.modified).difference(ResetFields.untracked)
        if !fields.isEmpty {
            let owner = ManagedFields.Owner(manager.isEmpty ? "unknown" : manager, .update, apiVersion: kind.apiVersion, subresource: subresource)
            let before = managed.entries[owner]?.fields ?? FieldSet()
            managed.entries[owner] = ManagedFields.Entry(fields.union(before), apiVersion: kind.apiVersion, time: now)
        }
        managed.capUpdaters()
        return managed
    }

    /// The live object with the configuration merged in, without what the manager stopped applying. `managed` becomes the ownership after that.
    func merged(_ request: Request, _ managed: inout ManagedFields, force: Bool) throws(ApplyError) -> JSONObject {
        reconcile(&managed)
        let owner = ManagedFields.Owner(
            request.manager.isEmpty ? "unknown" : request.manager, .apply, apiVersion: kind.apiVersion, subresource: subresource)
        let configuration = JSONValue.object(request.configuration)
        let merged: JSONValue
        do throws(MergeError) {
            merged = try schema.merge(.object(request.live), applying: configuration)
        } catch {
            throw .invalid("failed to merge config: \(error)")
        }
        let last = managed.entries[owner]
        let fields = schema.fieldSet(of: configuration).recursiveDifference(resetFields)
        managed.entries[owner] = ManagedFields.Entry(fields, apiVersion: kind.apiVersion, time: last?.time)
        let pruned = pruned(merged, last, managed, owner)
        _ = try transfer(&managed, from: request.live, to: pruned, by: owner, force: force)
        if pruned != request.live { managed.entries[owner]?.time = request.now }
        if let owned = managed.entries[owner]?.fields.difference(ResetFields.untracked) {
            managed.entries[owner]?.fields = owned
            if owned.isEmpty { managed.entries[owner] = nil }
        }
        return pruned
    }

    /// Takes what changed from all owners but `owner`. Without `force`, changed fields of others are conflicts.
    ///
    /// - Returns: what changed in the version of the request, without what it cannot change.
    private func transfer(
        _ managed: inout ManagedFields, from old: JSONObject, to new: JSONObject, by owner: ManagedFields.Owner?, force: Bool
    ) throws(ApplyError) -> MergeComparison {
        var comparisons: [String: MergeComparison] = [:]
        let changes = try comparison(old, new, kind.apiVersion, &comparisons) ?? MergeComparison()
        var conflicts: [(owner: ManagedFields.Owner, fields: FieldSet)] = []
        var lost: [(owner: ManagedFields.Owner, fields: FieldSet)] = []
        for other in managed.owners where other != owner {
            guard let entry = managed.entries[other] else { continue }
            guard let changes = try comparison(old, new, entry.apiVersion, &comparisons) else {
                managed.entries[other] = nil
                continue
            }
            let conflict = entry.fields.intersection(changes.modified.union(changes.added))
            if !conflict.isEmpty { conflicts.append((other, conflict)) }
            if !conflict.isEmpty || !changes.removed.isEmpty { lost.append((other, conflict.union(changes.removed))) }
        }
        guard force || conflicts.isEmpty else {
            throw .conflicts(conflicts.flatMap { conflict in conflict.fields.paths.map { ApplyConflict(owner: conflict.owner, path: $0) } })
        }
        for (other, fields) in lost {
            guard let left = managed.entries[other]?.fields.difference(fields) else { continue }
            managed.entries[other]?.fields = left
        }
        managed.entries = managed.entries.filter { !$0.value.fields.isEmpty }
        return changes
    }

    /// What changed, as the version has it; nil for a version that there is no more.
    private func comparison(
        _ old: JSONObject, _ new: JSONObject, _ apiVersion: String, _ known: inout [String: MergeComparison]
    ) throws(ApplyError) -> MergeComparison? {
        if let comparison = known[apiVersion] { return comparison }
        guard let schema = schemas[apiVersion] else { return nil }
        do throws(MergeError) {
            let comparison = try schema.compare(converted(.object(old), apiVersion), converted(.object(new), apiVersion)).excluding(resetFields)
            known[apiVersion] = comparison
            return comparison
        } catch {
            throw .invalid("failed to compare objects: \(error)")
        }
    }

    /// An object in another version. Those of custom resources differ in the apiVersion alone.
    private func converted(_ value: JSONValue, _ apiVersion: String) -> JSONValue {
        guard case .object(var object) = value, object["apiVersion"] != nil, object["apiVersion"]?.string != apiVersion else { return value }
        object = conversion(object, apiVersion)
        object["apiVersion"] = .string(apiVersion)
        return .object(object)
    }

    private func reconcile(_ managed: inout ManagedFields) {
        for (owner, entry) in managed.entries {
            guard let schema = schemas[entry.apiVersion] else { continue }
            managed.entries[owner]?.fields = entry.fields.reconciled(with: schema)
        }
    }

    /// The merged object without what the manager applied last time, does not apply now, and nobody else owns.
    private func pruned(_ merged: JSONValue, _ last: ManagedFields.Entry?, _ managed: ManagedFields, _ owner: ManagedFields.Owner) -> JSONObject {
        let whole = merged.object ?? JSONObject()
        guard let last, !last.fields.isEmpty, let lastSchema = schemas[last.apiVersion] else { return whole }
        // The usual case, the same fields as last time, needs none of what follows.
        if last.apiVersion == kind.apiVersion, let now = managed.entries[owner]?.fields, last.fields.difference(now).isEmpty { return whole }

        let lastMerged = converted(merged, last.apiVersion)
        let lastFields = last.fields.withNamedFields(of: lastSchema)
        var pruned = lastSchema.removing(lastFields, from: lastMerged)

        // What someone owns stays: first in the version of the removal, then in the others.
        var owned: [String: FieldSet] = [:]
        for entry in managed.entries.values { owned[entry.apiVersion] = (owned[entry.apiVersion] ?? FieldSet()).union(entry.fields) }
        for version in owned.keys.sorted(by: { ($0 != last.apiVersion ? 1 : 0, $0) < ($1 != last.apiVersion ? 1 : 0, $1) }) {
            guard let schema = schemas[version], let fields = owned[version] else { continue }
            let (all, rest) = (converted(merged, version), converted(pruned, version))
            let kept = schema.fieldSet(of: rest).withNamedFields(of: schema).union(fields.withNamedFields(of: schema))
            pruned = schema.removing(schema.fieldSet(of: all).withNamedFields(of: schema).difference(kept), from: all)
        }

        // What nobody owns stays, too, when it only went because it was in something that was removed and then kept.
        let rest = lastSchema.fieldSet(of: converted(pruned, last.apiVersion)).withNamedFields(of: lastSchema)
        let gone = lastSchema.fieldSet(of: lastMerged).withNamedFields(of: lastSchema).difference(rest)
        let result = lastSchema.removing(gone.intersection(lastFields), from: lastMerged)
        return converted(result, kind.apiVersion).object ?? JSONObject()
    }
}
