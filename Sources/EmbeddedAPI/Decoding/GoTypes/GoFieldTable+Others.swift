extension GoFieldTable {
    /// Exceptions of all other groups, and of metadata. See ``GoFieldTable`` for the notation.
    static let others = """
        admissionregistration.v1.MatchResources matchPolicy*:v1.MatchPolicyType
        admissionregistration.v1.NamedRuleWithOperations operations:[]v1.OperationType scope*:v1.ScopeType
        admissionregistration.v1.ParamRef parameterNotFoundAction*:v1.ParameterNotFoundActionType
        admissionregistration.v1.ValidatingAdmissionPolicy spec! status!
        admissionregistration.v1.ValidatingAdmissionPolicyBindingSpec policyName= validationActions=:[]v1.ValidationAction
        admissionregistration.v1.ValidatingAdmissionPolicySpec failurePolicy*:v1.FailurePolicyType
        admissionregistration.v1.ValidatingAdmissionPolicyStatus observedGeneration=
        admissionregistration.v1.Validation reason*:v1.StatusReason
        apiextensions.v1.CustomResourceColumnDefinition priority=
        apiextensions.v1.CustomResourceConversion strategy:v1.ConversionStrategyType
        apiextensions.v1.CustomResourceDefinition status!
        apiextensions.v1.CustomResourceDefinitionCondition type:v1.CustomResourceDefinitionConditionType status:v1.ConditionStatus
        apiextensions.v1.CustomResourceDefinitionCondition observedGeneration= lastTransitionTime!
        apiextensions.v1.CustomResourceDefinitionSpec scope:v1.ResourceScope
        apiextensions.v1.CustomResourceDefinitionStatus observedGeneration= conditions! acceptedNames! storedVersions!
        apiextensions.v1.CustomResourceDefinitionVersion deprecationWarning*
        apiextensions.v1.CustomResourceSubresourceScale labelSelectorPath*
        apiextensions.v1.JSONSchemaProps $schema:v1.JSONSchemaURL $ref* definitions:v1.JSONSchemaDefinitions dependencies:v1.JSONSchemaDependencies
        apiextensions.v1.JSONSchemaProps x-kubernetes-preserve-unknown-fields* x-kubernetes-list-type* x-kubernetes-map-type*
        apiextensions.v1.JSONSchemaProps x-kubernetes-validations:v1.ValidationRules
        apiextensions.v1.ServiceReference path*
        apiextensions.v1.ValidationRule reason*:v1.FieldValueErrorReason optionalOldSelf*
        apiextensions.v1.WebhookClientConfig url*
        authentication.v1.BoundObjectReference uid:types.UID
        authentication.v1.SelfSubjectReview status!
        authentication.v1.SelfSubjectReviewStatus userInfo!
        authentication.v1.TokenRequest spec! status!
        authentication.v1.TokenRequestSpec audiences! expirationSeconds? boundObjectRef?
        authentication.v1.TokenRequestStatus token! expirationTimestamp!
        authentication.v1.TokenReview status!
        authentication.v1.TokenReviewSpec token=
        authentication.v1.TokenReviewStatus user!
        authentication.v1.UserInfo extra:map[string]v1.ExtraValue
        authorization.v1.LocalSubjectAccessReview status!
        authorization.v1.SelfSubjectAccessReview status!
        authorization.v1.SelfSubjectRulesReview status!
        authorization.v1.SubjectAccessReview status!
        authorization.v1.SubjectAccessReviewSpec extra:map[string]v1.ExtraValue
        coordination.v1.Lease spec!
        coordination.v1.LeaseSpec holderIdentity* strategy*:v1.CoordinatedLeaseStrategy preferredHolder*
        discovery.v1.Endpoint conditions! hostname* nodeName* zone*
        discovery.v1.EndpointConditions ready* serving* terminating*
        discovery.v1.EndpointPort name* protocol*:v1.Protocol appProtocol*
        discovery.v1.EndpointSlice addressType:v1.AddressType endpoints! ports!
        events.v1.Event regarding! deprecatedSource! deprecatedFirstTimestamp! deprecatedLastTimestamp! deprecatedCount=
        meta.v1.APIGroup preferredVersion!
        meta.v1.APIResource verbs:v1.Verbs
        meta.v1.Condition observedGeneration= status:v1.ConditionStatus
        meta.v1.DeleteOptions ignoreStoreReadErrorWithClusterBreakingPotential* orphanDependents* propagationPolicy*:v1.DeletionPropagation
        meta.v1.FieldSelectorRequirement operator:v1.FieldSelectorOperator
        meta.v1.LabelSelectorRequirement operator:v1.LabelSelectorOperator
        meta.v1.ManagedFieldsEntry operation:v1.ManagedFieldsOperationType
        meta.v1.ObjectMeta creationTimestamp= generation= uid:types.UID
        meta.v1.OwnerReference blockOwnerDeletion* controller* uid:types.UID
        meta.v1.Preconditions resourceVersion* uid*:types.UID
        meta.v1.Status code= metadata! reason:v1.StatusReason
        meta.v1.StatusCause reason:v1.CauseType
        meta.v1.StatusDetails retryAfterSeconds= uid:types.UID
        networking.v1.HTTPIngressPath pathType?:v1.PathType
        networking.v1.Ingress spec! status!
        networking.v1.IngressClass spec!
        networking.v1.IngressClassParametersReference apiGroup* scope? namespace*
        networking.v1.IngressPortStatus protocol:v1.Protocol error*
        networking.v1.IngressServiceBackend port!
        networking.v1.IngressSpec ingressClassName*
        networking.v1.IngressStatus loadBalancer!
        networking.v1.NetworkPolicy spec!
        networking.v1.NetworkPolicyPort protocol*:v1.Protocol
        networking.v1.NetworkPolicySpec podSelector! policyTypes:[]v1.PolicyType
        networking.v1.ServiceBackendPort number=
        rbac.v1.ClusterRole rules!
        rbac.v1.Role rules!
        rbac.v1.RoleRef apiGroup!

        """
}
