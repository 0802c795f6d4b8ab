import EmbeddedAPI
import KubernetesAPI
import Testing

@Suite struct RequestBodyTests {
    static let configMap = #""apiVersion":"v1","kind":"ConfigMap","metadata":{"name":"a"}"#

    @Test(arguments: [
        (
            "",
            "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input (<empty>)"
        ),
        ("{", "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: unexpected end of JSON input ({)"),
        (
            "{x}",
            "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: "
                + "invalid character 'x' looking for beginning of object key string ({x})"
        ),
        (
            #"{"kind":1}"#,
            "the object provided is unrecognized (must be of type ConfigMap): couldn't get version/kind; json parse error: "
                + #"json: cannot unmarshal number into Go struct field .kind of type string ({"kind":1})"#
        ),
        (
            #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"labels":{"k":1}}}"#,
            #"ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal number into Go struct field ObjectMeta.metadata.labels of type string"#
        ),
        (
            #"{"apiVersion":"v1","kind":"ConfigMap","metadata":{"labels":["x"]}}"#,
            #"ConfigMap in version "v1" cannot be handled as a ConfigMap: json: cannot unmarshal array into Go struct field ObjectMeta.metadata.labels of type map[string]string"#
        ),
        (
            #"{"apiVersion":"v1","kind":"Secret","metadata":{"name":"a"}}"#,
            #"Secret in version "v1" cannot be handled as a ConfigMap: converting (v1.Secret) to (core.ConfigMap): unknown conversion"#
        ),
        (
            #"{"apiVersion":"apps/v1","kind":"ConfigMap"}"#,
            #"ConfigMap in version "v1" cannot be handled as a ConfigMap: no kind "ConfigMap" is registered for version "apps/v1" in scheme "pkg/api/legacyscheme/scheme.go:30""#
        ),
    ]) func refuses(_ body: String, _ message: String) {
        let error = #expect(throws: Status.self) { try RequestBody(Array(body.utf8), encoding: .json).object(of: ConfigMap.self, validation: .warn) }
        #expect(error?.message == message)
        #expect(error?.code == 400)
    }

    @Test func unknownAndDuplicateFieldsAreReportedInTheOrderOfTheText() throws {
        let text =
            #"{"apiVersion":"apps/v1","kind":"Deployment","spec":{"replicas":1,"nope":{"a":1,"a":2},"replicas":2,"template":{"spec":{"containers":[{"x":1,"name":"c"}]}}}}"#
        let body = RequestBody(Array(text.utf8), encoding: .json)
        let warned = try body.object(of: Deployment.self, validation: .warn)
        let problems = [#"unknown field "spec.nope""#, #"duplicate field "spec.replicas""#, #"unknown field "spec.template.spec.containers[0].x""#]
        #expect(warned.warnings == problems)
        #expect(warned.object["spec"]?["replicas"] == 2)
        #expect(warned.object["spec"]?["nope"] == nil)
        #expect(warned.object["status"] == [:])
        #expect(try body.object(of: Deployment.self, validation: .ignore).warnings.isEmpty)
        let error = #expect(throws: Status.self) { try body.object(of: Deployment.self, validation: .strict) }
        #expect(error?.message == #"Deployment in version "v1" cannot be handled as a Deployment: strict decoding error: "# + problems.joined(separator: ", "))
    }

    @Test func duplicateKeysInYAMLAreReportedAsYAMLDoes() throws {
        let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: b}\ndata:\n  a: first\n  a: second\n"
        let body = RequestBody(Array(text.utf8), encoding: .yaml)
        let warned = try body.object(of: ConfigMap.self, validation: .warn)
        #expect(warned.object["data"] == ["a": "second"])
        #expect(warned.warnings == [#"line 6: key "a" already set in map"#])
        let error = #expect(throws: Status.self) { try body.object(of: ConfigMap.self, validation: .strict) }
        #expect(error?.message?.hasSuffix("strict decoding error: yaml: unmarshal errors:\n  line 6: key \"a\" already set in map") == true)
    }

    @Test(arguments: [
        ("a number for a text", #"{"data":{"x":1}}"#, "json: cannot unmarshal number into Go struct field ConfigMap.data of type string"),
        (
            "a wrong time ends it", #"{"data":{"x":1},"metadata":{"creationTimestamp":"x"}}"#,
            #"parsing time "x" as "2006-01-02T15:04:05Z07:00": cannot parse "x" as "2006""#
        ),
        ("base64", #"{"binaryData":{"x":"not base64!"}}"#, "illegal base64 data at input byte 3"),
    ]) func decodingErrors(_ rule: String, _ text: String, _ reason: String) throws {
        let body = try #require(try JSONValue(parsing: text).object)
        let error = #expect(throws: ObjectDecodingError.self) { try BuiltInDecoding.decoded(body, as: ConfigMap.self) }
        #expect(error?.reason == reason)
    }

    @Test(arguments: [
        (
            #"{"containers":[{"resources":{"limits":{"cpu":"1000m","memory":1048576}}}]}"#,
            #"{"containers":[{"name":"","resources":{"limits":{"cpu":"1","memory":"1048576"}}}]}"#
        ),
        (
            #"{"containers":null,"hostNetwork":false,"nodeSelector":{},"terminationGracePeriodSeconds":0}"#,
            #"{"containers":null,"terminationGracePeriodSeconds":0}"#
        ),
        (#"{"containers":[],"nodeSelector":{"a":null}}"#, #"{"containers":null,"nodeSelector":{"a":""}}"#),
    ]) func podSpecs(_ text: String, _ expected: String) throws {
        let spec = try JSONValue(parsing: text)
        let decoded = try BuiltInDecoding.decoded(["spec": spec], as: Pod.self).object
        #expect(decoded["spec"] == (try JSONValue(parsing: expected)))
        #expect(decoded["status"] == [:])
    }

    @Test(arguments: [
        (#"{"spec":{"replicas":"3"}}"#, "json: cannot unmarshal string into Go struct field DeploymentSpec.spec.replicas of type int32"),
        (#"{"spec":{"replicas":3000000000}}"#, "json: cannot unmarshal number 3000000000 into Go struct field DeploymentSpec.spec.replicas of type int32"),
        (
            #"{"spec":{"template":{"spec":{"containers":{}}}}}"#,
            "json: cannot unmarshal object into Go struct field PodSpec.spec.template.spec.containers of type []v1.Container"
        ),
        (
            #"{"spec":{"template":{"spec":{"restartPolicy":1}}}}"#,
            "json: cannot unmarshal number into Go struct field PodSpec.spec.template.spec.restartPolicy of type v1.RestartPolicy"
        ),
        (#"{"spec":[]}"#, "json: cannot unmarshal array into Go struct field Deployment.spec of type v1.DeploymentSpec"),
        (
            #"{"spec":{"template":{"spec":{"containers":[{"resources":{"limits":{"cpu":"lots"}}}]}}}}"#,
            "quantities must match the regular expression '^([+-]?[0-9.]+)([eEinumkKMGTP]*[-+]?[0-9]*)$'"
        ),
    ]) func deploymentErrors(_ text: String, _ reason: String) throws {
        let body = try #require(try JSONValue(parsing: text).object)
        let error = #expect(throws: ObjectDecodingError.self) { try BuiltInDecoding.decoded(body, as: Deployment.self) }
        #expect(error?.reason == reason)
    }

    @Test func warningsAreSentOnceAndCut() {
        var warnings = ResponseWarnings()
        warnings.add("a \"b\"")
        warnings.add("a \"b\"")
        #expect(warnings.headers == [#"299 - "a \"b\"""#])
        for letter in "abcdefghijklmnopqrstuvwxyz" { warnings.add(String(repeating: letter, count: 1000)) }
        #expect(warnings.headers.allSatisfy { $0.count < 270 })
        #expect(warnings.headers.count == 17)
    }
}
