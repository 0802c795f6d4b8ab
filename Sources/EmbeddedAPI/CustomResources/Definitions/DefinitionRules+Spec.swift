import KubernetesAPI

extension DefinitionRules {
    /// - Parameter unchanged: the versions whose schemas an update leaves as they were. Their rules were accepted once, so that a server which counts their
    ///   costs otherwise or knows other functions does not make the definition impossible to update.
    func specErrors(_ definition: HoistedDefinition, unchanged: Set<String> = []) -> [FieldError] {
        let path = FieldPath("spec")
        let spec = definition.spec
        var errors = groupErrors(spec["group"]?.string ?? "", path.field("group"))
        let scope = spec["scope"]?.string ?? ""
        if scope.isEmpty {
            errors.append(FieldError(.required, at: path.field("scope")))
        } else if scope != "Cluster", scope != "Namespaced" {
            errors.append(.notSupported(path.field("scope"), .string(scope), ["Cluster", "Namespaced"]))
        }
        errors += versionErrors(definition, path, unchanged)

        let names = definition.names
        for (field, name) in [("plural", names.plural), ("singular", names.singular), ("kind", names.kind), ("listKind", names.listKind)] where name.isEmpty {
            errors.append(FieldError(.required, at: path.field("names").field(field)))
        }
        errors += names.errors(at: path.field("names"))

        let hasStatus = ([definition.shared.subresources] + definition.versions.map(\.parts.subresources)).contains { $0?["status"]?.object != nil }
        if let schema = definition.shared.schema {
            // Kubernetes asks the first version for what all have in common.
            let isUnchanged = definition.versions.first.map { unchanged.contains($0.name) } ?? false
            errors += schemaErrors(schema, path.field("validation"), hasStatus: hasStatus, checksRules: !isUnchanged)
        }
        errors += partErrors(definition.shared, schema: definition.shared.schema, path)
        errors += conversionErrors(spec["conversion"], path.field("conversion"))
        if spec["preserveUnknownFields"]?.bool ?? false {
            let detail = "cannot set to true, set x-kubernetes-preserve-unknown-fields to true in spec.versions[*].schema instead"
            errors.append(FieldError(.invalid, at: path.field("preserveUnknownFields"), value: true, detail))
        }
        return errors
    }

    private func groupErrors(_ group: String, _ path: FieldPath) -> [FieldError] {
        if group.isEmpty { return [FieldError(.required, at: path)] }
        let violations = NameRule.dns1123Subdomain.violations(in: group)
        if !violations.isEmpty { return [FieldError(.invalid, at: path, value: .string(group), violations.joined(separator: ","))] }
        return group.contains(".") ? [] : [FieldError(.invalid, at: path, value: .string(group), "should be a domain with at least one dot")]
    }

    private func versionErrors(_ definition: HoistedDefinition, _ path: FieldPath, _ unchanged: Set<String>) -> [FieldError] {
        var errors: [FieldError] = []
        let place = path.field("versions")
        var names: Set<String> = []
        for (index, version) in definition.versions.enumerated() {
            let versionPath = place.index(index)
            names.insert(version.name)
            if definition.shared.schema?["openAPIV3Schema"]?.object == nil, version.parts.schema?["openAPIV3Schema"]?.object == nil {
                errors.append(FieldError(.required, at: versionPath.field("schema").field("openAPIV3Schema")))
            }
            errors += nameErrors(version.name, versionPath.field("name"))
            errors += deprecationErrors(version.json, versionPath.field("deprecationWarning"))
            let subresources = version.parts.subresources ?? definition.shared.subresources
            if let schema = version.parts.schema {
                let hasStatus = subresources?["status"]?.object != nil
                errors += schemaErrors(schema, versionPath.field("schema"), hasStatus: hasStatus, checksRules: !unchanged.contains(version.name))
            }
            errors += partErrors(version.parts, schema: version.parts.schema, versionPath)
        }
        if names.count != definition.versions.count {
            errors.append(FieldError(.invalid, at: place, value: definition.printedVersions, "must contain unique version names"))
        }
        if definition.versions.filter(\.isStorage).count != 1 {
            errors.append(FieldError(.invalid, at: place, value: definition.printedVersions, "must have exactly one version marked as storage version"))
        }
        if let first = definition.versions.first, !first.name.isEmpty { errors += nameErrors(first.name, path.field("version")) }
        return errors
    }

    private func nameErrors(_ name: String, _ path: FieldPath) -> [FieldError] {
        let violations = NameRule.dns1035Label.violations(in: name)
        return violations.isEmpty ? [] : [FieldError(.invalid, at: path, value: .string(name), violations.joined(separator: ","))]
    }

    private func deprecationErrors(_ version: JSONValue, _ path: FieldPath) -> [FieldError] {
        guard let warning = version["deprecationWarning"]?.string else { return [] }
        var details: [String] = []
        if !(version["deprecated"]?.bool ?? false) {
            details = ["can only be set for deprecated versions"]
        } else {
            if warning.utf8.count > 256 { details.append("must be <= 256 characters long") }
            if warning.isEmpty { details.append("must not be an empty string") }
            var offset = 0
            for scalar in warning.unicodeScalars {
                if !scalar.isPrintableInGo {
                    details.append("must only contain printable UTF-8 characters; non-printable character found at index \(offset)")
                    break
                }
                offset += UTF8.width(scalar)
            }
        }
        return details.map { FieldError(.invalid, at: path, value: .string(warning), $0) }
    }

    // MARK: Subresources, columns, selectable fields

    private func partErrors(_ parts: HoistedDefinition.Parts, schema: JSONValue?, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        if let scale = parts.subresources?["scale"], scale.object != nil { errors += scaleErrors(scale, path.field("subresources")) }
        for (index, column) in parts.columns.enumerated() { errors += columnErrors(column, path.field("additionalPrinterColumns").index(index)) }
        if !parts.selectableFields.isEmpty { errors += selectableErrors(parts.selectableFields, schema, path.field("selectableFields")) }
        return errors
    }

    private func scaleErrors(_ scale: JSONValue, _ path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        for (field, prefixes, words) in [
            ("specReplicasPath", [".spec."], ".spec"), ("statusReplicasPath", [".status."], ".status"),
            ("labelSelectorPath", [".spec.", ".status."], "either .spec or .status"),
        ] {
            let text = scale[field]?.string ?? ""
            let place = path.field("scale.\(field)")
            if text.isEmpty {
                if field != "labelSelectorPath" { errors.append(FieldError(.required, at: place)) }
            } else if let error = simplePathError(text, place) {
                errors.append(error)
            } else if !prefixes.contains(where: text.hasPrefix) {
                errors.append(FieldError(.invalid, at: place, value: .string(text), "should be a json path under \(words)"))
            }
        }
        return errors
    }

    private func simplePathError(_ text: String, _ path: FieldPath) -> FieldError? {
        text.hasPrefix(".") ? nil : FieldError(.invalid, at: path, value: .string(text), "must be a simple json path starting with .")
    }

    private static let columnTypes = ["boolean", "date", "integer", "number", "string"]
    private static let columnFormats = ["byte", "date", "date-time", "double", "float", "int32", "int64", "password"]

    private func columnErrors(_ column: JSONValue, _ path: FieldPath) -> [FieldError] {
        func text(_ field: String) -> String { column[field]?.string ?? "" }
        var errors: [FieldError] = []
        if text("name").isEmpty { errors.append(FieldError(.required, at: path.field("name"))) }
        let types = "must be one of \(Self.columnTypes.joined(separator: ","))"
        if text("type").isEmpty {
            errors.append(FieldError(.required, at: path.field("type"), types))
        } else if !Self.columnTypes.contains(text("type")) {
            errors.append(FieldError(.invalid, at: path.field("type"), value: .string(text("type")), types))
        }
        if !text("format").isEmpty, !Self.columnFormats.contains(text("format")) {
            let detail = "must be one of \(Self.columnFormats.joined(separator: ","))"
            errors.append(FieldError(.invalid, at: path.field("format"), value: .string(text("format")), detail))
        }
        if text("jsonPath").isEmpty {
            errors.append(FieldError(.required, at: path.field("JSONPath")))
        } else if let error = simplePathError(text("jsonPath"), path.field("JSONPath")) {
            errors.append(error)
        }
        return errors
    }

    private func selectableErrors(_ fields: [JSONValue], _ schema: JSONValue?, _ path: FieldPath) -> [FieldError] {
        guard let json = schema?["openAPIV3Schema"] else {
            return [FieldError(.invalid, at: path, value: "", "may only be set when validations.schema is included")]
        }
        let schema = StructuralSchema(json, patterns: patterns)
        var errors: [FieldError] = []
        var seen: Set<FieldPath> = []
        for (index, field) in fields.enumerated() {
            let place = path.index(index).field("jsonPath")
            let text = field["jsonPath"]?.string ?? ""
            guard !text.isEmpty else {
                errors.append(FieldError(.required, at: place))
                continue
            }
            let found: (path: FieldPath, schema: StructuralSchema?)
            do {
                found = try SchemaPath.resolve(text, in: schema, allowsBrackets: false)
            } catch {
                errors.append(FieldError(.invalid, at: place, value: .string(text), "is an invalid path: \(error.reason)"))
                continue
            }
            if found.path.elements.first == .field("metadata") {
                errors.append(FieldError(.invalid, at: place, value: .string(text), "must not point to fields in metadata"))
            }
            if !["string", "boolean", "integer"].contains(found.schema?.type ?? "") {
                let detail = "must point to a field of type string, boolean or integer. Enum string fields and strings with formats are allowed."
                errors.append(FieldError(.invalid, at: place, value: .string(text), detail))
            }
            if !seen.insert(found.path).inserted { errors.append(FieldError(.duplicate, at: place, value: .string(text))) }
        }
        if seen.count > 8 { errors.append(.tooMany(path, Int64(seen.count), 8)) }
        return errors
    }

    private func conversionErrors(_ conversion: JSONValue?, _ path: FieldPath) -> [FieldError] {
        let strategy = conversion?["strategy"]?.string ?? ""
        let webhook = conversion?["webhook"]
        switch strategy {
        case "": return [FieldError(.required, at: path.field("strategy"))]
        case "None":
            var errors: [FieldError] = []
            let detail = "should not be set when strategy is not set to Webhook"
            if webhook?["clientConfig"]?.object != nil { errors.append(FieldError(.forbidden, at: path.field("webhookClientConfig"), detail)) }
            if !(webhook?["conversionReviewVersions"]?.array ?? []).isEmpty {
                errors.append(FieldError(.forbidden, at: path.field("conversionReviewVersions"), detail))
            }
            return errors
        // Conversion by webhooks is not there: this server calls nobody.
        default: return [.notSupported(path.field("strategy"), .string(strategy), ["None"])]
        }
    }
}

extension Unicode.Scalar {
    /// What Go's `unicode.IsPrint` accepts: letters, marks, numbers, punctuation, symbols and the ASCII space.
    fileprivate var isPrintableInGo: Bool {
        switch properties.generalCategory {
        case .control, .format, .surrogate, .privateUse, .unassigned, .lineSeparator, .paragraphSeparator: false
        case .spaceSeparator: self == " "
        default: true
        }
    }
}
