import EmbeddedAPI
import KubernetesAPI
import Synchronization

/// Objects in memory, for what only reads.
final class MemoryObjects: ObjectReading {
    private struct Key: Hashable {
        var resource: GroupResource
        var namespace: String
        var name: String
    }

    private struct Contents {
        var objects: [Key: JSONObject] = [:]
        var version: Int64 = 0
        /// How often a list was read.
        var lists = 0
    }

    private let contents = Mutex(Contents())

    var listCount: Int { contents.withLock { $0.lists } }

    func object(_ resource: GroupResource, namespace: String, name: String) -> JSONObject? {
        contents.withLock { $0.objects[Key(resource: resource, namespace: namespace, name: name)] }
    }

    func objects(_ resource: GroupResource, namespace: String?) -> [JSONObject] {
        contents.withLock { contents in
            contents.lists += 1
            return contents.objects.filter { $0.key.resource == resource && (namespace == nil || $0.key.namespace == namespace) }
                .sorted { ($0.key.namespace, $0.key.name) < ($1.key.namespace, $1.key.name) }.map(\.value)
        }
    }

    func version(of resources: [GroupResource]) -> Int64 { contents.withLock { $0.version } }

    func put(_ object: JSONObject, _ resource: GroupResource) {
        let metadata = object["metadata"]
        let key = Key(resource: resource, namespace: metadata?["namespace"]?.string ?? "", name: metadata?["name"]?.string ?? "")
        contents.withLock { contents in
            contents.objects[key] = object
            contents.version += 1
        }
    }

    func remove(_ resource: GroupResource, namespace: String, name: String) {
        contents.withLock { contents in
            contents.objects[Key(resource: resource, namespace: namespace, name: name)] = nil
            contents.version += 1
        }
    }
}
