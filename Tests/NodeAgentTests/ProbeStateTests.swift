import KubernetesAPI
import Testing

@testable import NodeAgent

@Test(
    arguments: [
        ("readiness begins unready", .readiness, "", .failure),
        ("one success is enough", .readiness, "+", .success),
        ("failures below the threshold change nothing", .readiness, "+--", .success),
        ("three failures in a row do", .readiness, "+---", .failure),
        ("a success between starts the count again", .readiness, "+--+--", .success),
        ("errors do not count", .readiness, "+--?-", .failure),
        ("liveness begins alive", .liveness, "", .success),
        ("and dies by three failures", .liveness, "---", .failure),
        ("startup begins unknown", .startup, "--", .unknown),
        ("and succeeds", .startup, "--+", .success),
    ] as [(String, ProbeState.Kind, String, ProbeState.Result)])
func counts(_ rule: String, _ kind: ProbeState.Kind, _ outcomes: String, _ result: ProbeState.Result) {
    var state = ProbeState(kind)
    for outcome in outcomes { state.record(outcome == "+" ? .success : outcome == "-" ? .failure("no") : .error("?"), of: Probe()) }
    #expect(state.result == result)
}

@Test func probesKeepTheirTime() {
    let probe = Probe(initialDelaySeconds: 3, periodSeconds: 5)
    var state = ProbeState(.readiness)
    #expect(state.next(probe, startedAt: noon, now: noon) == .wait(until: noon + 3))
    #expect(state.next(probe, startedAt: noon, now: noon + 3) == .run)
    state.begin(now: noon + 3)
    #expect(state.next(probe, startedAt: noon, now: noon + 9) == .idle, "one at a time")
    state.record(.failure("no"), of: probe)
    #expect(state.next(probe, startedAt: noon, now: noon + 4) == .wait(until: noon + 8))
    #expect(state.next(probe, startedAt: noon, now: noon + 8) == .run)
    #expect(state.eventMessage(for: .failure("no")) == "Readiness probe failed: no")
}

@Test func aStartupProbeEndsWithItsFirstSuccess() {
    var state = ProbeState(.startup)
    state.record(.success, of: Probe())
    #expect(state.next(Probe(), startedAt: noon, now: noon + 100) == .idle)
}

@Test(
    arguments: [
        (["httpGet": ["port": "web", "path": "x"]], "http://127.1.2.3:8080/x"),
        (["httpGet": ["port": 443, "scheme": "HTTPS", "host": "::1"]], "https://[::1]:443/"),
        (["httpGet": ["port": "nope"]], "couldn't find port \"nope\" in container \"c\""),
        (["httpGet": ["port": 70000]], "invalid port number: 70000"),
    ] as [(JSONObject, String)])
func targets(_ probe: JSONObject, _ expected: String) {
    let container = Container(members: ["name": "c", "ports": [["name": "web", "containerPort": 8080]]])
    do throws(ProbeTargetError) {
        guard case .http(let url, let headers) = try ProbeTarget(Probe(members: probe), of: container, podIP: "127.1.2.3") else { return }
        #expect(url == expected)
        #expect(headers.map(\.name) == ["User-Agent", "Accept"])
    } catch {
        #expect(error.message == expected)
    }
}
