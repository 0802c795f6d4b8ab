public import KubernetesAPI

/// A node as the scheduler sees it: what it has and what is taken.
public struct NodeState: Sendable {
    /// What matters of a pod on the node.
    struct Placed: Sendable {
        let namespace: String
        let labels: [String: String]
        let requests: [String: Quantity]
        let hostPorts: [HostPort]
        let antiAffinity: [PodAffinityTerm]
    }

    struct HostPort: Hashable, Sendable {
        let ip: String
        let `protocol`: String
        let port: Int32

        func collides(with other: HostPort) -> Bool {
            port == other.port && `protocol` == other.protocol && (ip == other.ip || ip == "0.0.0.0" || other.ip == "0.0.0.0")
        }
    }

    public let node: Node
    public private(set) var requested: [String: Quantity] = [:]
    private(set) var placed: [String: Placed] = [:]

    public init(_ node: Node) { self.node = node }

    /// The same pods on a newer version of the node.
    public func updated(_ node: Node) -> NodeState {
        var state = NodeState(node)
        (state.requested, state.placed) = (requested, placed)
        return state
    }

    public var podCount: Int { placed.count }
    public var allocatable: [String: Quantity] { node.status?.allocatable ?? node.status?.capacity ?? [:] }

    /// Counts a pod that is bound to the node, unless it has ended or is counted already.
    public mutating func add(_ pod: Pod) {
        guard !pod.isFinal, placed[pod.uid] == nil, let spec = pod.spec else { return }
        let requests = spec.totalRequests
        placed[pod.uid] = Placed(
            namespace: pod.namespace ?? "", labels: pod.metadata.labels ?? [:], requests: requests, hostPorts: spec.hostPorts,
            antiAffinity: spec.affinity?.podAntiAffinity?.requiredDuringSchedulingIgnoredDuringExecution ?? [])
        requested.add(requests)
    }

    /// The pod has gone or ended.
    public mutating func remove(uid: String) {
        guard let pod = placed.removeValue(forKey: uid) else { return }
        for (name, amount) in pod.requests { requested[name, default: .zero] -= amount }
    }
}

extension PodSpec {
    var hostPorts: [NodeState.HostPort] {
        ((initContainers ?? []).filter(\.isSidecar) + containers).flatMap { $0.ports ?? [] }.compactMap { port in
            guard let hostPort = port.hostPort, hostPort > 0 else { return nil }
            return NodeState.HostPort(ip: port.hostIP.flatMap { $0.isEmpty ? nil : $0 } ?? "0.0.0.0", protocol: port.protocol, port: hostPort)
        }
    }
}
