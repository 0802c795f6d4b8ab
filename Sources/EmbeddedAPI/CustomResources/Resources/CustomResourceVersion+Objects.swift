public import KubernetesAPI

/// An object that was read from a request.
public struct DecodedCustomResource: Sendable {
    public var object: JSONObject
    /// Where fields stood that the schema does not know and that are gone, for `unknown field "spec.x"`.
    public var unknownFields: [String]

    /// The warnings of `fieldValidation=Warn`.
    public var warnings: [String] { unknownFields.map { "unknown field \($0.quotedAsGo)" } }
}

extension CustomResourceVersion {
    /// Brings a request's body into the form that is validated and stored: metadata coerced, unknown fields pruned, defaults filled in.
    ///
    /// - Parameter keepsNulls: whether nulls that stand for no default stay and are found by validation, as after server-side apply.
    /// - Throws: ``ObjectDecodingError`` where `metadata`, here or in an embedded resource, has fields of a wrong type (400).
    public func decoded(_ body: JSONObject, keepsNulls: Bool = false) throws(ObjectDecodingError) -> DecodedCustomResource {
        var unknown: [String] = []
        var object = body
        if let metadata = body["metadata"] {
            var coercion = ObjectMetaCoercion()
            object["metadata"] = .object(try coercion.coerce(metadata, at: FieldPath("metadata")))
            unknown += coercion.unknown
        }
        let pruned = ObjectPruner.prune(object, schema: schema)
        unknown += pruned.removed
        var embeddedUnknown: [String] = []
        let coerced = try EmbeddedResources.coerce(
            .object(pruned.object), schema, at: FieldPath(), dropsInvalid: false, unknown: &embeddedUnknown)
        unknown += embeddedUnknown.sorted()
        let known = coerced?.object ?? pruned.object
        let defaulted = keepsNulls ? ObjectDefaults.applyKeepingNulls(known, schema) : ObjectDefaults.apply(known, schema)
        return DecodedCustomResource(object: defaulted, unknownFields: unknown)
    }

    /// An object of another version in this one, with conversion `None`: another apiVersion, and only the fields that this version has.
    func converted(_ object: JSONObject) -> JSONObject {
        var object = object
        object["apiVersion"] = .string(apiVersion)
        return ObjectPruner.prune(object, schema: schema).object
    }

    // MARK: What a request may change

    /// The object as a creation stores it: the first generation, and without the status that has its own subresource.
    public func preparedForCreation(_ object: JSONObject) -> JSONObject {
        var object = object
        if hasStatus { object.removeValue(forKey: "status") }
        return withGeneration(1, object)
    }

    /// The object as an update stores it: the status stays as it was, and the generation rises with every change but one of metadata.
    public func preparedForUpdate(_ object: JSONObject, replacing old: JSONObject) -> JSONObject {
        var object = object
        if hasStatus { object["status"] = old["status"] }
        let generation = old["metadata"]?["generation"]?.integer ?? 0
        return withGeneration(withoutMetadata(object) == withoutMetadata(old) ? generation : generation + 1, object)
    }

    /// The object as an update of the status subresource stores it: the old one with the new status, and with who manages which fields.
    public func preparedForStatusUpdate(_ object: JSONObject, replacing old: JSONObject) -> JSONObject {
        var result = old
        result["status"] = object["status"]
        var metadata = old["metadata"]?.object ?? JSONObject()
        metadata["managedFields"] = object["metadata"]?["managedFields"]
        metadata["resourceVersion"] = object["metadata"]?["resourceVersion"] ?? metadata["resourceVersion"]
        result["metadata"] = .object(metadata)
        return result
    }

    private func withGeneration(_ generation: Int64, _ object: JSONObject) -> JSONObject {
        var object = object
        var metadata = object["metadata"]?.object ?? JSONObject()
        metadata["generation"] = .integer(generation)
        object["metadata"] = .object(metadata)
        return object
    }

    private func withoutMetadata(_ object: JSONObject) -> JSONObject {
        var object = object
        object.removeValue(forKey: "metadata")
        return object
    }

    // MARK: What is wrong with objects

    /// What is wrong with a new object, which has been decoded and prepared.
    public func creationFindings(in object: JSONObject, rules: (any ValidationRuleEngine)? = nil) -> ValidationRuleFindings {
        let typeErrors = typeErrors(in: object)
        guard typeErrors.isEmpty else { return ValidationRuleFindings(errors: typeErrors) }
        var errors = metadataRules.creationErrors(in: metadata(of: object))
        errors += ValueValidator.errors(in: .object(object), schema: schema)
        errors += scaleErrors(in: object)
        errors += EmbeddedResources.errors(in: .object(object), schema, at: FieldPath())
        errors += ListTypeRules.errors(in: object, schema)
        return withRules(errors, in: object, replacing: nil, rules)
    }

    /// What is wrong with an object that replaces `old`. Values that the update leaves as they were may break rules that the definition got since.
    public func updateFindings(in object: JSONObject, replacing old: JSONObject, rules: (any ValidationRuleEngine)? = nil) -> ValidationRuleFindings {
        let typeErrors = typeErrors(in: object)
        guard typeErrors.isEmpty else { return ValidationRuleFindings(errors: typeErrors) }
        var errors = metadataRules.updateErrors(in: metadata(of: object), replacing: metadata(of: old))
        errors += ValueValidator.errors(in: .object(object), schema: schema, replacing: .object(old))
        errors += scaleErrors(in: object)
        errors += EmbeddedResources.errors(in: .object(object), schema, at: FieldPath())
        errors += listErrors(in: object, replacing: old)
        return withRules(errors, in: object, replacing: old, rules)
    }

    /// What is wrong with an object whose status replaces that of `old`.
    public func statusFindings(in object: JSONObject, replacing old: JSONObject, rules: (any ValidationRuleEngine)? = nil) -> ValidationRuleFindings {
        let typeErrors = typeErrors(in: object)
        guard typeErrors.isEmpty else { return ValidationRuleFindings(errors: typeErrors) }
        var errors = metadataRules.updateErrors(in: metadata(of: object), replacing: metadata(of: old))
        if let status = object["status"], let statusSchema {
            errors += ValueValidator.errors(in: status, schema: statusSchema, replacing: old["status"], base: FieldPath("status"))
        }
        errors += scale?.statusErrors(in: object) ?? []
        errors += listErrors(in: object, replacing: old)
        return withRules(errors, in: object, replacing: old, rules)
    }

    private func metadata(of object: JSONObject) -> JSONObject { object["metadata"]?.object ?? JSONObject() }

    private func scaleErrors(in object: JSONObject) -> [FieldError] {
        guard let scale else { return [] }
        return scale.specErrors(in: object) + scale.statusErrors(in: object)
    }

    private func typeErrors(in object: JSONObject) -> [FieldError] {
        [("kind", kind), ("apiVersion", apiVersion)].compactMap { field, expected in
            let found = object[field]?.string ?? ""
            return found == expected ? nil : FieldError(.invalid, at: FieldPath(field), value: .string(found), "must be \(expected)")
        }
    }

    private func listErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let errors = ListTypeRules.errors(in: object, schema)
        return errors.isEmpty || !ListTypeRules.errors(in: old, schema).isEmpty ? [] : errors
    }

    private func withRules(
        _ errors: [FieldError], in object: JSONObject, replacing old: JSONObject?, _ rules: (any ValidationRuleEngine)?
    ) -> ValidationRuleFindings {
        guard schema.hasValidations else { return ValidationRuleFindings(errors: errors) }
        if errors.contains(where: { [.notSupported, .required, .tooLong, .tooMany, .typeInvalid].contains($0.kind) }) {
            let detail = "some validation rules were not checked because the object was invalid; correct the existing errors to complete validation"
            return ValidationRuleFindings(errors: errors + [FieldError(.invalid, at: .whole, value: .null, detail)])
        }
        guard let rules else { return ValidationRuleFindings(errors: errors) }
        var findings = ValidationRuleWalk.findings(
            in: .object(object), schema: schema, replacing: old.map { .object($0) }, engine: rules)
        findings.errors = errors + findings.errors
        return findings
    }

    /// Warnings about finalizers that a write adds.
    public func finalizerWarnings(in object: JSONObject, replacing old: JSONObject? = nil) -> [String] {
        func finalizers(_ object: JSONObject?) -> Set<String> { Set((object?["metadata"]?["finalizers"]?.array ?? []).compactMap(\.string)) }
        return finalizers(object).subtracting(finalizers(old)).sorted().flatMap { finalizer in
            var warnings = NameRule.qualifiedName.violations(in: finalizer).map { "metadata.finalizers: \(finalizer.quotedAsGo): \($0)" }
            guard !finalizer.contains("/"), !["orphan", "foregroundDeletion", "kubernetes"].contains(finalizer) else { return warnings }
            let path = finalizer.contains(".") ? "including a path (/) " : ""
            warnings.append(
                "metadata.finalizers: \(finalizer.quotedAsGo): prefer a domain-qualified finalizer name \(path)to avoid accidental conflicts with other "
                    + "finalizer writers")
            return warnings
        }
    }
}
