public import KubernetesAPI

/// What a Deployment needs done, in this order.
public struct DeploymentPlan: Hashable, Sendable {
    /// ReplicaSets to give the Deployment's reference, and to take it from. Where there are any, nothing else is planned: their change calls for a new plan.
    public var adopt: [ReplicaSet] = []
    public var release: [ReplicaSet] = []
    /// The ReplicaSet to create for the present template. Where it exists already, the watches are behind: wait for them.
    /// Where the server refuses it for another reason, ``Deployment/status(afterFailingToCreate:why:now:)`` is to be written.
    public var create: ReplicaSet?
    /// ReplicaSets as they should be, in the order in which they are to be written; each has the resource version that it was planned from.
    public var update: [ReplicaSet] = []
    /// ReplicaSets of old revisions that the history has no more room for.
    public var delete: [ReplicaSet] = []
    /// Annotations that the Deployment itself is to get.
    public var annotations: [String: String] = [:]
    /// The status to write; nil where it is that already.
    public var status: DeploymentStatus?
    /// To be told once the changes that they are about were made.
    public var events: [ControllerEvent] = []
    /// When to look again if nothing happens.
    public var checkAgain: Time?

    public init() {}
}

/// Decides the next step of a Deployment's rollout. Each plan takes one step; what it changes calls for the next plan.
///
/// - Parameter replicaSets: of the Deployment's namespace; at least all that it controls and all without a controller.
public func planDeployment(_ deployment: Deployment, replicaSets: [ReplicaSet], now: Time) -> DeploymentPlan {
    var plan = DeploymentPlan()
    guard let spec = deployment.spec else { return plan }
    if spec.selector.members.isEmpty {
        plan.events = [.warning("SelectingAll", "This deployment is selecting all pods. A non-empty selector is required.")]
        var status = deployment.status ?? DeploymentStatus()
        status.observedGeneration = deployment.metadata.generation
        plan.status = status == deployment.status ? nil : status
        return plan
    }
    let claims = Claims(of: deployment, among: replicaSets, selector: spec.selector)
    guard claims.adopted.isEmpty, claims.released.isEmpty else {
        plan.adopt = claims.adopted
        plan.release = claims.released
        return plan
    }
    var rollout = Rollout(deployment, spec, owned: claims.owned, others: replicaSets, now: now)
    rollout.advance()
    return rollout.plan
}
