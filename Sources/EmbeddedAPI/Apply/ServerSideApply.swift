public import KubernetesAPI

/// Keeps account of who owns which fields of the objects of one kind, and merges what is applied to them.
///
/// A value of this type stands for one path of requests: a version of a resource, or one of its subresources. It only computes; reading, defaulting, pruning,
/// validating and writing objects is the caller's.
///
/// - Note: <https://kubernetes.io/docs/reference/using-api/server-side-apply/>.
public struct ServerSideApply: Sendable {
    /// The version and kind of the objects in requests and answers.
    public let kind: GroupVersionKind
    /// Empty for the object itself.
    public let subresource: String
    /// The types of the object by apiVersion. Owners of versions that are not here are forgotten.
    public let schemas: [String: MergeSchema]
    /// What requests to this path cannot change, and so nobody can own through it.
    public let resetFields: FieldSet
    /// The object before anything was set in it. For kinds whose objects always have certain fields, these.
    public let emptyObject: JSONObject

    let schema: MergeSchema
    /// An object in the version of an apiVersion that is not its own. The apiVersion is set afterwards.
    let conversion: @Sendable (JSONObject, String) -> JSONObject

    /// - Parameters:
    ///   - schemas: by apiVersion; objects of `kind` keep all fields when its version is not among them.
    ///   - emptyObject: apiVersion and kind are added.
    ///   - conversion: of an object to another apiVersion; without it, versions differ in the apiVersion alone.
    public init(
        kind: GroupVersionKind, subresource: String = "", schemas: [String: MergeSchema], resetFields: FieldSet = FieldSet(),
        emptyObject: JSONObject = JSONObject(), conversion: @escaping @Sendable (JSONObject, String) -> JSONObject = { object, _ in object }
    ) {
        self.kind = kind
        self.subresource = subresource
        self.conversion = conversion
        self.resetFields = resetFields
        schema = schemas[kind.apiVersion] ?? .customResource(nil)
        self.schemas = schemas.merging([kind.apiVersion: schema]) { $1 }
        var empty = emptyObject
        empty["apiVersion"] = .string(kind.apiVersion)
        empty["kind"] = .string(kind.kind)
        self.emptyObject = empty
    }

    /// An object as a create, update or patch leaves it, with `manager` as the owner of what it changed.
    ///
    /// - Parameters:
    ///   - live: the stored object; nil when it is created.
    ///   - new: the object that is to be stored, defaulted. Its managedFields count, unless through a subresource: clients may edit them, or reset them with
    ///     an entry without anything in it. Invalid ones are ignored.
    ///   - now: the time of the entry, if anything changed.
    /// - Returns: `new` with its managedFields; those of the live object when one of the two does not fit the schema.
    public func update(_ live: JSONObject?, to new: JSONObject, manager: String, now: Time) -> JSONObject {
        let liveFields = live?.managedFieldsJSON
        let managed: ManagedFields
        if subresource.isEmpty, ManagedFields.isReset(new.managedFieldsJSON) {
            managed = ManagedFields()
        } else if subresource.isEmpty, let own = try? ManagedFields(json: new.managedFieldsJSON), !own.isEmpty {
            managed = own
        } else {
            managed = (try? ManagedFields(json: liveFields)) ?? ManagedFields()
        }
        // An object that nobody owned anything of is not tracked before something is applied to it.
        if managed.isEmpty, live != nil { return new.settingManagedFields(nil) }
        guard (try? schema.validate(.object(new), allowingDuplicates: true)) != nil else { return new.settingManagedFields(liveFields) }
        do throws(ApplyError) {
            let updated = try tracked(managed, from: live ?? emptyObject, to: new, manager: manager, now: now)
            return new.settingManagedFields(updated.json)
        } catch {
            return new.settingManagedFields(liveFields)
        }
    }

    /// An object with a configuration applied to it.
    ///
    /// Fields that `manager` applied before and does not any more are removed, unless someone else owns them.
    ///
    /// - Parameters:
    ///   - configuration: the fields that the manager wants, complete with apiVersion and kind.
    ///   - live: the stored object; nil when it is created.
    ///   - force: whether fields of others are taken over instead of being conflicts.
    ///   - now: the time of the manager's entry, if the object changed.
    /// - Returns: the object, neither defaulted nor pruned, with its managedFields.
    public func apply(_ configuration: JSONObject, to live: JSONObject?, manager: String, force: Bool, now: Time) throws(ApplyError) -> JSONObject {
        try checkType(of: configuration)
        let object = live ?? emptyObject
        let managed: ManagedFields
        do throws(ManagedFieldsError) {
            managed = try ManagedFields(json: object.managedFieldsJSON)
        } catch {
            throw .invalid("failed to decode managed fields: \(error)")
        }
        let request = Request(configuration: configuration, live: object.settingManagedFields(nil), manager: manager, now: now)
        guard manager == LastAppliedConfiguration.manager else { return try apply(request, managed, force: force) }

        let applied: JSONObject
        do throws(ApplyError) {
            applied = try apply(request, managed, force: force)
        } catch {
            // What client-side apply set is taken over: the user only changes the way of applying.
            guard case .conflicts(let conflicts) = error, let own = LastAppliedConfiguration.unchangedFields(of: request.live, schema, kind)
            else { throw error }
            let others = conflicts.filter { !own.has($0.path) }
            guard others.isEmpty else { throw .conflicts(others) }
            applied = try apply(request, managed, force: true)
        }
        return LastAppliedConfiguration.renewed(in: applied, from: configuration)
    }

    /// Whether two states of an object differ in nothing but the times of managedFields and the resourceVersion: then there is nothing to write.
    public static func isUnchanged(_ new: JSONObject, since live: JSONObject) -> Bool { new.withoutTimes == live.withoutTimes }

    struct Request {
        let configuration: JSONObject
        /// Without managedFields.
        let live: JSONObject
        let manager: String
        let now: Time
    }

    private func checkType(of configuration: JSONObject) throws(ApplyError) {
        guard configuration["apiVersion"]?.string == kind.apiVersion, configuration["kind"]?.string == kind.kind else {
            let apiVersion = configuration["apiVersion"]?.string ?? ""
            let groupVersion = apiVersion.contains("/") ? apiVersion : "/" + apiVersion
            throw .badRequest("invalid object type: \(groupVersion), Kind=\(configuration["kind"]?.string ?? "")")
        }
        if let managedFields = configuration.managedFieldsJSON, !managedFields.isNull { throw .badRequest("metadata.managedFields must be nil") }
    }

    private func apply(_ request: Request, _ managed: ManagedFields, force: Bool) throws(ApplyError) -> JSONObject {
        var managed = managed
        if managed.isEmpty {
            managed = try tracked(managed, from: emptyObject, to: request.live, manager: ManagedFields.beforeFirstApply, now: request.now)
        }
        do throws(MergeError) {
            try schema.validate(.object(request.configuration))
        } catch {
            throw .invalid("failed to create typed patch object (\(name(of: request.configuration))): \(error)")
        }
        do throws(MergeError) {
            try schema.validate(.object(request.live), allowingDuplicates: true)
        } catch {
            throw .invalid("failed to create typed live object (\(name(of: request.live))): \(error)")
        }
        let object = try merged(request, &managed, force: force)
        return object.settingManagedFields(managed.json)
    }

    private func name(of object: JSONObject) -> String {
        let metadata = object["metadata"]
        return "\(metadata?["namespace"]?.string ?? "")/\(metadata?["name"]?.string ?? ""); \(kind)"
    }
}

extension JSONObject {
    var managedFieldsJSON: JSONValue? { self["metadata"]?["managedFields"] }

    func settingManagedFields(_ value: JSONValue?) -> JSONObject {
        guard case .object(var metadata)? = self["metadata"], value != nil || metadata["managedFields"] != nil else {
            guard let value else { return self }
            var object = self
            object["metadata"] = ["managedFields": value]
            return object
        }
        metadata["managedFields"] = value
        var object = self
        object["metadata"] = .object(metadata)
        return object
    }

    fileprivate var withoutTimes: JSONObject {
        guard case .object(var metadata)? = self["metadata"] else { return self }
        metadata["resourceVersion"] = nil
        if case .array(let entries)? = metadata["managedFields"] {
            // Entries are sorted by their times: without these, their order says nothing.
            let timeless = entries.map { entry -> JSONValue in
                guard case .object(var members) = entry else { return entry }
                members["time"] = nil
                return .object(members)
            }
            metadata["managedFields"] = .array(timeless.sorted { ByteOrder.compare($0, $1) < 0 })
        }
        var object = self
        object["metadata"] = .object(metadata)
        return object
    }
}
