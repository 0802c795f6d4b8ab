import EmbeddedAPI
import KubernetesAPI

/// The least API in memory that admission needs: objects by resource, reviewed before they are stored, and roles that the authorizer looks at.
final class AdmissionAPI: ObjectReading, Authorizing, @unchecked Sendable {
    // Used by one test at a time.
    private var stored: [GroupResource: [String: JSONObject]] = [:]
    private var version: Int64 = 0
    private let policies = AdmissionPolicies()

    struct Answer {
        var status: Int
        var body: JSONValue
        var warnings: [String] = []
    }

    init(namespace: String) {
        put(
            ["metadata": ["name": .string(namespace), "labels": ["kubernetes.io/metadata.name": .string(namespace)]]],
            GroupResource(group: "", resource: "namespaces"), "", namespace)
    }

    func put(_ object: JSONObject?, _ resource: GroupResource, _ namespace: String, _ name: String) {
        stored[resource, default: [:]]["\(namespace)/\(name)"] = object
        version += 1
    }

    func object(_ resource: GroupResource, namespace: String, name: String) -> JSONObject? { stored[resource]?["\(namespace)/\(name)"] }

    func objects(_ resource: GroupResource, namespace: String?) -> [JSONObject] {
        (stored[resource] ?? [:]).sorted { $0.key < $1.key }.filter { entry in namespace.map { entry.key.hasPrefix("\($0)/") } ?? true }.map(\.value)
    }

    func version(of resources: [GroupResource]) -> Int64 { version }

    func decide(_ attributes: AccessAttributes) -> AccessDecision {
        if attributes.user.groups.contains("system:masters") { return AccessDecision(isAllowed: true) }
        let rules = objects(GroupResource(group: "rbac.authorization.k8s.io", resource: "roles"), namespace: nil).flatMap { $0["rules"]?.array ?? [] }
        return AccessDecision(
            isAllowed: rules.contains {
                $0["verbs"]?.array?.contains(.string(attributes.verb)) == true && $0["resources"]?.array?.contains(.string(attributes.resource)) == true
            })
    }

    func answer(_ method: String, _ target: String, _ body: JSONObject?, user: Identity) throws -> Answer {
        let parts = target.split(separator: "?")[0].split(separator: "/").map(String.init)
        let isDryRun = target.hasSuffix("dryRun=All")
        let (group, apiVersion) = parts[0] == "api" ? ("", parts[1]) : (parts[1], parts[2])
        var rest = Array(parts.dropFirst(parts[0] == "api" ? 2 : 3))
        var namespace = ""
        if rest.count > 2, rest[0] == "namespaces" { (namespace, rest) = (rest[1], Array(rest.dropFirst(2))) }
        let resource = GroupVersionResource(group: group, version: apiVersion, resource: rest[0])
        let name = rest.count > 1 ? rest[1] : body?["metadata"]?["name"]?.string ?? ""
        let old = object(resource.groupResource, namespace: namespace, name: name)
        if method == "GET" {
            var object = old
            if let found = old, let status = AdmissionPolicyStatus.settled(found, reading: self) { object?["status"] = .object(status) }
            return Answer(status: 200, body: .object(object ?? [:]))
        }
        var new = body
        if method == "PATCH", let old, let body {
            new = try MergePatch(.object(body)).applied(to: .object(old)).object
        } else if method == "DELETE" {
            new = nil
        }
        if resource.resource == "validatingadmissionpolicies", let new {
            let errors = AdmissionPolicyRules.expressionErrors(in: new)
            if !errors.isEmpty {
                let kind = GroupKind(group: group, kind: "ValidatingAdmissionPolicy")
                let status = Status.invalid(kind, name: name, FieldErrors(errors))
                return Answer(status: 422, body: status.json)
            }
        }
        let request = AdmissionRequest(
            operation: method == "POST" ? .create : method == "DELETE" ? .delete : .update,
            kind: GroupVersionKind(group: group, version: apiVersion, kind: (new ?? old)?["kind"]?.string ?? ""), resource: resource, name: name,
            namespace: namespace, user: user, object: new, oldObject: method == "POST" ? nil : old, isDryRun: isDryRun, servedVersions: [apiVersion])
        let outcome = policies.review(request, reading: self, authorizer: self)
        if let denied = outcome.denied { return Answer(status: Int(denied.code ?? 0), body: denied.json, warnings: outcome.warnings) }
        if !isDryRun {
            if resource.resource == "validatingadmissionpolicies", var metadata = new?["metadata"]?.object {
                metadata["generation"] = 1
                new?["metadata"] = .object(metadata)
            }
            put(new, resource.groupResource, namespace, name)
        }
        if method == "DELETE" { return Answer(status: 200, body: Status.success().json, warnings: outcome.warnings) }
        return Answer(status: method == "POST" ? 201 : 200, body: .object(new ?? [:]), warnings: outcome.warnings)
    }
}
