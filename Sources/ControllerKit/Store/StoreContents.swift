import KubernetesAPI
import KubernetesClient

/// The state of a store and its rules, without threads: what the watch tells, and what this process wrote and knows before the watch tells it.
///
/// Resource versions are compared as numbers, as Kubernetes promises since 1.35 and did before. Where one is no number, only the watch counts.
struct StoreContents<Object: APIObject>: Sendable {
    private(set) var objects = StoreSnapshot<Object>()
    /// A few: a change goes through all of them.
    private var indexes: [IndexedKeys<Object>] = []
    /// Up to where the watch has told everything.
    private(set) var watched: UInt64?
    /// Keys whose last write by this process the watch has not told yet, with the version of that write. Until then nothing older counts.
    private var ahead: [ObjectKey: UInt64] = [:]
    /// UIDs of objects that this process deleted and of which the watch has not told the end yet.
    private var deleted: Set<String> = []

    init() {
        add(.owner)
        add(.namespace)
    }

    // MARK: What the watch tells

    /// Takes a whole list in place of everything. What was deleted while nobody watched is a change, too.
    mutating func replace(with list: [Object], version: String, isInitial: Bool) -> [Change<Object>] {
        watched = UInt64(version)
        // A list that was read before our own write must not undo it.
        ahead = ahead.filter { _, own in watched.map { own > $0 } ?? false }
        var listed: [ObjectKey: Object] = Dictionary(minimumCapacity: list.count)
        var stillDeleted: Set<String> = []
        for object in list {
            if deleted.contains(object.uid) { stillDeleted.insert(object.uid) } else { listed[ObjectKey(object)] = object }
        }
        deleted = stillDeleted

        var changes: [Change<Object>] = []
        for key in Array(objects.keys) where listed[key] == nil && ahead[key] == nil { set(key, nil, isInitial: isInitial, &changes) }
        for (key, object) in listed where ahead[key] == nil {
            if let old = objects[key], old.uid == object.uid, old.resourceVersion == object.resourceVersion { continue }
            set(key, object, isInitial: isInitial, &changes)
        }
        return changes
    }

    mutating func apply(_ event: ResourceEvent<Object>) -> [Change<Object>] {
        if case .bookmark(let version, _) = event { note(UInt64(version)) }
        guard let object = event.object else { return [] }
        let (key, version) = (ObjectKey(object), object.version)
        note(version)
        if case .deleted = event { deleted.remove(object.uid) }
        if let own = ahead[key] {
            if let version, version < own { return [] }
            ahead[key] = nil
            if version == own, case .added = event { return [] }
            if version == own, case .modified = event { return [] }
        }
        var changes: [Change<Object>] = []
        if case .deleted = event {
            if objects[key]?.uid == object.uid { set(key, nil, &changes) }
        } else if !deleted.contains(object.uid) {
            set(key, object, &changes)
        }
        return changes
    }

    private mutating func note(_ version: UInt64?) { if let version { watched = max(watched ?? 0, version) } }

    // MARK: What this process wrote

    /// Takes the server's answer to a write, unless the watch has told as much already.
    ///
    /// - Parameter isInScope: false when the write has moved the object out of what the store holds.
    mutating func record(_ object: Object, isInScope: Bool) -> [Change<Object>] {
        let key = ObjectKey(object)
        guard let version = object.version, version > watched ?? 0, version > ahead[key] ?? 0, !deleted.contains(object.uid) else { return [] }
        guard isInScope || objects[key] != nil else { return [] }
        ahead[key] = version
        var changes: [Change<Object>] = []
        set(key, isInScope ? object : nil, &changes)
        return changes
    }

    /// Takes it that an object is gone by this process' own request.
    mutating func recordEnd(of key: ObjectKey, uid: String) -> [Change<Object>] {
        guard objects[key]?.uid == uid else { return [] }
        deleted.insert(uid)
        ahead[key] = nil
        var changes: [Change<Object>] = []
        set(key, nil, &changes)
        return changes
    }

    // MARK: Indexes

    mutating func add(_ index: StoreIndex<Object>) {
        guard keys(of: index.name) == nil else { return }
        var keys = IndexedKeys(index)
        for object in objects.objects { keys.change(ObjectKey(object), from: nil, to: object) }
        indexes.append(keys)
    }

    /// In the order of the keys; nil when there is no such index.
    func objects(_ index: String, _ value: String) -> [Object]? { keys(of: index).map { sorted($0.keys(value)) } }

    /// In the order of the keys, by the narrowest index that serves the selector.
    func matching(_ selector: Selector, namespace: String?) -> [Object] {
        let requirement = selector.requirements.lazy.compactMap { requirement -> (IndexedKeys<Object>, String)? in
            guard let keys = keys(of: StoreIndex<Object>.labelPrefix + requirement.key) else { return nil }
            return selector.exactValue(of: requirement.key).map { (keys, $0) }
        }.first
        let candidates: any Sequence<ObjectKey>
        if let (keys, value) = requirement {
            candidates = keys.keys(value)
        } else if let namespace, let keys = keys(of: "namespace") {
            candidates = keys.keys(namespace)
        } else {
            candidates = objects.keys
        }
        var matching: [(ObjectKey, Object)] = []
        for key in candidates where namespace == nil || key.namespace == namespace {
            if let object = objects[key], selector.matches(object.members["metadata"]?["labels"]?.object) { matching.append((key, object)) }
        }
        return matching.sorted { $0.0 < $1.0 }.map(\.1)
    }

    private func keys(of index: String) -> IndexedKeys<Object>? { indexes.first { $0.index.name == index } }

    private func sorted(_ keys: Set<ObjectKey>) -> [Object] { keys.sorted().compactMap { objects[$0] } }

    private mutating func set(_ key: ObjectKey, _ new: Object?, isInitial: Bool = false, _ changes: inout [Change<Object>]) {
        let old = objects[key]
        guard let either = new ?? old else { return }
        objects[key] = new
        for position in indexes.indices { indexes[position].change(key, from: old, to: new) }
        changes.append(Change(key: key, old: old, new: new, either: either, isInitial: isInitial))
    }
}

extension APIObject {
    fileprivate var version: UInt64? { resourceVersion.flatMap(UInt64.init) }
}
