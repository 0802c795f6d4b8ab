import KubernetesAPI
import Testing

@testable import EmbeddedAPI

struct MergeSchemaTests {
    /// Every kind of list and map.
    static let widget = MergeSchema.customResource([
        "type": "object",
        "properties": [
            "spec": [
                "type": "object",
                "properties": [
                    "color": ["type": "string"], "replicas": ["type": "integer"], "on": ["type": "boolean"],
                    "labels": ["type": "object", "additionalProperties": ["type": "string"]],
                    "atomicMap": ["type": "object", "additionalProperties": ["type": "string"], "x-kubernetes-map-type": "atomic"],
                    "atomicList": ["type": "array", "items": ["type": "string"]],
                    "tags": ["type": "array", "items": ["type": "string"], "x-kubernetes-list-type": "set"],
                    "items": [
                        "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name", "kind"],
                        "items": [
                            "type": "object",
                            "properties": ["name": ["type": "string"], "kind": ["type": "string", "default": "plain"], "value": ["type": "string"]],
                        ],
                    ],
                    "any": ["x-kubernetes-preserve-unknown-fields": true],
                    "port": ["x-kubernetes-int-or-string": true],
                    "template": ["type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true],
                ],
            ]
        ],
    ])

    static func object(_ spec: JSONValue) -> JSONValue { ["apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "a"], "spec": spec] }

    @Test(
        arguments: [
            ("a declared field", ["color": "red"], nil),
            ("null is of any type", ["color": nil, "labels": nil, "items": nil, "on": nil], nil),
            ("a number and a text for int-or-string", ["port": 80], nil),
            ("anything for a field without a type", ["any": ["a": [1, ["b": nil]]]], nil),
            ("fields of an embedded object", ["template": ["metadata": ["labels": ["x": "y"]], "more": 1]], nil),
            ("metadata of an embedded object", ["template": ["metadata": ["nope": 1]]], ".spec.template.metadata.nope: field not declared in schema"),
            ("an undeclared field", ["nope": 1], ".spec.nope: field not declared in schema"),
            ("a text for a number", ["replicas": "1"], ".spec.replicas: expected numeric (int or float), got string"),
            ("a number for a text", ["color": 1], ".spec.color: expected string, got &value.valueUnstructured{Value:1}"),
            ("a text for a boolean", ["on": "x"], ".spec.on: expected boolean, got &{x}"),
            ("a text for a list", ["tags": "x"], ".spec.tags: expected list, got &{x}"),
            ("a list for a map", ["labels": ["a"]], ".spec.labels: expected map, got &{[a]}"),
            ("the same element twice in a set", ["tags": ["a", "b", "a"]], ".spec.tags: duplicate entries for key [=\"a\"]"),
            (
                "the same keys twice, once by default", ["items": [["name": "x"], ["name": "x", "kind": "plain"]]],
                ".spec.items: duplicate entries for key [kind=\"plain\",name=\"x\"]"
            ),
            ("a key that is absent but not the only one", ["items": [["value": "1"]]], nil),
            ("null in a list with keys", ["items": [nil]], ".spec.items: element 0: associative list with keys may not have a null element"),
            ("a text in a list with keys", ["items": ["a"]], ".spec.items: element 0: associative list with keys may not have non-map elements"),
            (
                "a map in a set", ["tags": [["a": 1]]], ".spec.tags: element 0: associative list without keys has an element that's a map type"
            ),
            (
                "two problems are a list", ["color": 1, "on": 2],
                "errors:\n  .spec.color: expected string, got &value.valueUnstructured{Value:1}\n  .spec.on: expected boolean, got &{2}"
            ),
        ] as [(String, JSONValue, String?)])
    func validates(_ rule: String, spec: JSONValue, problem: String?) {
        var found: String?
        do throws(MergeError) {
            try Self.widget.validate(Self.object(spec))
        } catch {
            found = error.description
        }
        #expect(found == problem)
    }

    @Test(
        arguments: [
            ("scalars are replaced", ["color": "red", "replicas": 1], ["color": "blue"], ["color": "blue", "replicas": 1]),
            ("maps merge by key", ["labels": ["a": "1", "b": "2"]], ["labels": ["b": "3", "c": "4"]], ["labels": ["a": "1", "b": "3", "c": "4"]]),
            ("atomic maps are replaced", ["atomicMap": ["a": "1"]], ["atomicMap": ["b": "2"]], ["atomicMap": ["b": "2"]]),
            ("atomic lists are replaced", ["atomicList": ["a"]], ["atomicList": ["b"]], ["atomicList": ["b"]]),
            ("sets are united", ["tags": ["a", "b"]], ["tags": ["c", "a"]], ["tags": ["c", "a", "b"]]),
            (
                "elements merge by key, also by its default", ["items": [["name": "x", "kind": "plain", "value": "1"]]],
                ["items": [["name": "x", "value": "2"]]], ["items": [["name": "x", "kind": "plain", "value": "2"]]]
            ),
            ("null does not empty a map", ["labels": ["a": "1"]], ["labels": nil], ["labels": ["a": "1"]]),
            ("null replaces a scalar", ["color": "red"], ["color": nil], ["color": nil]),
            ("an empty map stays empty", ["labels": [:]], ["labels": [:]], ["labels": [:]]),
            ("a value of another type replaces the old one", ["any": ["a": 1]], ["any": "text"], ["any": "text"]),
            ("known order follows the configuration", ["tags": ["b", "d", "c"]], ["tags": ["a", "d", "b"]], ["tags": ["a", "d", "c", "b"]]),
            ("an applied element replaces duplicates", ["tags": ["a", "a", "b"]], ["tags": ["a"]], ["tags": ["a", "b"]]),
        ] as [(String, JSONValue, JSONValue, JSONValue)])
    func merges(_ rule: String, live: JSONValue, applied: JSONValue, merged: JSONValue) throws {
        #expect(try Self.widget.merge(Self.object(live), applying: Self.object(applied)) == Self.object(merged))
    }

    @Test(
        arguments: [
            ("nothing", ["color": "red"], ["color": "red"], "{}", "{}", "{}"),
            ("order of elements is no change", ["tags": ["a", "b"]], ["tags": ["b", "a"]], "{}", "{}", "{}"),
            ("an added map and its keys", [:], ["labels": ["a": "1"]], #"{"f:spec":{"f:labels":{".":{},"f:a":{}}}}"#, "{}", "{}"),
            (
                "a removed element and its fields", ["items": [["name": "x"]]], ["items": []], "{}", "{}",
                #"{"f:spec":{"f:items":{"k:{\"kind\":\"plain\",\"name\":\"x\"}":{".":{},"f:name":{}}}}}"#
            ),
            ("an atomic list", ["atomicList": ["a"]], ["atomicList": ["b"]], "{}", #"{"f:spec":{"f:atomicList":{}}}"#, "{}"),
            ("another type where any is allowed", ["any": 1], ["any": ["a": 1]], #"{"f:spec":{"f:any":{"f:a":{}}}}"#, #"{"f:spec":{"f:any":{}}}"#, "{}"),
            (
                "duplicates that become one", ["tags": ["a", "a"]], ["tags": ["a"]], #"{"f:spec":{"f:tags":{"v:\"a\"":{}}}}"#, "{}",
                #"{"f:spec":{"f:tags":{"v:\"a\"":{}}}}"#
            ),
        ] as [(String, JSONValue, JSONValue, String, String, String)])
    func compares(_ rule: String, old: JSONValue, new: JSONValue, added: String, modified: String, removed: String) throws {
        let changes = try Self.widget.compare(Self.object(old), Self.object(new))
        #expect(changes.added.fieldsV1.description == added)
        #expect(changes.modified.fieldsV1.description == modified)
        #expect(changes.removed.fieldsV1.description == removed)
    }

    @Test func itemsAreRemovedAndExtracted() throws {
        let value = Self.object(["color": "red", "labels": ["a": "1", "b": "2"], "tags": ["x", "y"], "items": [["name": "i", "kind": "k", "value": "v"]]])
        let item = PathElement.keyed([.init("name", "i"), .init("kind", "k")])
        let some = FieldSet(["spec", "labels", "a"], ["spec", "tags", .value("x")], ["spec", "items", item, "value"])
        #expect(
            Self.widget.removing(some, from: value)
                == Self.object(["color": "red", "labels": ["b": "2"], "tags": ["y"], "items": [["name": "i", "kind": "k"]]]))
        #expect(Self.widget.extracting(some, from: value) == ["spec": ["labels": ["a": "1"], "tags": ["x"], "items": [["value": "v"]]]])
        #expect(
            Self.widget.extracting(some, from: value, withKeys: true)
                == ["spec": ["labels": ["a": "1"], "tags": ["x"], "items": [["name": "i", "kind": "k", "value": "v"]]]])
    }

    @Test func declaredTypesMergeAsTheyAreDeclared() throws {
        let pod = MergeSchema.declared(Pod.self)
        let set = pod.fieldSet(of: [
            "metadata": ["finalizers": ["f"], "ownerReferences": [["uid": "u", "name": "n"]]],
            "spec": [
                "nodeSelector": ["a": "b"], "tolerations": [["key": "k"]],
                "containers": [["name": "c", "args": ["x"], "ports": [["containerPort": 80]], "env": [["name": "E", "value": "1"]]]],
            ],
        ])
        #expect(
            set.fieldsV1.description
                == #"{"f:metadata":{"f:finalizers":{"v:\"f\"":{}},"f:ownerReferences":{"k:{\"uid\":\"u\"}":{}}},"#
                + #""f:spec":{"f:containers":{"k:{\"name\":\"c\"}":{".":{},"f:args":{},"f:env":{"k:{\"name\":\"E\"}":{".":{},"f:name":{},"f:value":{}}},"#
                + #""f:name":{},"f:ports":{"k:{\"containerPort\":80,\"protocol\":\"TCP\"}":{".":{},"f:containerPort":{}}}}},"#
                + #""f:nodeSelector":{},"f:tolerations":{}}}"#)
    }

    @Test func aTypeMayContainItself() throws {
        let definition = MergeSchema.declared(CustomResourceDefinition.self)
        let schema: JSONValue = ["properties": ["a": ["properties": ["b": ["type": "string"]]]]]
        try definition.validate(["spec": ["versions": [["name": "v1", "schema": ["openAPIV3Schema": schema]]]]])
    }

    @Test func manyProblemsAreCut() {
        let many = JSONValue.array((0..<5000).map { .integer($0) })
        let error = #expect(throws: MergeError.self) { try Self.widget.validate(Self.object(["atomicList": many])) }
        #expect(error?.problems.count == MergeError.limit)
    }
}
