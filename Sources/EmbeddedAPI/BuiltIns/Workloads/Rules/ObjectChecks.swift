import KubernetesAPI

/// Looks through the fields of one object and collects what is wrong with them, in the order of the checks and in Kubernetes' words.
struct ObjectChecks {
    let object: JSONObject
    /// Where the object stands.
    let path: FieldPath
    private(set) var errors: [FieldError] = []

    /// - Parameter value: something that is no object has no fields.
    init(_ value: JSONValue?, at path: FieldPath) {
        object = value?.object ?? JSONObject()
        self.path = path
    }

    // MARK: Reading

    /// Nil for what is absent or null.
    subscript(field: String) -> JSONValue? { object[field].present }
    func has(_ field: String) -> Bool { self[field] != nil }
    /// Empty for what is absent or no text.
    func text(_ field: String) -> String { object[field]?.string ?? "" }
    func integer(_ field: String) -> Int64? { object[field]?.integer }
    func elements(_ field: String) -> [JSONValue] { object[field]?.array ?? [] }
    /// Nil for what is absent or neither a number nor a text.
    func intOrString(_ field: String) -> IntOrString? { self[field].flatMap { IntOrString(json: $0) } }
    /// The fields of an object in this one; nil where there is none.
    func inner(_ field: String) -> ObjectChecks? { self[field].map { ObjectChecks($0, at: path.field(field)) } }
    /// The fields of a struct in this one, which Kubernetes takes for an empty one where it is absent.
    func part(_ field: String) -> ObjectChecks { ObjectChecks(object[field], at: path.field(field)) }

    // MARK: Collecting

    mutating func add(_ more: [FieldError]) { errors += more }

    mutating func required(_ field: String, _ detail: String = "") {
        errors.append(FieldError(.required, at: path.field(field), detail))
    }

    mutating func forbidden(_ field: String, _ detail: String) {
        errors.append(FieldError(.forbidden, at: path.field(field), detail))
    }

    mutating func invalid(_ field: String, _ detail: String) {
        errors.append(FieldError(.invalid, at: path.field(field), value: object[field] ?? .null, detail))
    }

    /// One error for each violation of the field's text.
    mutating func invalid(_ field: String, _ details: [String]) {
        for detail in details { invalid(field, detail) }
    }

    /// Refuses a field where Kubernetes does not print the value.
    mutating func refuse(_ field: String, _ detail: String) {
        errors.append(FieldError(.invalid, at: path.field(field), detail))
    }

    mutating func unsupported(_ field: String, _ supported: [String]) {
        errors.append(.notSupported(path.field(field), object[field] ?? "", supported))
    }

    /// Refuses a text that is none of `supported`; an absent one is fine.
    mutating func oneOf(_ field: String, _ supported: [String]) {
        if has(field), !supported.contains(text(field)) { unsupported(field, supported) }
    }

    mutating func nonnegative(_ fields: String...) {
        for field in fields where (integer(field) ?? 0) < 0 { invalid(field, Self.notNegative) }
    }

    /// Refuses a negative number and a text that is no percentage.
    mutating func countOrPercentage(_ field: String) {
        switch intOrString(field) {
        case .int(let count)?: if count < 0 { invalid(field, Self.notNegative) }
        case .string(let text)?: invalid(field, NameRule.percentage.violations(in: text))
        case nil: break
        }
    }

    mutating func atMostAll(_ field: String) {
        if let percent = intOrString(field)?.validPercent, percent > 100 { invalid(field, "must not be greater than 100%") }
    }

    /// Whether a count or percentage is zero; a text that is neither counts as zero, too.
    func isZero(_ field: String) -> Bool {
        switch intOrString(field) {
        case .int(let count)?: count == 0
        case let value?: (value.validPercent ?? 0) == 0
        case nil: true
        }
    }

    mutating func immutable(_ field: String, since old: JSONValue?) {
        if self[field] != (old?[field]).present { invalid(field, "field is immutable") }
    }

    /// Refuses a selector that is none.
    mutating func selector(_ field: String) {
        guard let selector = self[field]?.object else { return }
        do throws(FieldErrors) {
            _ = try Selector(structured: selector, at: path.field(field))
        } catch {
            errors += error.errors
        }
    }

    static let notNegative = "must be greater than or equal to 0"
}

extension IntOrString {
    /// The number of a percentage in Kubernetes' form.
    var validPercent: Int? {
        guard case .string(let text) = self, NameRule.percentage.allows(text) else { return nil }
        return percent
    }
}

extension JSONValue {
    /// As Kubernetes prints a value of one of its own types: with the names of Go's fields.
    var withGoFieldNames: JSONValue {
        switch self {
        case .object(let object):
            .object(JSONObject(uniqueKeysWithValues: object.map { ($0.key.prefix(1).uppercased() + $0.key.dropFirst(), $0.value.withGoFieldNames) }))
        case .array(let elements): .array(elements.map(\.withGoFieldNames))
        default: self
        }
    }
}
