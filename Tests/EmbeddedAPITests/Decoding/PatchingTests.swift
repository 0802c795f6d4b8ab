import EmbeddedAPI
import KubernetesAPI
import Testing

@Suite struct PatchingTests {
    static let live: JSONObject = ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a"], "data": ["x": "1"]]

    @Test(arguments: [
        (Patching.Kind.json, FieldValidation.warn, "{", 400, "error decoding patch: unexpected end of JSON input"),
        (.json, .ignore, "[1]", 400, "json: cannot unmarshal number into Go value of type jsonpatch.Operation"),
        (.json, .warn, "{}", 400, "error decoding patch: json: cannot unmarshal object into Go value of type []handlers.jsonPatchOp"),
        (.json, .warn, #"[{"op":1}]"#, 400, "error decoding patch: json: cannot unmarshal number into Go struct field jsonPatchOp.op of type string"),
        (.json, .ignore, #"[{"op":1}]"#, 422, "the server rejected our request due to an error in our request"),
        (.merge, .warn, "[]", 400, "error decoding patch: json: cannot unmarshal array into Go value of type map[string]interface {}"),
        (.merge, .ignore, "x", 400, "Invalid JSON Patch"),
        (.strategic, .warn, "x", 400, "invalid character 'x' looking for beginning of value"),
        (.strategic, .warn, #"{"data":{"$retainKeys":["y"],"x":"2"}}"#, 400, "invalid patch format of retainKeys"),
        (
            .merge, .strict, #"{"nope":1,"data":{"y":"1","y":"2"}}"#, 422,
            #" "" is invalid: patch: Invalid value: "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{\"x\":\"1\",\"y\":\"2\"},\"nope\":1}": "#
                + #"strict decoding error: duplicate field "data.y", unknown field "nope""#
        ),
        (
            .json, .strict, #"[{"op":"test","path":"/data/x","value":"1","more":1}]"#, 422,
            #" "" is invalid: patch: Invalid value: "{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"metadata\":{\"name\":\"a\"},\"data\":{\"x\":\"1\"}}": "#
                + #"strict decoding error: json patch unknown field "[0].more""#
        ),
    ]) func refuses(_ kind: Patching.Kind, _ validation: FieldValidation, _ text: String, _ code: Int32, _ message: String) {
        let patching = Patching(Array(text.utf8), kind: kind, validation: validation)
        let status = #expect(throws: Status.self) { try patching.patched(Self.live, as: ConfigMap.self) }
        #expect(status?.code == code)
        #expect(status?.message == message)
    }

    @Test func warnsOfUnknownAndDuplicateFields() throws {
        let patching = Patching(Array(#"{"nope":1,"data":{"y":"1","y":"2"}}"#.utf8), kind: .merge, validation: .warn)
        let (object, warnings) = try {
            let decoded = try patching.patched(Self.live, as: ConfigMap.self); return (decoded.object, decoded.warnings)
        }()
        #expect(object["data"] == ["x": "1", "y": "2"])
        #expect(object["nope"] == nil)
        #expect(warnings == [#"duplicate field "data.y""#, #"unknown field "nope""#])
    }

    @Test func appliedConfigurations() throws {
        let configuration = try AppliedConfiguration(Array("a: 1\na: 2.0\n".utf8))
        #expect(configuration.object == ["a": 2])
        #expect(try configuration.checked(.warn) == [#"line 2: key "a" already set in map"#])
        let status = #expect(throws: Status.self) { try configuration.checked(.strict) }
        #expect(status?.message == "error strict decoding YAML: error converting YAML to JSON: yaml: unmarshal errors:\n  line 2: key \"a\" already set in map")
        let array = #expect(throws: Status.self) { try AppliedConfiguration(Array("[1]".utf8)) }
        #expect(array?.message?.hasSuffix("cannot unmarshal array into Go value of type map[string]interface {}") == true)
    }
}
