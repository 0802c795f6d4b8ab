import KubernetesAPI

/// Looks at the objects of a store.
struct StoreReader: ObjectReading {
    let store: ObjectStore

    func object(_ resource: GroupResource, namespace: String, name: String) -> JSONObject? {
        // What this server wrote can be read; an object that cannot is as good as absent, and its own requests say why.
        try? store.object(at: ObjectKey(namespace: namespace, name: name), in: resource)?.decoded()
    }

    func objects(_ resource: GroupResource, namespace: String?) -> [JSONObject] {
        let page = try? store.list(resource, Selection(namespace: namespace))
        return page?.objects.compactMap { try? $0.decoded() } ?? []
    }

    func version(of resources: [GroupResource]) -> Int64 { store.changeCount(of: resources) }
}
