extension ProtobufFieldTable {
    /// The remaining groups. See ``ProtobufFieldTable`` for the notation.
    static let others = """
        apiextensions.v1.CustomResourceColumnDefinition name type format description priority jsonPath
        apiextensions.v1.CustomResourceConversion strategy webhook
        apiextensions.v1.CustomResourceDefinition metadata spec status
        apiextensions.v1.CustomResourceDefinitionCondition type status lastTransitionTime reason message observedGeneration
        apiextensions.v1.CustomResourceDefinitionList metadata items
        apiextensions.v1.CustomResourceDefinitionNames plural singular shortNames kind listKind categories
        apiextensions.v1.CustomResourceDefinitionSpec group 3:names scope 7:versions 9:conversion preserveUnknownFields
        apiextensions.v1.CustomResourceDefinitionStatus conditions acceptedNames storedVersions observedGeneration
        apiextensions.v1.CustomResourceDefinitionVersion name served storage schema subresources additionalPrinterColumns deprecated deprecationWarning
        apiextensions.v1.CustomResourceDefinitionVersion + selectableFields
        apiextensions.v1.CustomResourceSubresourceScale specReplicasPath statusReplicasPath labelSelectorPath
        apiextensions.v1.CustomResourceSubresourceStatus
        apiextensions.v1.CustomResourceSubresources status scale
        apiextensions.v1.CustomResourceValidation openAPIV3Schema
        apiextensions.v1.ExternalDocumentation description url
        apiextensions.v1.JSONSchemaProps id $schema $ref description type format title default maximum exclusiveMaximum minimum exclusiveMinimum maxLength
        apiextensions.v1.JSONSchemaProps + minLength pattern maxItems minItems uniqueItems multipleOf enum maxProperties minProperties required items allOf
        apiextensions.v1.JSONSchemaProps + oneOf anyOf not properties additionalProperties patternProperties dependencies additionalItems definitions
        apiextensions.v1.JSONSchemaProps + externalDocs example nullable x-kubernetes-preserve-unknown-fields x-kubernetes-embedded-resource
        apiextensions.v1.JSONSchemaProps + x-kubernetes-int-or-string x-kubernetes-list-map-keys x-kubernetes-list-type x-kubernetes-map-type
        apiextensions.v1.JSONSchemaProps + x-kubernetes-validations
        apiextensions.v1.SelectableField jsonPath
        apiextensions.v1.ServiceReference namespace name path port
        apiextensions.v1.ValidationRule rule message messageExpression reason fieldPath optionalOldSelf
        apiextensions.v1.WebhookClientConfig service caBundle url
        apiextensions.v1.WebhookConversion 2:clientConfig conversionReviewVersions
        coordination.v1.Lease metadata spec
        coordination.v1.LeaseList metadata items
        coordination.v1.LeaseSpec holderIdentity leaseDurationSeconds acquireTime renewTime leaseTransitions strategy preferredHolder
        discovery.v1.Endpoint addresses conditions hostname targetRef deprecatedTopology nodeName zone hints
        discovery.v1.EndpointConditions ready serving terminating
        discovery.v1.EndpointHints forZones forNodes
        discovery.v1.EndpointPort name protocol port appProtocol
        discovery.v1.EndpointSlice metadata endpoints ports addressType
        discovery.v1.EndpointSliceList metadata items
        discovery.v1.ForNode name
        discovery.v1.ForZone name
        events.v1.Event metadata eventTime series reportingController reportingInstance action reason regarding related note type deprecatedSource
        events.v1.Event + deprecatedFirstTimestamp deprecatedLastTimestamp deprecatedCount
        events.v1.EventList metadata items
        events.v1.EventSeries count lastObservedTime
        networking.v1.HTTPIngressPath path backend pathType
        networking.v1.HTTPIngressRuleValue paths
        networking.v1.IPBlock cidr except
        networking.v1.Ingress metadata spec status
        networking.v1.IngressBackend 3:resource service
        networking.v1.IngressClass metadata spec
        networking.v1.IngressClassList metadata items
        networking.v1.IngressClassParametersReference apiGroup kind name scope namespace
        networking.v1.IngressClassSpec controller parameters
        networking.v1.IngressList metadata items
        networking.v1.IngressLoadBalancerIngress ip hostname 4:ports
        networking.v1.IngressLoadBalancerStatus ingress
        networking.v1.IngressPortStatus port protocol error
        networking.v1.IngressRule host @networking.v1.IngressRuleValue
        networking.v1.IngressRuleValue http
        networking.v1.IngressServiceBackend name port
        networking.v1.IngressSpec defaultBackend tls rules ingressClassName
        networking.v1.IngressStatus loadBalancer
        networking.v1.IngressTLS hosts secretName
        networking.v1.NetworkPolicy metadata spec
        networking.v1.NetworkPolicyEgressRule ports to
        networking.v1.NetworkPolicyIngressRule ports from
        networking.v1.NetworkPolicyList metadata items
        networking.v1.NetworkPolicyPeer podSelector namespaceSelector ipBlock
        networking.v1.NetworkPolicyPort protocol port endPort
        networking.v1.NetworkPolicySpec podSelector ingress egress policyTypes
        networking.v1.ServiceBackendPort name number
        """
}
