public import KubernetesAPI

/// The documents of discovery.
extension APIDirectory {
    /// The answer to `/api`.
    ///
    /// - Parameter serverAddress: host and port under which clients reach the server.
    public func coreVersions(serverAddress: String) -> JSONObject {
        [
            "kind": "APIVersions", "versions": .array((group("")?.versions ?? []).map { .string($0.groupVersion.version) }),
            "serverAddressByClientCIDRs": [["clientCIDR": "0.0.0.0/0", "serverAddress": .string(serverAddress)]],
        ]
    }

    /// The answer to `/apis`.
    public var groupList: JSONObject {
        ["kind": "APIGroupList", "apiVersion": "v1", "groups": .array(groups.filter { !$0.name.isEmpty }.map { .object($0.json) })]
    }

    /// The answer to `/apis/GROUP`; nil where there is no such group.
    public func groupDocument(_ name: String) -> JSONObject? {
        guard !name.isEmpty, let group = group(name) else { return nil }
        var document: JSONObject = ["kind": "APIGroup", "apiVersion": "v1"]
        for (key, value) in group.json { document[key] = value }
        return document
    }

    /// The answer to `/api/v1` and `/apis/GROUP/VERSION`; nil where there is no such version.
    public func resourceList(_ groupVersion: GroupVersion) -> JSONObject? {
        guard let version = version(groupVersion) else { return nil }
        var document: JSONObject = ["kind": "APIResourceList"]
        // The core group's lists come from a time before lists had versions.
        if !groupVersion.group.isEmpty { document["apiVersion"] = "v1" }
        document["groupVersion"] = groupVersion.json
        document["resources"] = .array(version.resources.flatMap(\.listed))
        return document
    }

    /// The aggregated answer to `/api` or `/apis`, in ``DiscoveryForm/aggregated``.
    public func aggregated(core: Bool) -> JSONObject {
        [
            "kind": "APIGroupDiscoveryList", "apiVersion": "apidiscovery.k8s.io/v2", "metadata": [:],
            "items": .array(groups.filter { $0.name.isEmpty == core }.map { .object($0.aggregated) }),
        ]
    }
}

extension APIDirectory.Group {
    fileprivate var json: JSONObject {
        let versions = versions.map { version -> JSONValue in
            ["groupVersion": version.groupVersion.json, "version": .string(version.groupVersion.version)]
        }
        return ["name": .string(name), "versions": .array(versions), "preferredVersion": versions.first ?? [:]]
    }

    fileprivate var aggregated: JSONObject {
        [
            "metadata": name.isEmpty ? [:] : ["name": .string(name)],
            "versions": .array(
                versions.map { version in
                    var json: JSONObject = ["version": .string(version.groupVersion.version)]
                    if !version.resources.isEmpty { json["resources"] = .array(version.resources.map { .object($0.aggregated) }) }
                    json["freshness"] = "Current"
                    return .object(json)
                }),
        ]
    }
}

extension DiscoveredResource {
    /// The entries of an APIResourceList: the resource and its subresources.
    fileprivate var listed: [JSONValue] {
        var entry: JSONObject = [
            "name": .string(definition.plural), "singularName": .string(definition.singular), "namespaced": .bool(isNamespaced),
            "kind": .string(definition.kind), "verbs": verbs.json,
        ]
        addNames(to: &entry)
        if let storageVersionHash { entry["storageVersionHash"] = .string(storageVersionHash) }
        return [.object(entry)]
            + subresources.map { subresource in
                var entry: JSONObject = ["name": .string("\(definition.plural)/\(subresource.name)"), "singularName": "", "namespaced": .bool(isNamespaced)]
                if subresource.namesGroup {
                    entry["group"] = .string(subresource.type.group)
                    entry["version"] = .string(subresource.type.version)
                }
                entry["kind"] = .string(subresource.type.kind)
                entry["verbs"] = subresource.verbs.json
                return .object(entry)
            }
    }

    /// The entry of an APIGroupDiscoveryList.
    fileprivate var aggregated: JSONObject {
        var entry: JSONObject = [
            "resource": .string(definition.plural), "responseKind": definition.groupVersionKind.json, "scope": .string(definition.scope.rawValue),
            "singularResource": .string(definition.singular), "verbs": verbs.json,
        ]
        addNames(to: &entry)
        let subresources = subresources.map { subresource -> JSONValue in
            ["subresource": .string(subresource.name), "responseKind": subresource.type.json, "verbs": subresource.verbs.json]
        }
        if !subresources.isEmpty { entry["subresources"] = .array(subresources) }
        return entry
    }

    private func addNames(to entry: inout JSONObject) {
        if !definition.shortNames.isEmpty { entry["shortNames"] = definition.shortNames.json }
        if !definition.categories.isEmpty { entry["categories"] = definition.categories.json }
    }
}

extension GroupVersionKind {
    /// With all three members, as OpenAPI and aggregated discovery have it.
    var json: JSONValue { ["group": .string(group), "version": .string(version), "kind": .string(kind)] }
}

extension [String] {
    fileprivate var json: JSONValue { .array(map { .string($0) }) }
}
