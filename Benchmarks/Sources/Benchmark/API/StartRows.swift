import Foundation
import KubernetesAPI
import KubernetesClient

/// How long `martlet up` takes to answer `/readyz` and how much memory it then keeps, on directories of several sizes, and how large the binary is.
func startRows() async throws -> [Row] {
    var rows: [Row] = []
    var starts: [Double] = []
    var memory: [Double] = []
    for _ in 0..<5 {
        let folder = temporaryFolder()
        defer { try? FileManager.default.removeItem(at: folder) }
        let server = try await EmbeddedServer(directory: folder)
        starts.append(server.startSeconds)
        try await Task.sleep(for: .seconds(2))
        memory.append(try server.residentMiB())
        server.stop()
    }
    rows.append(Row(what: "start to /readyz, empty", martlet: milliseconds(median(starts)), peer: "-", ratio: "-", target: "<= 500 ms"))
    rows.append(Row(what: "memory at rest, empty", martlet: mebibytes(median(memory)), peer: "-", ratio: "-", target: "<= 80 MiB"))
    rows += try await filledRows()
    if let stripped = try strippedBytes() {
        rows.append(Row(what: "binary, stripped", martlet: mebibytes(stripped / 1_048_576), peer: "-", ratio: "-", target: "<= 80 MiB"))
    }
    return rows
}

private func filledRows() async throws -> [Row] {
    let folder = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var rows: [Row] = []
    var filled = 0
    for count in [10_000, 30_000, 100_000] {
        let server = try await EmbeddedServer(directory: folder)
        let clients = (0..<16).map { _ in server.client() }
        let offset = filled
        let created = try await rate(count - filled, clients: clients) { client, number in
            _ = try await client.raw(
                "POST", "/api/v1/namespaces/default/configmaps", body: configMap("filler-\(offset + number)").serialized())
        }
        filled = count
        for client in clients { await client.shutdown() }
        rows.append(
            Row(what: "creates/s up to \(count) objects, 16 clients", martlet: rateText(created), peer: "-", ratio: "-", target: ">= 3000/s"))
        server.stop()
        var starts: [Double] = []
        var memory = 0.0
        for round in 0..<3 {
            let server = try await EmbeddedServer(directory: folder)
            starts.append(server.startSeconds)
            if round == 2 {
                try await Task.sleep(for: .seconds(2))
                memory = try server.residentMiB()
            }
            server.stop()
        }
        let isLast = count == 100_000
        rows.append(
            Row(what: "start to /readyz, \(count) objects", martlet: milliseconds(median(starts)), peer: "-", ratio: "-", target: isLast ? "<= 2000 ms" : "-"))
        rows.append(Row(what: "memory at rest, \(count) objects", martlet: mebibytes(memory), peer: "-", ratio: "-", target: "-"))
    }
    return rows
}

private func mebibytes(_ value: Double) -> String { String(format: "%.1f MiB", value) }

/// The size of the binary without its symbols; nil where there is no `strip`.
private func strippedBytes() throws -> Double? {
    let copy = temporaryFolder()
    defer { try? FileManager.default.removeItem(at: copy) }
    guard try output(of: "strip", ["-o", copy.path, martlet.path]) != nil else { return nil }
    return (try FileManager.default.attributesOfItem(atPath: copy.path)[.size] as? NSNumber)?.doubleValue
}
