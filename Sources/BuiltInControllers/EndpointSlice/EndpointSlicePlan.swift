public import KubernetesAPI

/// What a Service needs done about its EndpointSlices.
public struct EndpointSlicePlan: Hashable, Sendable {
    public var create: [EndpointSlice] = []
    /// Slices as they should be; each has the resource version that it was planned from.
    public var update: [EndpointSlice] = []
    public var delete: [EndpointSlice] = []

    public init() {}
}

/// Decides which EndpointSlices tell where the pods of a Service are.
///
/// A pod stays in its slice, and slices keep their names, so that few of them change when a pod does.
///
/// - Parameters:
///   - pods: of the Service's namespace; its selector chooses among them.
///   - slices: of its namespace; those of this controller for the Service are looked at.
///   - zone: the zone of a node; nil where it has none.
public func planEndpointSlices(
    of service: Service, pods: [Pod], slices: [EndpointSlice], zone: @escaping (_ node: String) -> String? = { _ in nil }
) -> EndpointSlicePlan {
    var plan = EndpointSlicePlan()
    let mine = slices.filter { slice in
        slice.metadata[label: EndpointSliceMark.service] == service.name && slice.namespace == service.namespace
            && slice.metadata[label: EndpointSliceMark.managedBy] == EndpointSliceMark.controller
    }
    let isManaged = service.spec?.type != "ExternalName" && service.spec?.selector?.isEmpty == false && !service.metadata.isBeingDeleted
    guard isManaged, let spec = service.spec, let selector = spec.selector else {
        // Without a selector slices are others' to make; those made before stay, as they do in Kubernetes, until the Service goes.
        if service.spec?.type == "ExternalName" { plan.delete = mine }
        return plan
    }
    let chosen = pods.filter { pod in selector.allSatisfy { pod.metadata[label: $0.key] == $0.value } }.sorted { $0.name < $1.name }
    let families = spec.ipFamilies.flatMap { $0.isEmpty ? nil : $0 } ?? ["IPv4"]
    for family in families {
        var step = EndpointSliceStep(service, family: family, present: mine.filter { $0.addressType == family }, zone: zone)
        step.place(chosen)
        plan.create += step.plan.create
        plan.update += step.plan.update
        plan.delete += step.plan.delete
    }
    plan.delete += mine.filter { !families.contains($0.addressType) }
    return plan
}

/// The labels of EndpointSlices.
public enum EndpointSliceMark {
    public static let service = "kubernetes.io/service-name"
    public static let managedBy = "endpointslice.kubernetes.io/managed-by"
    public static let controller = "endpointslice-controller.k8s.io"
    static let headless = "service.kubernetes.io/headless"
}
