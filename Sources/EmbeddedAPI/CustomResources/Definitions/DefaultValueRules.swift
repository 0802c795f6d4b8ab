import KubernetesAPI

/// Defaults are valid values of their own schemas and have no unknown fields.
struct DefaultValueRules {
    let rules: (any ValidationRuleEngine)?

    func errors(in schema: StructuralSchema, at path: FieldPath) -> [FieldError] {
        var errors: [FieldError] = []
        // The schema of the resource itself counts as that of an embedded one: its metadata has no defaults to check here.
        check(schema, path, isInsideMetadata: false, isResource: true, &errors)
        return errors
    }

    private func check(_ schema: StructuralSchema, _ path: FieldPath, isInsideMetadata: Bool, isResource: Bool, _ errors: inout [FieldError]) {
        guard schema.hasDefaults else { return }
        let isResource = isResource || schema.isEmbeddedResource
        let isInsideMetadata = isInsideMetadata && !schema.isEmbeddedResource
        if let value = schema.defaultValue { errors += self.errors(in: value, schema, path.field("default"), isInsideMetadata: isInsideMetadata) }
        if let items = schema.items { check(items, path.field("items"), isInsideMetadata: isInsideMetadata, isResource: false, &errors) }
        for name in schema.propertyNames {
            guard let property = schema.properties[name] else { continue }
            let isMetadata = isResource && ["metadata", "apiVersion", "kind"].contains(name)
            check(
                property, path.field("properties").key(name), isInsideMetadata: isInsideMetadata || isMetadata, isResource: false, &errors)
        }
    }

    private func errors(in value: JSONValue, _ schema: StructuralSchema, _ path: FieldPath, isInsideMetadata: Bool) -> [FieldError] {
        var errors: [FieldError] = []
        if !isInsideMetadata {
            if ObjectPruner.pruned(value, schema: schema) != nil {
                errors.append(FieldError(.invalid, at: path, value: GoNumber.shown(value), "must not have unknown fields"))
            }
            var unknown: [String] = []
            do {
                _ = try EmbeddedResources.coerce(value, schema, at: path, dropsInvalid: false, unknown: &unknown)
            } catch {
                return errors + [FieldError(.invalid, at: path, value: value, error.reason)]
            }
            let embedded = EmbeddedResources.errors(in: value, schema, at: path)
            if !embedded.isEmpty { return errors + embedded }
        }
        let wrong = ValueValidator.errors(in: value, schema: schema, base: path)
        if !wrong.isEmpty { return errors + wrong }
        guard let rules, schema.hasValidations else { return errors }
        // Once as an update that changes nothing and once as a creation: a default is used in both.
        for old in [Optional(value), .none] {
            let found = ValidationRuleWalk.findings(
                in: value, schema: schema, replacing: old, engine: rules, at: path, isResource: schema.isEmbeddedResource)
            if !found.errors.isEmpty { return errors + found.errors }
        }
        return errors
    }
}
