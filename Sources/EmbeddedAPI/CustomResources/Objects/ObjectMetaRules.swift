public import KubernetesAPI

/// What Kubernetes requires of `metadata`, in its words (apimachinery's `ValidateObjectMeta`).
public struct ObjectMetaRules: Sendable {
    /// The rule for names of the kind.
    public let nameRule: NameRule
    public let isNamespaced: Bool
    /// How many bytes the keys and values of all annotations may have together.
    public static let annotationsLimitBytes = 256 << 10

    public init(nameRule: NameRule = .dns1123Subdomain, isNamespaced: Bool) {
        self.nameRule = nameRule
        self.isNamespaced = isNamespaced
    }

    /// What is wrong with the metadata of a new object; its name has been generated already.
    public func creationErrors(in metadata: JSONObject, at path: FieldPath = FieldPath("metadata")) -> [FieldError] {
        var errors: [FieldError] = []
        if let prefix = metadata["generateName"]?.string, !prefix.isEmpty {
            errors += nameRule.violations(inPrefix: prefix).map { FieldError(.invalid, at: path.field("generateName"), value: .string(prefix), $0) }
        }
        let name = metadata["name"]?.string ?? ""
        if name.isEmpty {
            errors.append(FieldError(.required, at: path.field("name"), "name or generateName is required"))
        } else {
            errors += nameRule.violations(in: name).map { FieldError(.invalid, at: path.field("name"), value: .string(name), $0) }
        }
        let namespace = metadata["namespace"]?.string ?? ""
        if !isNamespaced {
            if !namespace.isEmpty { errors.append(FieldError(.forbidden, at: path.field("namespace"), "not allowed on this type")) }
        } else if namespace.isEmpty {
            errors.append(FieldError(.required, at: path.field("namespace")))
        } else {
            errors += NameRule.dns1123Label.violations(in: namespace).map { FieldError(.invalid, at: path.field("namespace"), value: .string(namespace), $0) }
        }
        errors += generationErrors(metadata, path)
        errors += labelErrors(metadata, path) + annotationErrors(metadata, path) + ownerErrors(metadata, path) + finalizerErrors(metadata, path)
        return errors + managedFieldsErrors(metadata, path)
    }

    /// What is wrong with the metadata of an object that replaces `old`.
    public func updateErrors(in metadata: JSONObject, replacing old: JSONObject, at path: FieldPath = FieldPath("metadata")) -> [FieldError] {
        var errors: [FieldError] = []
        if old["deletionTimestamp"] != nil {
            let known = Set((old["finalizers"]?.array ?? []).compactMap(\.string))
            let added = Set((metadata["finalizers"]?.array ?? []).compactMap(\.string)).subtracting(known).sorted()
            if !added.isEmpty {
                let list = "[]string{" + added.map(\.quotedAsGo).joined(separator: ", ") + "}"
                let detail = "no new finalizers can be added if the object is being deleted, found new finalizers \(list)"
                errors.append(FieldError(.forbidden, at: path.field("finalizers"), detail))
            }
        }
        if (metadata["resourceVersion"]?.string ?? "").isEmpty {
            errors.append(FieldError(.invalid, at: path.field("resourceVersion"), value: "", "must be specified for an update"))
        }
        errors += generationErrors(metadata, path)
        let generation = metadata["generation"]?.integer ?? 0
        if generation < old["generation"]?.integer ?? 0 {
            errors.append(FieldError(.invalid, at: path.field("generation"), value: .integer(generation), "must not be decremented"))
        }
        for (field, empty) in [
            ("name", JSONValue.string("")), ("namespace", ""), ("uid", ""), ("creationTimestamp", .null), ("deletionTimestamp", .null),
            ("deletionGracePeriodSeconds", .null),
        ] where metadata[field] ?? empty != old[field] ?? empty {
            errors.append(FieldError(.invalid, at: path.field(field), value: metadata[field] ?? empty, "field is immutable"))
        }
        return errors + labelErrors(metadata, path) + annotationErrors(metadata, path) + ownerErrors(metadata, path) + managedFieldsErrors(metadata, path)
    }

    private func generationErrors(_ metadata: JSONObject, _ path: FieldPath) -> [FieldError] {
        guard let generation = metadata["generation"]?.integer, generation < 0 else { return [] }
        return [FieldError(.invalid, at: path.field("generation"), value: .integer(generation), "must be greater than or equal to 0")]
    }

    private func labelErrors(_ metadata: JSONObject, _ path: FieldPath) -> [FieldError] {
        let place = path.field("labels")
        return (metadata["labels"]?.object ?? JSONObject()).flatMap { key, value in
            NameRule.qualifiedName.violations(in: key).map { FieldError(.invalid, at: place, value: .string(key), $0) }
                + NameRule.labelValue.violations(in: value.string ?? "").map { FieldError(.invalid, at: place, value: value, $0) }
        }
    }

    private func annotationErrors(_ metadata: JSONObject, _ path: FieldPath) -> [FieldError] {
        let place = path.field("annotations")
        var errors: [FieldError] = []
        var size = 0
        for (key, value) in metadata["annotations"]?.object ?? JSONObject() {
            errors += NameRule.qualifiedName.violations(in: key.lowercased()).map { FieldError(.invalid, at: place, value: .string(key), $0) }
            size += key.utf8.count + (value.string ?? "").utf8.count
        }
        if size > Self.annotationsLimitBytes { errors.append(.tooLong(place, Int64(Self.annotationsLimitBytes))) }
        return errors
    }

    private func ownerErrors(_ metadata: JSONObject, _ path: FieldPath) -> [FieldError] {
        let place = path.field("ownerReferences")
        let owners = metadata["ownerReferences"]?.array ?? []
        var errors: [FieldError] = []
        var controller: String?
        for (index, owner) in owners.enumerated() {
            func text(_ field: String) -> String { owner[field]?.string ?? "" }
            let apiVersion = text("apiVersion")
            let slashes = apiVersion.utf8.filter { $0 == UInt8(ascii: "/") }.count
            if apiVersion.isEmpty {
                errors.append(FieldError(.required, at: place.index(index).field("apiVersion"), "must not be empty"))
            } else if slashes > 1 || apiVersion.hasSuffix("/") {
                let detail = "must be <group>/<version> or <version>"
                errors.append(FieldError(.invalid, at: place.index(index).field("apiVersion"), value: .string(apiVersion), detail))
            }
            for field in ["kind", "name", "uid"] where text(field).isEmpty {
                errors.append(FieldError(.required, at: place.index(index).field(field), "must not be empty"))
            }
            if apiVersion == "v1", text("kind") == "Event" {
                errors.append(FieldError(.invalid, at: place.index(index), value: owner, "/v1, Kind=Event is disallowed from being an owner"))
            }
            guard owner["controller"]?.bool == true else { continue }
            let name = "\(text("kind"))/\(text("name"))"
            if let controller {
                let detail = "Only one reference can have Controller set to true. Found \"true\" in references for \(controller) and \(name)"
                errors.append(FieldError(.invalid, at: place, value: .array(owners), detail))
            } else {
                controller = name
            }
        }
        return errors
    }

    private func finalizerErrors(_ metadata: JSONObject, _ path: FieldPath) -> [FieldError] {
        let place = path.field("finalizers")
        let finalizers = metadata["finalizers"]?.array ?? []
        var errors = finalizers.flatMap { finalizer in
            NameRule.qualifiedName.violations(in: finalizer.string ?? "").map { FieldError(.invalid, at: place, value: finalizer, $0) }
        }
        if finalizers.contains("orphan"), finalizers.contains("foregroundDeletion") {
            errors.append(FieldError(.invalid, at: place, value: .array(finalizers), "finalizer orphan and foregroundDeletion cannot be both set"))
        }
        return errors
    }

    private func managedFieldsErrors(_ metadata: JSONObject, _ path: FieldPath) -> [FieldError] {
        (metadata["managedFields"]?.array ?? []).enumerated().flatMap { index, entry in
            let place = path.field("managedFields").index(index)
            var errors: [FieldError] = []
            switch entry["operation"]?.string ?? "" {
            case "": errors.append(FieldError(.required, at: place.field("operation"), "must not be empty"))
            case "Apply", "Update": break
            case let other: errors.append(.notSupported(place.field("operation"), .string(other), ["Apply", "Update"]))
            }
            if let type = entry["fieldsType"]?.string, !type.isEmpty, type != "FieldsV1" {
                errors.append(FieldError(.invalid, at: place.field("fieldsType"), value: .string(type), "must be `FieldsV1`"))
            }
            if entry["manager"]?.string.map({ $0.utf8.count > 128 }) ?? false { errors.append(.tooLong(place.field("manager"), 128)) }
            if entry["subresource"]?.string.map({ $0.utf8.count > 256 }) ?? false { errors.append(.tooLong(place.field("subresource"), 256)) }
            return errors
        }
    }
}
