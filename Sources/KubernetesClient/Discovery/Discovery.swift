import KubernetesAPI

/// What an API server serves, as of when it was asked.
public struct Discovery: Sendable {
    /// One resource in one version of its group.
    public struct Entry: Hashable, Sendable {
        public let definition: ResourceDefinition
        /// Such as `get`, `list`, `watch`.
        public let verbs: [String]
        /// Whether this is the version of the group that the server prefers.
        public let isPreferred: Bool

        public init(definition: ResourceDefinition, verbs: [String], isPreferred: Bool) {
            self.definition = definition
            self.verbs = verbs
            self.isPreferred = isPreferred
        }
    }

    /// In the server's order: preferred groups and versions first.
    public let entries: [Entry]
    /// Group versions whose server did not answer (of an aggregated API), so that what they serve is not known.
    public let unavailable: [String]

    public init(entries: [Entry], unavailable: [String] = []) {
        self.entries = entries
        self.unavailable = unavailable
    }

    /// The resource that stores objects with this `apiVersion` and `kind`.
    public func resource(apiVersion: String, kind: String) -> ResourceDefinition? {
        entries.first { $0.definition.kind == kind && $0.definition.apiVersion == apiVersion }?.definition
    }

    /// The resource that a person means: a plural, singular, short name or kind, alone or with `.group` or `.version.group` (`deploy`, `deployments.apps`,
    /// `deployments.v1.apps`), in any case. The core group and the server's order decide between several.
    public func resource(named text: String) -> ResourceDefinition? {
        let parts = text.lowercased().split(separator: ".", maxSplits: 1, omittingEmptySubsequences: false).map(String.init)
        // Versions that the server prefers come before all others, whatever the order in which it lists them.
        let candidates = (entries.filter(\.isPreferred) + entries.filter { !$0.isPreferred }).map(\.definition).filter { definition in
            let names = [definition.plural, definition.singular, definition.kind.lowercased()] + definition.shortNames
            guard names.contains(parts[0]) else { return false }
            guard parts.count > 1 else { return true }
            return parts[1] == definition.group || parts[1] == "\(definition.version).\(definition.group)"
        }
        // A plural counts for more than a short name that happens to be the same.
        return candidates.first { $0.plural == parts[0] } ?? candidates.first
    }

    /// The resources of a category, such as `all` or `martlet`.
    public func resources(inCategory category: String) -> [ResourceDefinition] {
        entries.filter { $0.isPreferred && $0.definition.categories.contains(category) }.map(\.definition)
    }
}

extension KubernetesClient {
    /// Asks what the server serves: two requests where it can aggregate (Kubernetes 1.26 and later), else one more for each group version.
    public func discover() async throws -> Discovery {
        let core = try await json(Call(method: .get, path: "/api", accept: AggregatedDiscovery.accept))
        let groups = try await json(Call(method: .get, path: "/apis", accept: AggregatedDiscovery.accept))
        var documents: [Discovery] = []
        for document in [core, groups] {
            documents.append(AggregatedDiscovery.isAggregated(document) ? AggregatedDiscovery.read(document) : try await discoverEachVersion(of: document))
        }
        return Discovery(entries: documents.flatMap(\.entries), unavailable: documents.flatMap(\.unavailable))
    }

    /// The older form of discovery, from an `APIVersions` (`/api`) or an `APIGroupList` (`/apis`).
    private func discoverEachVersion(of document: JSONValue) async throws -> Discovery {
        var versions: [(path: String, groupVersion: String, isPreferred: Bool)] = []
        for (position, version) in (document["versions"]?.array ?? []).enumerated() {
            if let version = version.string { versions.append(("/api/\(RequestPath.escaped(version))", version, position == 0)) }
        }
        for group in document["groups"]?.array ?? [] {
            for version in group["versions"]?.array ?? [] {
                guard let name = version["groupVersion"]?.string else { continue }
                let path = name.split(separator: "/").map { RequestPath.escaped(String($0)) }.joined(separator: "/")
                versions.append(("/apis/" + path, name, group["preferredVersion"]?["groupVersion"]?.string == name))
            }
        }
        let answers = try await withThrowingTaskGroup(of: (Int, JSONValue?).self) { tasks in
            for (position, version) in versions.enumerated() {
                tasks.addTask {
                    do {
                        return (position, try await self.json(Call(method: .get, path: version.path)))
                    } catch let error as KubernetesError where error.status.map({ ($0.code ?? 0) >= 500 || $0.code == 404 }) == true {
                        return (position, nil)  // an aggregated API whose server is away
                    }
                }
            }
            var answers = [JSONValue?](repeating: nil, count: versions.count)
            for try await (position, answer) in tasks { answers[position] = answer }
            return answers
        }
        var entries: [Discovery.Entry] = []
        var unavailable: [String] = []
        for (version, answer) in zip(versions, answers) {
            guard let answer else {
                unavailable.append(version.groupVersion)
                continue
            }
            entries += LegacyDiscovery.entries(of: answer, groupVersion: version.groupVersion, isPreferred: version.isPreferred)
        }
        return Discovery(entries: entries, unavailable: unavailable)
    }
}
