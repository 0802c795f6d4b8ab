import KubernetesAPI

/// Who owns whom, as far as garbage collection needs it: objects with owners, and objects whose deletion waits for the collector. All others are not in it,
/// which keeps it small. Only computes; what to do about an object is decided by ``CollectionStep`` on its live state.
struct OwnershipGraph: Sendable {
    struct Node: Hashable, Sendable {
        let address: ObjectAddress
        let uid: String
        var owners: [OwnerLink] = []
        var isBeingDeleted = false
        /// Deletion was asked for in the foreground.
        var waitsForDependents = false
        /// Deletion was asked for with the dependents left alone.
        var orphansDependents = false

        var isOfInterest: Bool { !owners.isEmpty || waitsForDependents || orphansDependents }
    }

    /// What should be looked at again.
    enum Attempt: Hashable, Sendable {
        /// Perhaps the object with this uid must go, or lose references.
        case collect(uid: String)
        /// The dependents of the object with this uid are to lose their references to it.
        case orphan(uid: String)
    }

    private(set) var nodes: [String: Node] = [:]
    private var uids: [ObjectAddress: String] = [:]
    /// The uids of dependents by the uid of the owner, be it in the graph or not.
    private var dependents: [String: Set<String>] = [:]
    /// Those of them that a foreground deletion of the owner waits for.
    private var blocking: [String: Set<String>] = [:]

    func uid(at address: ObjectAddress) -> String? { uids[address] }
    func dependents(of uid: String) -> Set<String> { dependents[uid] ?? [] }
    func node(_ uid: String) -> Node? { nodes[uid] }

    /// Whether a foreground deletion of the object has to wait.
    func isBlocked(_ uid: String) -> Bool { blocking[uid] != nil }

    /// Whether a foreground deletion of the object would wait, through dependents that wait themselves, for the object itself: for ever.
    func isInCircle(_ uid: String) -> Bool {
        var (seen, pending): (Set<String>, [String]) = ([], [uid])
        while let owner = pending.popLast() {
            for dependent in blocking[owner] ?? [] {
                if dependent == uid { return true }
                if nodes[dependent]?.waitsForDependents ?? false, seen.insert(dependent).inserted { pending.append(dependent) }
            }
        }
        return false
    }

    /// Takes the state of an object that exists.
    mutating func update(_ node: Node) -> [Attempt] {
        var attempts: [Attempt] = []
        if let former = uids[node.address], former != node.uid { attempts += remove(former) }
        let old = nodes[node.uid]
        guard old != node else { return attempts }
        relink(node, replacing: old)

        attempts += unblockedOwners(of: old)
        // New owners may be absent, or on their way out.
        let known = Set((old?.owners ?? []).map(\.identity))
        if node.owners.contains(where: { !known.contains($0.identity) }) { attempts.append(.collect(uid: node.uid)) }
        if node.orphansDependents, !(old?.orphansDependents ?? false) { attempts.append(.orphan(uid: node.uid)) }
        if node.waitsForDependents, !(old?.waitsForDependents ?? false) {
            attempts += dependents(of: node.uid).sorted().map { .collect(uid: $0) }
            attempts.append(.collect(uid: node.uid))
        }
        return attempts
    }

    /// The object with this uid has ended, whether it was in the graph or not.
    mutating func remove(_ uid: String) -> [Attempt] {
        var attempts = dependents(of: uid).sorted().map { Attempt.collect(uid: $0) }
        if let old = nodes[uid] {
            relink(nil, replacing: old)
            attempts += unblockedOwners(of: old)
        }
        return attempts
    }

    /// Owners that waited for this object and now for none any more.
    private func unblockedOwners(of old: Node?) -> [Attempt] {
        (old?.owners ?? []).filter { $0.blocksDeletion && nodes[$0.uid]?.waitsForDependents ?? false && !isBlocked($0.uid) }.map { .collect(uid: $0.uid) }
    }

    private mutating func relink(_ node: Node?, replacing old: Node?) {
        if let old {
            nodes[old.uid] = nil
            uids[old.address] = nil
            for reference in old.owners {
                dependents.remove(old.uid, of: reference.uid)
                blocking.remove(old.uid, of: reference.uid)
            }
        }
        guard let node, node.isOfInterest else { return }
        nodes[node.uid] = node
        uids[node.address] = node.uid
        for reference in node.owners {
            dependents[reference.uid, default: []].insert(node.uid)
            if reference.blocksDeletion { blocking[reference.uid, default: []].insert(node.uid) }
        }
    }
}

extension OwnershipGraph.Node {
    init(_ object: JSONObject, at address: ObjectAddress) {
        let finalizers = object.isBeingDeleted ? object.finalizers : []
        self.init(
            address: address, uid: object.objectUID, owners: OwnerLink.list(of: object), isBeingDeleted: object.isBeingDeleted,
            waitsForDependents: finalizers.contains(CollectorFinalizer.foreground), orphansDependents: finalizers.contains(CollectorFinalizer.orphan))
    }
}

extension [String: Set<String>] {
    /// Takes one out of a set, and out with the set when it was the last.
    fileprivate mutating func remove(_ member: String, of key: String) {
        self[key]?.remove(member)
        if self[key]?.isEmpty ?? false { self[key] = nil }
    }
}

extension OwnerLink {
    /// The reference but for what may change without making it another one.
    fileprivate var identity: [String] { [apiVersion, kind, name, uid] }
}
