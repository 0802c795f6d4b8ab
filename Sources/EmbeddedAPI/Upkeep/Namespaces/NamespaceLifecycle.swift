import KubernetesAPI
import Synchronization

/// Furnishes namespaces and empties those that are being deleted: Kubernetes' controllers of namespaces, of default service accounts and of root certificates.
///
/// Creates the system's namespaces, and in each namespace a service account and a config map. In a namespace that is being deleted, deletes all objects; writes
/// its status, and takes the finalizer `kubernetes` away at the end. Driven by events: the last object's end completes the deletion.
final class NamespaceLifecycle: FeedHandler {
    private enum Work: Hashable, Sendable, CustomStringConvertible {
        case systemNamespace(String)
        case furnish(String)
        case empty(String)

        var description: String {
            switch self {
            case .systemNamespace(let name), .furnish(let name), .empty(let name): "namespaces \(name)"
            }
        }
    }

    private static let finalizer = "kubernetes"
    /// How long changes of what remains are gathered before the conditions are renewed.
    private static let reportingDelay = Duration.seconds(1)

    private let client: any InternalClient
    private let feeds: ResourceFeeds
    private let certificateAuthority: String
    private let now: @Sendable () -> Time
    private let report: @Sendable (UpkeepFailure) -> Void
    private let queue = WorkQueue<Work>()
    private let awaited = AwaitedDeletions<String>()

    /// - Parameter certificateAuthority: PEM.
    init(
        client: any InternalClient, feeds: ResourceFeeds, certificateAuthority: String, now: @escaping @Sendable () -> Time,
        report: @escaping @Sendable (UpkeepFailure) -> Void
    ) {
        self.client = client
        self.feeds = feeds
        self.certificateAuthority = certificateAuthority
        self.now = now
        self.report = report
    }

    func run() async {
        for name in SystemObjects.namespaceNames { queue.add(.systemNamespace(name)) }
        await queue.run(limit: 16, failed: { self.report(UpkeepFailure(loop: "upkeep", subject: $0.description, cause: $1)) }) { work in
            switch work {
            case .systemNamespace(let name): try await self.createNamespace(name)
            case .furnish(let name): try await self.furnish(name)
            case .empty(let name): try await self.empty(name)
            }
        }
    }

    // MARK: What happens to objects

    func handle(_ event: FeedEvent) {
        switch event {
        case .changed(let object, let resource, _):
            switch resource.resource {
            case .namespaces: queue.add(object.mentions("\"deletionTimestamp\"") ? .empty(object.key.name) : .furnish(object.key.name))
            case .configMaps where object.key.name == SystemObjects.rootCertificatesName: queue.add(.furnish(object.key.namespace))
            default: break
            }
            // What remains has other finalizers now, perhaps.
            if !awaited.isIdle, resource.isNamespaced, awaited.isWaiting(object.key.namespace), object.mentions("\"deletionTimestamp\"") {
                queue.add(.empty(object.key.namespace), after: Self.reportingDelay)
            }
        case .ended(let object, let resource):
            if resource.resource == .namespaces {
                awaited.stop(object.key.name)
                if SystemObjects.namespaceNames.contains(object.key.name) { queue.add(.systemNamespace(object.key.name)) }
                return
            }
            guard resource.isNamespaced else { return }
            switch awaited.noteEnd(of: ObjectAddress(resource.resource, object.key), owner: object.key.namespace) {
            case .wasLast: queue.add(.empty(object.key.namespace))
            case .othersRemain: queue.add(.empty(object.key.namespace), after: Self.reportingDelay)
            case .isNotAwaited: break
            }
            if isFurniture(object.key, resource.resource) { queue.add(.furnish(object.key.namespace)) }
        case .interrupted(let resource):
            if resource.isNamespaced { for namespace in awaited.owners { queue.add(.empty(namespace)) } }
            if [.serviceAccounts, .configMaps].contains(resource.resource) {
                for namespace in client.objects(.namespaces, namespace: nil) { queue.add(.furnish(namespace.objectName)) }
            }
        case .appeared, .disappeared, .synced: break
        }
    }

    private func isFurniture(_ key: ObjectKey, _ resource: GroupResource) -> Bool {
        switch resource {
        case .serviceAccounts: key.name == SystemObjects.serviceAccountName
        case .configMaps: key.name == SystemObjects.rootCertificatesName
        default: false
        }
    }

    // MARK: Furnishing

    private func createNamespace(_ name: String) async throws {
        guard client.object(.namespaces, namespace: "", name: name) == nil else { return }
        try await create(SystemObjects.namespace(name), in: .namespaces)
    }

    private func furnish(_ name: String) async throws {
        guard let namespace = client.object(.namespaces, namespace: "", name: name), !namespace.isBeingDeleted else { return }
        if client.object(.serviceAccounts, namespace: name, name: SystemObjects.serviceAccountName) == nil {
            try await create(SystemObjects.serviceAccount(in: name), in: .serviceAccounts)
        }
        let wanted = SystemObjects.rootCertificates(in: name, certificateAuthority: certificateAuthority)
        guard var present = client.object(.configMaps, namespace: name, name: SystemObjects.rootCertificatesName) else {
            return try await create(wanted, in: .configMaps)
        }
        guard !present.isBeingDeleted, present["data"] != wanted["data"] else { return }
        present["data"] = wanted["data"]
        try await client.update(present, in: .configMaps, subresource: "", manager: controllerManager)
    }

    private func create(_ object: JSONObject, in resource: GroupResource) async throws {
        do {
            try await client.create(object, in: resource, manager: controllerManager)
        } catch  where error.isAlreadyExists || isGone(object.objectNamespace) {
            // Somebody else made it, or the namespace is on its way out.
            return
        }
    }

    private func isGone(_ namespace: String) -> Bool {
        !namespace.isEmpty && client.object(.namespaces, namespace: "", name: namespace)?.isBeingDeleted ?? true
    }

    // MARK: Emptying

    private func empty(_ name: String) async throws {
        guard let namespace = client.object(.namespaces, namespace: "", name: name), namespace.isBeingDeleted else { return awaited.stop(name) }
        let kept = namespace["spec"]?["finalizers"]?.array ?? []
        // Once this loop's finalizer is gone, others decide.
        guard !kept.isEmpty else { return awaited.stop(name) }

        // Pods first, so that what they work with is there as long as they run.
        let resources = feeds.resources.filter(\.isNamespaced)
        let pods = resources.filter { $0.resource == .pods }
        var errors = await deleteContent(of: name, in: pods)
        let arePodsLeft = !errors.isEmpty || !content(of: name, in: pods).isEmpty
        if !arePodsLeft { errors = await deleteContent(of: name, in: resources) }

        let awaitedResources = arePodsLeft ? pods : resources
        var remaining = content(of: name, in: awaitedResources)
        var addresses: Set<ObjectAddress>
        repeat {
            addresses = Set(remaining.map(\.address))
            awaited.wait(for: addresses, of: name)
            // What ended before it was awaited has not been noticed.
            remaining = content(of: name, in: awaitedResources)
        } while Set(remaining.map(\.address)) != addresses

        var content = NamespaceContent(failures: errors.map { ($0 as? Status)?.message ?? "\($0)" })
        for (address, object) in remaining { content.add(object, of: address.resource) }
        try await reportContent(content, of: namespace)
        if let error = errors.first { throw error }
        guard content.isEmpty else { return }
        awaited.stop(name)
        // The last pod has ended while it was waited for: the others' turn.
        if arePodsLeft { return queue.add(.empty(name)) }
        if kept.contains(.string(Self.finalizer)) { try await finalize(name, uid: namespace.objectUID) }
    }

    private func deleteContent(of namespace: String, in resources: [WatchedResource]) async -> [any Error] {
        let objects = content(of: namespace, in: resources).filter { !$0.object.isBeingDeleted }
        return await forEachConcurrently(objects) { [client] address, object in
            do {
                try await client.delete(
                    namespace: namespace, name: address.key.name, in: address.resource, uid: object.objectUID, resourceVersion: nil,
                    propagationPolicy: "Background")
            } catch  where error.isNotFound || error.isConflict {
                // Gone, or another object in its place, which the next look finds.
                return
            }
        }
    }

    private func content(of namespace: String, in resources: [WatchedResource]) -> [(address: ObjectAddress, object: JSONObject)] {
        resources.flatMap { resource in
            client.objects(resource.resource, namespace: namespace).map {
                (ObjectAddress(resource.resource, namespace: namespace, name: $0.objectName), $0)
            }
        }
    }

    private func reportContent(_ content: NamespaceContent, of namespace: JSONObject) async throws {
        guard let reported = content.reported(in: namespace, now: now()) else { return }
        try await client.update(reported, in: .namespaces, subresource: "status", manager: controllerManager)
    }

    private func finalize(_ name: String, uid: String) async throws {
        guard var namespace = client.object(.namespaces, namespace: "", name: name), namespace.objectUID == uid else { return }
        var spec = namespace["spec"]?.object ?? [:]
        spec["finalizers"] = .array((spec["finalizers"]?.array ?? []).filter { $0 != .string(Self.finalizer) })
        namespace["spec"] = .object(spec)
        do {
            try await client.update(namespace, in: .namespaces, subresource: "finalize", manager: controllerManager)
        } catch  where error.isNotFound {
            return
        }
    }
}
