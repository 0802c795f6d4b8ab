import Foundation
import KubernetesAPI
import KubernetesClient
import Synchronization

/// Durable writes a second of 16 clients, of ConfigMaps and of custom resources.
func writeRows(_ server: EmbeddedServer) async throws -> [Row] {
    let clients = (0..<16).map { _ in server.client() }
    var rows = [try await etcdRow(server)]
    _ = try await clients[0].raw("POST", "/apis/apiextensions.k8s.io/v1/customresourcedefinitions", body: widgets.serialized())
    let kinds: [(name: String, path: String, object: @Sendable (String, String) -> JSONValue)] = [
        ("ConfigMap", "/api/v1/namespaces/default/configmaps", { configMap($0, text: $1) }),
        ("custom resource", "/apis/bench.example.com/v1/namespaces/default/widgets", { widget($0, text: $1) }),
    ]
    while (try? await clients[0].raw("GET", kinds[1].path)) == nil { try await Task.sleep(for: .milliseconds(20)) }
    for (kind, path, object) in kinds {
        for count in [1_600, 4_800, 16_000] {
            let created = try await rate(count, clients: clients) { client, number in
                _ = try await client.raw("POST", path, body: object("made-\(count)-\(number)", text(number)).serialized())
            }
            rows.append(row("creates/s, \(count) of a \(kind), 16 clients", created))
        }
        for count in [1_600, 4_800, 16_000] { rows.append(row("updates/s, \(count) of a \(kind)", try await updates(count, clients, path, object))) }
        for count in [1_600, 4_800, 16_000] {
            let applied = try await rate(count, clients: clients) { client, number in
                let name = "applied-\(number % clients.count)"
                _ = try await client.raw(
                    "PATCH", path + "/" + name, query: [("fieldManager", "bench"), ("force", "true")], body: object(name, text(number)).serialized(),
                    contentType: "application/apply-patch+yaml")
            }
            rows.append(row("server-side applies/s, \(count) of a \(kind)", applied))
        }
    }
    for client in clients { await client.shutdown() }
    return rows
}

/// Each client replaces an object of its own, as it got it back, with optimistic concurrency.
private func updates(
    _ count: Int, _ clients: [KubernetesClient], _ path: String, _ object: @Sendable (String, String) -> JSONValue
) async throws -> Double {
    var created: [JSONObject] = []
    for place in clients.indices {
        let answer = try await clients[place].raw("POST", path, body: object("updated-\(count)-\(place)", text(place)).serialized())
        created.append(try JSONValue(parsing: answer).object ?? JSONObject())
    }
    let live = Mutex(created)
    return try await rate(count, clients: clients) { client, number in
        let place = number % clients.count
        var changed = live.withLock { $0[place] }
        let field = changed["data"] == nil ? "spec" : "data"
        var content = changed[field]?.object ?? JSONObject()
        content["text"] = .string(text(number))
        changed[field] = .object(content)
        let name = changed["metadata"]?["name"]?.string ?? ""
        let answer = try await client.raw("PUT", path + "/" + name, body: JSONValue.object(changed).serialized())
        let now = try JSONValue(parsing: answer).object ?? JSONObject()
        live.withLock { $0[place] = now }
    }
}

private func row(_ what: String, _ rate: Double) -> Row { Row(what: what, martlet: rateText(rate), peer: "-", ratio: "-", target: ">= 3000/s") }

/// About 800 bytes that differ from number to number.
private func text(_ number: Int) -> String { String(repeating: "x", count: 790) + String(number) }

private func widget(_ name: String, text: String) -> JSONValue {
    ["apiVersion": "bench.example.com/v1", "kind": "Widget", "metadata": ["name": .string(name)], "spec": ["text": .string(text), "size": 3]]
}

private let widgets: JSONValue = [
    "apiVersion": "apiextensions.k8s.io/v1", "kind": "CustomResourceDefinition", "metadata": ["name": "widgets.bench.example.com"],
    "spec": [
        "group": "bench.example.com", "scope": "Namespaced", "names": ["plural": "widgets", "singular": "widget", "kind": "Widget", "listKind": "WidgetList"],
        "versions": [
            [
                "name": "v1", "served": true, "storage": true, "subresources": ["status": [:]],
                "schema": [
                    "openAPIV3Schema": [
                        "type": "object",
                        "properties": [
                            "spec": [
                                "type": "object", "required": ["text"],
                                "properties": [
                                    "text": ["type": "string", "maxLength": 4096], "size": ["type": "integer", "minimum": 1],
                                    "mode": ["type": "string", "default": "plain", "enum": ["plain", "fancy"]],
                                ],
                            ],
                            "status": ["type": "object", "properties": ["phase": ["type": "string"]]],
                        ],
                    ]
                ],
            ]
        ],
    ],
]

/// Creates beside etcd's puts of the same bytes: the store of a Kubernetes API server alone, over its JSON gateway and without TLS.
private func etcdRow(_ server: EmbeddedServer) async throws -> Row {
    let what = "creates/s beside etcd alone, h2load, 16 connections"
    let folder = temporaryFolder()
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: folder) }
    let count = 16_000
    let object: JSONValue = [
        "apiVersion": "v1", "kind": "ConfigMap", "metadata": ["generateName": "made-"], "data": ["text": .string(text(0))],
    ]
    let body = folder.appendingPathComponent("body.json")
    try Data(object.serialized()).write(to: body)
    let ours = try h2load(
        server.url + "/api/v1/namespaces/default/configmaps", count: count, connections: 16,
        ["-d", body.path, "-H", "content-type: application/json", "-H", "authorization: Bearer \(server.token())"])
    guard !ours.isNaN else { return Row(what: what, martlet: "h2load is missing", peer: "-", ratio: "-", target: ">= 3000/s") }

    let process = Process()
    process.executableURL = URL(fileURLWithPath: "/usr/bin/env")
    let port = Int.random(in: 20_000..<30_000)
    let (clients, peers) = ("http://127.0.0.1:\(port)", "http://127.0.0.1:\(port + 1)")
    process.arguments = [
        "etcd", "--data-dir", folder.appendingPathComponent("etcd").path, "--listen-client-urls", clients, "--advertise-client-urls", clients,
        "--listen-peer-urls", peers, "--initial-advertise-peer-urls", peers, "--initial-cluster", "default=\(peers)",
    ]
    process.standardOutput = FileHandle.nullDevice
    process.standardError = FileHandle.nullDevice
    try process.run()
    defer { process.terminate() }
    let deadline = Date() + 20
    while try output(of: "curl", ["-sf", "--max-time", "0.5", clients + "/health"]) == nil {
        guard process.isRunning, Date() < deadline else {
            return Row(what: what, martlet: rateText(ours), peer: "etcd is missing (scripts/setup --bench)", ratio: "-", target: ">= 3000/s")
        }
        try await Task.sleep(for: .milliseconds(50))
    }
    let (key, value) = (Data("/registry/configmaps/made".utf8), Data(object.serialized()))
    let put: JSONValue = ["key": .string(key.base64EncodedString()), "value": .string(value.base64EncodedString())]
    try Data(put.serialized()).write(to: body)
    let theirs = try h2load(clients + "/v3/kv/put", count: count, connections: 16, ["--h1", "-d", body.path, "-H", "content-type: application/json"])
    return Row(
        what: what, martlet: rateText(ours), peer: "etcd \(rateText(theirs))", ratio: theirs.isNaN ? "-" : String(format: "%.2f x", ours / theirs),
        target: ">= 3000/s")
}
