public import KubernetesAPI

/// Limits on what a namespace may use. Nothing counts or enforces them here.
public struct ResourceQuotaKind: BuiltInKind {
    private static let counted = [
        "configmaps", "persistentvolumeclaims", "pods", "replicationcontrollers", "resourcequotas", "secrets", "services", "services.loadbalancers",
        "services.nodeports",
    ]
    private static let amounts = [
        "cpu", "memory", "ephemeral-storage", "requests.cpu", "requests.memory", "requests.storage", "requests.ephemeral-storage", "limits.cpu",
        "limits.memory", "limits.ephemeral-storage",
    ]

    private static func isStandard(_ name: String) -> Bool {
        (counted + amounts).contains(name) || ["hugepages-", "requests.hugepages-"].contains { name.hasPrefix($0) }
    }

    public init() {}
    public var type: any Resource.Type { ResourceQuota.self }
    public var emptyObject: JSONObject { ["spec": [:], "status": [:]] }

    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("spec")
        object.editAlwaysPresent("status")
    }

    public func prepareForCreation(_ object: inout JSONObject) { object["status"] = [:] }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let (spec, path) = (object.goObject("spec"), FieldPath("spec"))
        var errors = amountErrors(spec.goObject("hard"), at: path.field("hard"))
        let scopes = spec.goStrings("scopes")
        let known = ["BestEffort", "CrossNamespacePodAffinity", "NotBestEffort", "NotTerminating", "PriorityClass", "Terminating", "VolumeAttributesClass"]
        for scope in scopes where !known.contains(scope) {
            errors.append(FieldError(.invalid, at: path.field("scopes"), value: .array(scopes.map { .string($0) }), "unsupported scope"))
        }
        for pair in [("BestEffort", "NotBestEffort"), ("Terminating", "NotTerminating")] where scopes.contains(pair.0) && scopes.contains(pair.1) {
            errors.append(FieldError(.invalid, at: path.field("scopes"), value: .array(scopes.map { .string($0) }), "conflicting scopes"))
        }
        return errors
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let (spec, oldSpec) = (object.goObject("spec"), old.goObject("spec"))
        guard Set(spec.goStrings("scopes")) != Set(oldSpec.goStrings("scopes")) else { return creationErrors(in: object) }
        let value = spec["scopes"].present ?? .null
        return creationErrors(in: object) + [FieldError(.invalid, at: FieldPath("spec", "scopes"), value: value, "field is immutable")]
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let status = object.goObject("status")
        return ["hard", "used"].flatMap { amountErrors(status.goObject($0), at: FieldPath("status", $0)) }
    }

    private func amountErrors(_ amounts: JSONObject, at path: FieldPath) -> [FieldError] {
        amounts.flatMap { name, value -> [FieldError] in
            let place = path.key(name)
            var errors = FieldChecks.name(.qualifiedName, name, at: place)
            if errors.isEmpty, !name.contains("/"), !Self.isStandard(name) {
                errors = ["must be a standard resource type or fully qualified", "must be a standard resource for quota"].map {
                    FieldError(.invalid, at: place, value: .string(name), $0)
                }
            }
            guard let quantity = Quantity(json: value) else { return errors }
            let text = JSONValue.string(quantity.description)
            if quantity.isNegative { errors.append(FieldError(.invalid, at: place, value: text, "must be greater than or equal to 0")) }
            if Self.counted.contains(name), !FieldChecks.isWhole(quantity) {
                errors.append(FieldError(.invalid, at: place, value: text, "must be an integer"))
            }
            return errors
        }
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Request", "Request represents a minimum amount of cpu/memory that a container may consume."),
            TableColumn("Limit", "Limits control the maximum amount of cpu/memory that a container may use independent of contention on the node."), .age,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let (hard, used) = (object.goObject("status").goObject("hard"), object.goObject("status").goObject("used"))
        func text(_ value: JSONValue?) -> String { value.flatMap { Quantity(json: $0) }?.description ?? "0" }
        func list(_ isListed: (String) -> Bool) -> JSONValue {
            .string(hard.map(\.key).filter(isListed).sorted().map { "\($0): \(text(used[$0]))/\(text(hard[$0]))" }.joined(separator: ", "))
        }
        return [TableCells.name(object), list { !$0.hasPrefix("limits") }, list { $0.hasPrefix("limits") }, TableCells.age(object, now)]
    }
}
