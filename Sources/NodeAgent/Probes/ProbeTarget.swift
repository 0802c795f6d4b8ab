public import KubernetesAPI

/// Where a probe or lifecycle hook goes, with named ports and default addresses filled in.
public enum ProbeTarget: Hashable, Sendable {
    case exec([String])
    case http(url: String, headers: [HTTPHeader])
    case tcp(host: String, port: Int32)
    case grpc(host: String, port: Int32, service: String)
    case sleep(seconds: Int64)

    /// - Throws: ``ProbeTargetError``, in a kubelet's words.
    public init(_ probe: Probe, of container: Container, podIP: String) throws(ProbeTargetError) {
        if let exec = probe.exec {
            self = .exec(exec.command ?? [])
        } else if let http = probe.httpGet {
            self = try Self.http(http, of: container, podIP: podIP, agent: "kube-probe/1.36")
        } else if let tcp = probe.tcpSocket {
            self = .tcp(host: Self.host(tcp.host, podIP), port: try Self.port(tcp.port, of: container))
        } else if let grpc = probe.grpc {
            self = .grpc(host: podIP, port: grpc.port, service: grpc.service ?? "")
        } else {
            throw ProbeTargetError(message: "missing probe handler for \(container.name)")
        }
    }

    /// - Throws: ``ProbeTargetError``, in a kubelet's words.
    public init(_ hook: LifecycleHandler, of container: Container, podIP: String) throws(ProbeTargetError) {
        if let exec = hook.exec {
            self = .exec(exec.command ?? [])
        } else if let http = hook.httpGet {
            self = try Self.http(http, of: container, podIP: podIP, agent: "kube-lifecycle/1.36")
        } else if let sleep = hook.sleep {
            self = .sleep(seconds: sleep.seconds)
        } else {
            throw ProbeTargetError(message: "invalid handler: \(container.name)")
        }
    }

    private static func http(_ action: HTTPGetAction, of container: Container, podIP: String, agent: String) throws(ProbeTargetError) -> ProbeTarget {
        let scheme = (action.scheme ?? "HTTP") == "HTTPS" ? "https" : "http"
        let host = host(action.host, podIP)
        let authority = host.contains(":") ? "[\(host)]" : host
        var path = action.path ?? "/"
        if !path.hasPrefix("/") { path = "/" + path }
        var headers = action.httpHeaders ?? []
        // An empty value says that the header is not to be sent.
        for (name, value) in [("User-Agent", agent), ("Accept", "*/*")] where !headers.contains(where: { $0.name.lowercased() == name.lowercased() }) {
            headers.append(HTTPHeader(name: name, value: value))
        }
        return .http(
            url: "\(scheme)://\(authority):\(try port(action.port, of: container))\(path)",
            headers: headers.filter { !($0.value.isEmpty && ["user-agent", "accept"].contains($0.name.lowercased())) })
    }

    private static func host(_ host: String?, _ podIP: String) -> String { host.flatMap { $0.isEmpty ? nil : $0 } ?? podIP }

    private static func port(_ port: IntOrString, of container: Container) throws(ProbeTargetError) -> Int32 {
        let number: Int32
        switch port {
        case .int(let value): number = value
        case .string(let name):
            if let named = container.ports?.first(where: { $0.name == name })?.containerPort {
                number = named
            } else if let value = Int32(name) {
                number = value
            } else {
                throw ProbeTargetError(message: "couldn't find port \(name.quotedAsGo) in container \(container.name.quotedAsGo)")
            }
        }
        guard (1...65535).contains(number) else { throw ProbeTargetError(message: "invalid port number: \(number)") }
        return number
    }
}

/// A probe or hook that cannot be made: the attempt counts as an error, not as a failure.
public struct ProbeTargetError: Error, Hashable, Sendable {
    public var message: String
}

extension ProbeState.Outcome {
    /// What an HTTP answer means: 200...399 is success.
    ///
    /// - Parameter body: its beginning, which a failure shows.
    public init(httpStatus: Int, body: String) {
        self = (200..<400).contains(httpStatus) ? .success : .failure("HTTP probe failed with statuscode: \(httpStatus)")
    }

    /// What the end of an exec probe's command means.
    public init(exitCode: Int32, output: String) { self = exitCode == 0 ? .success : .failure(output) }

    /// A command that did not end in time.
    public static func execTimedOut(after seconds: Int32, command: [String]) -> ProbeState.Outcome {
        .failure("command timed out: \(command.joined(separator: " ").quotedAsGo) timed out after \(DurationText(nanoseconds: Int64(seconds) * 1_000_000_000))")
    }
}
