#definitions("io.k8s.api.admissionregistration.v1")

/// Rules in CEL that requests must pass before they are admitted. It takes effect where a ValidatingAdmissionPolicyBinding uses it.
@resource(
    group: "admissionregistration.k8s.io", version: "v1", plural: "validatingadmissionpolicies", singular: "validatingadmissionpolicy",
    categories: ["api-extensions"], scope: "Cluster", subresources: ["status"])
struct ValidatingAdmissionPolicy {
    /// The requests that are checked, and the rules.
    var spec: ValidatingAdmissionPolicySpec?
    /// What was found while the rules were checked.
    var status: ValidatingAdmissionPolicyStatus?
}

/// The requests that a policy checks, and its rules.
struct ValidatingAdmissionPolicySpec {
    /// The kind of the objects that hold parameters. The variable params is null when not set.
    var paramKind: ParamKind?
    /// The resources and operations that are checked. Required.
    var matchConstraints: MatchResources?
    /// Expressions that must all be true for a request to be checked; at most 64. One that is false lets the request pass unchecked.
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var matchConditions: [MatchCondition]?
    /// Values with names that expressions can use, as variables.NAME. Each may use those before it.
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var variables: [Variable]?
    /// The rules. At least one rule or audit annotation is required.
    @listType("atomic")
    var validations: [Validation]?
    /// What is written into the audit event of a request. At least one rule or audit annotation is required.
    @listType("atomic")
    var auditAnnotations: [AuditAnnotation]?
    /// What happens when the policy is wrong or an expression fails: Fail, the default, refuses the request, Ignore passes over the policy.
    var failurePolicy: String?
}

/// The kind of the objects that hold a policy's parameters.
@mapType("atomic")
struct ParamKind {
    /// The API version, as GROUP/VERSION. Required.
    var apiVersion: String?
    /// The kind. Required.
    var kind: String?
}

/// Which requests are meant: those that match everything here.
@mapType("atomic")
struct MatchResources {
    /// The labels of the object's namespace. Matches everything by default, and objects without a namespace always.
    var namespaceSelector: LabelSelector?
    /// The labels of the object, old or new. Matches everything by default.
    var objectSelector: LabelSelector?
    /// Resources and operations, of which one must match.
    @listType("atomic")
    var resourceRules: [NamedRuleWithOperations]?
    /// Resources and operations that are left out in spite of resourceRules.
    @listType("atomic")
    var excludeResourceRules: [NamedRuleWithOperations]?
    /// Whether a rule also matches requests for another version of the same resource: Equivalent, the default, does, Exact does not.
    var matchPolicy: String?
}

/// Resources, operations and, if needed, names.
@mapType("atomic")
struct NamedRuleWithOperations {
    /// The API groups; * means all. Required.
    @listType("atomic")
    var apiGroups: [String]?
    /// The API versions; * means all. Required.
    @listType("atomic")
    var apiVersions: [String]?
    /// The resources, such as pods, pods/log, pods/* for all its subresources or */scale; * means all but subresources, */* means everything. Required.
    @listType("atomic")
    var resources: [String]?
    /// The operations: CREATE, UPDATE, DELETE, CONNECT, or * for all. Required.
    @listType("atomic")
    var operations: [String]?
    /// Whether resources with or without namespaces are meant: Cluster, Namespaced, or *, the default, for both.
    var scope: String?
    /// The names of single objects. All objects when empty.
    @listType("atomic")
    var resourceNames: [String]?
}

/// An expression that must be true for a request to be checked.
struct MatchCondition {
    /// The condition's name, for messages and audit; unique in the policy.
    var name: String
    /// A CEL expression that gives true or false. It has object, oldObject, request and authorizer.
    var expression: String
}

/// A value with a name.
@mapType("atomic")
struct Variable {
    /// The name, a CEL identifier; unique in the policy.
    var name: String
    /// The CEL expression that gives the value. It is only computed when it is used.
    var expression: String
}

/// A rule that requests must pass.
struct Validation {
    /// A CEL expression that is true when the request may pass. It has object, oldObject, request, params, namespaceObject, variables and authorizer.
    var expression: String
    /// What the user is told when the rule is broken. Required when the expression spans lines; by default it names the expression.
    var message: String?
    /// A CEL expression that gives the message, a text of one line. Wins over message; when it fails, message is used.
    var messageExpression: String?
    /// The machine-readable reason of the refusal: Unauthorized, Forbidden, Invalid or RequestEntityTooLarge. Invalid by default.
    var reason: String?
}

/// Text that is written into the audit event of a request.
struct AuditAnnotation {
    /// The key, which the policy's name is put before, as POLICY/KEY; unique in the policy.
    var key: String
    /// A CEL expression that gives the text, or null for none. Text beyond 10 kB is cut off.
    var valueExpression: String
}

/// What was found while the rules of a policy were checked.
struct ValidatingAdmissionPolicyStatus {
    /// The metadata.generation that this status is about.
    var observedGeneration: Int64?
    /// What type checking found. Not set when it has not run.
    var typeChecking: TypeChecking?
    /// The policy's conditions.
    @listType("map", keys: ["type"])
    var conditions: [Condition]?
}

/// What type checking found in a policy's expressions.
struct TypeChecking {
    /// The warnings.
    @listType("atomic")
    var expressionWarnings: [ExpressionWarning]?
}

/// What is wrong with an expression.
struct ExpressionWarning {
    /// The path of the field that holds the expression, such as spec.validations[0].expression.
    var fieldRef: String
    /// What is wrong, with the types for which it is.
    var warning: String
}

/// Puts a ValidatingAdmissionPolicy into effect, with parameters and for some of the requests that it checks.
@resource(
    group: "admissionregistration.k8s.io", version: "v1", plural: "validatingadmissionpolicybindings", singular: "validatingadmissionpolicybinding",
    categories: ["api-extensions"], scope: "Cluster")
struct ValidatingAdmissionPolicyBinding {
    /// The policy, its parameters and what follows.
    var spec: ValidatingAdmissionPolicyBindingSpec
}

/// How a policy is put into effect.
struct ValidatingAdmissionPolicyBindingSpec {
    /// The policy's name. A binding to a policy that does not exist has no effect. Required.
    var policyName: String
    /// The objects that hold the parameters, of the policy's paramKind.
    var paramRef: ParamRef?
    /// Which of the policy's requests are checked. All by default.
    var matchResources: MatchResources?
    /// What a broken rule leads to: Deny, Warn or Audit. At least one; Deny and Warn cannot be combined.
    @listType("set")
    var validationActions: [String]
}

/// Objects that hold parameters. Exactly one of name and selector must be set.
@mapType("atomic")
struct ParamRef {
    /// The object's name.
    var name: String?
    /// The objects' namespace. That of the request's object when not set; not allowed for kinds without namespaces.
    var namespace: String?
    /// The labels of the objects. The policy is checked with each; an empty selector selects all.
    var selector: LabelSelector?
    /// What happens when there is no such object: Allow lets requests pass, Deny follows the policy's failurePolicy. Required.
    var parameterNotFoundAction: String?
}
