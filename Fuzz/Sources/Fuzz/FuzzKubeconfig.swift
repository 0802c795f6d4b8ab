import KubernetesAPI

@testable import KubernetesClient

/// A kubeconfig, a server's URL or a proxy's is read or refused with a reason.
@Sendable func fuzzKubeconfig(_ bytes: UnsafeRawBufferPointer) {
    let text = String(decoding: bytes, as: UTF8.self)
    if let url = try? ServerURL(parsing: text) {
        guard let again = try? ServerURL(parsing: url.description), again == url else { fatalError("server URL \(text)") }
    }
    _ = try? ProxyURL(parsing: text)
    guard let kubeconfig = try? Kubeconfig(parsing: Array(bytes), file: "config", warn: { _ in }) else { return }
    _ = kubeconfig.json.serialized()
}

/// A watch's stream gives the same lines however it is cut, and each line an event or an error.
@Sendable func fuzzWatch(_ bytes: UnsafeRawBufferPointer) {
    func lines(pieces size: Int) -> [[UInt8]]? {
        var splitter = LineSplitter(maxLineBytes: 1 << 12)
        var lines: [[UInt8]] = []
        do {
            for start in stride(from: 0, to: bytes.count, by: size) {
                splitter.append(Array(bytes[start..<Swift.min(start + size, bytes.count)]))
                while let line = try splitter.next({ Array($0) }) { lines.append(line) }
            }
        } catch {
            return nil
        }
        return lines + [splitter.takeRest()]
    }
    guard let whole = lines(pieces: Swift.max(bytes.count, 1)) else { return }
    for size in [1, 7] where lines(pieces: size) != whole { fatalError("other lines in pieces of \(size)") }
    for line in whole {
        line.withUnsafeBytes { line in
            _ = try? ResourceEvent<Pod>(line: line, request: "GET /")
            _ = try? ResourceEvent<DynamicObject>(line: line, request: "GET /")
        }
    }
}

/// Discovery documents of either form are read as far as they have it.
@Sendable func fuzzDiscovery(_ bytes: UnsafeRawBufferPointer) {
    guard let json = try? JSONValue(parsing: bytes, limits: JSONLimits(depth: 64, sizeBytes: 1 << 18)) else { return }
    let discovery = AggregatedDiscovery.read(json)
    for name in ["pods", "po", "deployments.apps", "deployments.v1.apps", ".", ""] { _ = discovery.resource(named: name) }
    _ = LegacyDiscovery.entries(of: json, groupVersion: "apps/v1", isPreferred: true)
}
