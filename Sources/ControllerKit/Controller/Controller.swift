import FoundationEssentials
public import KubernetesAPI
import KubernetesClient
import Metrics
import Synchronization

/// Calls a reconciler for every key that a change of what it watches maps to, several keys at a time, and again when it failed.
public final class Controller: Sendable {
    public let name: String
    private let workers: Int
    private let reconciler: any Reconciler
    private let queue: WorkQueue<ObjectKey>
    private let events: EventRecorder?
    private let now: @Sendable () -> Date
    private let watched = Mutex<[@Sendable () async throws -> Void]>([])
    private let subject = Mutex<@Sendable (ObjectKey) -> DynamicObject?>({ _ in nil })

    /// Of the keys that were there at the start: what changes now is looked at before them.
    private static let initialPriority = -100

    /// - Parameters:
    ///   - name: unique in the process; in metrics and logs.
    ///   - workers: how many keys are worked on at the same time.
    ///   - events: where failed reconciles are shown.
    public init(
        _ name: String, workers: Int = 4, events: EventRecorder? = nil, backoff: Backoff = .work, now: @escaping @Sendable () -> Date = { Date() },
        reconciler: any Reconciler
    ) {
        self.name = name
        self.workers = max(workers, 1)
        self.reconciler = reconciler
        self.events = events
        self.now = now
        queue = WorkQueue(name, backoff: backoff)
    }

    // MARK: What it watches

    /// Watches the objects that it reconciles. Events about failures are about them.
    public func watch<Object: APIObject>(_ store: Store<Object>) {
        subject.withLock { $0 = { key in store[key].map { DynamicObject($0) } } }
        watch(store) { [$0.key] }
    }

    /// Watches what the reconciled objects own as controllers: a change is their owner's.
    ///
    /// - Parameters:
    ///   - kind: the owners' kind, in any version.
    ///   - isClusterScoped: whether the owners have no namespace.
    public func watchOwned<Object: APIObject>(_ store: Store<Object>, by kind: GroupKind, isClusterScoped: Bool = false) {
        watch(store) { change in
            change.states.compactMap { object in
                guard let owner = object.metadata.controller, owner.kind == kind.kind,
                    (try? GroupVersion(parsing: owner.apiVersion))?.group == kind.group
                else { return nil }
                return ObjectKey(namespace: isClusterScoped ? nil : object.namespace, name: owner.name)
            }
        }
    }

    /// Watches anything: `keys` says whom a change concerns. It must not block.
    public func watch<Object: APIObject>(_ store: Store<Object>, keys: @escaping @Sendable (Change<Object>) -> [ObjectKey]) {
        let queue = queue
        store.observe { change in
            for key in keys(change) { queue.add(key, priority: change.isInitial ? Self.initialPriority : 0) }
        }
        // Of a store that was filled before, its changes so far.
        let snapshot = store.snapshot
        for object in snapshot.objects {
            let change = Change(key: ObjectKey(object), old: nil, new: object, either: object, isInitial: true)
            for key in keys(change) { queue.add(key, priority: Self.initialPriority) }
        }
        watched.withLock { $0.append { try await store.waitUntilSynced() } }
    }

    /// Asks for a key to be looked at, for causes that no store shows.
    public func enqueue(_ key: ObjectKey, after delay: Duration = .zero) { queue.add(key, after: delay) }

    // MARK: Running

    /// Works until the task is cancelled; begins when all that it watches is there. Reconciles under way are cancelled, too, and waited for.
    public func run() async {
        do {
            for synced in watched.withLock({ $0 }) { try await synced() }
            try await withThrowingTaskGroup(of: Void.self) { group in
                var running = 0
                while true {
                    if running == workers { try await group.next() } else { running += 1 }
                    let key = try await queue.next()
                    group.addTask { await self.work(on: key) }
                }
            }
        } catch {
            // Only cancellation ends the loop.
        }
    }

    private func work(on key: ObjectKey) async {
        let start = ContinuousClock.now
        let now = now()
        do {
            let requeue = try await reconciler.reconcile(key, now: now)
            queue.forget(key)
            if let delay = requeue.delay(now: now) { queue.add(key, after: delay) }
            count("success")
        } catch {
            if Task.isCancelled { return queue.finish(key, after: .now - start) }
            queue.addRateLimited(key)
            // That somebody else was faster is part of the game, and no news.
            let isConflict = (error as? KubernetesError)?.isConflict ?? false
            count(isConflict ? "conflict" : "error")
            if !isConflict, !(error is LeadershipLost), let object = subject.withLock({ $0 })(key) {
                events?.record(.warning, "ReconcileFailed", action: "Reconcile", "\(error)", of: object)
            }
        }
        queue.finish(key, after: .now - start)
    }

    private func count(_ result: String) {
        Counter(label: "martlet_controller_reconciles_total", dimensions: [("controller", name), ("result", result)]).increment()
    }
}
