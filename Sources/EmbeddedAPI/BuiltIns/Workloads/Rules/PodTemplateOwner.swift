import KubernetesAPI

/// What the kinds that create pods from a template share.
enum PodTemplateOwner {
    static let template = FieldPath("spec", "template")

    /// The template of an object's spec with its defaults.
    static func applyDefaults(to spec: inout JSONObject) {
        spec.edit("template") { template in
            template.setDefault("metadata", [:])
            PodTemplateRules.applyDefaults(to: &template)
        }
    }

    /// What is wrong with a template whose pods are to match a selector and to be restarted for ever.
    ///
    /// - Parameters:
    ///   - spec: what the template stands in, at `path`, beside its selector.
    ///   - owner: the kind, as messages name it.
    static func errors(in spec: ObjectChecks, ownedBy owner: String) -> [FieldError] {
        let path = spec.path.field("template")
        let template = spec["template"]?.object ?? JSONObject()
        return selectorErrors(spec) + PodTemplateRules.errors(in: template, at: path) + restartErrors(in: template, at: path, ownedBy: owner)
    }

    /// Whether the template's labels are those that the selector asks for.
    static func selectorErrors(_ spec: ObjectChecks) -> [FieldError] {
        guard let selector = try? Selector(structured: spec["selector"]?.object) else { return [] }
        let labels = spec["template"]?["metadata"]?["labels"]
        guard !selector.matches(labels?.object) else { return [] }
        let path = spec.path.field("template").field("metadata").field("labels")
        return [FieldError(.invalid, at: path, value: labels ?? .null, "`selector` does not match template `labels`")]
    }

    static func restartErrors(in template: JSONObject, at path: FieldPath, ownedBy owner: String) -> [FieldError] {
        var pod = ObjectChecks(template["spec"], at: path.field("spec"))
        if pod.text("restartPolicy") != "Always" { pod.unsupported("restartPolicy", ["Always"]) }
        if pod.has("activeDeadlineSeconds") { pod.forbidden("activeDeadlineSeconds", "activeDeadlineSeconds in \(owner) is not Supported") }
        return pod.errors
    }

    static func warnings(for object: JSONObject) -> [String] {
        PodTemplateRules.warnings(in: object["spec"]?["template"]?.object ?? JSONObject(), at: template)
    }

    /// A warning for a name from which names of pods cannot be made without trouble.
    static func nameWarnings(for object: JSONObject) -> [String] {
        let violations = NameRule.dns1123Label.violations(in: object["metadata"]?["name"]?.string ?? "")
        guard !violations.isEmpty else { return [] }
        let rule = "this is used in Pod names and hostnames, which can result in surprising behavior; a DNS label is recommended"
        return ["metadata.name: \(rule): [\(violations.joined(separator: " "))]"]
    }

    /// Whether a selector of a workload is there, is right and is not empty.
    static func checkSelector(_ spec: inout ObjectChecks, of owner: String) {
        guard let selector = spec["selector"]?.object else {
            spec.required("selector")
            return
        }
        spec.selector("selector")
        if isEmpty(selector) { spec.invalid("selector", "empty selector is invalid for \(owner)") }
    }

    static func isEmpty(_ selector: JSONObject) -> Bool {
        (selector["matchLabels"]?.object ?? JSONObject()).isEmpty && (selector["matchExpressions"]?.array ?? []).isEmpty
    }
}
