import KubernetesAPI

/// Who owns whom, as far as garbage collection needs it: objects with owners, and objects whose deletion waits for the collector. All others are not in it,
/// which keeps it small. Only computes; what to do about an object is decided by ``CollectionStep`` on its live state.
struct OwnershipGraph: Sendable {
    struct Node: Hashable, Sendable {
        let address: ObjectAddress
        let uid: String
        var owners: [OwnerReference] = []
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

    func uid(at address: ObjectAddress) -> String? { uids[address] }
    func dependents(of uid: String) -> Set<String> { dependents[uid] ?? [] }
    func node(_ uid: String) -> Node? { nodes[uid] }

    /// The dependents that a foreground deletion of the object waits for.
    func blockingDependents(of uid: String) -> [Node] {
        dependents(of: uid).compactMap { nodes[$0] }.filter { $0.owners.contains { $0.uid == uid && $0.blocksDeletion } }
    }

    /// Takes the state of an object that exists.
    mutating func update(_ node: Node) -> [Attempt] {
        var attempts: [Attempt] = []
        if let former = uids[node.address], former != node.uid { attempts += remove(former) }
        let old = nodes[node.uid]
        guard old != node else { return attempts }
        relink(node, replacing: old)

        // Owners that waited for this one and do not any more.
        for reference in old?.owners ?? [] where nodes[reference.uid]?.waitsForDependents ?? false {
            let isBlocking = node.owners.contains { $0.uid == reference.uid && $0.blocksDeletion }
            if !isBlocking { attempts.append(.collect(uid: reference.uid)) }
        }
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
            for reference in old.owners where nodes[reference.uid]?.waitsForDependents ?? false { attempts.append(.collect(uid: reference.uid)) }
        }
        return attempts
    }

    private mutating func relink(_ node: Node?, replacing old: Node?) {
        if let old {
            nodes[old.uid] = nil
            uids[old.address] = nil
            for reference in old.owners {
                dependents[reference.uid]?.remove(old.uid)
                if dependents[reference.uid]?.isEmpty ?? false { dependents[reference.uid] = nil }
            }
        }
        guard let node, node.isOfInterest else { return }
        nodes[node.uid] = node
        uids[node.address] = node.uid
        for reference in node.owners { dependents[reference.uid, default: []].insert(node.uid) }
    }
}

extension OwnershipGraph.Node {
    init(_ object: JSONObject, at address: ObjectAddress) {
        let finalizers = object.isBeingDeleted ? object.finalizers : []
        self.init(
            address: address, uid: object.uid, owners: OwnerReference.list(of: object), isBeingDeleted: object.isBeingDeleted,
            waitsForDependents: finalizers.contains(CollectorFinalizer.foreground), orphansDependents: finalizers.contains(CollectorFinalizer.orphan))
    }
}

extension OwnerReference {
    /// The reference but for what may change without making it another one.
    fileprivate var identity: [String] { [apiVersion, kind, name, uid] }
}
