import KubernetesAPI

/// Fields of a pod and amounts of its containers as text, for `fieldRef` and `resourceFieldRef`.
struct PodFields {
    let pod: Pod
    let podIP: String
    let hostIP: String
    let allocatable: [String: Quantity]

    /// - Throws: ``ContainerConfigError`` for a field that cannot be referred to.
    func value(of path: String) throws(ContainerConfigError) -> String {
        if let (field, key) = Self.subscripted(path) {
            switch field {
            case "metadata.annotations": return pod.metadata[annotation: key] ?? ""
            case "metadata.labels": return pod.metadata[label: key] ?? ""
            default: throw ContainerConfigError("fieldPath \(path.quotedAsGo) does not support subscript")
            }
        }
        switch path {
        case "metadata.name": return pod.name
        case "metadata.namespace": return pod.namespace ?? ""
        case "metadata.uid": return pod.uid
        case "metadata.labels": return Self.lines(pod.metadata.labels ?? [:])
        case "metadata.annotations": return Self.lines(pod.metadata.annotations ?? [:])
        case "spec.nodeName": return pod.spec?.nodeName ?? ""
        case "spec.serviceAccountName": return pod.spec?.serviceAccountName ?? ""
        case "status.podIP", "status.podIPs": return podIP
        case "status.hostIP", "status.hostIPs": return hostIP
        default: throw ContainerConfigError("unsupported fieldPath: \(path)")
        }
    }

    /// `metadata.labels['a']` as field and key.
    static func subscripted(_ path: String) -> (field: String, key: String)? {
        guard path.hasSuffix("']"), let open = path.firstRange(of: "['") else { return nil }
        return (String(path[..<open.lowerBound]), String(path[open.upperBound...].dropLast(2)))
    }

    private static func lines(_ entries: [String: String]) -> String {
        entries.sorted { $0.key < $1.key }.map { "\($0.key)=\($0.value.quotedAsGo)" }.joined(separator: "\n")
    }

    /// An amount in units of the divisor, rounded up. A limit that is not set is what the node has.
    ///
    /// - Throws: ``ContainerConfigError`` for an unknown container or resource.
    func value(of selector: ResourceFieldSelector, in container: Container?) throws(ContainerConfigError) -> String {
        var container = container
        if let name = selector.containerName, !name.isEmpty {
            let all = (pod.spec?.initContainers ?? []) + (pod.spec?.containers ?? [])
            guard let named = all.first(where: { $0.name == name }) else { throw ContainerConfigError("container \(name) not found") }
            container = named
        }
        let parts = selector.resource.split(separator: ".", maxSplits: 1).map(String.init)
        guard parts.count == 2, ["limits", "requests"].contains(parts[0]), Self.isKnown(parts[1]) else {
            throw ContainerConfigError("unsupported container resource : \(selector.resource)")
        }
        let name = parts[1]
        let limit = container?.resources?.limits?[name]
        let amount: Quantity
        if parts[0] == "limits" {
            amount = limit.flatMap { $0.isZero ? nil : $0 } ?? allocatable[name] ?? .zero
        } else {
            amount = container?.resources?.requests?[name] ?? .zero
        }
        let divisor = selector.divisor.flatMap { $0.isZero ? nil : $0 } ?? Quantity(1)
        let (dividend, unit) = name == "cpu" ? (amount.milliValue(), divisor.milliValue()) : (amount.value(), divisor.value())
        guard unit > 0 else { return "0" }
        return String((dividend + unit - 1) / unit)
    }

    private static func isKnown(_ name: String) -> Bool { ["cpu", "memory", "ephemeral-storage"].contains(name) || name.hasPrefix("hugepages-") }
}
