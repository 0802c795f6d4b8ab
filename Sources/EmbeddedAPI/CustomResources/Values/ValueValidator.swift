import KubernetesAPI

/// Checks a value against a schema, with the words, the places and the choice of errors of Kubernetes (kube-openapi's `validate`).
///
/// The first pass is the usual one and allocates nothing for a valid value. Where an old object is given and the first pass found errors, a second one
/// leaves out those in parts that the update did not change ("ratcheting").
struct ValueValidator {
    /// What the errors' paths begin with; not part of the texts.
    private let base: FieldPath
    /// Where the value in hand stands below ``base``.
    var path: [FieldPath.Element] = []

    /// What a (part of a) check found.
    struct Outcome {
        var errors: [FieldError] = []
        /// How many checks were made and passed: chooses the errors of the alternative that fits best.
        var matches = 0

        mutating func merge(_ other: Outcome) {
            if !other.errors.isEmpty { errors += other.errors }
            matches += other.matches
        }
    }

    init(base: FieldPath = FieldPath()) { self.base = base }

    /// Everything that is wrong with `value`.
    ///
    /// - Parameter old: what the value replaces; nil when it is new.
    static func errors(in value: JSONValue, schema: StructuralSchema, replacing old: JSONValue? = nil, base: FieldPath = FieldPath()) -> [FieldError] {
        var validator = ValueValidator(base: base)
        var outcome = validator.check(value, schema, Correlation(structural: schema, old: nil))
        guard !outcome.errors.isEmpty else { return [] }
        if old != nil { outcome = validator.check(value, schema, Correlation(structural: schema, old: old)) }
        var seen: Set<FieldError> = []
        return outcome.errors.filter { seen.insert($0).inserted }
    }

    mutating func check(_ value: JSONValue, _ schema: StructuralSchema, _ correlation: Correlation) -> Outcome {
        var outcome = Outcome()
        if value.isNull {
            checkType(of: value, schema, &outcome)
            checkEnumeration(value, schema, &outcome)
        } else {
            // A check adds 1 for having been made, besides what it counts itself.
            if !schema.types.isEmpty || !schema.checkedFormat.isEmpty {
                checkType(of: value, schema, &outcome)
                outcome.matches += 1
            }
            checkCombinations(value, schema, correlation, &outcome)
            outcome.matches += 1
            switch value {
            case .string(let text):
                checkText(text, schema, &outcome)
                outcome.matches += 1
                if SchemaFormat.appliesToStrings(schema.checkedFormat), !schema.checkedFormat.isEmpty {
                    if !SchemaFormat.allows(text, as: schema.checkedFormat) { outcome.errors.append(wrongType(schema.checkedFormat, value)) }
                    outcome.matches += 1
                }
            case .integer, .double:
                checkNumber(value, schema, &outcome)
                outcome.matches += 2
            case .array(let items):
                checkItems(items, schema, correlation, &outcome)
                outcome.matches += 2
            default: break
            }
            checkEnumeration(value, schema, &outcome)
            outcome.matches += 1
            if case .object(let object) = value {
                checkProperties(object, schema, correlation, &outcome)
                outcome.matches += 1
            }
            outcome.matches += 1
        }
        if !outcome.errors.isEmpty, correlation.isUnchanged(value) { outcome.errors = [] }
        return outcome
    }

    // MARK: Types and enumerations

    private func checkType(of value: JSONValue, _ schema: StructuralSchema, _ outcome: inout Outcome) {
        let types = schema.types
        let format = schema.checkedFormat
        let hasNumberType = types.contains("number") || types.contains("integer")
        var found: String
        var foundFormat = ""
        var isFitting: Bool
        switch value {
        case .null:
            if !types.isEmpty, !schema.isNullable { outcome.errors.append(wrongType(types.joined(separator: ","), "null")) } else { outcome.matches += 1 }
            return
        case .bool: (found, isFitting) = ("boolean", types.contains("boolean"))
        case .string: (found, isFitting) = ("string", types.contains("string"))
        case .array: (found, isFitting) = ("array", types.contains("array"))
        case .object: (found, isFitting) = ("object", types.contains("object"))
        case .integer: (found, foundFormat, isFitting) = ("integer", "int64", hasNumberType)
        case .double(let number):
            (found, foundFormat) = ("number", "float64")
            isFitting = types.contains("number") || types.contains("integer") && GoNumber.isInteger(number)
        }
        let isTextOrList = found == "string" || found == "array"
        if !format.isEmpty, !isTextOrList, !isFitting, foundFormat != format {
            outcome.errors.append(wrongType(format, .string(foundFormat)))
        } else if isFitting || !format.isEmpty && isTextOrList && !hasNumberType {
            outcome.matches += 1
        } else {
            outcome.errors.append(wrongType(types.joined(separator: ","), .string(found)))
        }
    }

    private func checkEnumeration(_ value: JSONValue, _ schema: StructuralSchema, _ outcome: inout Outcome) {
        guard !schema.enumeration.isEmpty, value.isNull || !schema.enumerated.contains(value) else { return }
        let supported = schema.enumeration.map { $0.string ?? GoNumber.text($0) }
        outcome.errors.append(.notSupported(place, GoNumber.shown(value), supported))
    }

    // MARK: Texts and lists

    private func checkText(_ text: String, _ schema: StructuralSchema, _ outcome: inout Outcome) {
        if let limit = schema.maxLength, text.unicodeScalars.count > limit {
            outcome.errors.append(.tooLong(place, limit))
        } else if let limit = schema.minLength, text.unicodeScalars.count < limit {
            outcome.errors.append(invalid(.string(text), "should be at least \(limit) chars long"))
        } else {
            switch schema.compiledPattern {
            case .success(let pattern)?:
                if !pattern.matches(text) { outcome.errors.append(invalid(.string(text), "should match '\(schema.pattern)'")) }
            case .failure(let error)?:
                outcome.errors.append(invalid(.string(text), "should match '\(schema.pattern), but pattern is invalid: \(error.reason)'"))
            case nil: break
            }
        }
    }

    private mutating func checkItems(_ items: [JSONValue], _ schema: StructuralSchema, _ correlation: Correlation, _ outcome: inout Outcome) {
        if let itemSchema = schema.items {
            let oldItems = correlation.items(of: items)
            for (index, item) in items.enumerated() {
                path.append(.index(index))
                outcome.merge(check(item, itemSchema, oldItems.item(at: index)))
                path.removeLast()
            }
        }
        if let limit = schema.minItems, items.count < limit {
            outcome.errors.append(invalid(.integer(Int64(items.count)), "should have at least \(limit) items"))
        }
        if let limit = schema.maxItems, items.count > limit { outcome.errors.append(.tooMany(place, Int64(items.count), limit)) }
        if schema.requiresUniqueItems, Set(items).count != items.count { outcome.errors.append(invalid("", "shouldn't contain duplicates")) }
    }

    // MARK: Objects

    private mutating func checkProperties(_ object: JSONObject, _ schema: StructuralSchema, _ correlation: Correlation, _ outcome: inout Outcome) {
        if let limit = schema.minProperties, object.count < limit {
            outcome.errors.append(invalid(.integer(Int64(object.count)), "should have at least \(limit) properties"))
        }
        if let limit = schema.maxProperties, object.count > limit { outcome.errors.append(.tooMany(place, Int64(object.count), limit)) }
        for (name, value) in object {
            guard let property = schema.field(name) else {
                if case .allowed(false)? = schema.additionalProperties {
                    outcome.errors.append(FieldError(.invalid, at: place, value: .string(name), "\(pathText).\(name) in body is a forbidden property"))
                }
                continue
            }
            path.append(.field(name))
            outcome.merge(check(value, property, correlation.field(name)))
            path.removeLast()
        }
        for name in schema.requiredProperties where object[name] == nil { outcome.errors.append(FieldError(.required, at: place.field(name))) }
    }

    // MARK: Errors

    /// The value's place in the object; `<nil>` for the whole of it, as Kubernetes prints a path that is not there.
    var place: FieldPath {
        let elements = base.elements + path
        return elements.isEmpty ? .whole : FieldPath(elements)
    }

    /// The place as texts name it, without what is above the checked value.
    var pathText: String { FieldPath(path).description }

    func invalid(_ value: JSONValue, _ text: String) -> FieldError {
        FieldError(.invalid, at: place, value: GoNumber.shown(value), "\(pathText) in body \(text)")
    }

    /// An error that has no place of its own.
    func unplaced(_ text: String) -> FieldError {
        FieldError(.invalid, at: base.elements.isEmpty ? .whole : base, value: "", text)
    }

    /// Only a text is part of the message, as only it is found in the error of Kubernetes.
    private func wrongType(_ type: String, _ found: JSONValue) -> FieldError {
        FieldError(.typeInvalid, at: place, value: found, "\(pathText) in body must be of type \(type): \(found.string.map(\.quotedAsGo) ?? "")")
    }
}
