public import KubernetesAPI

/// Who owns which fields of an object: `metadata.managedFields`.
public struct ManagedFields: Hashable, Sendable {
    public enum Operation: String, Hashable, Sendable {
        case apply = "Apply"
        case update = "Update"
    }

    /// What tells entries apart. Appliers have one entry whatever version they apply, updaters one for each version.
    public struct Owner: Hashable, Sendable {
        public let manager: String
        public let operation: Operation
        /// Empty for appliers.
        public let apiVersion: String
        /// Empty for the object itself.
        public let subresource: String

        public init(_ manager: String, _ operation: Operation, apiVersion: String, subresource: String = "") {
            self.manager = manager
            self.operation = operation
            self.apiVersion = operation == .apply ? "" : apiVersion
            self.subresource = subresource
        }

        /// What Kubernetes orders owners by: the entry without its fields, as JSON.
        var sortKey: String {
            var object = JSONObject()
            if !manager.isEmpty { object["manager"] = .string(manager) }
            object["operation"] = .string(operation.rawValue)
            if !apiVersion.isEmpty { object["apiVersion"] = .string(apiVersion) }
            if !subresource.isEmpty { object["subresource"] = .string(subresource) }
            return object.description
        }
    }

    /// What an owner owns.
    public struct Entry: Hashable, Sendable {
        public var fields: FieldSet
        /// The version of the object that the fields are those of.
        public var apiVersion: String
        /// When the owner last changed something; nil for one that has only ever agreed with what was there.
        public var time: Time?

        public init(_ fields: FieldSet, apiVersion: String, time: Time? = nil) {
            self.fields = fields
            self.apiVersion = apiVersion
            self.time = time
        }
    }

    public var entries: [Owner: Entry]

    public init(_ entries: [Owner: Entry] = [:]) { self.entries = entries }

    public var isEmpty: Bool { entries.isEmpty }

    /// Owners in an order that does not change from run to run.
    var owners: [Owner] { entries.keys.map { ($0, $0.sortKey) }.sorted { ByteOrder.compare($0.1, $1.1) < 0 }.map(\.0) }
}

/// Why a value is no valid `metadata.managedFields`.
public struct ManagedFieldsError: Error, Hashable, Sendable, CustomStringConvertible {
    public let description: String
}

extension ManagedFields {
    /// Reads `metadata.managedFields`; null counts as absent, which is an empty list.
    public init(json: JSONValue?) throws(ManagedFieldsError) {
        self.init()
        guard let json, !json.isNull else { return }
        guard case .array(let elements) = json else { throw ManagedFieldsError(description: "managedFields has to be an array, found \(json.typeName)") }
        for (position, element) in elements.enumerated() {
            guard let entry = ManagedFieldsEntry(json: element) else {
                throw ManagedFieldsError(description: "managedFields[\(position)] has to be an object, found \(element.typeName)")
            }
            guard let operation = Operation(rawValue: entry.operation ?? "") else {
                throw ManagedFieldsError(description: "managedFields[\(position)]: operation must be `Apply` or `Update`")
            }
            guard let apiVersion = entry.apiVersion, !apiVersion.isEmpty else {
                throw ManagedFieldsError(description: "managedFields[\(position)]: apiVersion must not be empty")
            }
            switch entry.fieldsType ?? "" {
            case "FieldsV1": break
            case "": throw ManagedFieldsError(description: "missing fieldsType in managed fields entry \(position)")
            case let type: throw ManagedFieldsError(description: "invalid fieldsType \(type.quotedAsGo) in managed fields entry \(position)")
            }
            let owner = Owner(entry.manager ?? "", operation, apiVersion: apiVersion, subresource: entry.subresource ?? "")
            do throws(FieldsV1Error) {
                entries[owner] = Entry(try FieldSet(fieldsV1: entry.fieldsV1 ?? JSONObject()), apiVersion: apiVersion, time: entry.time)
            } catch {
                throw ManagedFieldsError(description: "managedFields[\(position)].fieldsV1: \(error)")
            }
        }
    }

    /// The value of `metadata.managedFields`, in Kubernetes' order; nil when there are no entries.
    public var json: JSONValue? {
        guard !entries.isEmpty else { return nil }
        let sorted = entries.sorted { left, right in
            if left.key.operation != right.key.operation { return left.key.operation == .apply }
            let (a, b) = (left.value.time?.secondsSince1970 ?? 0, right.value.time?.secondsSince1970 ?? 0)
            if a != b { return a < b }
            for (x, y) in [
                (left.key.manager, right.key.manager), (left.value.apiVersion, right.value.apiVersion), (left.key.subresource, right.key.subresource),
            ] {
                let order = ByteOrder.compare(x, y)
                if order != 0 { return order < 0 }
            }
            return false
        }
        return .array(
            sorted.map { owner, entry in
                ManagedFieldsEntry(
                    apiVersion: entry.apiVersion, fieldsType: "FieldsV1", fieldsV1: entry.fields.fieldsV1, manager: owner.manager,
                    operation: owner.operation.rawValue, subresource: owner.subresource.isEmpty ? nil : owner.subresource, time: entry.time
                ).json
            })
    }

    /// Whether a value of `metadata.managedFields` asks for the ownership to be forgotten: an empty list, or one entry without anything in it.
    public static func isReset(_ json: JSONValue?) -> Bool {
        guard case .array(let elements) = json else { return false }
        return elements.isEmpty || elements.count == 1 && elements[0].object?.allSatisfy(\.value.isNull) == true
    }
}

extension ManagedFields {
    /// How many entries of updaters an object keeps.
    public static let updateLimit = 10
    /// The manager of what updaters beyond ``updateLimit`` owned.
    public static let ancientChanges = "ancient-changes"
    /// The manager of what an object had when it was first applied to and ownership was not tracked.
    public static let beforeFirstApply = "before-first-apply"

    /// Puts the oldest entries of updaters together, for each version on its own, until there are no more than ``updateLimit``.
    mutating func capUpdaters() {
        let updaters = owners.filter { $0.operation == .update }
        guard updaters.count > Self.updateLimit else { return }
        let times = updaters.map { entries[$0]?.time?.secondsSince1970 ?? 0 }
        let oldestFirst = updaters.indices.sorted { (times[$0], $0) < (times[$1], $1) }.map { updaters[$0] }
        var count = updaters.count
        var firstOwners: [String: Owner] = [:]
        for owner in oldestFirst where count > Self.updateLimit {
            guard let entry = entries[owner] else { continue }
            guard let first = firstOwners[entry.apiVersion] else {
                firstOwners[entry.apiVersion] = owner
                continue
            }
            let bucket = Owner(Self.ancientChanges, .update, apiVersion: entry.apiVersion)
            guard owner != bucket else { continue }
            let older = entries[bucket] ?? entries.removeValue(forKey: first)
            entries.removeValue(forKey: owner)
            // The time is that of the newer one.
            let fields = entry.fields.union(older?.fields ?? FieldSet())
            entries[bucket] = Entry(fields, apiVersion: entry.apiVersion, time: entry.time)
            count -= 1
        }
    }
}
