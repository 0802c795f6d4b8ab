/// The kinds that run pods, scale them and protect them, and the policies of admission.
public enum WorkloadKinds {
    public static let all: [any BuiltInKind] = [
        DeploymentKind(), ReplicaSetKind(), StatefulSetKind(), DaemonSetKind(), ControllerRevisionKind(), JobKind(), CronJobKind(),
        HorizontalPodAutoscalerKind(), HorizontalPodAutoscalerVersionOneKind(),
        PodDisruptionBudgetKind(), ValidatingAdmissionPolicyKind(), ValidatingAdmissionPolicyBindingKind(),
    ]
}
