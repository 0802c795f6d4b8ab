extension ProtobufFieldTable {
    /// Who may do what, and what all objects have. See ``ProtobufFieldTable`` for the notation.
    static let access = """
        admissionregistration.v1.AuditAnnotation key valueExpression
        admissionregistration.v1.ExpressionWarning 2:fieldRef warning
        admissionregistration.v1.MatchCondition name expression
        admissionregistration.v1.MatchResources namespaceSelector objectSelector resourceRules excludeResourceRules 7:matchPolicy
        admissionregistration.v1.NamedRuleWithOperations resourceNames @admissionregistration.v1.RuleWithOperations
        admissionregistration.v1.ParamKind apiVersion kind
        admissionregistration.v1.ParamRef name namespace selector parameterNotFoundAction
        admissionregistration.v1.Rule apiGroups apiVersions resources scope
        admissionregistration.v1.RuleWithOperations operations @admissionregistration.v1.Rule
        admissionregistration.v1.TypeChecking expressionWarnings
        admissionregistration.v1.ValidatingAdmissionPolicy metadata spec status
        admissionregistration.v1.ValidatingAdmissionPolicyBinding metadata spec
        admissionregistration.v1.ValidatingAdmissionPolicyBindingList metadata items
        admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec policyName paramRef matchResources validationActions
        admissionregistration.v1.ValidatingAdmissionPolicyList metadata items
        admissionregistration.v1.ValidatingAdmissionPolicySpec paramKind matchConstraints validations failurePolicy auditAnnotations matchConditions variables
        admissionregistration.v1.ValidatingAdmissionPolicyStatus observedGeneration typeChecking conditions
        admissionregistration.v1.Validation expression message reason messageExpression
        admissionregistration.v1.Variable name expression
        authentication.v1.BoundObjectReference kind apiVersion name uid
        authentication.v1.SelfSubjectReview metadata status
        authentication.v1.SelfSubjectReviewStatus userInfo
        authentication.v1.TokenRequest metadata spec status
        authentication.v1.TokenRequestSpec audiences 3:boundObjectRef expirationSeconds
        authentication.v1.TokenRequestStatus token expirationTimestamp
        authentication.v1.TokenReview metadata spec status
        authentication.v1.TokenReviewSpec token audiences
        authentication.v1.TokenReviewStatus authenticated user error audiences
        authentication.v1.UserInfo username uid groups extra
        authorization.v1.FieldSelectorAttributes rawSelector requirements
        authorization.v1.LabelSelectorAttributes rawSelector requirements
        authorization.v1.LocalSubjectAccessReview metadata spec status
        authorization.v1.NonResourceAttributes path verb
        authorization.v1.NonResourceRule verbs nonResourceURLs
        authorization.v1.ResourceAttributes namespace verb group version resource subresource name fieldSelector labelSelector
        authorization.v1.ResourceRule verbs apiGroups resources resourceNames
        authorization.v1.SelfSubjectAccessReview metadata spec status
        authorization.v1.SelfSubjectAccessReviewSpec resourceAttributes nonResourceAttributes
        authorization.v1.SelfSubjectRulesReview metadata spec status
        authorization.v1.SelfSubjectRulesReviewSpec namespace
        authorization.v1.SubjectAccessReview metadata spec status
        authorization.v1.SubjectAccessReviewSpec resourceAttributes nonResourceAttributes user groups extra uid
        authorization.v1.SubjectAccessReviewStatus allowed reason evaluationError denied
        authorization.v1.SubjectRulesReviewStatus resourceRules nonResourceRules incomplete evaluationError
        meta.v1.Condition type status observedGeneration lastTransitionTime reason message
        meta.v1.DeleteOptions gracePeriodSeconds preconditions orphanDependents propagationPolicy dryRun ignoreStoreReadErrorWithClusterBreakingPotential
        meta.v1.FieldSelectorRequirement key operator values
        meta.v1.LabelSelector matchLabels matchExpressions
        meta.v1.LabelSelectorRequirement key operator values
        meta.v1.ListMeta selfLink resourceVersion continue remainingItemCount shardInfo
        meta.v1.ManagedFieldsEntry manager operation apiVersion time 6:fieldsType fieldsV1 subresource
        meta.v1.ObjectMeta name generateName namespace selfLink uid resourceVersion generation creationTimestamp deletionTimestamp deletionGracePeriodSeconds
        meta.v1.ObjectMeta + labels annotations ownerReferences finalizers 17:managedFields
        meta.v1.OwnerReference kind 3:name uid apiVersion controller blockOwnerDeletion
        meta.v1.Preconditions uid resourceVersion
        meta.v1.ShardInfo selector
        meta.v1.Status metadata status message reason details code
        meta.v1.StatusCause reason message field
        meta.v1.StatusDetails name group kind causes retryAfterSeconds uid
        rbac.v1.AggregationRule clusterRoleSelectors
        rbac.v1.ClusterRole metadata rules aggregationRule
        rbac.v1.ClusterRoleBinding metadata subjects roleRef
        rbac.v1.ClusterRoleBindingList metadata items
        rbac.v1.ClusterRoleList metadata items
        rbac.v1.PolicyRule verbs apiGroups resources resourceNames nonResourceURLs
        rbac.v1.Role metadata rules
        rbac.v1.RoleBinding metadata subjects roleRef
        rbac.v1.RoleBindingList metadata items
        rbac.v1.RoleList metadata items
        rbac.v1.RoleRef apiGroup kind name
        rbac.v1.Subject kind apiGroup name namespace
        """
}
