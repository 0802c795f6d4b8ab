import Expressions
import KubernetesAPI

/// Lets expressions ask the authorizer about the user of a request, or about a service account.
struct PolicyAuthorizer: ExpressionAuthorizing {
    let authorizer: any Authorizing
    let user: Identity

    func decide(_ check: AuthorizerCheck) -> AuthorizerDecision {
        var user = user
        if let account = check.serviceAccount {
            user = Identity(
                name: "system:serviceaccount:\(account.namespace):\(account.name)",
                groups: ["system:serviceaccounts", "system:serviceaccounts:\(account.namespace)"])
        }
        let attributes =
            check.path.map { AccessAttributes(user: user, verb: check.verb, path: $0) }
            ?? AccessAttributes(
                user: user, verb: check.verb, group: check.group, version: "*", resource: check.resource, subresource: check.subresource, name: check.name,
                namespace: check.namespace)
        let decision = authorizer.decide(attributes)
        return AuthorizerDecision(
            isAllowed: decision.isAllowed, reason: decision.reason, error: decision.evaluationError.isEmpty ? nil : decision.evaluationError)
    }
}
