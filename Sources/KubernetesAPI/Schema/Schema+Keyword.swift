extension Schema {
    /// What a schema says beyond the type: the keywords of OpenAPI v3 that Kubernetes allows in structural schemas, and Kubernetes' extensions.
    public enum Keyword: Hashable, Sendable {
        /// A format other than the one that the type implies, such as `uuid`, `ipv4` or `email`.
        case format(String)
        case title(String)
        case example(JSONValue)
        case minimum(JSONValue)
        case maximum(JSONValue)
        /// The value is greater than this.
        case exclusiveMinimum(JSONValue)
        /// The value is less than this.
        case exclusiveMaximum(JSONValue)
        case multipleOf(JSONValue)
        /// In Unicode code points.
        case minLength(Int)
        /// In Unicode code points.
        case maxLength(Int)
        /// A regular expression (RE2) that is found somewhere in the string; anchor it with `^` and `$`.
        case pattern(String)
        case minItems(Int)
        case maxItems(Int)
        case minProperties(Int)
        case maxProperties(Int)
        /// An explicit `null` is a value of its own and is kept.
        case nullable
        /// The object is a complete Kubernetes object: apiVersion, kind and metadata are required and checked.
        case embeddedResource
        /// The API server keeps fields that are not declared.
        case preserveUnknownFields
        /// How server-side apply merges lists: `atomic`, `set`, or `map` with the fields that identify an element.
        case listType(String, keys: [String] = [])
        /// How server-side apply merges objects: `granular` or `atomic`.
        case mapType(String)
        /// How a strategic merge patch treats the field: `merge`, `replace`, `retainKeys` or two of them joined by a comma, and the field that identifies
        /// list elements.
        case patch(String, key: String? = nil)
        /// A rule in CEL that the value has to obey.
        case rule(Rule)
        /// Keywords of the elements of a list.
        indirect case items([Keyword])
        /// Keywords of the values of a map.
        indirect case values([Keyword])
    }

    /// A validation rule in CEL, an entry of `x-kubernetes-validations`.
    public struct Rule: Hashable, Sendable {
        /// The expression; `self` is the value, `oldSelf` the one before an update.
        public let rule: String
        /// Said when the rule does not hold.
        public let message: String?
        /// A CEL expression that gives the message; takes precedence over ``message``.
        public let messageExpression: String?
        /// The reason in the API server's answer: `FieldValueInvalid` (default), `FieldValueForbidden`, `FieldValueRequired` or `FieldValueDuplicate`.
        public let reason: String?
        /// Which field the failure is reported for, relative to this value: `.spec.replicas`.
        public let fieldPath: String?
        /// Whether the rule also runs on creation, with an `oldSelf` that may be absent.
        public let optionalOldSelf: Bool?

        public init(
            _ rule: String, message: String? = nil, messageExpression: String? = nil, reason: String? = nil, fieldPath: String? = nil,
            optionalOldSelf: Bool? = nil
        ) {
            self.rule = rule
            self.message = message
            self.messageExpression = messageExpression
            self.reason = reason
            self.fieldPath = fieldPath
            self.optionalOldSelf = optionalOldSelf
        }
    }
}

extension Schema.Keyword {
    /// The keyword for a rule, as declarations write it.
    public static func rule(
        _ rule: String, message: String? = nil, messageExpression: String? = nil, reason: String? = nil, fieldPath: String? = nil,
        optionalOldSelf: Bool? = nil
    ) -> Schema.Keyword {
        .rule(
            Schema.Rule(
                rule, message: message, messageExpression: messageExpression, reason: reason, fieldPath: fieldPath, optionalOldSelf: optionalOldSelf))
    }
}

extension Schema {
    /// How server-side apply merges the list: `atomic`, `set` or `map`; nil where it is not said, which means atomic.
    public var listType: String? {
        for case .listType(let type, _) in keywords { return type }
        return nil
    }

    /// The fields that identify an element of a list of type `map`.
    public var listMapKeys: [String] {
        for case .listType(_, let keys) in keywords { return keys }
        return []
    }

    /// How server-side apply merges the object: `granular` or `atomic`; nil where it is not said, which means granular.
    public var mapType: String? {
        for case .mapType(let type) in keywords { return type }
        if case .structure(let type) = type { return type.definition.mapType }
        return nil
    }

    /// What a strategic merge patch does with the field, such as `["merge", "retainKeys"]`; empty means replace.
    public var patchStrategies: [String] {
        for case .patch(let strategies, _) in keywords { return strategies.split(separator: ",").map(String.init) }
        return []
    }

    /// The field by which a strategic merge patch finds the elements of a list.
    public var patchMergeKey: String? {
        for case .patch(_, let key) in keywords { return key }
        return nil
    }

    /// Whether `null` is a value of its own.
    public var isNullable: Bool { keywords.contains(.nullable) }

    /// Whether undeclared fields are kept by the API server.
    public var preservesUnknownFields: Bool {
        switch type {
        case .any, .anyObject: true
        case .structure(let type): keywords.contains(.preserveUnknownFields) || type.definition.keywords.contains(.preserveUnknownFields)
        default: keywords.contains(.preserveUnknownFields)
        }
    }

    /// The validation rules of this value, those of its type first.
    public var rules: [Rule] {
        var rules: [Rule] = []
        if case .structure(let type) = type { rules = type.definition.rules }
        for case .rule(let rule) in keywords { rules.append(rule) }
        return rules
    }
}
