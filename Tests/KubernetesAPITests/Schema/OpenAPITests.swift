import Testing

@testable import KubernetesAPI

@Suite struct OpenAPITests {
    static let structural: [(String, JSONValue)] = [
        (
            "name",
            [
                "description": "The name, with \"quotes\" and a \\ backslash.\n\nA second paragraph on two lines.", "type": "string", "minLength": 1,
                "maxLength": 63, "pattern": "^[a-z]\\w*$", "example": "box",
            ]
        ),
        ("low", ["type": "integer", "format": "int32", "minimum": 0, "maximum": 10, "multipleOf": 2, "nullable": true]),
        ("high", ["type": "number", "format": "double", "minimum": 0, "exclusiveMinimum": true, "maximum": 100.5, "exclusiveMaximum": true]),
        ("replicas", ["description": "How many there are.", "type": "integer", "format": "int32", "default": 1]),
        ("generation", ["type": "integer", "format": "int64"]),
        ("isActive", ["type": "boolean", "default": true]),
        (
            "mode",
            [
                "description": "How the widget caches.\n\nPossible enum values:\n - `\"Auto\"` Caches when it helps.\n - `\"Off\"`\n - `\"default\"`",
                "type": "string", "enum": ["Auto", "Off", "default"], "default": "Auto",
            ]
        ),
        ("identity", ["type": "string", "format": "uuid"]),
        (
            "memory",
            [
                "anyOf": [["type": "integer"], ["type": "string"]], "pattern": .string(OpenAPIWriter.quantityPattern), "x-kubernetes-int-or-string": true,
                "default": "1Gi",
            ]
        ),
        ("started", ["type": "string", "format": "date-time"]),
        ("beat", ["type": "string", "format": "date-time"]),
        ("timeout", ["type": "string", "format": "duration"]),
        ("port", ["anyOf": [["type": "integer"], ["type": "string"]], "x-kubernetes-int-or-string": true, "default": 80]),
        ("secret", ["type": "string", "format": "byte"]),
        (
            "tags",
            [
                "type": "array",
                "items": [
                    "type": "string", "minLength": 1, "maxLength": 20, "pattern": "^a",
                    "x-kubernetes-validations": [["rule": "self != 'ab'", "message": "no ab"]],
                ],
                "x-kubernetes-list-type": "set",
            ]
        ),
        (
            "limits",
            [
                "type": "object", "additionalProperties": ["type": "integer", "format": "int64", "minimum": -1, "nullable": true],
                "x-kubernetes-map-type": "atomic",
            ]
        ),
        ("grid", ["type": "array", "items": ["type": "array", "items": ["type": "number", "format": "double"]]]),
        ("anything", ["x-kubernetes-preserve-unknown-fields": true]),
        ("object", ["type": "object", "x-kubernetes-preserve-unknown-fields": true]),
        (
            "template",
            ["description": "A whole object.", "type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true]
        ),
        ("$ref", ["type": "string"]),
        ("default", ["type": "string"]),
    ]

    @Test(arguments: structural)
    func writesInPlace(_ field: String, as expected: JSONValue) throws {
        let schema = try #require(WidgetSpec.definition.field(named: field)?.schema)
        #expect(JSONValue.object(schema.openAPI(.structural)) == expected)
    }

    @Test func writesStructuresInPlace() throws {
        let part: JSONValue = [
            "description": "WidgetPart is a part of a widget.", "type": "object",
            "properties": ["name": ["type": "string"], "size": .object(Quantity.schema.openAPI(.structural))], "required": ["name"],
            "x-kubernetes-map-type": "atomic",
        ]
        let properties = try #require(WidgetSpec.definition.openAPI(.structural)["properties"])
        #expect(
            properties["parts"] == [
                "type": "array", "items": part, "minItems": 1, "maxItems": 5, "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
            ])
        #expect(properties["partsByName"] == ["type": "object", "additionalProperties": ["type": "array", "items": part], "default": [:]])
        #expect(properties["open"]?["default"] == [:] && properties["open"]?["x-kubernetes-preserve-unknown-fields"] == true)
        #expect(properties["open"]?["properties"] == part["properties"])
    }

    @Test func keywordsOfATypeStandOnTheType() {
        let schema = WidgetSpec.schema.openAPI(.structural)
        #expect(schema["title"] == "Widget specification" && schema["minProperties"] == 1 && schema["maxProperties"] == 50)
        #expect(schema["required"] == ["name", "parts"])
        #expect(
            schema["x-kubernetes-validations"] == [
                ["rule": "self.low <= self.high", "message": "low is above high", "reason": "FieldValueForbidden", "fieldPath": ".low"],
                ["rule": "self.name == oldSelf.name", "messageExpression": "'not ' + self.name", "optionalOldSelf": false],
            ])
        #expect(Array(schema.keys.prefix(3)) == ["description", "title", "type"])
    }

    @Test func aTypeThatContainsItselfIsCutWhereItRecurs() {
        let cut: JSONValue = ["description": "WidgetNode contains itself.", "type": "object", "x-kubernetes-preserve-unknown-fields": true]
        #expect(
            JSONValue.object(WidgetNode.schema.openAPI(.structural)) == [
                "description": "WidgetNode contains itself.", "type": "object",
                "properties": [
                    "name": ["type": "string"], "children": ["type": "array", "items": cut], "byName": ["type": "object", "additionalProperties": cut],
                ],
                "required": ["name"],
            ])
    }

    @Test func metadataIsLeftToTheServerOrReducedToWhatTemplatesSet() {
        let root = Widget.definition.openAPI(.structural)
        #expect(root["properties"]?["metadata"] == ["type": "object"])
        let spec = root["properties"]?["spec"]?["properties"]
        #expect(spec?["labels"]?["properties"]?.object.map { $0.keys.sorted() } == ["annotations", "finalizers", "labels", "name", "namespace"])
        #expect(spec?["widget"]?["x-kubernetes-embedded-resource"] == true)
    }

    static let references: [(String, JSONValue)] = [
        ("memory", ["allOf": [["$ref": "#/components/schemas/io.k8s.apimachinery.pkg.api.resource.Quantity"]], "default": "1Gi"]),
        ("started", ["$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.Time"]),
        ("beat", ["$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.MicroTime"]),
        ("port", ["allOf": [["$ref": "#/components/schemas/io.k8s.apimachinery.pkg.util.intstr.IntOrString"]], "default": 80]),
        ("timeout", ["type": "string", "format": "duration"]),
        ("anything", [:]),
        ("object", ["type": "object"]),
        (
            "parts",
            [
                "type": "array", "items": ["$ref": "#/components/schemas/dev.martlet.tests.v1.WidgetPart"], "minItems": 1, "maxItems": 5,
                "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"], "x-kubernetes-patch-strategy": "merge",
                "x-kubernetes-patch-merge-key": "name",
            ]
        ),
        (
            "children",
            [
                "description": "A tree of widgets.", "type": "array", "items": ["$ref": "#/components/schemas/dev.martlet.tests.special.Node"],
                "x-kubernetes-validations": [["rule": "self.all(x, has(x.name))"]],
            ]
        ),
        (
            "labels",
            [
                "description": "Metadata of what is made from the widget.",
                "allOf": [["$ref": "#/components/schemas/io.k8s.apimachinery.pkg.apis.meta.v1.ObjectMeta"]],
            ]
        ),
    ]

    @Test(arguments: references)
    func writesByReference(_ field: String, as expected: JSONValue) throws {
        let schema = try #require(WidgetSpec.definition.field(named: field)?.schema)
        #expect(JSONValue.object(schema.openAPI(.references)) == expected)
    }

    @Test func aDefinitionByReferenceHasTheFieldsThatAllObjectsHave() {
        let definition = Widget.definition.openAPI(.references)
        #expect(definition["properties"]?.object.map { Array($0.keys) } == ["apiVersion", "kind", "metadata", "spec", "status"])
        #expect(definition["required"] == ["spec"])
        #expect(definition["properties"]?["spec"]?["allOf"] == [["$ref": "#/components/schemas/dev.martlet.tests.v1.WidgetSpec"]])
        #expect(
            WidgetNode.definition.openAPI(.references)["properties"]?["children"]?["items"] == ["$ref": "#/components/schemas/dev.martlet.tests.special.Node"])
    }

    /// What an API server refuses in the schema of a CustomResourceDefinition.
    @Test func structuralSchemasHaveNothingThatTheServerRefuses() {
        func visit(_ schema: JSONValue, _ path: String) {
            guard case .object(let members) = schema else {
                Issue.record("\(path) is no object")
                return
            }
            for key in ["$ref", "allOf", "oneOf", "x-kubernetes-patch-strategy", "x-kubernetes-patch-merge-key"] { #expect(members[key] == nil, "\(path)") }
            let isOpen = members["x-kubernetes-int-or-string"] == true || members["x-kubernetes-preserve-unknown-fields"] == true
            #expect(members["type"] != nil || isOpen, "\(path) has no type")
            for (name, property) in members["properties"]?.object ?? [:] { visit(property, "\(path).\(name)") }
            if let items = members["items"] { visit(items, "\(path)[]") }
            if let values = members["additionalProperties"] { visit(values, "\(path){}") }
            if members["x-kubernetes-list-type"] == "map" {
                for key in members["x-kubernetes-list-map-keys"]?.array ?? [] {
                    let name = key.string ?? ""
                    let isRequired = members["items"]?["required"]?.array?.contains(key) ?? false
                    #expect(isRequired || members["items"]?["properties"]?[name]?["default"] != nil, "\(path): the list key \(name) is not required")
                }
            }
        }
        for type in Scheme.kubernetesAPITests.resources { visit(.object(type.definition.openAPI(.structural)), type.resource.kind) }
    }
}
