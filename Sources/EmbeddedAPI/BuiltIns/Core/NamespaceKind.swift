public import KubernetesAPI

/// Namespaces: labelled with their name, kept by the finalizer `kubernetes` in their spec until they are empty.
public struct NamespaceKind: BuiltInKind {
    static let nameLabel = "kubernetes.io/metadata.name"

    public init() {}
    public var type: any Resource.Type { Namespace.self }
    public var nameRule: NameRule { .dns1123Label }
    public var emptyObject: JSONObject { ["spec": [:], "status": [:]] }

    public func applyDefaults(to object: inout JSONObject) {
        label(&object)
        object.editAlwaysPresent("spec")
        object.editAlwaysPresent("status") { status in status.editElements("conditions") { $0.writeNull("lastTransitionTime") } }
    }

    private func label(_ object: inout JSONObject) {
        let name = object.goMetadata.goString("name")
        guard !name.isEmpty else { return }
        object.editAlwaysPresent("metadata") { metadata in
            metadata.editAlwaysPresent("labels") { $0[Self.nameLabel] = .string(name) }
        }
    }

    public func prepareForCreation(_ object: inout JSONObject) {
        label(&object)
        object["status"] = ["phase": "Active"]
        object.editAlwaysPresent("spec") { spec in
            let finalizers = spec.goStrings("finalizers")
            if !finalizers.contains("kubernetes") { spec["finalizers"] = .array((finalizers + ["kubernetes"]).map { .string($0) }) }
        }
    }

    public func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        object.editAlwaysPresent("spec") { $0["finalizers"] = old["spec"]?["finalizers"] }
        object["status"] = old["status"]
    }

    /// Brings an object that was written to the `finalize` subresource into the form that is checked and stored.
    public func prepareForFinalization(_ object: inout JSONObject, replacing old: JSONObject) {
        object["status"] = old["status"]
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        finalizerErrors(object) { _ in FieldPath("spec", "finalizers") }
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] { [] }

    /// What is wrong with an object that was written to the `finalize` subresource.
    public func finalizationErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        finalizerErrors(object) { FieldPath("spec", "finalizers").index($0) }
    }

    private func finalizerErrors(_ object: JSONObject, at path: (Int) -> FieldPath) -> [FieldError] {
        object.goObject("spec").goStrings("finalizers").enumerated().flatMap { index, name in
            FieldChecks.name(.qualifiedName, name, at: path(index)) + FieldChecks.finalizer(name, at: path(index))
        }
    }

    public func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let phase = object.goObject("status").goString("phase")
        let isBeingDeleted = object.goMetadata.goHas("deletionTimestamp")
        let wanted = isBeingDeleted ? "Terminating" : "Active"
        guard phase != wanted else { return [] }
        let detail = "may only be '\(wanted)' if `deletionTimestamp` is \(isBeingDeleted ? "not " : "")empty"
        return [FieldError(.invalid, at: FieldPath("status", "Phase"), value: .string(phase), detail)]
    }

    public func selectableValues(of object: JSONObject) -> [String: String] {
        ["status.phase": object.goObject("status").goString("phase")]
    }

    public var columns: [TableColumn] { [.objectName, TableColumn("Status", "The status of the namespace"), .age] }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        [TableCells.name(object), .string(object.goObject("status").goString("phase")), TableCells.age(object, now)]
    }
}
