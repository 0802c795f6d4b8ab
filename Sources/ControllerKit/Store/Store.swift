public import KubernetesAPI
import KubernetesClient
import Synchronization

/// The objects of one resource as this process knows them: fed by one watch, and by its own writes, which it knows before the watch tells.
///
/// Reading costs no request and may be a moment behind others, never behind this process' own writes through a ``Writer``.
public final class Store<Object: APIObject>: Sendable {
    public let scope: Scope
    private let contents = Mutex(StoreContents<Object>())
    private let observers = Mutex<[@Sendable (Change<Object>) -> Void]>([])
    private let stripping: Mutex<Stripping>
    private let synced = Signal(staysSet: true)

    /// - Parameter indexes: besides those by owner and by namespace, which every store has.
    public init(scope: Scope = .everything, stripping: Stripping = .managedFields, indexes: [StoreIndex<Object>] = []) {
        self.scope = scope
        self.stripping = Mutex(stripping)
        for index in indexes { add(index) }
    }

    // MARK: Reading

    public subscript(key: ObjectKey) -> Object? { contents.withLock { $0.objects[key] } }

    public var count: Int { contents.withLock { $0.objects.count } }

    /// Everything at this moment, without a copy.
    public var snapshot: StoreSnapshot<Object> { contents.withLock { $0.objects } }

    /// The objects that `owner` owns, whether or not as their controller, in the order of their keys.
    public func owned(by owner: some APIObject) -> [Object] { objects(.owner, owner.uid) }

    /// The objects for which the index gives `value`, in the order of their keys.
    ///
    /// - Precondition: the index was added.
    public func objects(_ index: StoreIndex<Object>, _ value: String) -> [Object] {
        guard let objects = contents.withLock({ $0.objects(index.name, value) }) else { preconditionFailure("the store has no index \(index.name)") }
        return objects
    }

    /// The objects that a label selector chooses, in the order of their keys.
    public func matching(_ selector: Selector, in namespace: String? = nil) -> [Object] {
        contents.withLock { $0.matching(selector, namespace: namespace) }
    }

    /// Adds an index, unless the store has one of its name.
    public func add(_ index: StoreIndex<Object>) { contents.withLock { $0.add(index) } }

    /// Calls `observer` for every change from now on: in the order of the changes of each source (the watch, a writer), on its task. It must not block.
    public func observe(_ observer: @escaping @Sendable (Change<Object>) -> Void) { observers.withLock { $0.append(observer) } }

    /// Waits until the store has been filled once.
    ///
    /// - Throws: `CancellationError`.
    public func waitUntilSynced() async throws { try await synced.wait() }

    public var isSynced: Bool { synced.isSet }

    // MARK: Feeding

    /// Keeps what another reader of this store reads. Before the store is filled.
    func restrictStripping(to other: Stripping) { stripping.withLock { $0 = $0.intersection(other) } }

    func replace(with list: [Object], version: String) {
        let stripping = stripping.withLock { $0 }
        let list = list.map(stripping.applied)
        let isInitial = !isSynced
        tell(contents.withLock { $0.replace(with: list, version: version, isInitial: isInitial) })
        synced.set()
    }

    func apply(_ event: ResourceEvent<Object>) {
        let stripping = stripping.withLock { $0 }
        let event = event.mapObject(stripping.applied)
        tell(contents.withLock { $0.apply(event) })
    }

    /// Takes the server's answer to a write of this process.
    public func record(_ object: Object) {
        let isInScope = scope.contains(object)
        let object = stripping.withLock { $0 }.applied(to: object)
        tell(contents.withLock { $0.record(object, isInScope: isInScope) })
    }

    /// Takes it that an object is gone, as the server answered a deletion by this process.
    public func recordEnd(of object: Object) { tell(contents.withLock { $0.recordEnd(of: ObjectKey(object), uid: object.uid) }) }

    private func tell(_ changes: [Change<Object>]) {
        guard !changes.isEmpty else { return }
        let observers = observers.withLock { $0 }
        for change in changes { for observer in observers { observer(change) } }
    }
}

extension ResourceEvent {
    fileprivate func mapObject(_ transform: (Object) -> Object) -> ResourceEvent {
        switch self {
        case .added(let object): .added(transform(object))
        case .modified(let object): .modified(transform(object))
        case .deleted(let object): .deleted(transform(object))
        case .bookmark: self
        }
    }
}
