#definitions("io.k8s.api.core.v1")

/// A check that is repeated while a container runs. Exactly one of exec, httpGet, tcpSocket and grpc must be set.
struct Probe {
    /// Runs a command in the container. Exit code 0 is a success.
    var exec: ExecAction?
    /// Sends a GET request. A status code from 200 to 399 is a success.
    var httpGet: HTTPGetAction?
    /// Opens a connection. A connection that is accepted is a success.
    var tcpSocket: TCPSocketAction?
    /// Calls the standard gRPC health check.
    var grpc: GRPCAction?
    /// Seconds between the container's start and the first check. 0 by default.
    var initialDelaySeconds: Int32?
    /// Seconds until a check counts as failed. At least 1, which is the default.
    var timeoutSeconds: Int32?
    /// Seconds between checks. At least 1; 10 by default.
    var periodSeconds: Int32?
    /// Successes in a row that make a failed probe succeed again. 1 by default, and always for liveness and startup.
    var successThreshold: Int32?
    /// Failures in a row that make the probe fail. At least 1; 3 by default.
    var failureThreshold: Int32?
    /// Seconds that the container gets to stop after this probe has failed, in place of the pod's own. At least 1; not allowed for readiness probes.
    var terminationGracePeriodSeconds: Int64?
}

/// What happens as a container starts and stops.
struct Lifecycle {
    /// Runs right after the container was created, without waiting for its program. If it fails, the container is killed and restarted as the restart policy
    /// says.
    var postStart: LifecycleHandler?
    /// Runs before the container is sent the stop signal because its pod is deleted or a probe failed, not when the program ends by itself. Its time is part of
    /// the grace period.
    var preStop: LifecycleHandler?
    /// The signal that asks the container to stop, such as SIGUSR1. Needs spec.os.name. Decided by the image, or SIGTERM, when not set.
    var stopSignal: String?
}

/// What a lifecycle hook does. Exactly one member must be set.
struct LifecycleHandler {
    /// Runs a command in the container.
    var exec: ExecAction?
    /// Sends a GET request.
    var httpGet: HTTPGetAction?
    /// Waits for some seconds.
    var sleep: SleepAction?
    /// Deprecated: has no effect in hooks and makes them fail. Kept for old objects.
    var tcpSocket: TCPSocketAction?
}

/// A command to run in a container.
struct ExecAction {
    /// The program and its arguments. It is not run by a shell, so pipes and variables need one to be named. The working directory is the root directory.
    @listType("atomic")
    var command: [String]?
}

/// An HTTP GET request to a container.
struct HTTPGetAction {
    /// The host to connect to. The pod's IP address by default; to set a Host header, use httpHeaders.
    var host: String?
    /// The port, as a number from 1 to 65535 or the name of one of the container's ports.
    var port: IntOrString
    /// The path to request. / by default.
    var path: String?
    /// HTTP or HTTPS, whose certificate is not checked. HTTP by default.
    var scheme: String?
    /// Headers to send. A name may be repeated.
    @listType("atomic")
    var httpHeaders: [HTTPHeader]?
}

/// A header of an HTTP request.
struct HTTPHeader {
    /// The header's name, in any case.
    var name: String
    /// The header's value.
    var value: String
}

/// A connection to a port of a container.
struct TCPSocketAction {
    /// The host to connect to. The pod's IP address by default.
    var host: String?
    /// The port, as a number from 1 to 65535 or the name of one of the container's ports.
    var port: IntOrString
}

/// A call of the gRPC health check, grpc.health.v1.Health/Check.
struct GRPCAction {
    /// The port number of the gRPC server, from 1 to 65535.
    var port: Int32
    /// The service to ask about. Empty by default, which asks about the whole server.
    var service: String?
}

/// A pause.
struct SleepAction {
    /// How many seconds to wait, at most the pod's grace period.
    var seconds: Int64
}
