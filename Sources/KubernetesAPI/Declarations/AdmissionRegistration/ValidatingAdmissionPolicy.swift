#definitions("io.k8s.api.admissionregistration.v1")

@resource(group: "admissionregistration.k8s.io", version: "v1", plural: "validatingadmissionpolicies", singular: "validatingadmissionpolicy",
    categories: ["api-extensions"], scope: "Cluster", subresources: ["status"])
struct ValidatingAdmissionPolicy {
    var spec: ValidatingAdmissionPolicySpec?
    var status: ValidatingAdmissionPolicyStatus?
}

struct ValidatingAdmissionPolicySpec {
    @listType("atomic")
    var auditAnnotations: [AuditAnnotation]?
    var failurePolicy: String?
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var matchConditions: [MatchCondition]?
    var matchConstraints: MatchResources?
    var paramKind: ParamKind?
    @listType("atomic")
    var validations: [Validation]?
    @listType("map", keys: ["name"]) @patch("merge", key: "name")
    var variables: [Variable]?
}

@mapType("atomic")
struct ParamKind {
    var apiVersion: String?
    var kind: String?
}

@mapType("atomic")
struct MatchResources {
    @listType("atomic")
    var excludeResourceRules: [NamedRuleWithOperations]?
    var matchPolicy: String?
    var namespaceSelector: LabelSelector?
    var objectSelector: LabelSelector?
    @listType("atomic")
    var resourceRules: [NamedRuleWithOperations]?
}

@mapType("atomic")
struct NamedRuleWithOperations {
    @listType("atomic")
    var apiGroups: [String]?
    @listType("atomic")
    var apiVersions: [String]?
    @listType("atomic")
    var operations: [String]?
    @listType("atomic")
    var resourceNames: [String]?
    @listType("atomic")
    var resources: [String]?
    var scope: String?
}

struct MatchCondition {
    var expression: String
    var name: String
}

@mapType("atomic")
struct Variable {
    var expression: String
    var name: String
}

struct Validation {
    var expression: String
    var message: String?
    var messageExpression: String?
    var reason: String?
}

struct AuditAnnotation {
    var key: String
    var valueExpression: String
}

struct ValidatingAdmissionPolicyStatus {
    @listType("map", keys: ["type"])
    var conditions: [Condition]?
    var observedGeneration: Int64?
    var typeChecking: TypeChecking?
}

struct TypeChecking {
    @listType("atomic")
    var expressionWarnings: [ExpressionWarning]?
}

struct ExpressionWarning {
    var fieldRef: String
    var warning: String
}

@resource(group: "admissionregistration.k8s.io", version: "v1", plural: "validatingadmissionpolicybindings", singular: "validatingadmissionpolicybinding",
    categories: ["api-extensions"], scope: "Cluster")
struct ValidatingAdmissionPolicyBinding {
    var spec: ValidatingAdmissionPolicyBindingSpec
}

struct ValidatingAdmissionPolicyBindingSpec {
    var policyName: String
    @listType("set")
    var validationActions: [String]
    var matchResources: MatchResources?
    var paramRef: ParamRef?
}

@mapType("atomic")
struct ParamRef {
    var name: String?
    var namespace: String?
    var parameterNotFoundAction: String?
    var selector: LabelSelector?
}
