import Foundation
import KubernetesAPI
import KubernetesClient

/// GETs a second, and lists.
func readRows(_ server: EmbeddedServer) async throws -> [Row] {
    let client = server.client()
    var rows: [Row] = []
    let path = "/api/v1/namespaces/default/configmaps/read"
    _ = try await client.raw("POST", "/api/v1/namespaces/default/configmaps", body: configMap("read").serialized())
    for count in [10_000, 30_000, 100_000] {
        let loaded = try h2load(server.url + path, count: count, connections: 64, ["-H", "authorization: Bearer \(server.token())"])
        let shown = loaded.isNaN ? "h2load is missing" : rateText(loaded)
        rows.append(Row(what: "GETs/s of a ConfigMap of 1 KiB, \(count), 64 connections", martlet: shown, peer: "-", ratio: "-", target: ">= 10000/s"))
    }
    let clients = (0..<16).map { _ in server.client() }
    var (times, counts): ([Double], [Int]) = ([], [])
    for count in [1_000, 3_000, 10_000] {
        let namespace = "list-\(count)"
        let made: JSONValue = ["apiVersion": "v1", "kind": "Namespace", "metadata": ["name": .string(namespace)]]
        _ = try await client.raw("POST", "/api/v1/namespaces", body: made.serialized())
        let list = "/api/v1/namespaces/\(namespace)/configmaps"
        _ = try await rate(count, clients: clients) { client, number in _ = try await client.raw("POST", list, body: configMap("item-\(number)").serialized()) }
        var measured: [Double] = []
        for _ in 0..<9 {
            let start = ContinuousClock.now
            _ = try await client.raw("GET", list)
            measured.append((ContinuousClock.now - start) / .seconds(1))
        }
        times.append(median(measured))
        counts.append(count)
        rows.append(
            Row(
                what: "LIST of \(count) ConfigMaps of 1 KiB", martlet: milliseconds(median(measured)) + growth(times, counts), peer: "-", ratio: "-",
                target: "-"))
    }
    for client in clients + [client] { await client.shutdown() }
    return rows
}
