/// The ownership of an object as its `scale` subresource sees it: of all fields only the number of replicas, at its place in the Scale.
public struct ScaleFields: Sendable {
    /// The path of the replicas in the object, by apiVersion. Without a path, a version has no scale.
    public let replicasPaths: [String: [PathElement]]
    /// The apiVersion of the objects.
    public let apiVersion: String

    private static let scaleVersion = "autoscaling/v1"
    private static let scalePath: [PathElement] = ["spec", "replicas"]

    public init(apiVersion: String, replicasPaths: [String: [PathElement]]) {
        self.apiVersion = apiVersion
        self.replicasPaths = replicasPaths
    }

    /// The managedFields of the Scale: one entry for each owner of the replicas.
    public func scaleFields(of object: ManagedFields) -> ManagedFields {
        var entries: [ManagedFields.Owner: ManagedFields.Entry] = [:]
        for (owner, entry) in object.entries {
            guard let path = replicasPaths[entry.apiVersion], entry.fields.has(path) else { continue }
            entries[owner] = ManagedFields.Entry(FieldSet(Self.scalePath), apiVersion: Self.scaleVersion, time: entry.time)
        }
        return ManagedFields(entries)
    }

    /// The managedFields of the object after those of its Scale became `scale`: who is not in there any more loses the replicas.
    public func objectFields(of object: ManagedFields, after scale: ManagedFields) -> ManagedFields {
        var entries: [ManagedFields.Owner: ManagedFields.Entry] = [:]
        var added = scale.entries
        for (owner, entry) in object.entries {
            guard let path = replicasPaths[entry.apiVersion], entry.fields.has(path) else {
                entries[owner] = entry
                continue
            }
            if added.removeValue(forKey: owner) != nil {
                entries[owner] = entry
            } else {
                let left = entry.fields.difference(FieldSet(path))
                if !left.isEmpty { entries[owner] = ManagedFields.Entry(left, apiVersion: entry.apiVersion, time: entry.time) }
            }
        }
        guard let path = replicasPaths[apiVersion] else { return ManagedFields(entries) }
        for (owner, entry) in added where entry.fields.has(Self.scalePath) {
            let own = ManagedFields.Owner(owner.manager, owner.operation, apiVersion: apiVersion, subresource: owner.subresource)
            // Without a time, as Kubernetes has it.
            entries[own] = ManagedFields.Entry(FieldSet(path), apiVersion: apiVersion)
        }
        return ManagedFields(entries)
    }
}
