import KubernetesAPI

extension ObjectStore {
    /// The objects of `resource` that `selection` holds for, on a snapshot.
    ///
    /// - Parameters:
    ///   - limit: the most objects of a page; nil or 0 for all.
    ///   - continueToken: from the page before, with the same resource, selection and limit; `version` does not count then.
    /// - Throws: ``StorageError``: `versionInFuture`, `listExpired`; `invalidContinue`, `continueExpired` of a token; `corrupt`.
    public func list(
        _ resource: GroupResource, _ selection: Selection = Selection(), at version: ListVersion = .latest, limit: Int? = nil, continueToken: String? = nil
    ) throws(StorageError) -> ListPage {
        guard let continueToken else {
            let (tree, shown) = try tree(of: resource, at: version)
            return try page(tree, version: shown, selection, from: selection.pathPrefix, limit: limit)
        }
        let token = try ContinueToken(parsing: continueToken)
        let from = selection.pathPrefix + token.start
        guard let snapshot = token.version else {
            let state = published.state
            return try page(state[resource], version: state.version, selection, from: from, limit: limit)
        }
        do {
            let (tree, shown) = try tree(of: resource, at: .exact(snapshot))
            return try page(tree, version: shown, selection, from: from, limit: limit)
        } catch .listExpired {
            throw .continueExpired(fresh: ContinueToken(version: nil, start: token.start).encoded)
        }
    }

    private func tree(of resource: GroupResource, at version: ListVersion) throws(StorageError) -> (ObjectTree, version: Int64) {
        switch version {
        case .latest:
            let state = published.state
            return (state[resource], state.version)
        case .notOlderThan(let version):
            let state = published.state
            guard version <= state.version else { throw .versionInFuture(requested: version, current: state.version) }
            return (state[resource], state.version)
        case .exact(let version):
            let (state, changes, compacted) = published.state(resource, since: version)
            guard version <= state.version else { throw .versionInFuture(requested: version, current: state.version) }
            guard let changes else { throw .listExpired(requested: version, compacted: compacted) }
            // The present state with the later changes undone. So no snapshot has to be kept for the sake of clients that may never come back.
            var tree = state[resource]
            for change in changes.reversed() {
                if let previous = change.previous {
                    tree.put(previous)
                } else if let created = change.current {
                    tree.remove(created.key)
                }
            }
            return (tree, version)
        }
    }

    private func page(
        _ tree: ObjectTree, version: Int64, _ selection: Selection, from start: String, limit: Int?
    ) throws(StorageError) -> ListPage {
        let limit = limit.flatMap { $0 > 0 ? $0 : nil } ?? .max
        var objects: [StoredObject] = []
        var hasMore = false
        try tree.walk(from: start) { (object) throws(StorageError) in
            if let namespace = selection.namespace, !object.key.isIn(namespace: namespace) { return false }
            guard try selection.includes(object) else { return true }
            hasMore = objects.count == limit
            if !hasMore { objects.append(object) }
            return !hasMore
        }
        guard hasMore, let last = objects.last?.key.path else {
            return ListPage(objects: objects, version: version, continueToken: nil, remainingCount: nil)
        }
        // The least path behind the last one.
        let next = last + "\0"
        let token = ContinueToken(version: version, start: String(decoding: next.utf8.dropFirst(selection.pathPrefix.utf8.count), as: UTF8.self))
        let end = selection.pathEnd.map { tree.count(before: $0) } ?? tree.count
        let remaining = selection.matches == nil ? end - tree.count(before: next) : nil
        return ListPage(objects: objects, version: version, continueToken: token.encoded, remainingCount: remaining)
    }
}
