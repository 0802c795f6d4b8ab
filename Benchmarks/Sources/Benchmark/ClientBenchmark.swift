import Foundation
import KubernetesAPI
import KubernetesClient
import Synchronization

/// Calls a second against nginx, beside nghttp2's own load generator and the official Python client, and watches over one connection against granian.
func clientBenchmark() async throws -> [Row] { try await callRows() + watchRows() }

private func client(for server: PeerServer) throws -> KubernetesClient {
    let configuration = ClientConfiguration(server: try ServerURL(parsing: server.url), trust: .file(path: server.certificate.path))
    return KubernetesClient(configuration, settings: KubernetesClient.Settings(rateLimiter: nil))
}

private func callRows() async throws -> [Row] {
    let path = "api/v1/namespaces/default/configmaps/settings"
    let server = try PeerServer {
        let file = $0.appendingPathComponent(path)
        try FileManager.default.createDirectory(at: file.deletingLastPathComponent(), withIntermediateDirectories: true)
        let object: JSONValue = [
            "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["name": "settings", "namespace": "default", "resourceVersion": "7"],
            "data": ["text": .string(String(repeating: "x", count: 800))],
        ]
        try Data(object.serialized()).write(to: file)
    } command: {
        let configuration = """
            daemon off; worker_processes 1; pid \($0.folder.path)/pid; error_log /dev/null; events { worker_connections 1000; }
            http {
              access_log off; client_body_temp_path \($0.folder.path)/t; proxy_temp_path \($0.folder.path)/t; fastcgi_temp_path \($0.folder.path)/t;
              uwsgi_temp_path \($0.folder.path)/t; scgi_temp_path \($0.folder.path)/t; keepalive_requests 100000000; http2_max_concurrent_streams 1000;
              server {
                listen 127.0.0.1:\($0.port) ssl http2; ssl_certificate \($0.certificate.path); ssl_certificate_key \($0.key.path);
                root \($0.folder.path); default_type application/json;
              }
            }
            """
        try? Data(configuration.utf8).write(to: $0.folder.appendingPathComponent("nginx.conf"))
        return ["nginx", "-p", $0.folder.path, "-c", "nginx.conf", "-e", "/dev/null"]
    }
    guard let server else { return [missing("calls", "nginx")] }
    let client = try client(for: server)
    let settings = client.resources(ConfigMap.self, in: "default")
    var rows: [Row] = []

    let concurrent = 64
    let count = 12_800
    var ours: [Double] = [], h2load: [Double] = []
    for _ in 0..<5 {
        ours.append(
            try await rate(count) {
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    for _ in 0..<concurrent { tasks.addTask { for _ in 0..<(count / concurrent) { _ = try await settings.get("settings") } } }
                    try await tasks.waitForAll()
                }
            })
        let text = try output(of: "h2load", ["-n", "\(count)", "-c", "1", "-m", "\(concurrent)", "\(server.url)/\(path)"]) ?? ""
        h2load.append(text.firstMatch(of: /([0-9.]+) req\/s/).flatMap { Double($0.1) } ?? .nan)
    }
    rows.append(row("calls/s, 64 at once on one connection, 1 KiB ConfigMap, typed", ours, "h2load (bytes only)", h2load, target: "-"))

    var one: [Double] = [], python: [Double] = []
    for _ in 0..<5 {
        one.append(try await rate(2_000) { for _ in 0..<2_000 { _ = try await settings.get("settings") } })
        let text = try output(of: venv("python3"), [peer("python_client.py").path, server.url, server.certificate.path, "1000"])
        python.append(text.flatMap { Double($0.trimmingCharacters(in: .whitespacesAndNewlines)) } ?? .nan)
    }
    rows.append(row("calls/s, one at a time", one, "kubernetes for Python", python, target: "-"))
    let connections = client.statistics.map(\.connectionsMade).reduce(0, +)
    rows.append(Row(what: "  connections made for all of them", martlet: "\(connections)", peer: "-", ratio: "-", target: "1"))
    await client.shutdown()
    return rows
}

private func watchRows() async throws -> [Row] {
    var rows: [Row] = []
    for count in [100, 300, 1_000] {
        let server = try PeerServer {
            [
                venv("granian"), "--interface", "asgi", "--http", "auto", "--host", "127.0.0.1", "--port", "\($0.port)", "--ssl-certificate",
                $0.certificate.path,
                "--ssl-keyfile", $0.key.path, "--http2-max-concurrent-streams", "5000", "--no-ws", "--no-access-log", "--log-level", "critical",
                "--working-dir", peer("").path, "watch_server:app",
            ]
        }
        guard let server else { return rows + [missing("watches", "granian")] }
        let client = try client(for: server)
        let received = EventCounter()
        let opening = ContinuousClock.now
        let watching = Task {
            try await withThrowingTaskGroup(of: Void.self) { tasks in
                for _ in 0..<count {
                    tasks.addTask {
                        for try await _ in client.resources(ConfigMap.self, in: "default").watch(WatchOptions(resourceVersion: "1")) { received.increment() }
                    }
                }
                try await tasks.waitForAll()
            }
        }
        var sent = 0
        var open = 0
        while open < count {
            open = try await sendEvent(client, number: 0)
            sent += open
            try await Task.sleep(for: .milliseconds(10))
        }
        let opened = ContinuousClock.now - opening
        await received.reach(sent)
        var latencies: [Double] = []
        for number in 1...9 {
            let start = ContinuousClock.now
            sent += try await sendEvent(client, number: number)
            await received.reach(sent)
            latencies.append((ContinuousClock.now - start) / .seconds(1))
        }
        let connections = client.statistics.map(\.connectionsMade).reduce(0, +)
        rows.append(
            Row(
                what: "\(count) watches: opened; one event read by all", martlet: "\(milliseconds(opened / .seconds(1))); \(milliseconds(median(latencies)))",
                peer: "\(connections) connection(s)", ratio: "-", target: "1 connection"))
        watching.cancel()
        _ = try? await watching.value
        await client.shutdown()
    }
    return rows
}

/// Sends one event to all watchers; returns how many there are.
private func sendEvent(_ client: KubernetesClient, number: Int) async throws -> Int {
    let answer = try await client.raw("POST", "/event", query: [("number", "\(number)")])
    return Int(try JSONValue(parsing: answer)["watchers"]?.integer ?? 0)
}

/// Counts what many tasks see, and lets one wait for a number.
private final class EventCounter: Sendable {
    private let state = Mutex<(count: Int, waiting: (target: Int, continuation: CheckedContinuation<Void, Never>)?)>((0, nil))

    func increment() {
        state.withLock { state in
            state.count += 1
            if let waiting = state.waiting, state.count >= waiting.target {
                state.waiting = nil
                waiting.continuation.resume()
            }
        }
    }

    func reach(_ target: Int) async {
        await withCheckedContinuation { continuation in
            state.withLock { state in
                if state.count >= target { continuation.resume() } else { state.waiting = (target, continuation) }
            }
        }
    }
}

private func rate(_ count: Int, _ body: () async throws -> Void) async rethrows -> Double {
    let start = ContinuousClock.now
    try await body()
    return Double(count) / ((ContinuousClock.now - start) / .seconds(1))
}

private func row(_ what: String, _ ours: [Double], _ name: String, _ theirs: [Double], target: String) -> Row {
    let us = median(ours), them = median(theirs)
    return Row(
        what: what, martlet: String(format: "%.0f/s", us), peer: them.isNaN ? "\(name) is missing" : "\(name) \(String(format: "%.0f/s", them))",
        ratio: them.isNaN ? "-" : String(format: "%.2f x", us / them), target: target)
}

private func missing(_ what: String, _ program: String) -> Row {
    Row(what: what, martlet: "-", peer: "\(program) is missing (scripts/setup --bench)", ratio: "-", target: "-")
}
