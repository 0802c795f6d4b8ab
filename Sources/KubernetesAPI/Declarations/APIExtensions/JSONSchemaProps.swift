#definitions("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1")

struct JSONSchemaProps {
    @name("$ref") var reference: String?
    @name("$schema") var schema: String?
    var additionalItems: JSONValue?
    var additionalProperties: JSONValue?
    @listType("atomic")
    var allOf: [JSONSchemaProps]?
    @listType("atomic")
    var anyOf: [JSONSchemaProps]?
    var `default`: JSONValue?
    var definitions: [String: JSONSchemaProps]?
    var dependencies: [String: JSONValue]?
    var description: String?
    @listType("atomic")
    var `enum`: [JSONValue]?
    var example: JSONValue?
    var exclusiveMaximum: Bool?
    var exclusiveMinimum: Bool?
    var externalDocs: ExternalDocumentation?
    var format: String?
    var id: String?
    var items: JSONValue?
    var maxItems: Int64?
    var maxLength: Int64?
    var maxProperties: Int64?
    var maximum: Double?
    var minItems: Int64?
    var minLength: Int64?
    var minProperties: Int64?
    var minimum: Double?
    var multipleOf: Double?
    var not: JSONSchemaProps?
    var nullable: Bool?
    @listType("atomic")
    var oneOf: [JSONSchemaProps]?
    var pattern: String?
    var patternProperties: [String: JSONSchemaProps]?
    var properties: [String: JSONSchemaProps]?
    @listType("atomic")
    var required: [String]?
    var title: String?
    var type: String?
    var uniqueItems: Bool?
    @name("x-kubernetes-embedded-resource") var embeddedResource: Bool?
    @name("x-kubernetes-int-or-string") var intOrString: Bool?
    @listType("atomic")
    @name("x-kubernetes-list-map-keys") var listMapKeys: [String]?
    @name("x-kubernetes-list-type") var listType: String?
    @name("x-kubernetes-map-type") var mapType: String?
    @name("x-kubernetes-preserve-unknown-fields") var preserveUnknownFields: Bool?
    @listType("map", keys: ["rule"]) @patch("merge", key: "rule")
    @name("x-kubernetes-validations") var validations: [ValidationRule]?
}

struct ValidationRule {
    var rule: String
    var fieldPath: String?
    var message: String?
    var messageExpression: String?
    var optionalOldSelf: Bool?
    var reason: String?
}

struct ExternalDocumentation {
    var description: String?
    var url: String?
}
