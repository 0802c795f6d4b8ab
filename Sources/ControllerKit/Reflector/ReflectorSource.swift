import KubernetesAPI
import KubernetesClient

/// Where a reflector gets a collection from: an API server, or a script in tests.
protocol ReflectorSource<Object>: Sendable {
    associatedtype Object: APIObject
    associatedtype Changes: AsyncIteratorProtocol where Changes.Element == ResourceEvent<Object>

    /// All objects and the changes after them, in one request. Servers before 1.32 do not have it (422).
    func streamingList() async throws -> (objects: [Object], resourceVersion: String, changes: Changes)
    func list() async throws -> (objects: [Object], resourceVersion: String)
    /// The changes after a version; goes on by itself as long as the server remembers.
    func changes(after resourceVersion: String) -> Changes
}

/// The objects of a resource in a scope, from the API server.
struct ServerSource<Object: APIObject>: ReflectorSource {
    let resources: Resources<Object>
    let scope: Scope

    private var labels: String? { scope.labels.isEverything ? nil : scope.labels.description }
    private var fields: String? { scope.fields.isEverything ? nil : scope.fields.description }

    func streamingList() async throws -> (objects: [Object], resourceVersion: String, changes: Watch<Object>.Iterator) {
        try await resources.streamingList(WatchOptions(labels: labels, fields: fields))
    }

    func list() async throws -> (objects: [Object], resourceVersion: String) {
        let list = try await resources.listAll(ListOptions(labels: labels, fields: fields))
        return (list.items, list.metadata.resourceVersion ?? "")
    }

    func changes(after resourceVersion: String) -> Watch<Object>.Iterator {
        resources.watch(WatchOptions(labels: labels, fields: fields, resourceVersion: resourceVersion)).makeAsyncIterator()
    }
}
