import KubernetesAPI
import Synchronization

/// Deletes what lost its owners, and takes care of deletions in the foreground and of those that orphan dependents: Kubernetes' garbage collector.
///
/// Reads the metadata of all objects but events. Deletes objects and patches `metadata.ownerReferences` and `metadata.finalizers`, nothing else.
/// An event costs what its object's owners and dependents cost; one about an object that has none costs a look at its bytes.
final class GarbageCollector: FeedHandler {
    private struct State {
        var graph = OwnershipGraph()
        /// Objects that wait until an owner's kind is known.
        var undecided: [GroupKind: Set<String>] = [:]
        /// Uids of dependents that were there when an owner went.
        var bereaved: Set<String> = []
        /// Uids of dependents whose impossible owner has been reported.
        var reported: Set<String> = []
    }

    let client: any InternalClient
    let feeds: ResourceFeeds
    private let now: @Sendable () -> Time
    private let report: @Sendable (UpkeepFailure) -> Void
    private let state = Mutex(State())
    /// Held until all objects were seen once: before that, dependents may be missing.
    private let queue = WorkQueue<OwnershipGraph.Attempt>(isHeld: true)

    init(
        client: any InternalClient, feeds: ResourceFeeds, now: @escaping @Sendable () -> Time, report: @escaping @Sendable (UpkeepFailure) -> Void
    ) {
        self.client = client
        self.feeds = feeds
        self.now = now
        self.report = report
    }

    func run() async {
        await queue.run(limit: 8, failed: { self.report(UpkeepFailure(loop: "garbage collection", subject: self.name(of: $0), cause: $1)) }) { attempt in
            switch attempt {
            case .collect(let uid): try await self.collect(uid)
            case .orphan(let uid): try await self.orphanDependents(of: uid)
            }
        }
    }

    // MARK: What happens to objects

    func handle(_ event: FeedEvent) {
        switch event {
        case .changed(let object, let resource, let isInitial):
            guard resource.isCollected else { return }
            let address = ObjectAddress(resource.resource, object.key)
            let isOfInterest = object.mentions("\"ownerReferences\"") || object.mentions("\"deletionTimestamp\"")
            guard isOfInterest || state.withLock({ $0.graph.uid(at: address) != nil }) else { return }
            // What was written just now is at hand, decoded by who wrote it.
            guard let json = isInitial ? try? object.decodedMetadata() : try? object.decoded() else { return }
            change { $0.graph.update(OwnershipGraph.Node(json, at: address)) }
        case .ended(let object, let resource):
            guard resource.isCollected, let json = try? object.decoded() else { return }
            change { state in
                state.reported.remove(json.objectUID)
                state.bereaved.remove(json.objectUID)
                // Kinds that are not known are few, mostly none.
                for kind in Array(state.undecided.keys) {
                    state.undecided[kind]?.remove(json.objectUID)
                    if state.undecided[kind]?.isEmpty ?? false { state.undecided[kind] = nil }
                }
                let attempts = state.graph.remove(json.objectUID)
                for case .collect(let uid) in attempts { state.bereaved.insert(uid) }
                return attempts
            }
        case .interrupted(let resource):
            // Rare. Everything of the resource that is gone has ended, and whoever has owners may have lost one.
            change { state in
                var attempts: [OwnershipGraph.Attempt] = []
                for node in state.graph.nodes.values where node.address.resource == resource.resource && self.live(node) == nil {
                    attempts += state.graph.remove(node.uid)
                }
                return attempts + state.graph.nodes.values.filter { !$0.owners.isEmpty }.map { .collect(uid: $0.uid) }
            }
        case .appeared(let resource): retryUndecided(resource.groupKind)
        case .disappeared(let resource):
            change { state in
                state.graph.nodes.values.filter { $0.address.resource == resource.resource }.flatMap { state.graph.remove($0.uid) }
            }
        case .synced: queue.release()
        }
    }

    private func change(_ change: (inout State) -> [OwnershipGraph.Attempt]) {
        for attempt in state.withLock({ change(&$0) }) { queue.add(attempt) }
    }

    private func retryUndecided(_ kind: GroupKind) {
        change { ($0.undecided.removeValue(forKey: kind) ?? []).sorted().map { .collect(uid: $0) } }
    }

    private func live(_ node: OwnershipGraph.Node) -> JSONObject? {
        let key = node.address.key
        guard let object = client.object(node.address.resource, namespace: key.namespace, name: key.name), object.objectUID == node.uid else { return nil }
        return object
    }

    private func name(of attempt: OwnershipGraph.Attempt) -> String {
        switch attempt {
        case .collect(let uid), .orphan(let uid): state.withLock { $0.graph.node(uid) }?.address.description ?? uid
        }
    }

    // MARK: Collecting

    private func collect(_ uid: String) async throws {
        // An object that is gone has an event on its way.
        guard let node = state.withLock({ $0.graph.node(uid) }), let object = live(node) else { return }
        if object.isBeingDeleted {
            guard object.finalizers.contains(CollectorFinalizer.foreground) else { return }
            return try await continueForegroundDeletion(of: object, node)
        }
        let owners = OwnerLink.list(of: object).map { ($0, ownerState(of: $0, namespace: node.address.key.namespace)) }
        let (hasDependents, isInCircle) = state.withLock { state in
            // Only with such an owner does it matter.
            guard owners.contains(where: { $0.1 == .waitsForDependents }) else { return (false, false) }
            return (!state.graph.dependents(of: uid).isEmpty, state.graph.isInCircle(uid))
        }
        let step = CollectionStep.decide(object, owners: owners, hasDependents: hasDependents, isInCircle: isInCircle)
        switch step {
        case .keep: break
        case .undecided(let reference, let ownerState):
            if ownerState == .cannotOwn { return try await reportImpossibleOwner(reference, of: object, node.address) }
            guard let kind = reference.groupKind else { return }
            state.withLock { _ = $0.undecided[kind, default: []].insert(uid) }
            // The kind may have become known meanwhile.
            if feeds.resource(of: kind) != nil { retryUndecided(kind) }
        case .removeReferences(let uids): try await removeReferences(to: uids, from: object, at: node.address)
        case .delete(let policy, let unblocksOwners):
            if let wait = patience(with: object) { return queue.add(.collect(uid: uid), after: wait) }
            if unblocksOwners { try await unblockOwners(of: object, at: node.address) }
            try await delete(object, at: node.address, policy: policy, checksVersion: !unblocksOwners)
        }
    }

    /// How long a new object may wait for owners that nobody has seen yet. Kubernetes, too, takes some time until it looks.
    private static let patienceSeconds: Int64 = 10

    /// How much longer the object is kept for the sake of owners that may be about to come; nil when one was there and went, and once the time is over.
    private func patience(with object: JSONObject) -> Duration? {
        guard !state.withLock({ $0.bereaved.contains(object.objectUID) }) else { return nil }
        guard let text = object["metadata"]?["creationTimestamp"]?.string, let creation = try? Time(parsing: text) else { return nil }
        let left = creation.secondsSince1970 + Self.patienceSeconds - now().secondsSince1970
        return left > 0 ? .seconds(left) : nil
    }

    /// Looks for the owner where it must be: a dependent's namespace, or none.
    private func ownerState(of reference: OwnerLink, namespace: String) -> OwnerState {
        guard let kind = reference.groupKind, let resource = feeds.resource(of: kind) else { return .ofUnknownKind }
        if resource.isNamespaced, namespace.isEmpty { return .cannotOwn }
        let owner = client.object(resource.resource, namespace: resource.isNamespaced ? namespace : "", name: reference.name)
        guard let owner, owner.objectUID == reference.uid else { return .absent }
        return owner.isBeingDeleted && owner.finalizers.contains(CollectorFinalizer.foreground) ? .waitsForDependents : .solid
    }

    private func continueForegroundDeletion(of object: JSONObject, _ node: OwnershipGraph.Node) async throws {
        let (isBlocked, isInCircle) = state.withLock { ($0.graph.isBlocked(node.uid), $0.graph.isInCircle(node.uid)) }
        // Of a circle, the last one whose deletion becomes known is certain to get here.
        if isInCircle { return try await unblockOwners(of: object, at: node.address) }
        // Dependents are looked at by themselves, and the last one's end brings the owner back here.
        if isBlocked { return }
        try await removeFinalizer(CollectorFinalizer.foreground, from: object, at: node.address)
    }

    private func orphanDependents(of uid: String) async throws {
        guard let node = state.withLock({ $0.graph.node(uid) }), let owner = live(node), owner.finalizers.contains(CollectorFinalizer.orphan) else { return }
        // A dependent whose event is still on its way would be deleted, not orphaned: so the live objects are asked, those that the owner can own.
        let namespace = node.address.key.namespace
        var dependents: [(ObjectAddress, JSONObject)] = []
        for resource in feeds.resources where resource.isCollected && (namespace.isEmpty || resource.isNamespaced) {
            for object in client.objects(resource.resource, namespace: namespace.isEmpty ? nil : namespace) {
                guard OwnerLink.list(of: object).contains(where: { $0.uid == uid }) else { continue }
                dependents.append((ObjectAddress(resource.resource, namespace: object.objectNamespace, name: object.objectName), object))
            }
        }
        let errors = await forEachConcurrently(dependents) { address, object in
            do {
                try await self.removeReferences(to: [uid], from: object, at: address)
            } catch  where error.isNotFound {
                return
            }
        }
        if let error = errors.first(where: { !$0.isConflict }) ?? errors.first { throw error }
        try await removeFinalizer(CollectorFinalizer.orphan, from: owner, at: node.address)
    }

    // MARK: Impossible owners

    private func reportImpossibleOwner(_ reference: OwnerLink, of object: JSONObject, _ address: ObjectAddress) async throws {
        guard state.withLock({ $0.reported.insert(object.objectUID).inserted }) else { return }
        let owner = "[\(reference.apiVersion)/\(reference.kind), namespace: \(address.key.namespace), name: \(reference.name), uid: \(reference.uid)]"
        let kind = feeds.resources.first { $0.resource == address.resource }
        let message = "ownerRef \(owner) does not exist in namespace \(address.key.namespace.quotedAsGo)"
        let event = UpkeepEvent(
            reason: "OwnerRefInvalidNamespace", message: message, component: "garbage-collector-controller", object: object,
            apiVersion: kind?.apiVersion ?? "", kind: kind?.kind ?? "")
        try await client.create(event.json(now: now()), in: .events, manager: controllerManager)
    }
}

extension WatchedResource {
    /// Whether the garbage collector looks after the objects. As in Kubernetes, not after events.
    var isCollected: Bool { resource != .events && resource != .newEvents }
}
