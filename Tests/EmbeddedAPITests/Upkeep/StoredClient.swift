import KubernetesAPI
import Synchronization

@testable import EmbeddedAPI

/// The server's inner client as far as the loops need it: a store with uids, versions, preconditions, finalizers and propagation policies, and no rules.
final class StoredClient: InternalClient {
    let store: ObjectStore
    private let directory: DataDirectory
    private let builtIns: [ResourceDefinition]
    private let uids = Mutex(0)
    /// Every deletion that was asked for, with its policy.
    let deletions = Mutex<[String]>([])
    /// Watches to hand out before new ones are made.
    let prepared = Mutex<[GroupResource: ObjectWatch]>([:])

    init(_ kinds: [(group: String, kind: String, plural: String, isNamespaced: Bool)] = StoredClient.kinds) throws {
        directory = try DataDirectory()
        store = try directory.open()
        builtIns = kinds.map {
            ResourceDefinition(
                group: $0.group, version: "v1", kind: $0.kind, plural: $0.plural, singular: "", scope: $0.isNamespaced ? .namespaced : .cluster)
        }
    }

    static let kinds: [(group: String, kind: String, plural: String, isNamespaced: Bool)] = [
        ("", "Namespace", "namespaces", false), ("", "ConfigMap", "configmaps", true), ("", "ServiceAccount", "serviceaccounts", true),
        ("", "Pod", "pods", true), ("", "Event", "events", true), ("", "Node", "nodes", false), ("batch", "Job", "jobs", true),
        ("policy", "PodDisruptionBudget", "poddisruptionbudgets", true), ("rbac.authorization.k8s.io", "ClusterRole", "clusterroles", false),
        ("apiextensions.k8s.io", "CustomResourceDefinition", "customresourcedefinitions", false),
    ]

    // MARK: Reading

    var resources: [ResourceDefinition] { builtIns }
    func watch(_ resource: GroupResource) throws -> ObjectWatch {
        if let watch = prepared.withLock({ $0.removeValue(forKey: resource) }) { return watch }
        return try store.watch(resource, from: .initialObjects(thenBookmark: true))
    }
    func object(_ resource: GroupResource, namespace: String, name: String) -> JSONObject? {
        try? store.object(at: ObjectKey(namespace: namespace, name: name), in: resource)?.decoded()
    }
    func objects(_ resource: GroupResource, namespace: String?) -> [JSONObject] {
        let page = try? store.list(resource, Selection(namespace: namespace))
        return (page?.objects ?? []).compactMap { try? $0.decoded() }
    }
    func version(of resources: [GroupResource]) -> Int64 { store.version }

    // MARK: Writing

    @discardableResult
    func create(_ object: JSONObject, in resource: GroupResource, manager: String = "test") async throws -> JSONObject {
        let uid = uids.withLock { number in
            number += 1
            return "uid-\(number)"
        }
        return try await store.write { transaction in
            var object = object
            var metadata = object["metadata"]?.object ?? [:]
            if let prefix = metadata["generateName"]?.string { metadata["name"] = .string(prefix + uid) }
            metadata["uid"] = .string(uid)
            if resource == .namespaces { object["spec"] = ["finalizers": ["kubernetes"]] }
            object["metadata"] = .object(metadata)
            let key = ObjectKey(namespace: object.objectNamespace, name: object.objectName)
            guard transaction.object(at: key, in: resource) == nil else { throw Status.alreadyExists(resource, name: key.name) }
            return try transaction.put(object, at: key, in: resource).decoded()
        }
    }

    func update(_ object: JSONObject, in resource: GroupResource, subresource: String, manager: String) async throws -> JSONObject {
        try await change(resource, namespace: object.objectNamespace, name: object.objectName, preconditions: object["metadata"]) { present in
            var changed = present
            switch subresource {
            case "status": changed["status"] = object["status"]
            case "finalize": changed["spec"] = object["spec"]
            default: changed = object
            }
            return changed
        }
    }

    func mergePatch(
        _ patch: JSONObject, namespace: String, name: String, in resource: GroupResource, subresource: String, manager: String
    ) async throws -> JSONObject {
        try await change(resource, namespace: namespace, name: name, preconditions: patch["metadata"]) { present in
            try MergePatch(.object(patch)).applied(to: .object(present)).object ?? present
        }
    }

    func delete(
        namespace: String, name: String, in resource: GroupResource, uid: String?, resourceVersion: String?, propagationPolicy: String?
    ) async throws {
        deletions.withLock { $0.append("\(name) \(propagationPolicy ?? "-")") }
        let preconditions: JSONValue = ["uid": uid.map { .string($0) } ?? .null, "resourceVersion": resourceVersion.map { .string($0) } ?? .null]
        _ = try await change(resource, namespace: namespace, name: name, preconditions: preconditions) { present in
            var changed = present
            var metadata = present["metadata"]?.object ?? [:]
            metadata["deletionTimestamp"] = metadata["deletionTimestamp"] ?? "2026-01-01T00:00:00Z"
            let added = propagationPolicy == "Foreground" ? [CollectorFinalizer.foreground] : propagationPolicy == "Orphan" ? [CollectorFinalizer.orphan] : []
            let finalizers = present.finalizers + added.filter { !present.finalizers.contains($0) }
            metadata["finalizers"] = finalizers.isEmpty ? nil : .array(finalizers.map { .string($0) })
            changed["metadata"] = .object(metadata)
            return changed
        }
    }

    private func change(
        _ resource: GroupResource, namespace: String, name: String, preconditions: JSONValue?, _ change: @escaping @Sendable (JSONObject) throws -> JSONObject
    ) async throws -> JSONObject {
        try await store.write { transaction in
            let key = ObjectKey(namespace: namespace, name: name)
            guard let present = try transaction.object(at: key, in: resource)?.decoded() else { throw Status.notFound(resource, name: name) }
            for field in ["uid", "resourceVersion"] {
                if let wanted = preconditions?[field]?.string, present["metadata"]?[field]?.string != wanted {
                    throw Status.conflict(resource, name: name, "the object has been modified; please apply your changes to the latest version and try again")
                }
            }
            let changed = try change(present)
            let isHeld = !changed.finalizers.isEmpty || !(changed["spec"]?["finalizers"]?.array ?? []).isEmpty
            if changed.isBeingDeleted, !isHeld {
                try transaction.delete(key, in: resource)
            } else if changed != present {
                try transaction.put(changed, at: key, in: resource)
            }
            return changed
        }
    }
}
