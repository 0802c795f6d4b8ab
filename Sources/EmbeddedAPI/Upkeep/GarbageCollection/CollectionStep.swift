import KubernetesAPI

/// What an owner reference leads to now.
enum OwnerState: Hashable, Sendable {
    /// There is no such object in the dependent's namespace, or it has another uid.
    case absent
    case solid
    /// It is being deleted in the foreground: it waits for its dependents.
    case waitsForDependents
    /// No resource of this kind is known: it cannot be told whether the owner exists.
    case ofUnknownKind
    /// An object without namespace cannot be owned by one that has a namespace.
    case cannotOwn
}

/// What happens to an object with owner references, as in Kubernetes' garbage collector.
enum CollectionStep: Hashable, Sendable {
    case keep
    /// It cannot be decided before the kind of this owner is known, or at all.
    case undecided(OwnerLink, OwnerState)
    /// The object has an owner left; references to the others are taken away.
    case removeReferences(uids: [String])
    /// - Parameter unblocksOwners: first its references stop blocking: it is part of a circle of objects that wait for each other.
    case delete(propagationPolicy: String, unblocksOwners: Bool)

    /// - Parameters:
    ///   - object: its live state.
    ///   - owners: its references and what they lead to, in order.
    ///   - hasDependents: whether it owns others itself.
    ///   - isInCircle: whether a foreground deletion would wait for the object itself.
    static func decide(
        _ object: JSONObject, owners: [(reference: OwnerLink, state: OwnerState)], hasDependents: Bool, isInCircle: Bool
    ) -> CollectionStep {
        if owners.isEmpty { return .keep }
        for (reference, state) in owners where state == .ofUnknownKind || state == .cannotOwn { return .undecided(reference, state) }
        let gone = owners.filter { $0.state == .absent }.map(\.reference.uid)
        let waiting = owners.filter { $0.state == .waitsForDependents }.map(\.reference.uid)
        if gone.count + waiting.count < owners.count {
            return gone.isEmpty && waiting.isEmpty ? .keep : .removeReferences(uids: gone + waiting)
        }
        if !waiting.isEmpty, hasDependents { return .delete(propagationPolicy: "Foreground", unblocksOwners: isInCircle) }
        let finalizers = object.finalizers
        // What the object's own finalizers ask for is kept.
        let policy =
            finalizers.contains(CollectorFinalizer.orphan) ? "Orphan" : finalizers.contains(CollectorFinalizer.foreground) ? "Foreground" : "Background"
        return .delete(propagationPolicy: policy, unblocksOwners: false)
    }
}
