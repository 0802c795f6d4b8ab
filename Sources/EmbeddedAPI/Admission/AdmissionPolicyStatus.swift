import Expressions
public import KubernetesAPI

/// The status of ValidatingAdmissionPolicies: what type checking finds out about their expressions.
///
/// Source: <https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/typechecking.go>.
public enum AdmissionPolicyStatus {
    private static let typeLimit = 10

    /// The status that the policy should have; nil when it has it.
    public static func settled(_ policy: JSONObject, reading: any ObjectReading) -> JSONObject? {
        let generation = policy["metadata"]?["generation"]?.integer ?? 0
        if policy["status"]?["observedGeneration"]?.integer == generation, policy["status"]?["typeChecking"]?.object != nil { return nil }
        var status = policy["status"]?.object ?? JSONObject()
        status["observedGeneration"] = .integer(generation)
        status["typeChecking"] = .object(typeChecking(of: policy, reading: reading))
        return status
    }

    /// The field `typeChecking`: warnings of expressions that cannot work for the types that the policy matches.
    ///
    /// - Parameter reading: where definitions of custom resources are found.
    public static func typeChecking(of policy: JSONObject, reading: any ObjectReading) -> JSONObject {
        let served = ServedKinds(reading: reading)
        let kinds = matchedKinds(policy["spec"]?["matchConstraints"]?["resourceRules"]?.array ?? [], served)
        guard !kinds.isEmpty else { return [:] }
        var warnings: [JSONValue] = []
        func check(_ text: String, _ path: FieldPath, _ environments: [(GroupVersionKind, PolicyEnvironment)]) {
            let findings = environments.compactMap { kind, environment -> String? in
                do throws(PolicyEnvironment.Problem) {
                    _ = try environment.compile(text, as: [])
                    return nil
                } catch {
                    return "\(kind): \(error.issues)\n"
                }
            }
            if !findings.isEmpty { warnings.append(["fieldRef": .string("\(path)"), "warning": .string(findings.joined(separator: "\n"))]) }
        }
        let environments = kinds.compactMap { kind in environment(for: kind, policy, served).map { (kind, $0) } }
        for (index, validation) in (policy["spec"]?["validations"]?.array ?? []).enumerated() {
            let path = FieldPath("spec", "validations").index(index)
            check(validation["expression"]?.string ?? "", path.field("expression"), environments)
            if let message = validation["messageExpression"]?.string, !message.isEmpty { check(message, path.field("messageExpression"), environments) }
        }
        return warnings.isEmpty ? [:] : ["expressionWarnings": .array(warnings)]
    }

    private static func environment(for kind: GroupVersionKind, _ policy: JSONObject, _ served: ServedKinds) -> PolicyEnvironment? {
        guard let object = served.type(of: kind) else { return nil }
        let spec = policy["spec"]
        var fields = TypeFields(parts: [object.fields])
        var params: (type: ExpressionType, fields: any ObjectTypeProvider)?
        if let version = spec?["paramKind"]?["apiVersion"]?.string, let name = spec?["paramKind"]?["kind"]?.string,
            let kind = try? GroupVersionKind(apiVersion: version, kind: name)
        {
            params = served.type(of: kind) ?? (.dyn, SchemeFields())
        }
        if let params { fields.parts.append(params.fields) }
        var environment = PolicyEnvironment(object: object.type, params: params?.type, types: fields)
        environment.addVariables()
        for variable in spec?["variables"]?.array ?? [] {
            let compiled = try? environment.compile(variable["expression"]?.string ?? "", as: [])
            environment.add(variable: variable["name"]?.string ?? "", compiled?.type ?? .dyn)
        }
        return environment
    }

    /// The kinds that rules without wildcards name, by group, version and name; subresources are not looked at.
    private static func matchedKinds(_ rules: [JSONValue], _ served: ServedKinds) -> [GroupVersionKind] {
        func texts(_ rule: JSONValue, _ field: String) -> [String] { (rule[field]?.array ?? []).compactMap(\.string).sorted() }
        var kinds: Set<GroupVersionKind> = []
        search: for rule in rules {
            let (groups, versions) = (texts(rule, "apiGroups"), texts(rule, "apiVersions"))
            if (groups + versions).contains(where: { $0.contains("*") }) { continue }
            let resources = texts(rule, "resources").filter { !$0.contains("*") && !$0.contains("/") }
            var count = 0
            for group in groups {
                for version in versions {
                    for resource in resources {
                        guard let kind = served.kind(of: GroupVersionResource(group: group, version: version, resource: resource)) else { continue }
                        kinds.insert(kind)
                        count += 1
                        if count == typeLimit { break search }
                    }
                }
            }
        }
        return kinds.sorted { ($0.group, $0.version, $0.kind) < ($1.group, $1.version, $1.kind) }
    }
}
