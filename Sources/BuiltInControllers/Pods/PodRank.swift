import KubernetesAPI

/// The order in which a controller gives up pods: those first that are missed least.
struct PodRank {
    let now: Time
    /// How many active pods of the same kind of work each node has.
    private let podsOnNode: [String: Int]

    /// - Parameter related: the pods of all controllers of the same work, such as those of all ReplicaSets of a Deployment.
    init(related: [Pod], now: Time) {
        self.now = now
        podsOnNode = related.filter(\.isActive).reduce(into: [:]) { $0[$1.spec?.nodeName ?? "", default: 0] += 1 }
    }

    func sorted(_ pods: [Pod]) -> [Pod] {
        pods.map { Candidate($0, podsOnNode: podsOnNode) }.sorted { goesFirst($0, $1) }.map(\.pod)
    }

    private struct Candidate {
        let pod: Pod
        let isScheduled, isReady: Bool
        let phase, cost, podsOnNode: Int
        let readySince, created: Time?
        let restarts: (regular: Int32, sidecars: Int32)

        init(_ pod: Pod, podsOnNode: [String: Int]) {
            self.pod = pod
            let node = pod.spec?.nodeName ?? ""
            isScheduled = !node.isEmpty
            phase =
                switch pod.phase {
                case "Pending": 0;
                case "Unknown": 1;
                default: 2
                }
            isReady = pod.isReady
            cost = Self.deletionCost(of: pod)
            self.podsOnNode = podsOnNode[node] ?? 0
            readySince = pod.readySince
            restarts = pod.mostRestarts
            created = pod.metadata.creationTimestamp
        }

        /// The annotation as Kubernetes reads it: an integer without leading zeroes or plus sign; else 0.
        private static func deletionCost(of pod: Pod) -> Int {
            guard let text = pod.metadata[annotation: "controller.kubernetes.io/pod-deletion-cost"], let cost = Int32(text), text == "\(cost)" else { return 0 }
            return Int(cost)
        }
    }

    private func goesFirst(_ a: Candidate, _ b: Candidate) -> Bool {
        if a.isScheduled != b.isScheduled { return !a.isScheduled }
        if a.phase != b.phase { return a.phase < b.phase }
        if a.isReady != b.isReady { return !a.isReady }
        if a.cost != b.cost { return a.cost < b.cost }
        if a.podsOnNode != b.podsOnNode { return a.podsOnNode > b.podsOnNode }
        if a.isReady, a.readySince != b.readySince { return isYounger(a.readySince, b.readySince) ?? isFirstByUID(a, b) }
        if a.restarts.regular != b.restarts.regular { return a.restarts.regular > b.restarts.regular }
        if a.restarts.sidecars != b.restarts.sidecars { return a.restarts.sidecars > b.restarts.sidecars }
        if a.created != b.created { return isYounger(a.created, b.created) ?? isFirstByUID(a, b) }
        return isFirstByUID(a, b)
    }

    /// Ages are told apart only by their order of magnitude (a power of two): among pods of about the same age it is not always the youngest that goes.
    /// Nil where they are about the same.
    private func isYounger(_ a: Time?, _ b: Time?) -> Bool? {
        guard let a, let b else { return a == nil }
        let (ages, other) = (magnitude(of: a), magnitude(of: b))
        return ages == other ? nil : ages < other
    }

    private func magnitude(of time: Time) -> Int {
        let seconds = now.secondsSince1970 - time.secondsSince1970
        return seconds <= 0 ? -1 : 63 - (min(seconds, 9_000_000_000) * 1_000_000_000).leadingZeroBitCount  // of nanoseconds, as in Kubernetes
    }

    private func isFirstByUID(_ a: Candidate, _ b: Candidate) -> Bool { a.pod.uid.utf8.lexicographicallyPrecedes(b.pod.uid.utf8) }
}
