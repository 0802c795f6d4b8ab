extension GoFieldTable {
    /// Exceptions of the core group. See ``GoFieldTable`` for the notation.
    static let core = """
        core.v1.AWSElasticBlockStoreVolumeSource partition=
        core.v1.AppArmorProfile type:v1.AppArmorProfileType localhostProfile*
        core.v1.AttachedVolume name:v1.UniqueVolumeName
        core.v1.AzureDiskVolumeSource kind*:v1.AzureDataDiskKind cachingMode*:v1.AzureDataDiskCachingMode fsType* readOnly*
        core.v1.AzureFilePersistentVolumeSource secretNamespace?
        core.v1.CSIVolumeSource readOnly* fsType*
        core.v1.Capabilities add:[]v1.Capability drop:[]v1.Capability
        core.v1.ClusterTrustBundleProjection name* signerName* optional*
        core.v1.ConfigMap immutable*
        core.v1.ConfigMapEnvSource optional*
        core.v1.ConfigMapKeySelector optional*
        core.v1.ConfigMapNodeConfigSource uid:types.UID
        core.v1.ConfigMapProjection optional*
        core.v1.ConfigMapVolumeSource optional*
        core.v1.Container imagePullPolicy:v1.PullPolicy resources! restartPolicy*:v1.ContainerRestartPolicy
        core.v1.Container terminationMessagePolicy:v1.TerminationMessagePolicy
        core.v1.ContainerImage names! sizeBytes=
        core.v1.ContainerPort protocol:v1.Protocol hostPort=
        core.v1.ContainerResizePolicy resourceName:v1.ResourceName restartPolicy:v1.ResourceResizeRestartPolicy
        core.v1.ContainerRestartRule action=:v1.ContainerRestartRuleAction
        core.v1.ContainerRestartRuleOnExitCodes operator=:v1.ContainerRestartRuleOnExitCodesOperator
        core.v1.ContainerStateRunning startedAt!
        core.v1.ContainerStateTerminated signal= startedAt! finishedAt!
        core.v1.ContainerStatus state! lastState! started* allocatedResources:v1.ResourceList stopSignal*:v1.Signal
        core.v1.EmptyDirVolumeSource medium:v1.StorageMedium
        core.v1.EndpointAddress nodeName*
        core.v1.EndpointPort protocol:v1.Protocol appProtocol*
        core.v1.EphemeralContainer imagePullPolicy:v1.PullPolicy resources! restartPolicy*:v1.ContainerRestartPolicy
        core.v1.EphemeralContainer terminationMessagePolicy:v1.TerminationMessagePolicy
        core.v1.Event count= firstTimestamp! lastTimestamp! eventTime! source! reportingComponent! reportingInstance!
        core.v1.EventSeries count= lastObservedTime!
        core.v1.FileKeySelector optional*
        core.v1.GCEPersistentDiskVolumeSource partition=
        core.v1.GRPCAction service?
        core.v1.GlusterfsPersistentVolumeSource endpointsNamespace*
        core.v1.HTTPGetAction scheme:v1.URIScheme
        core.v1.HostPathVolumeSource type*:v1.HostPathType
        core.v1.ISCSIPersistentVolumeSource initiatorName*
        core.v1.ISCSIVolumeSource initiatorName*
        core.v1.ImageVolumeSource pullPolicy:v1.PullPolicy
        core.v1.ImageVolumeStatus imageRef=
        core.v1.Lifecycle stopSignal*:v1.Signal
        core.v1.LimitRange spec!
        core.v1.LimitRangeItem type:v1.LimitType min:v1.ResourceList max:v1.ResourceList default:v1.ResourceList defaultRequest:v1.ResourceList
        core.v1.LimitRangeItem maxLimitRequestRatio:v1.ResourceList
        core.v1.LoadBalancerIngress ipMode*:v1.LoadBalancerIPMode
        core.v1.LocalVolumeSource fsType*
        core.v1.ModifyVolumeStatus status:v1.PersistentVolumeClaimModifyVolumeStatus
        core.v1.Namespace spec! status!
        core.v1.NamespaceCondition type:v1.NamespaceConditionType status:v1.ConditionStatus lastTransitionTime!
        core.v1.NamespaceSpec finalizers:[]v1.FinalizerName
        core.v1.NamespaceStatus phase:v1.NamespacePhase
        core.v1.Node spec! status!
        core.v1.NodeAddress type:v1.NodeAddressType
        core.v1.NodeAllocatableResourceClaimStatus resources:map[v1.ResourceName]resource.Quantity
        core.v1.NodeCondition type:v1.NodeConditionType status:v1.ConditionStatus lastHeartbeatTime! lastTransitionTime!
        core.v1.NodeDaemonEndpoints kubeletEndpoint!
        core.v1.NodeFeatures supplementalGroupsPolicy*
        core.v1.NodeRuntimeHandler name!
        core.v1.NodeRuntimeHandlerFeatures recursiveReadOnlyMounts* userNamespaces*
        core.v1.NodeSelectorRequirement operator:v1.NodeSelectorOperator
        core.v1.NodeStatus capacity:v1.ResourceList allocatable:v1.ResourceList nodeInfo! daemonEndpoints! volumesInUse:[]v1.UniqueVolumeName
        core.v1.NodeStatus phase:v1.NodePhase
        core.v1.ObjectReference uid:types.UID
        core.v1.PersistentVolume spec! status!
        core.v1.PersistentVolumeClaim spec! status!
        core.v1.PersistentVolumeClaimCondition type:v1.PersistentVolumeClaimConditionType status:v1.ConditionStatus lastProbeTime!
        core.v1.PersistentVolumeClaimCondition lastTransitionTime!
        core.v1.PersistentVolumeClaimSpec accessModes:[]v1.PersistentVolumeAccessMode resources! storageClassName*
        core.v1.PersistentVolumeClaimSpec volumeMode*:v1.PersistentVolumeMode volumeAttributesClassName*
        core.v1.PersistentVolumeClaimStatus phase:v1.PersistentVolumeClaimPhase accessModes:[]v1.PersistentVolumeAccessMode capacity:v1.ResourceList
        core.v1.PersistentVolumeClaimStatus allocatedResources:v1.ResourceList allocatedResourceStatuses:map[v1.ResourceName]v1.ClaimResourceStatus
        core.v1.PersistentVolumeClaimStatus currentVolumeAttributesClassName*
        core.v1.PersistentVolumeClaimTemplate metadata!
        core.v1.PersistentVolumeSpec capacity:v1.ResourceList accessModes:[]v1.PersistentVolumeAccessMode volumeMode*:v1.PersistentVolumeMode
        core.v1.PersistentVolumeSpec volumeAttributesClassName* persistentVolumeReclaimPolicy:v1.PersistentVolumeReclaimPolicy
        core.v1.PersistentVolumeStatus phase:v1.PersistentVolumePhase
        core.v1.Pod spec! status!
        core.v1.PodCertificateProjection signerName= keyType=
        core.v1.PodCondition type:v1.PodConditionType status:v1.ConditionStatus observedGeneration= lastProbeTime! lastTransitionTime!
        core.v1.PodDNSConfigOption value*
        core.v1.PodOS name:v1.OSName
        core.v1.PodReadinessGate conditionType:v1.PodConditionType
        core.v1.PodResourceClaim resourceClaimName* resourceClaimTemplateName*
        core.v1.PodResourceClaimStatus resourceClaimName*
        core.v1.PodSchedulingGroup podGroupName*
        core.v1.PodSecurityContext runAsNonRoot* supplementalGroupsPolicy*:v1.SupplementalGroupsPolicy
        core.v1.PodSecurityContext fsGroupChangePolicy*:v1.PodFSGroupChangePolicy seLinuxChangePolicy*:v1.PodSELinuxChangePolicy
        core.v1.PodSpec restartPolicy:v1.RestartPolicy preemptionPolicy*:v1.PreemptionPolicy automountServiceAccountToken* hostUsers*
        core.v1.PodSpec shareProcessNamespace* setHostnameAsFQDN* hostnameOverride* dnsPolicy:v1.DNSPolicy enableServiceLinks* runtimeClassName*
        core.v1.PodSpec overhead:v1.ResourceList
        core.v1.PodStatus phase:v1.PodPhase observedGeneration= qosClass:v1.PodQOSClass resize:v1.PodResizeStatus allocatedResources:v1.ResourceList
        core.v1.PodTemplate template!
        core.v1.PodTemplateSpec metadata! spec!
        core.v1.PortStatus protocol:v1.Protocol error*
        core.v1.Probe initialDelaySeconds= timeoutSeconds= periodSeconds= successThreshold= failureThreshold=
        core.v1.ProjectedVolumeSource sources!
        core.v1.ResourceFieldSelector divisor!
        core.v1.ResourceHealth resourceID:v1.ResourceID health:v1.ResourceHealthStatus message*
        core.v1.ResourceQuota spec! status!
        core.v1.ResourceQuotaSpec hard:v1.ResourceList scopes:[]v1.ResourceQuotaScope
        core.v1.ResourceQuotaStatus hard:v1.ResourceList used:v1.ResourceList
        core.v1.ResourceRequirements requests:v1.ResourceList limits:v1.ResourceList
        core.v1.ResourceStatus name:v1.ResourceName
        core.v1.ScaleIOPersistentVolumeSource secretRef?
        core.v1.ScaleIOVolumeSource secretRef?
        core.v1.ScopedResourceSelectorRequirement scopeName:v1.ResourceQuotaScope operator:v1.ScopeSelectorOperator
        core.v1.SeccompProfile type:v1.SeccompProfileType localhostProfile*
        core.v1.Secret type:v1.SecretType immutable*
        core.v1.SecretEnvSource optional*
        core.v1.SecretKeySelector optional*
        core.v1.SecretProjection optional*
        core.v1.SecretVolumeSource optional*
        core.v1.SecurityContext privileged* allowPrivilegeEscalation* readOnlyRootFilesystem* runAsNonRoot* procMount*:v1.ProcMountType
        core.v1.Service spec! status!
        core.v1.ServiceAccount automountServiceAccountToken*
        core.v1.ServicePort protocol:v1.Protocol targetPort! nodePort= appProtocol*
        core.v1.ServiceSpec type:v1.ServiceType ipFamilies:[]v1.IPFamily ipFamilyPolicy*:v1.IPFamilyPolicy sessionAffinity:v1.ServiceAffinity
        core.v1.ServiceSpec internalTrafficPolicy*:v1.ServiceInternalTrafficPolicy externalTrafficPolicy:v1.ServiceExternalTrafficPolicy
        core.v1.ServiceSpec trafficDistribution* healthCheckNodePort= allocateLoadBalancerNodePorts* loadBalancerClass*
        core.v1.ServiceStatus loadBalancer!
        core.v1.Taint effect:v1.TaintEffect
        core.v1.Toleration operator:v1.TolerationOperator effect:v1.TaintEffect
        core.v1.TopologySpreadConstraint whenUnsatisfiable:v1.UnsatisfiableConstraintAction nodeAffinityPolicy*:v1.NodeInclusionPolicy
        core.v1.TopologySpreadConstraint nodeTaintsPolicy*:v1.NodeInclusionPolicy
        core.v1.TypedLocalObjectReference apiGroup?
        core.v1.TypedObjectReference apiGroup? namespace*
        core.v1.VolumeMount recursiveReadOnly*:v1.RecursiveReadOnlyMode mountPropagation*:v1.MountPropagationMode
        core.v1.VolumeMountStatus recursiveReadOnly*:v1.RecursiveReadOnlyMode
        core.v1.VolumeResourceRequirements requests:v1.ResourceList limits:v1.ResourceList
        core.v1.WindowsSecurityContextOptions gmsaCredentialSpecName* gmsaCredentialSpec* runAsUserName* hostProcess*
        """
}
