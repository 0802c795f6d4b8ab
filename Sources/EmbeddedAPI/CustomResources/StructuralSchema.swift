public import KubernetesAPI

/// An OpenAPI v3 schema of a CustomResourceDefinition (`JSONSchemaProps`), read once and then used for every object of the resource.
///
/// The same type stands for the structural part and for the value checks inside `allOf`, `anyOf`, `oneOf` and `not`. Reading is lenient: what is of
/// another type than the API says counts as absent, since definitions are checked against the API's types before.
public final class StructuralSchema: Sendable {
    /// How deep schemas may be nested; what is deeper is not read, and ``isTooDeep`` of the root says so.
    public static let depthLimit = 192

    public enum ListType: String, Sendable { case atomic, set, map }

    public let type: String
    public let format: String
    public let isNullable: Bool
    /// The default, nil where there is none; a default of null counts as none.
    public let defaultValue: JSONValue?
    public let enumeration: [JSONValue]
    /// The values of ``enumeration``, to be asked whether one is in it.
    let enumerated: Set<JSONValue>
    public let minimum: JSONValue?
    public let maximum: JSONValue?
    public let isMinimumExclusive: Bool
    public let isMaximumExclusive: Bool
    public let multipleOf: JSONValue?
    public let minLength: Int64?
    public let maxLength: Int64?
    public let pattern: String
    /// The pattern, or why it is none; nil where there is no pattern.
    let compiledPattern: Result<any CompiledPattern, PatternError>?
    public let items: StructuralSchema?
    public let minItems: Int64?
    public let maxItems: Int64?
    public let requiresUniqueItems: Bool
    public let properties: [String: StructuralSchema]
    /// The names of ``properties``, by their bytes, so that what is reported does not depend on hashing.
    public let propertyNames: [String]
    public let requiredProperties: [String]
    public let minProperties: Int64?
    public let maxProperties: Int64?
    /// Nil where the keyword is absent.
    public let additionalProperties: AdditionalProperties?
    public let allOf: [StructuralSchema]
    public let anyOf: [StructuralSchema]
    public let oneOf: [StructuralSchema]
    public let not: StructuralSchema?
    public let isIntOrString: Bool
    public let isEmbeddedResource: Bool
    public let preservesUnknownFields: Bool
    /// The `x-kubernetes-list-type` as written; ``listType`` is nil for unknown words.
    public let listTypeName: String?
    public let listMapKeys: [String]
    public let mapType: String?
    public let validations: [ValidationRule]
    /// The schema as it was written.
    public let json: JSONValue
    /// Whether the schema or one below it was deeper than ``depthLimit``.
    public let isTooDeep: Bool
    /// Whether this or a schema below has a keyword that structural schemas do not know at all (`$ref`, `definitions`, …).
    let hasUnsupportedKeyword: Bool
    /// Whether any default is inside, so that defaulting has to look.
    let hasDefaults: Bool
    /// Whether any rule is inside.
    public let hasValidations: Bool
    /// Whether this or a schema below is that of an embedded resource.
    let reachesEmbeddedResource: Bool

    public enum AdditionalProperties: Sendable {
        case allowed(Bool)
        case schema(StructuralSchema)

        var schema: StructuralSchema? { if case .schema(let schema) = self { schema } else { nil } }
    }

    public var listType: ListType? { listTypeName.flatMap(ListType.init) }
    /// Whether the fields of old and new objects can be matched: not for objects that are atomic.
    public var isMapCorrelatable: Bool { mapType == nil || mapType == "granular" }
    /// The types a value may have; empty where there is no such rule.
    var types: [String] { isIntOrString ? ["integer", "string"] : type.isEmpty ? [] : [type] }
    /// The format, where it is one that Kubernetes checks for the type; empty otherwise.
    let checkedFormat: String

    public convenience init(_ json: JSONValue, patterns: any PatternMatching) {
        self.init(json, patterns: patterns, depth: 0)
    }

    private init(_ json: JSONValue, patterns: any PatternMatching, depth: Int) {
        let object = json.object ?? JSONObject()
        let tooDeep = depth >= Self.depthLimit
        var children: [StructuralSchema] = []
        func child(_ value: JSONValue?) -> StructuralSchema? {
            guard !tooDeep, let value, value.object != nil else { return nil }
            let schema = StructuralSchema(value, patterns: patterns, depth: depth + 1)
            children.append(schema)
            return schema
        }
        func list(_ key: String) -> [StructuralSchema] { (object[key]?.array ?? []).compactMap { child($0) } }
        func flag(_ key: String) -> Bool { object[key]?.bool ?? false }

        self.json = json
        type = object["type"]?.string ?? ""
        format = object["format"]?.string ?? ""
        isNullable = flag("nullable")
        defaultValue = object["default"].present
        let enumeration = object["enum"]?.array ?? []
        self.enumeration = enumeration
        enumerated = Set(enumeration)
        minimum = object["minimum"].number
        maximum = object["maximum"].number
        isMinimumExclusive = flag("exclusiveMinimum")
        isMaximumExclusive = flag("exclusiveMaximum")
        multipleOf = object["multipleOf"].number
        minLength = object["minLength"]?.integer
        maxLength = object["maxLength"]?.integer
        let pattern = object["pattern"]?.string ?? ""
        self.pattern = pattern
        compiledPattern = pattern.isEmpty ? nil : Result { () throws(PatternError) in try patterns.compile(pattern) }
        items = child(object["items"])
        minItems = object["minItems"]?.integer
        maxItems = object["maxItems"]?.integer
        requiresUniqueItems = flag("uniqueItems")
        var properties: [String: StructuralSchema] = [:]
        for (name, value) in object["properties"]?.object ?? JSONObject() where !tooDeep { properties[name] = child(value) ?? child([:]) }
        self.properties = properties
        propertyNames = properties.keys.sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) }
        requiredProperties = (object["required"]?.array ?? []).compactMap(\.string)
        minProperties = object["minProperties"]?.integer
        maxProperties = object["maxProperties"]?.integer
        switch object["additionalProperties"] {
        case .bool(let allowed)?: additionalProperties = .allowed(allowed)
        case let value?: additionalProperties = child(value).map { .schema($0) }
        case nil: additionalProperties = nil
        }
        allOf = list("allOf")
        anyOf = list("anyOf")
        oneOf = list("oneOf")
        not = child(object["not"])
        let isIntOrString = flag("x-kubernetes-int-or-string")
        self.isIntOrString = isIntOrString
        isEmbeddedResource = flag("x-kubernetes-embedded-resource")
        preservesUnknownFields = flag("x-kubernetes-preserve-unknown-fields")
        listTypeName = object["x-kubernetes-list-type"]?.string
        listMapKeys = (object["x-kubernetes-list-map-keys"]?.array ?? []).compactMap(\.string)
        mapType = object["x-kubernetes-map-type"]?.string
        validations = (object["x-kubernetes-validations"]?.array ?? []).map(ValidationRule.init(json:))
        checkedFormat = SchemaFormat.isChecked(format, type: isIntOrString ? "" : type) ? format : ""
        isTooDeep = tooDeep || children.contains(where: \.isTooDeep)
        let unsupported = ["id", "$schema", "$ref", "additionalItems", "patternProperties", "definitions", "dependencies"]
        hasUnsupportedKeyword =
            unsupported.contains { object[$0].map { !$0.isNull && $0.string != "" && $0.object?.isEmpty != true } ?? false }
            || object["items"]?.array != nil || object["x-kubernetes-preserve-unknown-fields"]?.bool == false
            || children.contains(where: \.hasUnsupportedKeyword)
        hasDefaults = defaultValue != nil || children.contains(where: \.hasDefaults)
        reachesEmbeddedResource = isEmbeddedResource || children.contains(where: \.reachesEmbeddedResource)
        hasValidations = !validations.isEmpty || children.contains(where: \.hasValidations)
    }

    /// The schema that a field of an object has: its own, or that of additional properties; nil where nothing is said.
    func field(_ name: String) -> StructuralSchema? { properties[name] ?? additionalProperties?.schema }
}
