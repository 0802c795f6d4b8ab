import KubernetesAPI

/// The slices of a Service for one family of addresses, while it is worked out which pod stands where.
struct EndpointSliceStep {
    /// How many endpoints a slice has at most.
    private static let capacity = 100

    let service: Service
    /// `IPv4` or `IPv6`.
    let family: String
    let present: [EndpointSlice]
    let zone: (String) -> String?
    var plan = EndpointSlicePlan()
    private var taken: Set<String>

    init(_ service: Service, family: String, present: [EndpointSlice], zone: @escaping (String) -> String?) {
        (self.service, self.family, self.zone) = (service, family, zone)
        self.present = present.filter { !$0.metadata.isBeingDeleted }.sorted { $0.name < $1.name }
        taken = Set(present.map(\.name))
    }

    mutating func place(_ pods: [Pod]) {
        // Ports by name may be other numbers in other pods: pods of the same ports share slices.
        var groups: [(ports: [EndpointPort], endpoints: [Endpoint])] = []
        for pod in pods {
            guard let endpoint = endpoint(of: pod) else { continue }
            let ports = ports(of: pod)
            if let position = groups.firstIndex(where: { $0.ports == ports }) {
                groups[position].endpoints.append(endpoint)
            } else {
                groups.append((ports, [endpoint]))
            }
        }
        var left = present
        for group in groups {
            let fitting = left.filter { ($0.ports ?? []) == group.ports }
            left.removeAll { slice in fitting.contains { $0.name == slice.name } }
            fill(fitting, with: group.endpoints, group.ports)
        }
        // A Service without endpoints has one empty slice: that it is known to have none is something else than not to know.
        if groups.isEmpty {
            if let first = left.first {
                update(first, endpoints: [], ports: [])
                left.removeFirst()
            } else {
                create(endpoints: [], ports: [])
            }
        }
        plan.delete += left
        // What would be deleted while another is created becomes the other: no one sees the Service without a slice.
        while let old = plan.delete.last, let new = plan.create.popLast() {
            plan.delete.removeLast()
            update(old, endpoints: new.endpoints ?? [], ports: new.ports ?? [])
        }
    }

    /// Endpoints stay in the slices that they are in, and new ones go where there is room, fullest slice first.
    private mutating func fill(_ slices: [EndpointSlice], with endpoints: [Endpoint], _ ports: [EndpointPort]) {
        var remaining = Dictionary(endpoints.map { ($0.targetRef?.uid ?? "", $0) }, uniquingKeysWith: { first, _ in first })
        var contents: [(slice: EndpointSlice, endpoints: [Endpoint])] = []
        for slice in slices {
            let kept = (slice.endpoints ?? []).compactMap { remaining.removeValue(forKey: $0.targetRef?.uid ?? "") }
            contents.append((slice, kept))
        }
        var new = endpoints.filter { remaining[$0.targetRef?.uid ?? ""] != nil }
        for position in contents.indices.sorted(by: { contents[$0].endpoints.count > contents[$1].endpoints.count }) {
            let room = max(0, Self.capacity - contents[position].endpoints.count)
            contents[position].endpoints += new.prefix(room)
            new.removeFirst(min(room, new.count))
        }
        for (slice, endpoints) in contents {
            if endpoints.isEmpty { plan.delete.append(slice) } else { update(slice, endpoints: endpoints, ports: ports) }
        }
        while !new.isEmpty {
            create(endpoints: Array(new.prefix(Self.capacity)), ports: ports)
            new.removeFirst(min(Self.capacity, new.count))
        }
    }

    private mutating func update(_ slice: EndpointSlice, endpoints: [Endpoint], ports: [EndpointPort]) {
        var updated = slice
        if slice.endpoints ?? [] != endpoints { updated.endpoints = endpoints }
        if slice.ports ?? [] != ports { updated.ports = ports }
        if slice.metadata.labels ?? [:] != labels { updated.metadata.labels = labels }
        if updated != slice { plan.update.append(updated) }
    }

    private mutating func create(endpoints: [Endpoint], ports: [EndpointPort]) {
        let prefix = service.name + "-"
        let name = ChildName.free(1, prefix: prefix, owner: service.uid + family, taken: taken)[0]
        taken.insert(name)
        var meta = ObjectMeta(name: name, namespace: service.namespace)
        meta.generateName = prefix
        meta.labels = labels
        meta.ownerReferences = [OwnerReference(controller: service)]
        plan.create.append(EndpointSlice(metadata: meta, addressType: family, endpoints: endpoints, ports: ports))
    }

    private var labels: [String: String] {
        var labels = service.metadata.labels ?? [:]
        labels[EndpointSliceMark.service] = service.name
        labels[EndpointSliceMark.managedBy] = EndpointSliceMark.controller
        labels[EndpointSliceMark.headless] = isHeadless ? "" : nil
        return labels
    }

    private var isHeadless: Bool { (service.spec?.clusterIP ?? "").isEmpty || service.spec?.clusterIP == "None" }
}
