import KubernetesAPI

/// What Kubernetes fills in and refuses in the pod template of a workload.
///
/// Pure functions on JSON: all kinds with a template (ReplicaSet, Deployment, Job, PodTemplate …) share them, and Pod has the same rules for its spec.
enum PodTemplateRules {
    /// Fills in the defaults of `template`, an object with `metadata` and `spec`. What Kubernetes fills in for pods only is left out.
    static func applyDefaults(to template: inout JSONObject) {
        var metadata = PodSpecDefaults.withoutNulls(template["metadata"]?.object ?? JSONObject())
        PodSpecDefaults.dropZeros(&metadata, texts: ["name", "generateName", "namespace"], maps: ["labels", "annotations"])
        template["metadata"] = .object(metadata)
        var spec = template["spec"]?.object ?? JSONObject()
        PodSpecDefaults.apply(to: &spec)
        template["spec"] = .object(spec)
    }

    /// What is wrong with a defaulted template: its labels, its annotations and its pod's spec.
    static func errors(in template: JSONObject, at path: FieldPath) -> [FieldError] {
        let metadata = PodPart(template["metadata"])
        let spec = template["spec"]?.object ?? JSONObject()
        let annotations = metadata.members["annotations"]?.object ?? JSONObject()
        var errors: [FieldError] = []
        for (key, value) in metadata.members["labels"]?.object ?? JSONObject() {
            errors += NameRule.qualifiedName.violations(in: key).map { FieldError(.invalid, at: path.field("labels"), value: .string(key), $0) }
            errors += NameRule.labelValue.violations(in: value.string ?? "").map { FieldError(.invalid, at: path.field("labels"), value: value, $0) }
        }
        for key in annotations.keys {
            let violations = NameRule.qualifiedName.violations(in: key.lowercased())
            errors += violations.map { FieldError(.invalid, at: path.field("annotations"), value: .string(key), $0) }
        }
        errors += PodMetadataRules.annotationErrors(annotations, spec: PodPart(spec), at: path.field("annotations"))
        errors += PodSpecRules.errors(in: spec, at: path.field("spec"), of: .template)
        errors += PodMetadataRules.profileErrors(annotations, spec: PodPart(spec), at: path.field("spec"))
        if PodPart(spec).count("ephemeralContainers") > 0 {
            let place = path.field("spec").field("ephemeralContainers")
            errors.append(FieldError(.forbidden, at: place, "ephemeral containers not allowed in pod template"))
        }
        return errors
    }

    /// What people should know about a template that is allowed.
    static func warnings(in template: JSONObject, at path: FieldPath) -> [String] {
        PodWarnings.texts(for: template, at: path, isTemplate: true)
    }
}
