public import KubernetesAPI

/// One entry of `x-kubernetes-validations`.
public struct ValidationRule: Hashable, Sendable {
    /// The CEL expression.
    public let rule: String
    public let message: String
    public let messageExpression: String
    /// The `reason` of the cause; nil means `FieldValueInvalid`.
    public let reason: String?
    public let fieldPath: String
    /// Nil where it is not said.
    public let optionalOldSelf: Bool?
    /// The rule as it was written, which messages show.
    public let json: JSONValue

    public init(json: JSONValue) {
        rule = json["rule"]?.string ?? ""
        message = json["message"]?.string ?? ""
        messageExpression = json["messageExpression"]?.string ?? ""
        reason = json["reason"]?.string
        fieldPath = json["fieldPath"]?.string ?? ""
        optionalOldSelf = json["optionalOldSelf"]?.bool
        self.json = json
    }
}

/// Where in a definition's schema rules stand.
public struct ValidationRuleSite: Sendable {
    /// The schema with the rules; `self` in them is a value of it.
    public let schema: StructuralSchema
    /// The schema's place in the definition: `spec.validation.openAPIV3Schema.properties[spec]`.
    public let path: FieldPath
    /// The outermost place above whose values cannot be matched with old ones (an item of a list that is no map, a field of an atomic object); nil where
    /// the rules may use `oldSelf`.
    public let uncorrelatablePath: FieldPath?
    /// How many values of the schema one object can have at most, from the limits of the lists and maps around it; nil where one has no limit.
    public let maxCardinality: UInt64?
    /// Whether this is the schema of the whole resource or of an embedded one, so that rules also see `apiVersion`, `kind` and `metadata.name`.
    public let isResource: Bool
}

/// One value that rules apply to, with what it replaces.
public struct ValidationRuleSubject: Sendable {
    public let schema: StructuralSchema
    public let value: JSONValue
    /// The value that is replaced, found by the names of fields, the keys of maps and the keys of items in lists that are maps. Nil on creation, for new
    /// values and where values cannot be matched.
    public let oldValue: JSONValue?
    /// Whether old and new values can be matched here at all, so that `oldSelf` means something.
    public let isCorrelatable: Bool
    /// Where the value stands in the object.
    public let path: FieldPath
    public let isResource: Bool

    /// Whether the update leaves the value as it was, or something around it that can be matched: then what a rule finds is a warning and not an error.
    public let isUnchanged: Bool
}

/// Evaluates `x-kubernetes-validations`.
public protocol ValidationRuleEngine: Sendable {
    /// What is wrong with rules that are about to be stored: they do not compile, cost too much, use `oldSelf` where it means nothing.
    ///
    /// - Parameter sites: every schema of one version that has rules, in the order of their paths.
    /// - Parameter schemaPath: where that version's schema stands, for errors about the total cost.
    func problems(with sites: [ValidationRuleSite], schemaPath: FieldPath) -> [FieldError]

    /// Evaluates the rules of one value.
    ///
    /// - Parameter budget: what evaluation may cost for the whole object, from ``validationRuleCostBudget``; reduced by what was used. Below 0 the walk
    ///   ends.
    func violations(by subject: ValidationRuleSubject, budget: inout Int64) -> ValidationRuleFindings
}

/// What the rules of a value found.
public struct ValidationRuleFindings: Sendable {
    public var errors: [FieldError]
    /// Violations of rules by values that an update left as they were.
    public var warnings: [String]

    public init(errors: [FieldError] = [], warnings: [String] = []) {
        self.errors = errors
        self.warnings = warnings
    }
}

/// What the rules of one object may cost together, in CEL's cost units, as in Kubernetes.
public let validationRuleCostBudget: Int64 = 10_000_000
