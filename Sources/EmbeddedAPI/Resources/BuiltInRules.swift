import KubernetesAPI

/// The rules of a built-in kind: what all have in common, around its own.
struct BuiltInRules: ResourceRules {
    let builtIn: any BuiltInKind
    let kind: GroupVersionKind
    private let metadataRules: ObjectMetaRules
    let selectableFields: Set<String>

    init(_ builtIn: any BuiltInKind) {
        self.builtIn = builtIn
        converted = builtIn as? any ConvertedKind
        let definition = builtIn.type.resource
        kind = definition.groupVersionKind
        metadataRules = ObjectMetaRules(nameRule: builtIn.nameRule, isNamespaced: definition.scope == .namespaced)
        selectableFields = Set(builtIn.selectableValues(of: JSONObject()).keys)
    }

    var allowsUnconditionalUpdate: Bool { builtIn.allowsUnconditionalUpdate }
    var readsStoredBytes: Bool { converted == nil }
    /// The kind, where its objects are stored in another form.
    private let converted: (any ConvertedKind)?
    var deprecationWarning: String? { nil }

    func decoded(_ body: JSONObject) throws(ObjectDecodingError) -> JSONObject {
        var object = try BuiltInDecoding.decoded(body, as: builtIn.type).object
        builtIn.applyDefaults(to: &object)
        return object
    }

    func decodedAfterApply(_ object: JSONObject) throws(ObjectDecodingError) -> JSONObject { try decoded(object) }

    func object(in body: RequestBody, validation: FieldValidation) throws(Status) -> RequestBody.Decoded {
        defaulted(try body.object(of: builtIn.type, validation: validation))
    }

    func patched(_ live: JSONObject, by patching: Patching) throws(Status) -> RequestBody.Decoded {
        defaulted(try patching.patched(live, as: builtIn.type))
    }

    private func defaulted(_ decoded: RequestBody.Decoded) -> RequestBody.Decoded {
        var decoded = decoded
        builtIn.applyDefaults(to: &decoded.object)
        return decoded
    }

    func read(_ stored: JSONObject) -> JSONObject { converted?.shown(stored) ?? stored }
    func stored(_ object: JSONObject) -> JSONObject { converted?.stored(object) ?? object }

    func preparedForCreation(_ object: JSONObject) -> JSONObject {
        var object = object
        builtIn.prepareForCreation(&object)
        if builtIn.hasGeneration { object.setMetadata("generation", 1) }
        return object
    }

    func preparedForUpdate(_ object: JSONObject, replacing old: JSONObject) -> JSONObject {
        var object = object
        object.setMetadata("generation", old["metadata"]?["generation"])
        builtIn.prepareForUpdate(&object, replacing: old)
        if builtIn.hasGeneration, builtIn.isNewGeneration(object, replacing: old) {
            object.setMetadata("generation", .integer((old["metadata"]?["generation"]?.integer ?? 0) + 1))
        }
        return object
    }

    func preparedForStatusUpdate(_ object: JSONObject, replacing old: JSONObject) -> JSONObject {
        var object = object
        object.setMetadata("generation", old["metadata"]?["generation"])
        builtIn.prepareForStatusUpdate(&object, replacing: old)
        return object
    }

    func creationFindings(in object: JSONObject) -> ValidationRuleFindings {
        let metadataErrors = metadataRules.creationErrors(in: object.metadata) + BuiltInMetadataRules.creationErrors(in: object.metadata, of: builtIn)
        let errors = metadataErrors + builtIn.creationErrors(in: object)
        return ValidationRuleFindings(errors: errors, warnings: errors.isEmpty ? builtIn.warnings(for: object, replacing: nil) : [])
    }

    func updateFindings(in object: JSONObject, replacing old: JSONObject) -> ValidationRuleFindings {
        let metadataErrors = allMetadataErrors(ofUpdate: object, replacing: old, subresource: "")
        let errors = metadataErrors + builtIn.updateErrors(in: object, replacing: old)
        return ValidationRuleFindings(errors: errors, warnings: errors.isEmpty ? builtIn.warnings(for: object, replacing: old) : [])
    }

    func statusFindings(in object: JSONObject, replacing old: JSONObject) -> ValidationRuleFindings {
        let metadataErrors = allMetadataErrors(ofUpdate: object, replacing: old, subresource: "status")
        return ValidationRuleFindings(errors: metadataErrors + builtIn.statusErrors(in: object, replacing: old))
    }

    /// Kubernetes checks the metadata of updates twice or more often, and counts what it finds as often.
    private func allMetadataErrors(ofUpdate object: JSONObject, replacing old: JSONObject, subresource: String) -> [FieldError] {
        let (metadata, oldMetadata) = (object.metadata, old.metadata)
        return metadataRules.updateErrors(in: metadata, replacing: oldMetadata)
            + BuiltInMetadataRules.updateErrors(in: metadata, replacing: oldMetadata, of: builtIn, subresource: subresource)
    }

    func selectableValues(of object: JSONObject) -> [String: String] { builtIn.selectableValues(of: object) }
}
