import EmbeddedAPI
import Foundation
import KubernetesAPI
import Testing

let pods = GroupResource(group: "", resource: "pods")
let jobs = GroupResource(group: "batch", resource: "jobs")

/// A folder of its own for a test, gone with it.
final class DataDirectory: Sendable {
    let path: String

    init() throws {
        path = FileManager.default.temporaryDirectory.appendingPathComponent("martlet-storage-\(UUID().uuidString)").path
        try FileManager.default.createDirectory(atPath: path, withIntermediateDirectories: true)
    }

    deinit { try? FileManager.default.removeItem(atPath: path) }

    func open(_ configuration: ObjectStore.Configuration = .init()) throws -> ObjectStore {
        try ObjectStore(directory: path, configuration: configuration)
    }
}

func example(_ key: ObjectKey, labels: [(String, JSONValue)] = [], value: Int64 = 0, padding: Int = 0) -> JSONObject {
    [
        "metadata": [
            "name": .string(key.name), "namespace": .string(key.namespace), "uid": .string("uid-of-\(key.path)"),
            "labels": .object(JSONObject(uniqueKeysWithValues: labels)),
        ],
        "value": .integer(value), "padding": .string(String(repeating: "p", count: padding)),
    ]
}

func hasLabel(_ name: String, _ value: String) -> @Sendable (JSONObject) -> Bool {
    { $0["metadata"]?["labels"]?[name]?.string == value }
}

extension ObjectStore {
    @discardableResult
    func put(
        _ path: String, in resource: GroupResource = pods, labels: [(String, JSONValue)] = [], value: Int64 = 0, padding: Int = 0
    ) async throws -> StoredObject {
        let key = ObjectKey(path: path)
        return try await write { try $0.put(example(key, labels: labels, value: value, padding: padding), at: key, in: resource) }
    }

    @discardableResult
    func delete(_ path: String, in resource: GroupResource = pods) async throws -> StoredObject? {
        try await write { try $0.delete(ObjectKey(path: path), in: resource) }
    }
}

extension ObjectKey {
    /// `namespace/name` or `name`.
    init(path: String) {
        let parts = path.split(separator: "/", maxSplits: 1)
        self = parts.count == 2 ? ObjectKey(namespace: String(parts[0]), name: String(parts[1])) : ObjectKey(name: path)
    }
}

extension ListPage {
    var paths: [String] { objects.map(\.key.path) }
}

extension ObjectEvent {
    /// `ADDED a/b 7`, to compare with.
    var text: String {
        switch self {
        case .added(let object): "ADDED \(object.key) \(object.resourceVersion)"
        case .modified(let object): "MODIFIED \(object.key) \(object.resourceVersion)"
        case .deleted(let object): "DELETED \(object.key) \(object.resourceVersion)"
        case .bookmark(let version, let endsInitialEvents): "BOOKMARK \(version)\(endsInitialEvents ? " initial-events-end" : "")"
        }
    }
}

/// Takes `count` events; fewer when the watch ends before.
func take(_ count: Int, of watch: ObjectWatch) async throws -> [String] {
    var iterator = watch.makeAsyncIterator()
    return try await take(count, from: &iterator)
}

func take(_ count: Int, from iterator: inout ObjectWatch.Iterator) async throws -> [String] {
    var texts: [String] = []
    while texts.count < count, let event = try await iterator.next() { texts.append(event.text) }
    return texts
}

/// Yields until `condition` holds; a failure after ten seconds.
func eventually(_ what: String, _ condition: () -> Bool) async {
    let deadline = ContinuousClock.now + .seconds(10)
    while !condition() {
        guard ContinuousClock.now < deadline else {
            Issue.record("not so within 10 s: \(what)")
            return
        }
        await Task.yield()
    }
}
