import KubernetesAPI

/// Templates of pods that stand on their own.
struct PodTemplateKind: BuiltInKind {
    var type: any Resource.Type { PodTemplate.self }
    var hasGeneration: Bool { true }
    var emptyObject: JSONObject { ["template": ["metadata": [:], "spec": ["containers": nil]]] }

    func applyDefaults(to object: inout JSONObject) {
        var template = object["template"]?.object ?? JSONObject()
        PodTemplateRules.applyDefaults(to: &template)
        object["template"] = .object(template)
    }

    func creationErrors(in object: JSONObject) -> [FieldError] {
        PodTemplateRules.errors(in: object["template"]?.object ?? JSONObject(), at: FieldPath("template"))
    }

    func warnings(for object: JSONObject, replacing old: JSONObject?) -> [String] {
        PodTemplateRules.warnings(in: object["template"]?.object ?? JSONObject(), at: FieldPath("template"))
    }

    var columns: [TableColumn] {
        [
            .objectName, TableColumn("Containers", "Names of each container in the template."),
            TableColumn("Images", "Images referenced by each container in the template."), TableColumn("Pod Labels", "The labels for the pod template."),
        ]
    }

    func cells(of object: JSONObject, now: Time) -> [JSONValue] {
        let containers = object["template"]?["spec"]?["containers"]?.array ?? []
        let labels = (object["template"]?["metadata"]?["labels"]?.object ?? JSONObject()).sorted { $0.key < $1.key }
            .map { "\($0.key)=\($0.value.string ?? "")" }.joined(separator: ",")
        return [
            .string(object.objectName), .string(containers.map { $0["name"]?.string ?? "" }.joined(separator: ",")),
            .string(containers.map { $0["image"]?.string ?? "" }.joined(separator: ",")), .string(labels.isEmpty ? "<none>" : labels),
        ]
    }
}
