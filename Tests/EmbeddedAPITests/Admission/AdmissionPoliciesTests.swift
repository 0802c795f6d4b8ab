import EmbeddedAPI
import Foundation
import KubernetesAPI
import Testing

/// Which requests policies are about, and what they see, where no recording says it.
struct AdmissionPoliciesTests {
    private static let namespace = "shop"

    /// The messages of the denial (without what names the policy) for the creation of a config map `a` with the data `x: no`.
    private func denial(
        policy: JSONValue, binding: JSONValue = [:], objects: [(JSONObject, GroupResource, String)] = [], resource: String = "configmaps",
        user: Identity = .administrator
    ) throws -> String? {
        let api = AdmissionAPI(namespace: Self.namespace)
        for (object, resource, namespace) in objects { api.put(object, resource, namespace, object["metadata"]?["name"]?.string ?? "") }
        var spec = policy.object ?? JSONObject()
        if spec["matchConstraints"] == nil {
            spec["matchConstraints"] = ["resourceRules": [["apiGroups": [""], "apiVersions": ["*"], "operations": ["*"], "resources": [.string(resource)]]]]
        }
        var bound = binding.object ?? JSONObject()
        bound["policyName"] = "p"
        if bound["validationActions"] == nil { bound["validationActions"] = ["Deny"] }
        let path = "/apis/admissionregistration.k8s.io/v1/"
        let created = try api.answer(
            "POST", path + "validatingadmissionpolicies", ["metadata": ["name": "p"], "spec": .object(spec)], user: .administrator)
        try #require(created.status == 201, "\(created.body)")
        _ = try api.answer("POST", path + "validatingadmissionpolicybindings", ["metadata": ["name": "b"], "spec": .object(bound)], user: .administrator)
        let answer = try api.answer(
            "POST", "/api/v1/namespaces/\(Self.namespace)/\(resource)",
            ["apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "a", "labels": ["tier": "web"]], "data": ["x": "no"]], user: user)
        guard answer.status >= 400 else { return nil }
        let message = answer.body["message"]?.string ?? ""
        return message.components(after: "denied request: ")
    }

    private static let never: JSONValue = [["expression": "false", "message": "never"]]
    private static func rule(_ members: JSONValue) -> JSONValue {
        var rule: JSONObject = ["apiGroups": [""], "apiVersions": ["v1"], "operations": ["CREATE"], "resources": ["configmaps"]]
        for (name, value) in members.object ?? JSONObject() { rule[name] = value }
        return .object(rule)
    }

    @Test(
        arguments: [
            ("a rule that names the resource matches", ["resourceRules": [rule([:])]], "never"),
            ("another operation does not match", ["resourceRules": [rule(["operations": ["UPDATE"]])]], nil),
            ("all resources are meant by *", ["resourceRules": [rule(["resources": ["*"]])]], "never"),
            ("a subresource is another resource", ["resourceRules": [rule(["resources": ["configmaps/status"]])]], nil),
            ("*/* covers resources and subresources", ["resourceRules": [rule(["resources": ["*/*"]])]], "never"),
            ("names restrict a rule", ["resourceRules": [rule(["resourceNames": ["b"]])]], nil),
            ("a rule for the cluster is not for namespaces", ["resourceRules": [rule(["scope": "Cluster"])]], nil),
            ("a rule for namespaces matches", ["resourceRules": [rule(["scope": "Namespaced"])]], "never"),
            ("exclusions win", ["resourceRules": [rule([:])], "excludeResourceRules": [rule(["operations": ["*"]])]], nil),
            ("labels of the object select", ["resourceRules": [rule([:])], "objectSelector": ["matchLabels": ["tier": "web"]]], "never"),
            ("other labels do not", ["resourceRules": [rule([:])], "objectSelector": ["matchLabels": ["tier": "db"]]], nil),
            (
                "labels of the namespace select",
                [
                    "resourceRules": [rule([:])],
                    "namespaceSelector": ["matchExpressions": [["key": "kubernetes.io/metadata.name", "operator": "NotIn", "values": ["shop"]]]],
                ], nil
            ),
        ] as [(String, JSONValue, String?)])
    func matches(_ rule: String, _ constraints: JSONValue, _ message: String?) throws {
        #expect(try denial(policy: ["matchConstraints": constraints, "validations": Self.never]) == message, "\(rule)")
    }

    @Test(
        arguments: [
            ("a condition that does not hold ends the matter", ["matchConditions": [["name": "c", "expression": "object.metadata.name == 'b'"]]], nil),
            (
                "a condition that fails denies", ["matchConditions": [["name": "c", "expression": "object.spec.x == 1"]]],
                "expression 'object.spec.x == 1' resulted in error: no such key: spec"
            ),
            (
                "with Ignore a condition that fails is as good as one that does not hold",
                ["failurePolicy": "Ignore", "matchConditions": [["name": "c", "expression": "object.spec.x == 1"]]], nil
            ),
            (
                "variables that fail are named",
                ["variables": [["name": "v", "expression": "object.spec.x"]], "validations": [["expression": "variables.v == 1"]]],
                "expression 'variables.v == 1' resulted in error: composited variable \"v\" fails to evaluate: no such key: spec"
            ),
            (
                "variables can be tested for",
                ["variables": [["name": "v", "expression": "1"]], "validations": [["expression": "!has(variables.v)", "message": "is there"]]], "is there"
            ),
            ("oldObject is null on creation", ["validations": [["expression": "oldObject != null", "message": "null"]]], "null"),
            (
                "a message that cannot be computed gives way to the fixed one",
                ["validations": [["expression": "false", "message": " fixed ", "messageExpression": "'x' + object.spec.x"]]], "fixed"
            ),
            (
                "a failing audit annotation denies",
                ["validations": [["expression": "true"]], "auditAnnotations": [["key": "k", "valueExpression": "string(object.spec.x)"]]],
                "expression 'string(object.spec.x)' resulted in error: no such key: spec"
            ),
            (
                "the authorizer answers for service accounts",
                [
                    "validations": [
                        ["expression": "authorizer.serviceAccount('shop', 'sa').group('').resource('pods').check('get').allowed()", "message": "no"]
                    ]
                ], "no"
            ),
            (
                "the request's resource can be checked",
                ["validations": [["expression": "!authorizer.requestResource.check('create').allowed()", "message": "may"]]], "may"
            ),
        ] as [(String, JSONValue, String?)])
    func evaluates(_ rule: String, _ spec: JSONValue, _ message: String?) throws {
        var spec = spec.object ?? JSONObject()
        if spec["validations"] == nil { spec["validations"] = Self.never }
        #expect(try denial(policy: .object(spec)) == message, "\(rule)")
    }

    @Test(
        arguments: [
            ("a parameter by name", ["name": "limits"], "got 3"), ("parameters by labels", ["selector": ["matchLabels": ["kind": "limit"]]], "got 3"),
            ("none is no evaluation", ["name": "other"], nil),
            (
                "none can deny", ["name": "other", "parameterNotFoundAction": "Deny"],
                "failed to configure binding: no params found for policy binding with `Deny` parameterNotFoundAction"
            ),
        ] as [(String, JSONValue, String?)])
    func findsParameters(_ rule: String, _ reference: JSONValue, _ message: String?) throws {
        let policy: JSONValue = [
            "paramKind": ["apiVersion": "v1", "kind": "ConfigMap"],
            "validations": [["expression": "params.data.n != '3'", "messageExpression": "'got ' + params.data.n"]],
        ]
        let limits: JSONObject = ["metadata": ["name": "limits", "labels": ["kind": "limit"]], "data": ["n": "3"]]
        let objects = [(limits, GroupResource(group: "", resource: "configmaps"), Self.namespace)]
        #expect(try denial(policy: policy, binding: ["paramRef": reference], objects: objects) == message, "\(rule)")
    }

    @Test func aParameterOfAnUnknownKindIsAnErrorOfThePolicy() throws {
        let policy: JSONValue = ["paramKind": ["apiVersion": "rules.example.com/v1", "kind": "Limit"], "validations": Self.never]
        #expect(
            try denial(policy: policy, binding: ["paramRef": ["name": "x"]])
                == "failed to configure policy: failed to find resource referenced by paramKind: 'rules.example.com/v1, Kind=Limit'")
    }

    @Test(arguments: [
        ("object.data.x ==", "compilation failed: ERROR: <input>:1:17: Syntax error: mismatched input '<EOF>' expecting"), ("1", "must evaluate to bool"),
        ("object.data.x", "must evaluate to bool"), ("params.x", "compilation failed: ERROR: <input>:1:1: undeclared reference to 'params' (in container '')"),
        ("request.foo == ''", "compilation failed: ERROR: <input>:1:8: undefined field 'foo'"),
        ("duration('x') < duration('1s')", "compilation failed: ERROR: <input>:1:10: invalid duration argument"),
        ("object.x.matches('(')", "compilation failed: ERROR: <input>:1:18: invalid matches argument"),
    ])
    func refusesExpressions(_ text: String, _ beginning: String) throws {
        let errors = AdmissionPolicyRules.expressionErrors(in: ["spec": ["validations": [["expression": .string(text)]]]])
        let error = try #require(errors.first)
        #expect("\(error.path)" == "spec.validations[0].expression")
        #expect(error.detail.hasPrefix(beginning), "\(error.detail)")
    }

    @Test func typeCheckingNamesTheKind() throws {
        let rule: JSONValue = ["apiGroups": ["apps"], "apiVersions": ["v1"], "operations": ["*"], "resources": ["deployments", "statefulsets"]]
        let policy: JSONObject = [
            "metadata": ["generation": 2],
            "spec": [
                "matchConstraints": ["resourceRules": [rule]],
                "validations": [["expression": "object.spec.replicas > '1'"], ["expression": "object.spec.template.spec.containers.all(c, c.image != '')"]],
            ],
        ]
        let status = try #require(AdmissionPolicyStatus.settled(policy, reading: AdmissionAPI(namespace: Self.namespace)))
        let warnings = status["typeChecking"]?["expressionWarnings"]?.array ?? []
        #expect(warnings.count == 1)
        #expect(
            warnings.first?["warning"]?.string
                == """
                apps/v1, Kind=Deployment: ERROR: <input>:1:22: found no matching overload for '_>_' applied to '(int, string)'
                 | object.spec.replicas > '1'
                 | .....................^

                apps/v1, Kind=StatefulSet: ERROR: <input>:1:22: found no matching overload for '_>_' applied to '(int, string)'
                 | object.spec.replicas > '1'
                 | .....................^

                """)
    }
}

extension String {
    fileprivate func components(after mark: String) -> String? {
        guard let range = self.range(of: mark) else { return nil }
        return String(self[range.upperBound...])
    }
}
