#definitions("io.k8s.api.core.v1")

struct Probe {
    var exec: ExecAction?
    var failureThreshold: Int32?
    var grpc: GRPCAction?
    var httpGet: HTTPGetAction?
    var initialDelaySeconds: Int32?
    var periodSeconds: Int32?
    var successThreshold: Int32?
    var tcpSocket: TCPSocketAction?
    var terminationGracePeriodSeconds: Int64?
    var timeoutSeconds: Int32?
}

struct Lifecycle {
    var postStart: LifecycleHandler?
    var preStop: LifecycleHandler?
    var stopSignal: String?
}

struct LifecycleHandler {
    var exec: ExecAction?
    var httpGet: HTTPGetAction?
    var sleep: SleepAction?
    var tcpSocket: TCPSocketAction?
}

struct ExecAction {
    @listType("atomic")
    var command: [String]?
}

struct HTTPGetAction {
    var port: IntOrString
    var host: String?
    @listType("atomic")
    var httpHeaders: [HTTPHeader]?
    var path: String?
    var scheme: String?
}

struct HTTPHeader {
    var name: String
    var value: String
}

struct TCPSocketAction {
    var port: IntOrString
    var host: String?
}

struct GRPCAction {
    var port: Int32
    var service: String?
}

struct SleepAction {
    var seconds: Int64
}
