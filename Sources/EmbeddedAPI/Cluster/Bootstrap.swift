import KubernetesAPI

/// What every cluster has from the start.
struct Bootstrap: Sendable {
    let client: LocalClient

    private static let manager = "martlet-bootstrap"

    /// Makes what is missing, and renews the roles that are the server's own. All at once, since each write waits for the disk.
    func run() async throws {
        try await make(SystemObjects.namespaceNames.map(SystemObjects.namespace))
        try await make([SystemObjects.apiService(port: 6443)])
        try await make(BootstrapRoles.clusterRoles() + BootstrapRoles.clusterRoleBindings())
    }

    private func make(_ objects: [JSONObject]) async throws {
        try await withThrowingTaskGroup(of: Void.self) { group in
            for object in objects { group.addTask { try await make(object) } }
            try await group.waitForAll()
        }
    }

    private func make(_ object: JSONObject) async throws {
        guard let kind = GroupVersionKind(of: object), let resource = client.table.snapshot.resource(kind: kind) else { return }
        guard client.object(resource.storage, namespace: object.objectNamespace, name: object.objectName) == nil else { return }
        do {
            _ = try await client.create(object, in: resource.storage, manager: Self.manager)
        } catch let status as Status where status.is(.alreadyExists) {
            // Made at the same moment.
        }
    }
}

extension GroupVersionKind {
    /// The type that an object says it has.
    init?(of object: JSONObject) {
        guard let kind = object["kind"]?.string, let apiVersion = object["apiVersion"]?.string else { return nil }
        let parts = apiVersion.split(separator: "/", maxSplits: 1).map(String.init)
        self =
            parts.count == 2 ? GroupVersionKind(group: parts[0], version: parts[1], kind: kind) : GroupVersionKind(group: "", version: apiVersion, kind: kind)
    }
}
