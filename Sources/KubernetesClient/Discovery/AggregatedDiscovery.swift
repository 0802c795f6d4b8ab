import KubernetesAPI

/// All groups of a server in one document (KEP-3352), `apidiscovery.k8s.io`.
enum AggregatedDiscovery {
    static let accept =
        "application/json;g=apidiscovery.k8s.io;v=v2;as=APIGroupDiscoveryList,application/json;g=apidiscovery.k8s.io;v=v2beta1;as=APIGroupDiscoveryList,application/json"

    static func isAggregated(_ document: JSONValue) -> Bool { document["kind"] == "APIGroupDiscoveryList" }

    /// What does not have the form of the document is passed over, so that one odd group does not hide the others.
    static func read(_ document: JSONValue) -> Discovery {
        var entries: [Discovery.Entry] = []
        var unavailable: [String] = []
        for group in document["items"]?.array ?? [] {
            let groupName = group["metadata"]?["name"]?.string ?? ""
            for (position, version) in (group["versions"]?.array ?? []).enumerated() {
                guard let versionName = version["version"]?.string else { continue }
                if version["freshness"] == "Stale" { unavailable.append(groupName.isEmpty ? versionName : "\(groupName)/\(versionName)") }
                for resource in version["resources"]?.array ?? [] {
                    guard let plural = resource["resource"]?.string, let kind = resource["responseKind"]?["kind"]?.string, !kind.isEmpty else { continue }
                    let subresources = (resource["subresources"]?.array ?? []).compactMap { $0["subresource"]?.string }
                    let definition = ResourceDefinition(
                        group: groupName, version: versionName, kind: kind, plural: plural,
                        singular: resource["singularResource"]?.string ?? kind.lowercased(), shortNames: strings(resource["shortNames"]),
                        categories: strings(resource["categories"]), scope: resource["scope"] == "Namespaced" ? .namespaced : .cluster,
                        subresources: subresources)
                    entries.append(Discovery.Entry(definition: definition, verbs: strings(resource["verbs"]), isPreferred: position == 0))
                }
            }
        }
        return Discovery(entries: entries, unavailable: unavailable)
    }
}

/// An `APIResourceList`: one group version, subresources as resources named `pods/status`.
enum LegacyDiscovery {
    static func entries(of document: JSONValue, groupVersion: String, isPreferred: Bool) -> [Discovery.Entry] {
        let parts = groupVersion.split(separator: "/").map(String.init)
        let (group, version) = parts.count == 2 ? (parts[0], parts[1]) : ("", groupVersion)
        let resources = document["resources"]?.array ?? []
        var subresources: [String: [String]] = [:]
        for resource in resources {
            guard let name = resource["name"]?.string, let slash = name.firstIndex(of: "/") else { continue }
            subresources[String(name[..<slash]), default: []].append(String(name[name.index(after: slash)...]))
        }
        return resources.compactMap { resource in
            guard let name = resource["name"]?.string, !name.contains("/"), let kind = resource["kind"]?.string else { return nil }
            let singular = resource["singularName"]?.string ?? ""
            let definition = ResourceDefinition(
                group: group, version: version, kind: kind, plural: name, singular: singular.isEmpty ? kind.lowercased() : singular,
                shortNames: strings(resource["shortNames"]), categories: strings(resource["categories"]),
                scope: resource["namespaced"] == true ? .namespaced : .cluster, subresources: subresources[name] ?? [])
            return Discovery.Entry(definition: definition, verbs: strings(resource["verbs"]), isPreferred: isPreferred)
        }
    }
}

private func strings(_ value: JSONValue?) -> [String] { (value?.array ?? []).compactMap(\.string) }
