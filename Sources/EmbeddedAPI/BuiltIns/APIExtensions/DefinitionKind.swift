import KubernetesAPI

/// CustomResourceDefinitions, as objects.
struct DefinitionKind: BuiltInKind {
    let rules: DefinitionRules

    var type: any Resource.Type { CustomResourceDefinition.self }
    var allowsUnconditionalUpdate: Bool { false }
    var hasGeneration: Bool { true }

    func applyDefaults(to object: inout JSONObject) { object = DefinitionDefaults.apply(object) }
    func prepareForCreation(_ object: inout JSONObject) { object = DefinitionStatus.preparedForCreation(object) }
    func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject) { object = DefinitionStatus.preparedForUpdate(object, replacing: old) }
    func isNewGeneration(_ object: JSONObject, replacing old: JSONObject) -> Bool { object["spec"] != DefinitionDefaults.apply(old)["spec"] }
    func prepareForStatusUpdate(_ object: inout JSONObject, replacing old: JSONObject) {
        object = DefinitionStatus.preparedForStatusUpdate(object, replacing: old)
    }

    func creationErrors(in object: JSONObject) -> [FieldError] { rules.creationErrors(in: object, includingMetadata: false) }
    func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        rules.updateErrors(in: object, replacing: old, includingMetadata: false)
    }
    func statusErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        rules.statusErrors(in: object, replacing: old, includingMetadata: false)
    }
    func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] { rules.warnings(for: object, replacing: old) }

    var columns: [TableColumn] {
        [.objectName, TableColumn("Created At", type: "date", TableTexts.creationTimestamp)]
    }
    func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        [.string(object.objectName), object["metadata"]?["creationTimestamp"] ?? .null]
    }

    /// What deleting a definition does before anything else: it waits for its objects to go.
    static let cleanupFinalizer = "customresourcecleanup.apiextensions.k8s.io"

    /// The definition as its deletion marks it.
    static func terminating(_ definition: JSONObject, now: Time) -> JSONObject {
        var definition = definition
        if !definition.finalizers.contains(cleanupFinalizer) { definition.setFinalizers(definition.finalizers + [cleanupFinalizer]) }
        var status = definition["status"]?.object ?? JSONObject()
        var conditions = (status["conditions"]?.array ?? []).filter { $0["type"]?.string != "Terminating" }
        conditions.append([
            "type": "Terminating", "status": "True", "lastTransitionTime": now.json, "reason": "InstanceDeletionPending",
            "message": "CustomResourceDefinition marked for deletion; CustomResource deletion will begin soon",
        ])
        status["conditions"] = .array(conditions)
        definition["status"] = .object(status)
        return definition
    }

    static func isTerminating(_ definition: JSONObject) -> Bool {
        (definition["status"]?["conditions"]?.array ?? []).contains { $0["type"]?.string == "Terminating" && $0["status"]?.string == "True" }
    }
}
