public import KubernetesAPI

/// How a simulated container behaves, by annotations of its pod: `simulation.martlet.dev/RULE` for all containers,
/// `simulation.martlet.dev/RULE.CONTAINER` for one.
///
/// | rule | value | means |
/// |---|---|---|
/// | `start-after` | duration such as `1.5s`, 0 by default | how long an image and a start take |
/// | `run-for` | duration | then the container ends; by default it runs until it is stopped, or ends at once where the pod's restartPolicy is not Always |
/// | `exit-codes` | such as `1,1,0` | of the first run, the second, …; the last one repeats; 0 by default |
/// | `exit-reason` | such as `OOMKilled` | of runs that fail |
/// | `ready-after` | duration, full seconds | from the start until it is ready |
/// | `stop-after` | duration, 0 by default | from SIGTERM to the end, with exit code 143 |
/// | `image-failure` | text | the image cannot be pulled, for this reason |
///
/// A node is lost from the moment that it has the annotation `simulation.martlet.dev/lost`, with any value: no heartbeat, and its pods stand still.
public struct SimulationRules: Hashable, Sendable {
    public static let prefix = "simulation.martlet.dev/"

    public var startAfter: Duration = .zero
    /// Nil for until it is stopped.
    public var runFor: Duration?
    public var exitCodes: [Int32] = [0]
    public var exitReason: String?
    public var readyAfter: Duration = .zero
    public var stopAfter: Duration = .zero
    public var imageFailure: String?

    /// What cannot be read counts as not set.
    public init(of container: Container, in pod: Pod) {
        let metadata = pod.metadata
        func text(_ rule: String) -> String? {
            metadata[annotation: Self.prefix + "\(rule).\(container.name)"] ?? metadata[annotation: Self.prefix + rule]
        }
        func duration(_ rule: String) -> Duration? {
            guard let text = text(rule), let parsed = try? DurationText(parsing: text), parsed.nanoseconds >= 0 else { return nil }
            return parsed.duration
        }
        startAfter = duration("start-after") ?? .zero
        let isInit = pod.spec?.initContainers?.contains { $0.name == container.name } ?? false
        let endsByItself = isInit ? !container.isSidecar : pod.spec?.restartPolicy ?? "Always" != "Always"
        // A rule for the whole pod is about its work, not about what is to run beside it.
        let own = metadata[annotation: Self.prefix + "run-for.\(container.name)"] != nil
        runFor = (isInit && !own ? nil : duration("run-for")) ?? (endsByItself ? .zero : nil)
        let codes = isInit ? metadata[annotation: Self.prefix + "exit-codes.\(container.name)"] : text("exit-codes")
        let parsed = (codes ?? "").split(separator: ",").compactMap { Int32($0.filter { $0 != " " }) }
        if !parsed.isEmpty { exitCodes = parsed }
        exitReason = text("exit-reason")
        readyAfter = duration("ready-after") ?? .zero
        stopAfter = duration("stop-after") ?? .zero
        imageFailure = text("image-failure")
    }

    func exitCode(ofRun attempt: Int) -> Int32 { exitCodes[min(attempt, exitCodes.count - 1)] }

    /// Whether a node plays lost.
    public static func isLost(_ node: Node) -> Bool { node.metadata[annotation: prefix + "lost"] != nil }
}
