public import KubernetesAPI

/// Answers whether somebody may do something: the `authorization.k8s.io` reviews. Nothing is stored.
///
/// Each takes the posted object, of the declared types, and returns it with its status, or throws a 422 or 400.
public enum AccessReviews {
    private static let apiVersion: JSONValue = "authorization.k8s.io/v1"

    /// May the user who asks do this?
    public static func selfSubjectAccessReview(_ review: JSONObject, by user: Identity, authorizer: any Authorizing) throws(Status) -> JSONObject {
        try refuse(AccessReviewRules.errors(inSelf: review))
        return answer(review, "SelfSubjectAccessReview", user, authorizer)
    }

    /// May the user in the question do this?
    public static func subjectAccessReview(_ review: JSONObject, authorizer: any Authorizing) throws(Status) -> JSONObject {
        try refuse(AccessReviewRules.errors(in: review))
        return answer(review, "SubjectAccessReview", subject(of: review), authorizer)
    }

    /// May the user in the question do this in the namespace?
    ///
    /// - Parameter namespace: that of the request's path.
    public static func localSubjectAccessReview(_ review: JSONObject, namespace: String, authorizer: any Authorizing) throws(Status) -> JSONObject {
        var review = review
        var metadata = review["metadata"]?.object ?? [:]
        if (metadata["namespace"]?.string ?? "").isEmpty { metadata["namespace"] = .string(namespace) }
        review["metadata"] = .object(metadata)
        try refuse(AccessReviewRules.errors(inLocal: review))
        if metadata["namespace"]?.string != namespace { throw .badRequest("spec.resourceAttributes.namespace must match namespace: \(namespace)") }
        return answer(review, "LocalSubjectAccessReview", subject(of: review), authorizer)
    }

    /// All that the user who asks may do in a namespace.
    public static func selfSubjectRulesReview(_ review: JSONObject, by user: Identity, authorizer: RoleBasedAuthorizer) throws(Status) -> JSONObject {
        let namespace = review["spec"]?["namespace"]?.string ?? ""
        guard !namespace.isEmpty else { throw .badRequest("no namespace on request") }
        let (rules, errors) = authorizer.rules(for: user, namespace: namespace)
        var status: JSONObject = [
            "resourceRules": .array(rules.filter { !$0.resources.isEmpty }.map(\.withoutPaths.json)),
            "nonResourceRules": .array(rules.filter { !$0.paths.isEmpty }.map { AccessRule(verbs: $0.verbs, paths: $0.paths).json }),
            "incomplete": false,
        ]
        if !errors.isEmpty { status["evaluationError"] = .string(errors.aggregatedErrors) }
        return ["kind": "SelfSubjectRulesReview", "apiVersion": apiVersion, "metadata": [:], "spec": [:], "status": .object(status)]
    }

    private static func refuse(_ errors: [FieldError]) throws(Status) {
        guard !errors.isEmpty else { return }
        // Kubernetes names no kind here.
        var status = Status.invalid(GroupKind(group: "authorization.k8s.io", kind: ""), name: "", FieldErrors(errors))
        status.message = ".authorization.k8s.io \"\" is invalid: \(FieldErrors(errors))"
        status.details?.kind = nil
        throw status
    }

    private static func subject(of review: JSONObject) -> Identity {
        let spec = review["spec"]
        var identity = Identity(name: spec?["user"]?.string ?? "", uid: spec?["uid"]?.string ?? "", groups: spec?["groups"]?.strings ?? [])
        for (key, values) in spec?["extra"]?.object ?? [:] { identity.extra[key] = values.strings }
        return identity
    }

    private static func answer(_ review: JSONObject, _ kind: String, _ user: Identity, _ authorizer: any Authorizing) -> JSONObject {
        let spec = review["spec"]
        let resource = spec?["resourceAttributes"]?.object
        let decision = authorizer.decide(attributes(spec, user))
        var errors = decision.evaluationError.isEmpty ? [] : [decision.evaluationError]
        errors += selectorErrors(resource)
        var status: JSONObject = ["allowed": .bool(decision.isAllowed)]
        if !decision.reason.isEmpty { status["reason"] = .string(decision.reason) }
        if !errors.isEmpty { status["evaluationError"] = .string(errors.joined(separator: "; ")) }
        var answer: JSONObject = ["kind": .string(kind), "apiVersion": apiVersion, "metadata": review["metadata"] ?? [:], "spec": spec ?? [:]]
        answer["status"] = .object(status)
        return answer
    }

    private static func attributes(_ spec: JSONValue?, _ user: Identity) -> AccessAttributes {
        func text(_ attributes: JSONObject, _ key: String) -> String { attributes[key]?.string ?? "" }
        if let resource = spec?["resourceAttributes"]?.object {
            let version = text(resource, "version")
            return AccessAttributes(
                user: user, verb: text(resource, "verb"), group: text(resource, "group"), version: version.isEmpty ? "*" : version,
                resource: text(resource, "resource"), subresource: text(resource, "subresource"), name: text(resource, "name"),
                namespace: text(resource, "namespace"))
        }
        let path = spec?["nonResourceAttributes"]?.object ?? [:]
        return AccessAttributes(user: user, verb: text(path, "verb"), path: text(path, "path"))
    }

    /// Selectors do not count in role based decisions; what cannot be read in them is said all the same.
    private static func selectorErrors(_ resource: JSONObject?) -> [String] {
        var errors: [String] = []
        for name in ["fieldSelector", "labelSelector"] {
            guard let selector = resource?[name]?.object else { continue }
            let raw = selector["rawSelector"]?.string ?? ""
            let requirements = selector["requirements"]?.array ?? []
            let readable = requirements.filter { name == "fieldSelector" ? isReadableField($0) : isReadableLabel($0) }.count
            var isRefused = readable < requirements.count
            if !raw.isEmpty { isRefused = name == "fieldSelector" ? (try? FieldSelector(parsing: raw)) == nil : (try? Selector(parsing: raw)) == nil }
            if isRefused { errors.append("spec.resourceAttributes.\(name) \(readable > 0 ? "partially " : "")ignored due to parse error") }
        }
        return errors
    }

    private static func isReadableField(_ requirement: JSONValue) -> Bool {
        ["In", "NotIn"].contains(requirement["operator"]?.string ?? "") && requirement["values"]?.array?.count == 1
    }

    private static func isReadableLabel(_ requirement: JSONValue) -> Bool {
        (try? Selector(structured: ["matchExpressions": [requirement]])) != nil
    }
}

extension AccessRule {
    fileprivate var withoutPaths: AccessRule {
        var rule = self
        rule.paths = []
        return rule
    }
}
