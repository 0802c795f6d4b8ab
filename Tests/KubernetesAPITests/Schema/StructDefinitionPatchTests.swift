import Testing

@testable import KubernetesAPI

@Suite struct StructDefinitionPatchTests {
    @Test func annotationsSayHowFieldsAreMerged() throws {
        let spec = WidgetSpec.definition
        let parts = try #require(spec.field("parts"))
        #expect(parts.strategies == [.merge] && parts.mergeKey == "name")
        guard case .list(.object(let part)) = parts.value else {
            Issue.record("parts is no list of objects")
            return
        }
        #expect((part as? StructDefinition) === WidgetPart.definition)
        #expect(spec.field("tags")?.strategies == [.merge, .retainKeys] && spec.field("tags")?.mergeKey == nil)
        #expect(spec.field("grid")?.strategies == [] && spec.field("unknown") == nil)
        guard case .map(let value) = try #require(spec.field("partsByName")).value, case .list(.object) = value.value else {
            Issue.record("partsByName is no map of lists of objects")
            return
        }
        guard case .plain = try #require(spec.field("object")).value else {
            Issue.record("object has a schema")
            return
        }
    }

    @Test func aTypedObjectTakesAStrategicMergePatch() throws {
        let original: JSONObject = ["parts": [["name": "a", "size": "1"], ["name": "b"]], "tags": ["x"], "name": "n"]
        let patch: JSONObject = ["parts": [["name": "a", "size": "2"], ["name": "b", "$patch": "delete"]], "tags": ["y"]]
        let result = try StrategicMergePatch(patch).applied(to: original, schema: WidgetSpec.definition)
        #expect(result["parts"] == [["name": "a", "size": "2"]] && Set(result["tags"]?.array ?? []) == ["x", "y"] && result["name"] == "n")
    }
}
