import KubernetesAPI
import Testing

@testable import EmbeddedAPI

@Suite struct DefinitionTests {
    static let now = Time.min

    static func definition(kind: String = "Widget", plural: String = "widgets", schema: JSONValue = ["type": "object"], version: JSONObject = [:]) -> JSONObject
    {
        var first: JSONObject = ["name": "v1", "served": true, "storage": true, "schema": ["openAPIV3Schema": schema]]
        for (key, value) in version { first[key] = value }
        return [
            "metadata": ["name": .string("\(plural).example.com"), "resourceVersion": "1"],
            "spec": [
                "group": "example.com", "scope": "Namespaced", "names": ["plural": .string(plural), "kind": .string(kind)], "versions": [.object(first)],
            ],
        ]
    }

    private func errors(_ definition: JSONObject, rules: (any ValidationRuleEngine)? = nil) -> [String] {
        DefinitionRules(patterns: FoundationPatterns(), rules: rules).creationErrors(in: DefinitionStatus.preparedForCreation(definition))
            .map { "\($0.path): \($0.message)" }
    }

    private static let v = "spec.validation.openAPIV3Schema.properties[v]"

    @Test(
        arguments: [
            ("a plain field is fine", #"{"type":"string"}"#, []),
            (
                "a nullable set item is refused", #"{"type":"array","x-kubernetes-list-type":"set","items":{"type":"string","nullable":true}}"#,
                ["\(v).items.nullable: Forbidden: cannot be nullable when x-kubernetes-list-type is set"]
            ),
            (
                "unknown types are refused", #"{"type":"text"}"#,
                ["\(v).type: Unsupported value: \"text\": supported values: \"array\", \"boolean\", \"integer\", \"number\", \"object\", \"string\""]
            ),
            ("int-or-string may have its anyOf", #"{"x-kubernetes-int-or-string":true,"anyOf":[{"type":"integer"},{"type":"string"}]}"#, []),
            (
                "int-or-string may have its anyOf in allOf",
                #"{"x-kubernetes-int-or-string":true,"allOf":[{"anyOf":[{"type":"integer"},{"type":"string"}]},{"pattern":"x"}]}"#, []
            ),
            (
                "embedded resources have a type", #"{"x-kubernetes-embedded-resource":true,"x-kubernetes-preserve-unknown-fields":true}"#,
                ["\(v).type: Required value: must be object if x-kubernetes-embedded-resource is true"]
            ),
            (
                "preserving is true or absent", #"{"type":"object","x-kubernetes-preserve-unknown-fields":false}"#,
                ["\(v).x-kubernetes-preserve-unknown-fields: Invalid value: false: must be true or undefined"]
            ),
            (
                "map types are known", #"{"type":"object","x-kubernetes-map-type":"x"}"#,
                ["\(v).x-kubernetes-map-type: Unsupported value: \"x\": supported values: \"atomic\", \"granular\""]
            ),
            (
                "patterns compile", #"{"type":"string","pattern":"("}"#,
                ["\(v).pattern: Invalid value: \"(\": must be a valid regular expression, but isn't: error parsing regexp: `(`"]
            ),
        ] as [(String, String, [String])])
    func checksSchemas(_ rule: String, schema: String, expected: [String]) throws {
        #expect(errors(Self.definition(schema: ["type": "object", "properties": ["v": try JSONValue(parsing: schema)]])) == expected)
    }

    @Test func valueChecksOfTheRootNameKnownFieldsOnly() {
        let path = "spec.validation.openAPIV3Schema"
        #expect(
            errors(Self.definition(schema: ["type": "object", "anyOf": [["properties": ["a": ["minimum": 1]]]]])) == [
                "\(path).properties[a]: Required value: because it is defined in \(path).anyOf[0].properties[a]"
            ])
    }

    @Test(
        arguments: [
            (
                "column types", ["additionalPrinterColumns": [["name": "A", "type": "text", "jsonPath": ".a"]]],
                ["spec.additionalPrinterColumns[0].type: Invalid value: \"text\": must be one of boolean,date,integer,number,string"]
            ),
            (
                "column paths", ["additionalPrinterColumns": [["name": "A", "type": "date", "jsonPath": "a"]]],
                ["spec.additionalPrinterColumns[0].JSONPath: Invalid value: \"a\": must be a simple json path starting with ."]
            ),
            (
                "deprecation warnings", ["deprecationWarning": "x"],
                ["spec.versions[0].deprecationWarning: Invalid value: \"x\": can only be set for deprecated versions"]
            ),
        ] as [(String, JSONObject, [String])])
    func checksVersions(_ rule: String, version: JSONObject, expected: [String]) {
        #expect(errors(Self.definition(version: version)) == expected)
    }

    @Test func differentVersionsHaveTheirOwnPlaces() {
        var definition = Self.definition(schema: ["type": "object", "properties": ["v": [:]]])
        var spec = definition["spec"]?.object ?? [:]
        let second: JSONValue = ["name": "v2", "served": true, "storage": false, "schema": ["openAPIV3Schema": ["type": "object"]]]
        spec["versions"] = .array((spec["versions"]?.array ?? []) + [second])
        definition["spec"] = .object(spec)
        #expect(
            errors(definition) == [
                "spec.versions[0].schema.openAPIV3Schema.properties[v].type: Required value: must not be empty for specified object fields"
            ])
    }

    /// An accepted definition stays one that can be updated, whatever this server thinks of its rules.
    @Test func rulesOfUnchangedSchemasAreNotCheckedAgain() {
        func schema(_ rule: String) -> JSONValue { ["type": "object", "x-kubernetes-validations": [["rule": .string(rule)]]] }
        func problems(_ definition: JSONObject, replacing old: JSONObject) -> [String] {
            let updated = DefinitionStatus.preparedForUpdate(definition, replacing: old)
            return DefinitionRules(patterns: FoundationPatterns(), rules: CELRuleEngine()).updateErrors(in: updated, replacing: old).map { "\($0.path)" }
        }
        let old = DefinitionStatus.preparedForCreation(Self.definition(schema: schema("self.noSuchField")))
        var labelled = old
        labelled["metadata"] = ["name": "widgets.example.com", "resourceVersion": "1", "labels": ["a": "b"]]
        let rule = "x-kubernetes-validations[0].rule"
        #expect(problems(labelled, replacing: old) == [])
        #expect(problems(Self.definition(schema: schema("self.other")), replacing: old) == ["spec.validation.openAPIV3Schema.\(rule)"])
        // A version that is new has no old schema, and one whose schema changed is new.
        let version: JSONObject = ["name": "v2", "served": true, "storage": false, "schema": ["openAPIV3Schema": schema("self.third")]]
        var (grown, spec) = (old, old["spec"]?.object ?? [:])
        spec["versions"] = .array((spec["versions"]?.array ?? []) + [.object(version)])
        grown["spec"] = .object(spec)
        #expect(problems(grown, replacing: old) == ["spec.versions[1].schema.openAPIV3Schema.\(rule)"])
    }

    @Test func aDefinitionHasVersions() {
        var definition = Self.definition()
        var spec = definition["spec"]?.object ?? [:]
        spec["versions"] = []
        definition["spec"] = .object(spec)
        #expect(
            errors(definition) == [
                "spec.versions: Invalid value: null: must have exactly one version marked as storage version",
                "status.storedVersions: Invalid value: null: must have at least one stored version",
            ])
    }

    @Test func metadataOfEmbeddedResourcesIsCoercedAndChecked() throws {
        let schema: JSONValue = [
            "type": "object",
            "properties": ["pod": ["type": "object", "x-kubernetes-embedded-resource": true, "x-kubernetes-preserve-unknown-fields": true]],
        ]
        let definition = DefinitionStatus.preparedForCreation(Self.definition(schema: schema))
        let version = try #require(CustomResource(definition: definition, patterns: FoundationPatterns())).storageVersion
        func body(_ metadata: JSONValue) -> JSONObject {
            [
                "apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "a", "namespace": "n"],
                "pod": ["apiVersion": "v1", "kind": "Pod", "metadata": metadata, "spec": [:]],
            ]
        }
        let decoded = try version.decoded(body(["name": "x", "nope": 1, "labels": [:], "creationTimestamp": .null]))
        #expect(decoded.unknownFields == ["pod.metadata.nope"])
        #expect(decoded.warnings == ["unknown field \"pod.metadata.nope\""])
        #expect(decoded.object["pod"]?["metadata"] == ["name": "x"])
        #expect(throws: ObjectDecodingError.self) { try version.decoded(body(["labels": ["a": 1]])) }
        let wrong = try version.decoded(body(["labels": ["a": "-"]])).object
        #expect(version.creationFindings(in: version.preparedForCreation(wrong)).errors.map(\.path.description) == ["pod.metadata.labels"])
    }

    @Test func finalizersWithoutADomainAreWarnedOfWhenTheyCome() throws {
        let definition = DefinitionStatus.preparedForCreation(Self.definition())
        let resource = try #require(CustomResource(definition: definition, patterns: FoundationPatterns()))
        let rules = CustomRules(resource: resource, version: resource.storageVersion, rules: CELRuleEngine())
        func object(_ finalizers: JSONValue) -> JSONObject {
            ["apiVersion": "example.com/v1", "kind": "Widget", "metadata": ["name": "a", "namespace": "n", "resourceVersion": "1", "finalizers": finalizers]]
        }
        #expect(rules.creationFindings(in: object(["plain"])).warnings.count == 1)
        #expect(rules.creationFindings(in: object(["example.com/x"])).warnings.isEmpty)
        #expect(rules.updateFindings(in: object(["plain"]), replacing: object(["plain"])).warnings.isEmpty)
        #expect(rules.updateFindings(in: object(["plain"]), replacing: object([])).warnings.count == 1)
    }

    @Test func namesAreAcceptedOnce() {
        var first = DefinitionStatus.preparedForCreation(Self.definition())
        let none = DefinitionStatus.TakenNames(group: "example.com", definitions: [first])
        first["status"] = DefinitionStatus.settled(first, taken: none, now: Self.now)
        #expect(DefinitionStatus.isEstablished(first))
        #expect(first["status"]?["acceptedNames"] == ["plural": "widgets", "singular": "widget", "kind": "Widget", "listKind": "WidgetList"])
        #expect(first["status"]?["storedVersions"] == ["v1"])
        let second = DefinitionStatus.preparedForCreation(Self.definition(plural: "gadgets"))
        let taken = DefinitionStatus.TakenNames(group: "example.com", definitions: [first, second])
        #expect(DefinitionStatus.settled(first, taken: taken, now: Self.now).isAbsent, "what is settled stays")
        let status = DefinitionStatus.settled(second, taken: taken, now: Self.now)
        #expect(status?["conditions"]?[0]?["reason"] == "ListKindConflict")
        #expect(status?["conditions"]?[1]?["status"] == "False")
        #expect(DefinitionStatus.TakenNames(group: "other.com", definitions: [first]).kinds.isEmpty)
    }

    @Test func rulesAreFoundWithTheirPlacesAndOldValues() {
        let rule: JSONValue = [["rule": "self >= oldSelf"]]
        let schema = StructuralSchema(
            [
                "type": "object",
                "properties": [
                    "map": [
                        "type": "array", "x-kubernetes-list-type": "map", "x-kubernetes-list-map-keys": ["name"],
                        "items": [
                            "type": "object", "properties": ["name": ["type": "string"], "v": ["type": "integer", "x-kubernetes-validations": rule]],
                        ],
                    ],
                    "list": ["type": "array", "items": ["type": "integer", "x-kubernetes-validations": rule]],
                ],
            ], patterns: FoundationPatterns())
        let sites = schema.ruleSites(at: FieldPath("s"))
        #expect(sites.map(\.path.description) == ["s.properties[list].items", "s.properties[map].items.properties[v]"])
        #expect(sites.map { $0.uncorrelatablePath?.description } == ["s.properties[list]", nil])
        let findings = ValidationRuleWalk.findings(
            in: ["map": [["name": "b", "v": 2], ["name": "c", "v": 3]], "list": [1]], schema: schema,
            replacing: ["map": [["name": "a", "v": 1], ["name": "b", "v": 5]], "list": [9]], engine: RecordingEngine())
        #expect(findings.warnings == ["map[0].v 2 was 5", "map[1].v 3 was nothing", "list[0] 1 was nothing"])
        let same = ValidationRuleWalk.findings(
            in: ["map": [["name": "b", "v": 2], ["name": "c", "v": 3]], "list": [1]], schema: schema,
            replacing: ["map": [["name": "c", "v": 1], ["name": "b", "v": 2]], "list": [1]], engine: RecordingEngine())
        #expect(same.warnings == ["map[0].v 2 is unchanged", "map[1].v 3 was 1", "list[0] 1 is unchanged"])
    }

    /// Says which values it is shown.
    struct RecordingEngine: ValidationRuleEngine {
        func problems(with sites: [ValidationRuleSite], schemaPath: FieldPath) -> [FieldError] { [] }

        func violations(by subject: ValidationRuleSubject, budget: inout Int64) -> ValidationRuleFindings {
            let history = subject.isUnchanged ? "is unchanged" : "was \(subject.oldValue.map { "\($0)" } ?? "nothing")"
            return ValidationRuleFindings(warnings: ["\(subject.path) \(subject.value) \(history)"])
        }
    }

    @Test(
        arguments: [
            ("names", ["name": "A_b", "namespace": "n"], ["metadata.name"]),
            ("labels", ["name": "a", "namespace": "n", "labels": ["-x": "y z"]], ["metadata.labels", "metadata.labels"]),
            (
                "owners", ["name": "a", "namespace": "n", "ownerReferences": [["apiVersion": "a/b/c", "kind": "X", "name": "x"]]],
                ["metadata.ownerReferences[0].apiVersion", "metadata.ownerReferences[0].uid"]
            ),
            ("finalizers", ["name": "a", "namespace": "n", "finalizers": ["orphan", "foregroundDeletion"]], ["metadata.finalizers"]),
            (
                "annotations", ["name": "a", "namespace": "n", "annotations": ["a": .string(String(repeating: "x", count: 256 << 10))]],
                ["metadata.annotations"]
            ),
            ("namespaces", ["name": "a"], ["metadata.namespace"]),
        ] as [(String, JSONObject, [String])])
    func checksMetadata(_ rule: String, metadata: JSONObject, places: [String]) {
        #expect(ObjectMetaRules(isNamespaced: true).creationErrors(in: metadata).map(\.path.description) == places)
    }
}

extension Optional {
    fileprivate var isAbsent: Bool { if case .none = self { true } else { false } }
}
