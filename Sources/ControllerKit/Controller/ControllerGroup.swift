public import KubernetesAPI
public import KubernetesClient
import Metrics
import Synchronization

/// Everything that a process runs against one API server: one watch for each resource that all controllers share, the controllers, their events, and the election
/// of a leader where there may be several such processes.
///
/// Stores, controllers and indexes are set up first; then ``run()`` runs them, once.
public final class ControllerGroup: Sendable {
    public let client: KubernetesClient
    public let events: EventRecorder
    private let election: LeaderElection?
    private let onFailure: @Sendable (String, any Error) -> Void
    private let state = Mutex(State())

    private struct WatchKey: Hashable {
        let resource: GroupVersionResource
        let type: ObjectIdentifier
        let scope: Scope
    }

    private struct State {
        var stores: [WatchKey: any Sendable] = [:]
        var reflectors: [@Sendable () async -> Void] = []
        var controllers: [Controller] = []
    }

    /// - Parameters:
    ///   - election: nil where this is the only such process.
    ///   - onFailure: told what of a resource could not be listed or watched, and is tried again; for the log.
    public init(
        client: KubernetesClient, events: EventRecorder, election: LeaderElection? = nil,
        onFailure: @escaping @Sendable (_ resource: String, any Error) -> Void = { _, _ in }
    ) {
        self.client = client
        self.events = events
        self.election = election
        self.onFailure = onFailure
    }

    /// The store of a kind, the same for all who ask for the same scope. What is dropped from the objects is what every one of them drops.
    public func store<Object: Resource>(_ type: Object.Type, scope: Scope = .everything, stripping: Stripping = .managedFields) -> Store<Object> {
        store(client.resources(type, in: scope.namespace), scope, stripping)
    }

    /// The store of a kind that is known only at run time.
    public func store(_ definition: ResourceDefinition, scope: Scope = .everything, stripping: Stripping = .managedFields) -> Store<DynamicObject> {
        store(client.resources(definition, in: scope.namespace), scope, stripping)
    }

    /// Writes to what `store` shows.
    public func writer<Object: Resource>(_ store: Store<Object>) -> Writer<Object> {
        Writer(store: store, fence: fence) { [client] in client.resources(Object.self, in: $0) }
    }

    /// Writes objects of a kind that is known only at run time.
    public func writer(_ store: Store<DynamicObject>, of definition: ResourceDefinition) -> Writer<DynamicObject> {
        Writer(store: store, fence: fence) { [client] in client.resources(definition, in: $0) }
    }

    private var fence: @Sendable () throws -> Void {
        let leadership = election?.leadership
        return { try leadership?.check() }
    }

    public func add(_ controller: Controller) { state.withLock { $0.controllers.append(controller) } }

    /// Runs until the task is cancelled. Stores are filled without leadership, so that a new leader begins at once; controllers run only with it.
    ///
    /// - Throws: ``LeadershipLost``: the process should end, and begin anew as one of those who wait.
    public func run() async throws {
        let (reflectors, controllers) = state.withLock { ($0.reflectors, $0.controllers) }
        do {
            try await withThrowingTaskGroup(of: Void.self) { group in
                for run in reflectors { group.addTask { await run() } }
                group.addTask { await self.events.run() }
                group.addTask {
                    guard let election = self.election else { return await Self.run(controllers) }
                    try await election.run { await Self.run(controllers) }
                }
                while try await group.next() != nil {}
            }
        } catch is CancellationError {
            // The usual end.
        }
    }

    private static func run(_ controllers: [Controller]) async {
        await withTaskGroup(of: Void.self) { group in
            for controller in controllers { group.addTask { await controller.run() } }
        }
    }

    private func store<Object: APIObject>(_ resources: Resources<Object>, _ scope: Scope, _ stripping: Stripping) -> Store<Object> {
        let key = WatchKey(resource: resources.definition.groupVersionResource, type: ObjectIdentifier(Object.self), scope: scope)
        return state.withLock { state in
            if let store = state.stores[key] as? Store<Object> {
                store.restrictStripping(to: stripping)
                return store
            }
            let store = Store<Object>(scope: scope, stripping: stripping)
            let name = resources.definition.groupResource.description
            let reflector = Reflector(source: ServerSource(resources: resources, scope: scope), store: store, name: name) { [onFailure] in onFailure(name, $0) }
            state.stores[key] = store
            state.reflectors.append { await reflector.run() }
            return store
        }
    }
}
