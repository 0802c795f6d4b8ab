/// The kinds that run pods, scale them and protect them, and the policies of admission.
public enum WorkloadKinds {
    /// All of them, without a look into the expressions of policies.
    public static let all: [any BuiltInKind] = all { _ in nil }

    /// - Parameter expressionProblem: checks the expressions of policies.
    public static func all(checkingExpressions expressionProblem: @escaping PolicyExpressionCheck) -> [any BuiltInKind] {
        [
            DeploymentKind(), ReplicaSetKind(), StatefulSetKind(), DaemonSetKind(), ControllerRevisionKind(), JobKind(), CronJobKind(),
            HorizontalPodAutoscalerKind(), PodDisruptionBudgetKind(), ValidatingAdmissionPolicyKind(problem: expressionProblem),
            ValidatingAdmissionPolicyBindingKind(),
        ]
    }
}
