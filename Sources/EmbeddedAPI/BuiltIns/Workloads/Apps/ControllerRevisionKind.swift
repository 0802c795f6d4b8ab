public import KubernetesAPI

/// `apps/v1` ControllerRevision.
public struct ControllerRevisionKind: BuiltInKind {
    public init() {}

    public var type: any Resource.Type { ControllerRevision.self }
    public var emptyObject: JSONObject { ["revision": 0] }

    public func applyDefaults(to object: inout JSONObject) { object.setDefault("revision", 0) }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        var checks = ObjectChecks(.object(object), at: FieldPath())
        if !checks.has("data") { checks.required("data", "data is mandatory") }
        checks.nonnegative("revision")
        return checks.errors
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        var checks = ObjectChecks(.object(object), at: FieldPath())
        checks.immutable("data", since: .object(old))
        return creationErrors(in: object) + checks.errors
    }

    public var columns: [TableColumn] {
        [
            .objectName, TableColumn("Controller", "Controller of the object"),
            TableColumn("Revision", "Revision indicates the revision of the state represented by Data."), .age,
        ]
    }

    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let owner = object["metadata"]?["ownerReferences"]?.array?.first { $0["controller"]?.bool == true }
        return [
            WorkloadTable.name(of: object), .string(owner.map(Self.text) ?? "<none>"), object["revision"] ?? 0, WorkloadTable.age(of: object, now: now),
        ]
    }

    /// Such as `statefulset.apps/web`.
    private static func text(of owner: JSONValue) -> String {
        let version = owner["apiVersion"]?.string ?? ""
        let group = version.contains("/") ? "." + version.prefix { $0 != "/" } : ""
        return "\(owner["kind"]?.string ?? "")\(group)".lowercased() + "/\(owner["name"]?.string ?? "")"
    }
}
