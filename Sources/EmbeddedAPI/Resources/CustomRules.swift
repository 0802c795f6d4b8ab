import KubernetesAPI

/// The rules of one version of a custom resource.
struct CustomRules: ResourceRules {
    let resource: CustomResource
    let version: CustomResourceVersion
    let rules: any ValidationRuleEngine

    var kind: GroupVersionKind { GroupVersionKind(group: version.group, version: version.name, kind: version.kind) }
    var allowsUnconditionalUpdate: Bool { false }
    var readsStoredBytes: Bool { false }

    func decoded(_ body: JSONObject) throws(ObjectDecodingError) -> JSONObject { try version.decoded(body).object }

    func decodedAfterApply(_ object: JSONObject) throws(ObjectDecodingError) -> JSONObject {
        try version.decoded(object, keepsNulls: true).object
    }

    func object(in body: RequestBody, validation: FieldValidation) throws(Status) -> RequestBody.Decoded {
        try body.object(of: version, validation: validation)
    }

    func patched(_ live: JSONObject, by patching: Patching) throws(Status) -> RequestBody.Decoded { try patching.patched(live, as: version) }

    func read(_ stored: JSONObject) -> JSONObject { resource.read(stored, as: version) }
    func stored(_ object: JSONObject) -> JSONObject { resource.stored(object, from: version) }

    func preparedForCreation(_ object: JSONObject) -> JSONObject { version.preparedForCreation(object) }
    func preparedForUpdate(_ object: JSONObject, replacing old: JSONObject) -> JSONObject { version.preparedForUpdate(object, replacing: old) }
    func preparedForStatusUpdate(_ object: JSONObject, replacing old: JSONObject) -> JSONObject {
        version.preparedForStatusUpdate(object, replacing: old)
    }

    func creationFindings(in object: JSONObject) -> ValidationRuleFindings {
        var findings = version.creationFindings(in: object, rules: rules)
        findings.warnings += version.finalizerWarnings(in: object)
        return findings
    }
    func updateFindings(in object: JSONObject, replacing old: JSONObject) -> ValidationRuleFindings {
        var findings = withMetadataErrors(version.updateFindings(in: object, replacing: old, rules: rules), object, old)
        findings.warnings += version.finalizerWarnings(in: object, replacing: old)
        return findings
    }
    func statusFindings(in object: JSONObject, replacing old: JSONObject) -> ValidationRuleFindings {
        withMetadataErrors(version.statusFindings(in: object, replacing: old, rules: rules), object, old)
    }

    /// Kubernetes checks the metadata of updates twice, and counts what it finds twice.
    private func withMetadataErrors(_ findings: ValidationRuleFindings, _ object: JSONObject, _ old: JSONObject) -> ValidationRuleFindings {
        var findings = findings
        findings.errors = version.metadataRules.updateErrors(in: object.metadata, replacing: old.metadata) + findings.errors
        return findings
    }

    func selectableValues(of object: JSONObject) -> [String: String] { version.selectableValues(of: object) }
    var selectableFields: Set<String> { Set(version.selectableFields.map { $0.fields.joined(separator: ".") }) }

    var deprecationWarning: String? { version.deprecationWarning }
}
