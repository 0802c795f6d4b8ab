import KubernetesAPI

/// What is wrong with the question of an access review.
enum AccessReviewRules {
    static func errors(inSelf review: JSONObject) -> [FieldError] {
        attributeErrors(review["spec"]) + metadataErrors(review, allowsNamespace: false)
    }

    static func errors(in review: JSONObject) -> [FieldError] { subjectErrors(review["spec"]) + metadataErrors(review, allowsNamespace: false) }

    static func errors(inLocal review: JSONObject) -> [FieldError] {
        let spec = review["spec"]
        var errors = subjectErrors(spec) + metadataErrors(review, allowsNamespace: true)
        if let resource = spec?["resourceAttributes"]?.object {
            let namespace = resource["namespace"]?.string ?? ""
            if namespace != review["metadata"]?["namespace"]?.string ?? "" {
                let path = FieldPath("spec", "resourceAttributes", "namespace")
                errors.append(FieldError(.invalid, at: path, value: .string(namespace), "must match metadata.namespace"))
            }
        }
        if let path = spec?["nonResourceAttributes"]?.object {
            errors.append(
                FieldError(.invalid, at: FieldPath("spec", "nonResourceAttributes"), value: printed(path), "disallowed on this kind of request"))
        }
        return errors
    }

    private static func subjectErrors(_ spec: JSONValue?) -> [FieldError] {
        var errors = attributeErrors(spec)
        if (spec?["user"]?.string ?? "").isEmpty, (spec?["groups"]?.array ?? []).isEmpty {
            errors.append(FieldError(.invalid, at: FieldPath("spec", "user"), value: "", "at least one of user or group must be specified"))
        }
        return errors
    }

    private static func attributeErrors(_ spec: JSONValue?) -> [FieldError] {
        let path = FieldPath("spec")
        var errors: [FieldError] = []
        switch (spec?["resourceAttributes"]?.object, spec?["nonResourceAttributes"]?.object) {
        case (nil, nil):
            let detail = "exactly one of nonResourceAttributes or resourceAttributes must be specified"
            errors.append(FieldError(.invalid, at: path.field("resourceAttributes"), value: .null, detail))
        case (.some, let other?):
            let detail = "cannot be specified in combination with resourceAttributes"
            errors.append(FieldError(.invalid, at: path.field("nonResourceAttributes"), value: printed(other), detail))
        default: break
        }
        guard let resource = spec?["resourceAttributes"]?.object else { return errors }
        let resourcePath = path.field("resourceAttributes")
        return errors + selectorErrors(resource["fieldSelector"], resourcePath.field("fieldSelector"), isLabels: false)
            + selectorErrors(resource["labelSelector"], resourcePath.field("labelSelector"), isLabels: true)
    }

    /// As Kubernetes prints its own type.
    private static func printed(_ path: JSONObject) -> JSONValue {
        ["Path": path["path"] ?? "", "Verb": path["verb"] ?? ""]
    }

    private static func metadataErrors(_ review: JSONObject, allowsNamespace: Bool) -> [FieldError] {
        guard var metadata = review["metadata"]?.object else { return [] }
        metadata["managedFields"] = nil
        if allowsNamespace { metadata["namespace"] = nil }
        let isEmpty = metadata.allSatisfy { member in
            switch member.value {
            case .null: true
            case .string(let text): text.isEmpty
            case .array(let elements): elements.isEmpty
            case .object(let members): members.isEmpty
            default: false
            }
        }
        guard !isEmpty else { return [] }
        let detail = allowsNamespace ? "must be empty except for namespace" : "must be empty"
        return [FieldError(.invalid, at: FieldPath("metadata"), value: review["metadata"], detail)]
    }

    private static func selectorErrors(_ selector: JSONValue?, _ path: FieldPath, isLabels: Bool) -> [FieldError] {
        guard let selector = selector?.object else { return [] }
        let raw = selector["rawSelector"]?.string ?? ""
        let requirements = selector["requirements"]?.array ?? []
        var errors: [FieldError] = []
        if !raw.isEmpty, !requirements.isEmpty {
            errors.append(FieldError(.invalid, at: path.field("rawSelector"), value: .string(raw), "may not specified at the same time as requirements"))
        }
        if raw.isEmpty, requirements.isEmpty {
            errors.append(FieldError(.required, at: path.field("requirements"), "when \(path) is specified, requirements or rawSelector is required"))
        }
        for (index, requirement) in requirements.enumerated() {
            errors += requirementErrors(requirement, path.field("requirements").index(index), isLabels: isLabels)
        }
        return errors
    }

    /// Operators that are not known are allowed: the question may come from a newer client.
    private static func requirementErrors(_ requirement: JSONValue, _ path: FieldPath, isLabels: Bool) -> [FieldError] {
        let key = requirement["key"]?.string ?? ""
        let hasValues = !(requirement["values"]?.array ?? []).isEmpty
        var errors: [FieldError] = []
        switch requirement["operator"]?.string ?? "" {
        case "In", "NotIn":
            if !hasValues { errors.append(FieldError(.required, at: path.field("values"), "must be specified when `operator` is 'In' or 'NotIn'")) }
        case "Exists", "DoesNotExist":
            if hasValues {
                errors.append(FieldError(.forbidden, at: path.field("values"), "may not be specified when `operator` is 'Exists' or 'DoesNotExist'"))
            }
        default: break
        }
        if isLabels {
            errors += NameRule.qualifiedName.violations(in: key).map { FieldError(.invalid, at: path.field("key"), value: .string(key), $0) }
        } else if key.isEmpty {
            errors.append(FieldError(.required, at: path.field("key"), "must be specified"))
        }
        return errors
    }
}
