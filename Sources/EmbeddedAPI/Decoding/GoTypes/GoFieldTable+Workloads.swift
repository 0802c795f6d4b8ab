extension GoFieldTable {
    /// Exceptions of the groups apps, autoscaling, batch and policy. See ``GoFieldTable`` for the notation.
    static let workloads = """
        apps.v1.ControllerRevision data!
        apps.v1.DaemonSet spec! status!
        apps.v1.DaemonSetCondition type:v1.DaemonSetConditionType status:v1.ConditionStatus lastTransitionTime!
        apps.v1.DaemonSetSpec selector? updateStrategy! minReadySeconds=
        apps.v1.DaemonSetStatus observedGeneration= updatedNumberScheduled= numberAvailable= numberUnavailable=
        apps.v1.DaemonSetUpdateStrategy type:v1.DaemonSetUpdateStrategyType
        apps.v1.Deployment spec! status!
        apps.v1.DeploymentCondition type:v1.DeploymentConditionType status:v1.ConditionStatus lastUpdateTime! lastTransitionTime!
        apps.v1.DeploymentSpec selector? strategy! minReadySeconds=
        apps.v1.DeploymentStatus observedGeneration= replicas= updatedReplicas= readyReplicas= availableReplicas= unavailableReplicas=
        apps.v1.DeploymentStrategy type:v1.DeploymentStrategyType
        apps.v1.ReplicaSet spec! status!
        apps.v1.ReplicaSetCondition type:v1.ReplicaSetConditionType status:v1.ConditionStatus lastTransitionTime!
        apps.v1.ReplicaSetSpec selector? template! minReadySeconds=
        apps.v1.ReplicaSetStatus observedGeneration= fullyLabeledReplicas= readyReplicas= availableReplicas=
        apps.v1.StatefulSet spec! status!
        apps.v1.StatefulSetCondition type:v1.StatefulSetConditionType status:v1.ConditionStatus lastTransitionTime!
        apps.v1.StatefulSetOrdinals start!
        apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy whenDeleted:v1.PersistentVolumeClaimRetentionPolicyType
        apps.v1.StatefulSetPersistentVolumeClaimRetentionPolicy whenScaled:v1.PersistentVolumeClaimRetentionPolicyType
        apps.v1.StatefulSetSpec selector? serviceName! podManagementPolicy:v1.PodManagementPolicyType updateStrategy! minReadySeconds=
        apps.v1.StatefulSetStatus observedGeneration= readyReplicas= currentReplicas= updatedReplicas= availableReplicas!
        apps.v1.StatefulSetUpdateStrategy type:v1.StatefulSetUpdateStrategyType
        autoscaling.v1.HorizontalPodAutoscaler spec! status!
        autoscaling.v1.Scale spec! status!
        autoscaling.v1.ScaleSpec replicas=
        autoscaling.v2.ContainerResourceMetricSource name:v1.ResourceName
        autoscaling.v2.ContainerResourceMetricStatus name:v1.ResourceName
        autoscaling.v2.HPAScalingPolicy type:v2.HPAScalingPolicyType
        autoscaling.v2.HPAScalingRules selectPolicy*:v2.ScalingPolicySelect
        autoscaling.v2.HorizontalPodAutoscaler status!
        autoscaling.v2.HorizontalPodAutoscalerCondition type:v2.HorizontalPodAutoscalerConditionType status:v1.ConditionStatus lastTransitionTime!
        autoscaling.v2.HorizontalPodAutoscalerStatus currentReplicas= currentMetrics!
        autoscaling.v2.MetricSpec type:v2.MetricSourceType
        autoscaling.v2.MetricStatus type:v2.MetricSourceType
        autoscaling.v2.MetricTarget type:v2.MetricTargetType
        autoscaling.v2.ResourceMetricSource name:v1.ResourceName
        autoscaling.v2.ResourceMetricStatus name:v1.ResourceName
        batch.v1.CronJob status!
        batch.v1.CronJobSpec timeZone* concurrencyPolicy:v1.ConcurrencyPolicy suspend*
        batch.v1.Job spec! status!
        batch.v1.JobCondition type:v1.JobConditionType status:v1.ConditionStatus lastProbeTime! lastTransitionTime!
        batch.v1.JobSpec completionMode*:v1.CompletionMode podReplacementPolicy*:v1.PodReplacementPolicy suspend* manualSelector* managedBy*
        batch.v1.JobStatus active= succeeded= failed= failedIndexes*
        batch.v1.JobTemplateSpec metadata! spec!
        batch.v1.PodFailurePolicyOnExitCodesRequirement containerName* operator:v1.PodFailurePolicyOnExitCodesOperator
        batch.v1.PodFailurePolicyOnPodConditionsPattern type:v1.PodConditionType status!:v1.ConditionStatus
        batch.v1.PodFailurePolicyRule action:v1.PodFailurePolicyAction
        batch.v1.SuccessPolicyRule succeededIndexes*
        batch.v1.UncountedTerminatedPods succeeded:[]types.UID failed:[]types.UID
        policy.v1.PodDisruptionBudget spec! status!
        policy.v1.PodDisruptionBudgetSpec unhealthyPodEvictionPolicy*:v1.UnhealthyPodEvictionPolicyType
        policy.v1.PodDisruptionBudgetStatus observedGeneration= disruptionsAllowed! currentHealthy! desiredHealthy! expectedPods!
        """
}
