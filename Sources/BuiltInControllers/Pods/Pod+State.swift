public import KubernetesAPI

/// What the controllers ask of a pod, in Kubernetes' sense of the words.
extension Pod {
    public var phase: String { members["status"]?["phase"]?.string ?? "" }

    /// All its containers ended, and will not be started again.
    public var isFinished: Bool { phase == "Succeeded" || phase == "Failed" }

    /// Counts as one of its controller's pods: neither finished nor being deleted.
    public var isActive: Bool { !isFinished && !metadata.isBeingDeleted }

    /// Being deleted, and not at its end yet.
    public var isTerminating: Bool { !isFinished && metadata.isBeingDeleted }

    public var isReady: Bool { status?.conditions?.contains { $0.type == "Ready" && $0.status == "True" } ?? false }

    /// Since when the pod is ready; nil where it is not, or where that is not said.
    public var readySince: Time? { status?.conditions?.first { $0.type == "Ready" && $0.status == "True" }?.lastTransitionTime }

    /// When a ready pod has been ready for `minReadySeconds`; nil where it is not ready.
    func availableFrom(minReadySeconds: Int32) -> Time? {
        guard isReady else { return nil }
        if minReadySeconds <= 0 { return .min }
        return readySince.map { $0.advanced(by: .seconds(minReadySeconds)) }
    }

    /// How often its containers were started again, most often restarted one first: of regular containers, and of sidecars.
    var mostRestarts: (regular: Int32, sidecars: Int32) {
        let sidecars = Set((spec?.initContainers ?? []).filter { $0.members["restartPolicy"]?.string == "Always" }.map(\.name))
        let ofSidecars = (status?.initContainerStatuses ?? []).filter { sidecars.contains($0.name) }.map(\.restartCount).max() ?? 0
        return ((status?.containerStatuses ?? []).map(\.restartCount).max() ?? 0, ofSidecars)
    }

    /// When it came to its end: the end of its last container, else when it ceased to be ready, was deleted or created.
    var finishTime: Time {
        let ends = ((status?.containerStatuses ?? []) + (status?.initContainerStatuses ?? [])).compactMap { $0.state?.terminated?.finishedAt }
        if let last = ends.max() { return last }
        if let ready = status?.conditions?.first(where: { $0.type == "Ready" }), ready.status == "False", let time = ready.lastTransitionTime { return time }
        return metadata.deletionTimestamp ?? metadata.creationTimestamp ?? .min
    }
}
