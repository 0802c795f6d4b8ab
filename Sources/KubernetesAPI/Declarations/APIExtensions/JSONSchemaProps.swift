#definitions("io.k8s.apiextensions-apiserver.pkg.apis.apiextensions.v1")

/// A JSON Schema of an object or value, in the form that Kubernetes understands.
struct JSONSchemaProps {
    /// Not allowed in a CustomResourceDefinition: the version of JSON Schema.
    @name("$schema") var schema: String?
    /// Not allowed in a CustomResourceDefinition: refers to another schema.
    @name("$ref") var reference: String?
    /// Not allowed in a CustomResourceDefinition: the schema's ID.
    var id: String?
    /// A title for the value.
    var title: String?
    /// What the value is. Shown by kubectl explain.
    var description: String?
    /// The type: object, array, string, integer, number or boolean.
    var type: String?
    /// The format of the value, such as date-time, int32, int64, byte, uuid or ipv4. Formats that are not known are not checked.
    var format: String?
    /// Whether the value may be null. False by default, where null is dropped or replaced by the default.
    var nullable: Bool?
    /// The value that is filled in where there is none.
    var `default`: JSONValue?
    /// The values that are allowed.
    @listType("atomic")
    var `enum`: [JSONValue]?
    /// An example of the value. For information only.
    var example: JSONValue?
    /// Where to find more documentation.
    var externalDocs: ExternalDocumentation?
    /// The smallest number allowed.
    var minimum: Double?
    /// Whether minimum itself is not allowed. False by default.
    var exclusiveMinimum: Bool?
    /// The largest number allowed.
    var maximum: Double?
    /// Whether maximum itself is not allowed. False by default.
    var exclusiveMaximum: Bool?
    /// A number that the value must be a multiple of.
    var multipleOf: Double?
    /// The least length of a string, in characters.
    var minLength: Int64?
    /// The largest length of a string, in characters.
    var maxLength: Int64?
    /// A regular expression, in RE2 syntax, that must match some part of the string.
    var pattern: String?
    /// The schema of the array's items. Structural schemas take one schema here, not a list of them.
    var items: JSONValue?
    /// Not allowed in structural schemas: the schema of further items.
    var additionalItems: JSONValue?
    /// The least number of items.
    var minItems: Int64?
    /// The largest number of items.
    var maxItems: Int64?
    /// Must not be true: use x-kubernetes-list-type with set instead.
    var uniqueItems: Bool?
    /// The schemas of the object's fields, by name.
    var properties: [String: JSONSchemaProps]?
    /// The schema of the values of a map, whose keys are free, or true for any value. Not together with properties.
    var additionalProperties: JSONValue?
    /// Not allowed in structural schemas: schemas of fields whose names match a pattern.
    var patternProperties: [String: JSONSchemaProps]?
    /// The fields that must be there.
    @listType("atomic")
    var required: [String]?
    /// The least number of fields.
    var minProperties: Int64?
    /// The largest number of fields.
    var maxProperties: Int64?
    /// Schemas that must all hold. They may check values, not describe fields.
    @listType("atomic")
    var allOf: [JSONSchemaProps]?
    /// Schemas of which at least one must hold. They may check values, not describe fields.
    @listType("atomic")
    var anyOf: [JSONSchemaProps]?
    /// Schemas of which exactly one must hold. They may check values, not describe fields.
    @listType("atomic")
    var oneOf: [JSONSchemaProps]?
    /// A schema that must not hold. It may check values, not describe fields.
    var not: JSONSchemaProps?
    /// Not allowed in structural schemas: schemas to refer to.
    var definitions: [String: JSONSchemaProps]?
    /// Not allowed in structural schemas: what must hold when a field is there.
    var dependencies: [String: JSONValue]?
    /// Whether the value is a whole Kubernetes object, with apiVersion, kind and metadata, which are then checked. False by default.
    @name("x-kubernetes-embedded-resource") var embeddedResource: Bool?
    /// Whether the value is an integer or a string; type must then not be set. False by default.
    @name("x-kubernetes-int-or-string") var intOrString: Bool?
    /// Whether fields that the schema does not know are kept. They are dropped by default; only true can be set.
    @name("x-kubernetes-preserve-unknown-fields") var preserveUnknownFields: Bool?
    /// How lists are merged: atomic (replaced as a whole, the default), set (of values without duplicates) or map (of objects, by their keys).
    @name("x-kubernetes-list-type") var listType: String?
    /// The fields that tell the items of a list of type map apart. They must be required or have a default.
    @listType("atomic")
    @name("x-kubernetes-list-map-keys") var listMapKeys: [String]?
    /// How objects are merged: granular (field by field, the default) or atomic (replaced as a whole).
    @name("x-kubernetes-map-type") var mapType: String?
    /// Rules in CEL that the value must fulfil.
    @listType("map", keys: ["rule"]) @patch("merge", key: "rule")
    @name("x-kubernetes-validations") var validations: [ValidationRule]?
}

/// A rule in CEL that a value must fulfil.
struct ValidationRule {
    /// A CEL expression that is true when self, the value, is valid. A rule that uses oldSelf is only checked when the value changes.
    var rule: String
    /// What the user is told when the rule is broken. Required when the rule spans lines; by default it names the rule.
    var message: String?
    /// A CEL expression that gives the message, a text of one line. Wins over message; when it fails, message is used.
    var messageExpression: String?
    /// The machine-readable reason of the error: FieldValueInvalid (default), FieldValueForbidden, FieldValueRequired or FieldValueDuplicate.
    var reason: String?
    /// The field to blame, as a JSON path from the value, such as .foo.bar or ['a.b']. The value itself by default.
    var fieldPath: String?
    /// Whether a rule that uses oldSelf is also checked when there is no old value, oldSelf then being optional. Not set means that it is not.
    var optionalOldSelf: Bool?
}

/// Where to find more documentation.
struct ExternalDocumentation {
    /// What is found there.
    var description: String?
    /// Where it is.
    var url: String?
}
