@testable import NodeAgent
import KubernetesAPI

let noon = MicroTime(Time(secondsSince1970: 1_767_268_800) ?? .min)

func + (time: MicroTime, seconds: Double) -> MicroTime { time.advanced(by: .milliseconds(Int64(seconds * 1000))) }

/// A pod `p` in namespace `ns` with UID `u`.
func pod(
    _ containers: [JSONValue] = [["name": "c", "image": "i"]], inits: [JSONValue] = [], policy: String? = nil, spec more: JSONObject = [:],
    metadata extra: JSONObject = [:], status: JSONObject? = nil
) -> Pod {
    var spec: JSONObject = ["containers": .array(containers)]
    if !inits.isEmpty { spec["initContainers"] = .array(inits) }
    if let policy { spec["restartPolicy"] = .string(policy) }
    for (key, value) in more { spec[key] = value }
    var metadata: JSONObject = ["name": "p", "namespace": "ns", "uid": "u", "generation": 1]
    for (key, value) in extra { metadata[key] = value }
    var members: JSONObject = ["apiVersion": "v1", "kind": "Pod", "metadata": .object(metadata), "spec": .object(spec)]
    if let status { members["status"] = .object(status) }
    return Pod(members: members)
}

func container(_ name: String, _ more: JSONObject = [:]) -> JSONValue {
    var members: JSONObject = ["name": .string(name), "image": "i"]
    for (key, value) in more { members[key] = value }
    return .object(members)
}

/// What is known of a container, in short.
enum Known {
    /// Not started, image in place.
    case pulled
    case running(Double = 0)
    /// Started and found ready.
    case ready(Double = 0)
    case exited(Int32, at: Double = 0)
    /// The restart after the last end waits this long.
    case backedOff(Int32, at: Double, seconds: Int64)
    case stopping(ContainerStop)
    case custom(ContainerObservation)

    var observation: ContainerObservation {
        var state = ContainerObservation(image: .ready)
        switch self {
        case .pulled: break
        case .running(let at): state.run = ContainerRun(id: "x://1", attempt: 0, state: .running(since: noon + at))
        case .ready(let at):
            state.run = ContainerRun(id: "x://1", attempt: 0, state: .running(since: noon + at))
            state.startup.record(.success, of: Probe())
            state.readiness.record(.success, of: Probe())
            state.postStart = .done
        case .exited(let code, let at):
            state.run = ContainerRun(id: "x://1", attempt: 0, state: .exited(ContainerExit(exitCode: code, startedAt: noon, finishedAt: noon + at)))
        case .backedOff(let code, let at, let seconds):
            state.run = ContainerRun(id: "x://2", attempt: 1, state: .exited(ContainerExit(exitCode: code, startedAt: noon, finishedAt: noon + at)))
            state.restartBackOff = BackOff(delay: .seconds(seconds), advancedAt: noon)
        case .stopping(let stop):
            state.run = ContainerRun(id: "x://1", attempt: 0, state: .running(since: noon))
            state.stop = stop
        case .custom(let own): state = own
        }
        return state
    }
}

func observation(_ containers: [String: Known], sandbox: SandboxState = .ready(address: "127.1.2.3")) -> PodObservation {
    var observed = PodObservation(startTime: noon, containers: containers.mapValues(\.observation))
    observed.volumes = .mounted
    observed.sandbox = sandbox
    return observed
}
