public import KubernetesAPI

/// The status of CustomResourceDefinitions: which names are accepted, and whether the resource is served.
public enum DefinitionStatus {
    /// The definition with the status of a creation: nothing accepted yet, and the storage version remembered.
    public static func preparedForCreation(_ definition: JSONObject) -> JSONObject {
        var definition = DefinitionDefaults.apply(definition)
        definition["status"] = [
            "conditions": .null, "acceptedNames": ["plural": "", "kind": ""],
            "storedVersions": .array(storageVersions(definition).prefix(1).map { .string($0) }),
        ]
        return withGeneration(1, definition)
    }

    /// The definition as an update stores it: the old status with the storage version remembered, and the next generation where the spec changes.
    public static func preparedForUpdate(_ definition: JSONObject, replacing old: JSONObject) -> JSONObject {
        var definition = DefinitionDefaults.apply(definition)
        var status = old["status"]?.object ?? JSONObject()
        var stored = status["storedVersions"]?.array ?? []
        if let version = storageVersions(definition).first, !stored.contains(.string(version)) { stored.append(.string(version)) }
        status["storedVersions"] = .array(stored)
        definition["status"] = .object(status)
        let generation = old["metadata"]?["generation"]?.integer ?? 0
        return withGeneration(definition["spec"] == DefinitionDefaults.apply(old)["spec"] ? generation : generation + 1, definition)
    }

    /// The definition as an update of its status subresource stores it: the old one with another status.
    public static func preparedForStatusUpdate(_ definition: JSONObject, replacing old: JSONObject) -> JSONObject {
        var result = old
        result["status"] = definition["status"]
        var metadata = old["metadata"]?.object ?? JSONObject()
        metadata["managedFields"] = definition["metadata"]?["managedFields"]
        metadata["resourceVersion"] = definition["metadata"]?["resourceVersion"] ?? metadata["resourceVersion"]
        result["metadata"] = .object(metadata)
        return result
    }

    private static func withGeneration(_ generation: Int64, _ definition: JSONObject) -> JSONObject {
        var definition = definition
        var metadata = definition["metadata"]?.object ?? JSONObject()
        metadata["generation"] = .integer(generation)
        definition["metadata"] = .object(metadata)
        return definition
    }

    private static func storageVersions(_ definition: JSONObject) -> [String] {
        (definition["spec"]?["versions"]?.array ?? []).filter { $0["storage"]?.bool ?? false }.compactMap { $0["name"]?.string }
    }

    /// The names that are taken in one group.
    public struct TakenNames: Sendable {
        var resources: Set<String> = []
        var kinds: Set<String> = []

        /// - Parameter definitions: every definition; those of other groups do not count.
        public init(group: String, definitions: some Sequence<JSONObject>) {
            for definition in definitions where definition["spec"]?["group"]?.string == group {
                let names = DefinitionNames(json: definition["status"]?["acceptedNames"])
                resources.formUnion([names.plural, names.singular])
                resources.formUnion(names.shortNames)
                kinds.formUnion([names.kind, names.listKind])
            }
        }
    }

    /// The status after names were looked at: the names that are free are accepted, and with all of them the resource is established.
    ///
    /// - Parameter taken: the names that definitions of the group have, this one included.
    /// - Returns: the new status, or nil when nothing changes.
    public static func settled(_ definition: JSONObject, taken: TakenNames, now: Time) -> JSONValue? {
        var status = definition["status"]?.object ?? JSONObject()
        let requested = DefinitionNames(json: definition["spec"]?["names"])
        let accepted = DefinitionNames(json: status["acceptedNames"])
        var names = accepted
        var conflict: (reason: String, message: String)?
        func settle(_ name: String, _ current: String, _ used: Set<String>, _ reason: String) -> String {
            if name == current || !used.contains(name) { return name }
            conflict = (reason, "\(name.quotedAsGo) is already in use")
            return current
        }
        names.plural = settle(requested.plural, accepted.plural, taken.resources, "PluralConflict")
        names.singular = settle(requested.singular, accepted.singular, taken.resources, "SingularConflict")
        if requested.shortNames != accepted.shortNames {
            let used = requested.shortNames.filter { !accepted.shortNames.contains($0) && taken.resources.contains($0) }
            var seen: Set<String> = []
            let messages = used.filter { seen.insert($0).inserted }.map { "\($0.quotedAsGo) is already in use" }
            if messages.isEmpty {
                names.shortNames = requested.shortNames
            } else {
                conflict = ("ShortNamesConflict", messages.count == 1 ? messages[0] : "[" + messages.joined(separator: ", ") + "]")
            }
        }
        names.kind = settle(requested.kind, accepted.kind, taken.kinds, "KindConflict")
        names.listKind = settle(requested.listKind, accepted.listKind, taken.kinds, "ListKindConflict")
        names.categories = requested.categories

        var conditions = status["conditions"]?.array ?? []
        let wasEstablished = isTrue("Established", conditions)
        if let conflict {
            set("NamesAccepted", "False", conflict.reason, conflict.message, now, &conditions)
            if !wasEstablished { set("Established", "False", "NotAccepted", "not all names are accepted", now, &conditions) }
        } else {
            set("NamesAccepted", "True", "NoConflicts", "no conflicts found", now, &conditions)
            if !wasEstablished {
                set("Established", "True", "InitialNamesAccepted", "the initial names have been accepted", now, &conditions)
            }
        }
        status["acceptedNames"] = names.json
        status["conditions"] = .array(conditions)
        return .object(status) == definition["status"] ? .none : .object(status)
    }

    /// Whether a definition's resource is served.
    public static func isEstablished(_ definition: JSONObject) -> Bool { isTrue("Established", definition["status"]?["conditions"]?.array ?? []) }

    private static func isTrue(_ type: String, _ conditions: [JSONValue]) -> Bool {
        conditions.contains { $0["type"]?.string == type && $0["status"]?.string == "True" }
    }

    private static func set(
        _ type: String, _ value: String, _ reason: String, _ message: String, _ now: Time, _ conditions: inout [JSONValue]
    ) {
        let position = conditions.firstIndex { $0["type"]?.string == type }
        let old = position.map { conditions[$0] }
        let isSame = old?["status"]?.string == value
        let condition: JSONValue = [
            "type": .string(type), "status": .string(value), "lastTransitionTime": isSame ? old?["lastTransitionTime"] ?? now.json : now.json,
            "reason": .string(reason), "message": .string(message),
        ]
        if let position { conditions[position] = condition } else { conditions.append(condition) }
    }
}
