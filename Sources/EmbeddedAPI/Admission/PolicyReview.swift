import Expressions
import KubernetesAPI

/// The review of one request by all policies.
///
/// Source: <https://github.com/kubernetes/kubernetes/blob/master/staging/src/k8s.io/apiserver/pkg/admission/plugin/policy/validating/dispatcher.go>.
struct PolicyReview {
    let request: AdmissionRequest
    let reading: any ObjectReading
    let authorizer: any Authorizing
    private(set) var outcome = AdmissionOutcome()

    init(request: AdmissionRequest, reading: any ObjectReading, authorizer: any Authorizing) {
        (self.request, self.reading, self.authorizer) = (request, reading, authorizer)
    }

    mutating func apply(_ policy: StoredPolicy) {
        let matched: AdmissionRequest
        do throws(MatchCriteria.Failure) {
            guard let found = try policy.criteria.match(request, reading: reading) else { return }
            matched = found
            if let kind = policy.parameterKind, kind.object != nil {
                do { _ = try PolicyParameters(reading: reading).resource(of: kind) } catch { throw MatchCriteria.Failure(reason: error.reason) }
            }
        } catch {
            if policy.failsClosed { deny("ValidatingAdmissionPolicy '\(policy.name)' denied request: failed to configure policy: \(error.reason)", "Invalid") }
            return
        }
        var variables: [String: ExpressionValue]?
        for binding in policy.bindings {
            do throws(PolicyParameters.Failure) {
                guard try matches(binding) else { continue }
                let parameters = try PolicyParameters(reading: reading).objects(
                    kind: policy.parameterKind, reference: binding.reference, namespace: request.isAboutNamespace ? "" : request.namespace)
                var known = variables ?? self.variables(for: matched)
                variables = known
                for parameter in parameters {
                    known["params"] = parameter.map { .map(DynamicMap(object: $0)) } ?? .null
                    let findings = PolicyEvaluation(expressions: policy.expressions, failsClosed: policy.failsClosed, variables: known).findings()
                    for refusal in findings.refusals { report(refusal, policy, binding) }
                    for error in findings.annotationErrors { deny(Self.denial(policy, binding, error), "Invalid") }
                }
            } catch {
                guard policy.failsClosed else { continue }
                deny(Self.denial(policy, binding, "failed to configure binding: \(error.reason)"), "Invalid")
            }
        }
    }

    private func matches(_ binding: StoredPolicy.Binding) throws(PolicyParameters.Failure) -> Bool {
        do { return try binding.criteria.match(request, reading: reading) != nil } catch { throw PolicyParameters.Failure(reason: error.reason) }
    }

    private mutating func report(_ refusal: PolicyEvaluation.Refusal, _ policy: StoredPolicy, _ binding: StoredPolicy.Binding) {
        for action in binding.actions {
            switch action {
            case "Deny": deny(Self.denial(policy, binding, refusal.message), refusal.reason)
            case "Warn":
                outcome.warnings.append(
                    "Validation failed for ValidatingAdmissionPolicy '\(policy.name)' with binding '\(binding.name)': \(refusal.message)")
            // Audit events are not kept.
            default: break
            }
        }
    }

    private static func denial(_ policy: StoredPolicy, _ binding: StoredPolicy.Binding, _ message: String) -> String {
        "ValidatingAdmissionPolicy '\(policy.name)' with binding '\(binding.name)' denied request: \(message)"
    }

    /// The first refusal is the answer.
    private mutating func deny(_ message: String, _ reason: String) {
        guard outcome.denied == nil else { return }
        let code: Int32
        switch reason {
        case "Unauthorized": code = 401
        case "Forbidden": code = 403
        case "RequestEntityTooLarge": code = 413
        default: code = 422
        }
        let resource = request.resource.groupResource
        outcome.denied = Status(
            failure: Status.Reason(rawValue: reason), code: code, message: "\(resource) \(request.shownName.quotedAsGo) is forbidden: \(message)",
            group: resource.group, kind: resource.resource, name: request.shownName, causes: [StatusCause(message: message)])
    }

    // MARK: Variables

    private func variables(for matched: AdmissionRequest) -> [String: ExpressionValue] {
        func value(_ object: JSONObject?) -> ExpressionValue { object.map { .map(DynamicMap(object: $0)) } ?? .null }
        let asked = PolicyAuthorizer(authorizer: authorizer, user: request.user)
        let resource = AuthorizerCheck(
            group: matched.resource.group, resource: matched.resource.resource, subresource: matched.subresource, namespace: matched.namespace,
            name: matched.name)
        return [
            "object": value(matched.object), "oldObject": value(matched.oldObject), "request": value(matched.variable(original: request)),
            "namespaceObject": value(namespace), "authorizer": .opaque(AuthorizerValue(asked)),
            "authorizer.requestResource": .opaque(AuthorizerValue(asked, resource: resource)),
        ]
    }

    /// The request's namespace without what policies do not see of it.
    private var namespace: JSONObject? {
        guard !request.namespace.isEmpty, !request.isAboutNamespace,
            let object = reading.object(GroupResource(group: "", resource: "namespaces"), namespace: "", name: request.namespace)
        else { return nil }
        let metadata = (object["metadata"]?.object ?? JSONObject()).filtered { $0 != "managedFields" && $0 != "ownerReferences" && $0 != "selfLink" }
        var result: JSONObject = ["metadata": .object(metadata)]
        for field in ["spec", "status"] { if let value = object[field] { result[field] = value } }
        return result
    }
}
