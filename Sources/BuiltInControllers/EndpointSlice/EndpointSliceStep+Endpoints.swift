import KubernetesAPI

extension EndpointSliceStep {
    /// Where the pod is; nil for a pod that has ended, or that has no address of the family yet.
    func endpoint(of pod: Pod) -> Endpoint? {
        let addresses = addresses(of: pod)
        guard !pod.isFinished, !addresses.isEmpty else { return nil }
        let (isServing, isTerminating) = (pod.isReady, pod.metadata.isBeingDeleted)
        // A pod that is ending is not for new clients, though it may still serve.
        let isReady = service.spec?.publishNotReadyAddresses == true || (isServing && !isTerminating)
        var endpoint = Endpoint(
            addresses: addresses, conditions: EndpointConditions(ready: isReady, serving: isServing, terminating: isTerminating),
            targetRef: ObjectReference(members: [
                "kind": "Pod", "namespace": .string(pod.namespace ?? ""), "name": .string(pod.name), "uid": .string(pod.uid),
            ]))
        if let node = pod.spec?.nodeName, !node.isEmpty {
            endpoint.nodeName = node
            endpoint.zone = zone(node)
        }
        if let hostname = pod.spec?.hostname, !hostname.isEmpty, pod.spec?.subdomain == service.name { endpoint.hostname = hostname }
        return endpoint
    }

    private func addresses(of pod: Pod) -> [String] {
        let all = pod.status?.podIPs?.map(\.ip) ?? [pod.status?.podIP ?? ""]
        return all.filter { !$0.isEmpty && $0.utf8.contains(UInt8(ascii: ":")) == (family == "IPv6") }
    }

    /// The Service's ports as this pod has them. A port by a name that no container of the pod has is left out.
    func ports(of pod: Pod) -> [EndpointPort] {
        (service.spec?.ports ?? []).compactMap { port in
            guard let number = number(of: port, in: pod) else { return nil }
            return EndpointPort(name: port.name ?? "", port: number, protocol: port.protocol, appProtocol: port.appProtocol)
        }
    }

    private func number(of port: ServicePort, in pod: Pod) -> Int32? {
        switch port.targetPort {
        case nil, .int(0)?: return port.port
        case .int(let number)?: return number
        case .string(let name)?:
            let sidecars = (pod.spec?.initContainers ?? []).filter { $0.members["restartPolicy"]?.string == "Always" }
            for container in (pod.spec?.containers ?? []) + sidecars {
                if let found = container.ports?.first(where: { $0.name == name && $0.protocol == port.protocol }) { return found.containerPort }
            }
            return nil
        }
    }
}
