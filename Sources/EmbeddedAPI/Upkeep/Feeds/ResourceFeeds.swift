import KubernetesAPI
import Synchronization

/// One watch of every resource that is served, shared by all loops. Follows CustomResourceDefinitions: their resources come and go.
///
/// Holds no objects. A watch that expires begins anew and says so.
final class ResourceFeeds: Sendable {
    private struct State {
        var resources: [GroupResource: WatchedResource] = [:] { didSet { sorted = nil } }
        /// ``resources`` in the order of their names; nil until it is asked for.
        var sorted: [WatchedResource]?
        /// Kinds by which owners are found. Those of removed definitions stay: an owner of such a kind is known to be absent.
        var kinds: [GroupKind: WatchedResource] = [:]
        /// Ends the feed of a resource.
        var stops: [GroupResource: AsyncStream<Void>.Continuation] = [:]
        /// Definitions' names to their resources, as the last state of a definition may lack what made it served.
        var definitions: [ObjectKey: GroupResource] = [:]
        /// Resources of the start that have not shown all their objects yet; nil when all have.
        var unsynced: Set<GroupResource>? = []
    }

    private struct Feed: Sendable {
        let resource: WatchedResource
        let stop: AsyncStream<Void>
    }

    private let client: any InternalClient
    private let state = Mutex(State())
    private let handlers = Mutex<[any FeedHandler]>([])
    private let (starts, newFeeds) = AsyncStream<Feed>.makeStream()

    init(client: any InternalClient) { self.client = client }

    /// Adds a loop that is told of everything. To be called before ``run()``.
    func add(_ handler: any FeedHandler) { handlers.withLock { $0.append(handler) } }

    /// What is served now, in the order of the names.
    var resources: [WatchedResource] {
        state.withLock { state in
            if let sorted = state.sorted { return sorted }
            let named = state.resources.values.map { (name: $0.resource.description, resource: $0) }
            let sorted = named.sorted { $0.name < $1.name }.map(\.resource)
            state.sorted = sorted
            return sorted
        }
    }

    /// The resource whose objects are of this kind; nil where the kind was never known.
    func resource(of kind: GroupKind) -> WatchedResource? { state.withLock { $0.kinds[kind] } }

    /// Watches until the task is cancelled or the store closes.
    func run() async {
        let handlers = handlers.withLock { $0 }
        let initial = client.resources.map(WatchedResource.init).filter(\.isStored)
        state.withLock { $0.unsynced = Set(initial.map(\.resource)) }
        for resource in initial { start(resource, handlers) }
        if initial.isEmpty { state.withLock { $0.unsynced = nil } }
        await withDiscardingTaskGroup { group in
            for await feed in starts { group.addTask { await self.run(feed, handlers) } }
        }
    }

    private func start(_ resource: WatchedResource, _ handlers: [any FeedHandler]) {
        let stop = state.withLock { state -> AsyncStream<Void>? in
            state.kinds[resource.groupKind] = resource
            guard state.resources.updateValue(resource, forKey: resource.resource) == nil else { return nil }
            let (stop, continuation) = AsyncStream<Void>.makeStream()
            state.stops[resource.resource] = continuation
            return stop
        }
        guard let stop else { return }
        for handler in handlers { handler.handle(.appeared(resource)) }
        newFeeds.yield(Feed(resource: resource, stop: stop))
    }

    private func run(_ feed: Feed, _ handlers: [any FeedHandler]) async {
        await withTaskGroup(of: Void.self) { group in
            group.addTask { for await _ in feed.stop {} }
            group.addTask { await self.follow(feed.resource, handlers) }
            await group.next()
            group.cancelAll()
        }
        noteSynced(feed.resource.resource, handlers)
    }

    private func follow(_ resource: WatchedResource, _ handlers: [any FeedHandler]) async {
        var (failures, isRestart) = (0, false)
        while !Task.isCancelled {
            do {
                let watch = try client.watch(resource.resource)
                // After the watch has its place, so that nothing ends between looking and watching.
                if isRestart { noteInterruption(of: resource, handlers) }
                isRestart = true
                var isInitial = true
                for try await event in watch {
                    failures = 0
                    switch event {
                    case .added(let object), .modified(let object): tell(handlers, .changed(object, resource, isInitial: isInitial), object, resource)
                    case .deleted(let object): tell(handlers, .ended(object, resource), object, resource)
                    case .bookmark(_, let endsInitialEvents):
                        guard endsInitialEvents else { continue }
                        isInitial = false
                        noteSynced(resource.resource, handlers)
                    }
                }
                return
            } catch StorageError.closed {
                return
            } catch let status as Status where status.is(.methodNotAllowed) {
                return
            } catch {
                // Too far behind, or not served for the moment.
                failures += 1
                guard await BackOff.watch.sleep(afterFailure: failures) else { return }
            }
        }
    }

    private func tell(_ handlers: [any FeedHandler], _ event: FeedEvent, _ object: StoredObject, _ resource: WatchedResource) {
        if resource.resource == .customResourceDefinitions { noteDefinition(object, event, handlers) }
        for handler in handlers { handler.handle(event) }
    }

    private func noteSynced(_ resource: GroupResource, _ handlers: [any FeedHandler]) {
        let isLast = state.withLock { state in
            guard state.unsynced?.remove(resource) != nil, state.unsynced?.isEmpty ?? false else { return false }
            state.unsynced = nil
            return true
        }
        if isLast { for handler in handlers { handler.handle(.synced) } }
    }

    private func noteInterruption(of resource: WatchedResource, _ handlers: [any FeedHandler]) {
        for handler in handlers { handler.handle(.interrupted(resource)) }
        guard resource.resource == .customResourceDefinitions else { return }
        for key in state.withLock({ Array($0.definitions.keys) }) where client.object(resource.resource, namespace: "", name: key.name) == nil {
            stop(definition: key, handlers)
        }
    }

    private func stop(definition: ObjectKey, _ handlers: [any FeedHandler]) {
        let gone = state.withLock { state -> WatchedResource? in
            guard let resource = state.definitions.removeValue(forKey: definition) else { return nil }
            state.stops.removeValue(forKey: resource)?.finish()
            return state.resources.removeValue(forKey: resource)
        }
        if let gone { for handler in handlers { handler.handle(.disappeared(gone)) } }
    }

    /// Starts or ends the feed of the resource that a definition defines.
    private func noteDefinition(_ object: StoredObject, _ event: FeedEvent, _ handlers: [any FeedHandler]) {
        if case .ended = event {
            stop(definition: object.key, handlers)
        } else if let definition = try? object.decoded(), let resource = WatchedResource(customResourceDefinition: definition) {
            state.withLock { $0.definitions[object.key] = resource.resource }
            start(resource, handlers)
        }
    }
}
