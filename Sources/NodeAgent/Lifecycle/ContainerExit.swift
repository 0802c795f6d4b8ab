public import KubernetesAPI

/// How one run of a container ended.
public struct ContainerExit: Hashable, Sendable {
    /// 128 plus the signal's number where a signal ended it.
    public var exitCode: Int32
    /// Completed, Error, OOMKilled, ContainerCannotRun or ContainerStatusUnknown.
    public var reason: String
    /// The termination message.
    public var message: String?
    /// Nil when it could not be started.
    public var startedAt: MicroTime?
    public var finishedAt: MicroTime
    public var containerID: String?
    /// Whether a failed startup or liveness probe ended it: it is then started again even when it ended with 0.
    public var isByProbe: Bool

    public init(
        exitCode: Int32, reason: String? = nil, message: String? = nil, startedAt: MicroTime? = nil, finishedAt: MicroTime, containerID: String? = nil,
        isByProbe: Bool = false
    ) {
        self.exitCode = exitCode
        self.reason = reason ?? (exitCode == 0 ? "Completed" : "Error")
        self.message = message
        self.startedAt = startedAt
        self.finishedAt = finishedAt
        self.containerID = containerID
        self.isByProbe = isByProbe
    }

    public var isSuccess: Bool { exitCode == 0 }

    /// A container whose process could not be started, as a container runtime reports it.
    ///
    /// - Parameter exitCode: 127 when the program was not found, 126 when it cannot be executed, otherwise 128.
    public static func cannotRun(_ message: String, exitCode: Int32, at time: MicroTime, containerID: String? = nil) -> ContainerExit {
        ContainerExit(exitCode: exitCode, reason: "ContainerCannotRun", message: message, startedAt: time, finishedAt: time, containerID: containerID)
    }

    /// A container whose end nobody saw, because the agent was not running.
    public static func unknown(startedAt: MicroTime?, at time: MicroTime, containerID: String?) -> ContainerExit {
        ContainerExit(
            exitCode: 137, reason: "ContainerStatusUnknown",
            message: "The container could not be located when the node agent started. The container used to be Running", startedAt: startedAt,
            finishedAt: time, containerID: containerID)
    }

    /// The termination message that a kubelet would take: the file's end, or the log's end where the policy says so and the container failed without writing
    /// one.
    ///
    /// - Parameters:
    ///   - file: what the container wrote to its termination message path.
    ///   - log: its last output.
    /// - Returns: at most 4096 bytes of the file, or 80 lines and 2048 bytes of the log; nil when there is nothing.
    public static func terminationMessage(policy: String?, file: String, log: String, exitCode: Int32) -> String? {
        if !file.isEmpty { return file.end(ofBytes: 4096) }
        guard policy == "FallbackToLogsOnError", exitCode != 0, !log.isEmpty else { return nil }
        let lines = log.split(separator: "\n", omittingEmptySubsequences: false)
        let count = log.hasSuffix("\n") ? 81 : 80
        return lines.suffix(count).joined(separator: "\n").end(ofBytes: 2048)
    }
}

extension String {
    /// The longest end of the text that has at most `count` bytes and no half of a character's encoding.
    fileprivate func end(ofBytes count: Int) -> String {
        guard utf8.count > count else { return self }
        var start = utf8.index(utf8.endIndex, offsetBy: -count)
        while start < utf8.endIndex, utf8[start] & 0xC0 == 0x80 { start = utf8.index(after: start) }
        return String(self[start...])
    }
}
