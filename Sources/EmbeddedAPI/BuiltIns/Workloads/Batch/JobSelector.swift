import KubernetesAPI

/// The selector of a job whose pods nobody else shall take for theirs: it asks for the job's uid.
enum JobSelector {
    static let uid = "batch.kubernetes.io/controller-uid"
    static let name = "batch.kubernetes.io/job-name"
    static let oldUID = "controller-uid"
    static let oldName = "job-name"

    /// Adds the selector and the labels of the template. What a user has set stays, and is refused later where it is wrong.
    static func generate(in object: inout JSONObject) {
        let jobUID = object["metadata"]?["uid"] ?? ""
        let jobName = object["metadata"]?["name"] ?? ""
        object.edit("spec") { spec in
            spec.edit("template") { template in
                template.edit("metadata") { metadata in
                    metadata.edit("labels") { labels in
                        if labels[oldName] == nil {
                            labels[oldName] = jobName
                            labels[name] = jobName
                        }
                        if labels[oldUID] == nil {
                            labels[oldUID] = jobUID
                            labels[uid] = jobUID
                        }
                    }
                }
            }
            spec.edit("selector") { selector in
                selector.edit("matchLabels") { labels in
                    if labels[uid] == nil { labels[uid] = jobUID }
                }
            }
        }
    }

    /// What is wrong with a selector and labels that should be as generated.
    static func generatedErrors(in object: JSONObject) -> [FieldError] {
        guard object["spec"]?["manualSelector"]?.bool != true, let selector = object["spec"]?["selector"]?.object else { return [] }
        let jobUID = object["metadata"]?["uid"]?.string ?? ""
        let jobName = object["metadata"]?["name"]?.string ?? ""
        var errors: [FieldError] = []
        if jobUID.isEmpty { errors.append(FieldError(.required, at: FieldPath("metadata", "uid"))) }
        let labels = object["spec"]?["template"]?["metadata"]?["labels"]
        let path = FieldPath("spec", "template", "metadata", "labels")
        for (key, value) in [(oldUID, jobUID), (oldName, jobName), (uid, jobUID), (name, jobName)] {
            if let present = labels?[key]?.string {
                if present != value { errors.append(FieldError(.invalid, at: path.key(key), value: labels, "must be '\(value)'")) }
            } else {
                errors.append(FieldError(.required, at: path.key(key), "must be '\(value)'"))
            }
        }
        let expected = [uid: jobUID, name: jobName, oldUID: jobUID, oldName: jobName]
        if let parsed = try? Selector(structured: selector), !parsed.matches(expected) {
            errors.append(FieldError(.invalid, at: FieldPath("spec", "selector"), value: .object(selector), "`selector` not auto-generated"))
        }
        return errors
    }
}
