public import KubernetesAPI

/// Leases, by which leaders are elected.
public struct LeaseKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { Lease.self }
    public var emptyObject: JSONObject { ["spec": [:]] }

    public func applyDefaults(to object: inout JSONObject) { object.editAlwaysPresent("spec") }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let (spec, path) = (object.goObject("spec"), FieldPath("spec"))
        var errors: [FieldError] = []
        if let seconds = spec["leaseDurationSeconds"]?.integer, seconds <= 0 {
            errors.append(FieldError(.invalid, at: path.field("leaseDurationSeconds"), value: .integer(seconds), "must be greater than 0"))
        }
        if let transitions = spec["leaseTransitions"]?.integer, transitions < 0 {
            errors.append(FieldError(.invalid, at: path.field("leaseTransitions"), value: .integer(transitions), "must be greater than or equal to 0"))
        }
        if let strategy = spec["strategy"]?.string {
            let place = path.field("strategy").field("strategy")
            errors +=
                strategy.contains("/")
                ? FieldChecks.name(.qualifiedName, strategy, at: place) : FieldChecks.oneOf(["OldestEmulationVersion"], strategy, at: place)
        }
        if !spec.goString("preferredHolder").isEmpty, spec.goString("strategy").isEmpty {
            errors.append(FieldError(.forbidden, at: path.field("preferredHolder"), "may only be specified if `strategy` is defined"))
        }
        return errors
    }

    public var columns: [TableColumn] { [.objectName, TableColumn("Holder", CoreTexts.leaseHolder), .age] }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        [TableCells.name(object), .string(object.goObject("spec").goString("holderIdentity")), TableCells.age(object, now)]
    }
}
