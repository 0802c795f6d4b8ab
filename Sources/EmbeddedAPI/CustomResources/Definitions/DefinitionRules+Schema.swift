import KubernetesAPI

extension DefinitionRules {
    /// The keywords that a root schema may have where status is a subresource, by their names in the server's own type.
    private static let rootKeywords = [
        ("description", "Description"), ("type", "Type"), ("format", "Format"), ("title", "Title"), ("maximum", "Maximum"),
        ("exclusiveMaximum", "ExclusiveMaximum"), ("minimum", "Minimum"), ("exclusiveMinimum", "ExclusiveMinimum"), ("maxLength", "MaxLength"),
        ("minLength", "MinLength"), ("pattern", "Pattern"), ("maxItems", "MaxItems"), ("minItems", "MinItems"), ("uniqueItems", "UniqueItems"),
        ("multipleOf", "MultipleOf"), ("required", "Required"), ("items", "Items"), ("properties", "Properties"), ("externalDocs", "ExternalDocs"),
        ("example", "Example"), ("x-kubernetes-preserve-unknown-fields", "XPreserveUnknownFields"), ("x-kubernetes-validations", "XValidations"),
    ]

    /// What is wrong with a version's `schema`.
    ///
    /// - Parameter checksRules: whether its `x-kubernetes-validations` are compiled and their costs estimated.
    func schemaErrors(_ validation: JSONValue, _ path: FieldPath, hasStatus: Bool, checksRules: Bool = true) -> [FieldError] {
        guard let json = validation["openAPIV3Schema"], let object = json.object else { return [] }
        let place = path.field("openAPIV3Schema")
        let schema = StructuralSchema(json, patterns: patterns)
        if schema.isTooDeep {
            return [FieldError(.invalid, at: place, value: "", "must not be nested deeper than \(StructuralSchema.depthLimit) levels")]
        }
        var errors: [FieldError] = []
        if hasStatus { errors += statusRootErrors(object, schema, place, path) }
        if schema.isNullable { errors.append(FieldError(.forbidden, at: path.field("openAPIV3Schema.nullable"), "nullable cannot be true at the root")) }

        var isSound = false
        if !schema.hasUnsupportedKeyword {
            let structural = StructuralRules.errors(in: schema, at: place)
            errors += structural
            if structural.isEmpty {
                let defaults = DefaultValueRules(rules: rules).errors(in: schema, at: place)
                errors += defaults
                isSound = defaults.isEmpty
            }
        }
        let keywords = SchemaKeywordRules.errors(in: schema, at: place)
        errors += keywords
        guard checksRules, isSound, keywords.isEmpty, schema.hasValidations, let rules else { return errors }
        return errors + rules.problems(with: schema.ruleSites(at: place), schemaPath: place)
    }

    private func statusRootErrors(_ object: JSONObject, _ schema: StructuralSchema, _ place: FieldPath, _ path: FieldPath) -> [FieldError] {
        let allowed = Set(Self.rootKeywords.map(\.0))
        for (keyword, value) in object where !value.isZero {
            if keyword == "type" {
                guard schema.type != "object" else { continue }
                let detail = "only \"object\" is allowed as the type at the root of the schema if the status subresource is enabled"
                return [FieldError(.invalid, at: path.field("openAPIV3Schema.type"), value: .string(schema.type), detail)]
            }
            guard !allowed.contains(keyword) else { continue }
            let names = Self.rootKeywords.map(\.1).joined(separator: " ")
            let detail = "only [\(names)] fields are allowed at the root of the schema if the status subresource is enabled"
            return [FieldError(.invalid, at: place, value: ["Type": .string(schema.type)], detail)]
        }
        return []
    }
}

extension JSONValue {
    /// Whether a member with this value is as good as none: null, false, 0, empty.
    var isZero: Bool {
        switch self {
        case .null: true
        case .bool(let flag): !flag
        case .integer(let integer): integer == 0
        case .double(let double): double == 0
        case .string(let text): text.isEmpty
        case .array(let items): items.isEmpty
        case .object(let object): object.isEmpty
        }
    }
}
