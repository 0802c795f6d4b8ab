import Expressions
import KubernetesAPI

/// A ValidatingAdmissionPolicy with its bindings, ready for requests.
struct StoredPolicy: Sendable {
    struct Binding: Sendable {
        let name: String
        let criteria: MatchCriteria
        let reference: JSONValue?
        let actions: [String]

        init(_ object: JSONObject) {
            let spec = object["spec"]
            name = object["metadata"]?["name"]?.string ?? ""
            criteria = MatchCriteria(spec?["matchResources"])
            reference = spec?["paramRef"]
            actions = (spec?["validationActions"]?.array ?? []).compactMap(\.string)
        }
    }

    let name: String
    /// What tells this state of the policy from others.
    let identity: JSONValue
    let criteria: MatchCriteria
    let parameterKind: JSONValue?
    /// Whether errors refuse requests.
    let failsClosed: Bool
    let expressions: PolicyExpressions
    var bindings: [Binding] = []

    init(_ object: JSONObject) {
        let spec = object["spec"]
        name = object["metadata"]?["name"]?.string ?? ""
        identity = Self.identity(of: object)
        criteria = MatchCriteria(spec?["matchConstraints"])
        parameterKind = spec?["paramKind"]
        failsClosed = spec?["failurePolicy"]?.string != "Ignore"
        expressions = PolicyExpressions(spec: spec)
    }

    static func identity(of object: JSONObject) -> JSONValue { ["uid": object["metadata"]?["uid"] ?? .null, "spec": object["spec"] ?? .null] }
}
