extension ObjectMeta {
    /// The label `key`, without reading the others. Setting nil removes it.
    public subscript(label key: String) -> String? {
        get { members["labels"]?[key]?.string }
        set { setEntry(key, newValue, of: "labels") }
    }

    /// The annotation `key`, without reading the others. Setting nil removes it.
    public subscript(annotation key: String) -> String? {
        get { members["annotations"]?[key]?.string }
        set { setEntry(key, newValue, of: "annotations") }
    }

    private mutating func setEntry(_ key: String, _ value: String?, of field: String) {
        var entries = members[field]?.object ?? JSONObject()
        entries[key] = value.map { .string($0) }
        members[field] = entries.isEmpty ? nil : .object(entries)
    }

    /// Whether the object was asked to be deleted.
    public var isBeingDeleted: Bool { members["deletionTimestamp"]?.string != nil }

    public func hasFinalizer(_ name: String) -> Bool { finalizers?.contains(name) ?? false }

    /// - Returns: whether it was missing.
    @discardableResult
    public mutating func addFinalizer(_ name: String) -> Bool {
        if hasFinalizer(name) { return false }
        finalizers = (finalizers ?? []) + [name]
        return true
    }

    /// - Returns: whether it was there.
    @discardableResult
    public mutating func removeFinalizer(_ name: String) -> Bool {
        guard let present = finalizers, present.contains(name) else { return false }
        let rest = present.filter { $0 != name }
        finalizers = rest.isEmpty ? nil : rest
        return true
    }

    /// The owner that manages the object; there is at most one.
    public var controller: OwnerReference? { ownerReferences?.first { $0.controller == true } }

    /// Whether the object with this UID is among the owners.
    public func isOwned(byUID uid: String) -> Bool { !uid.isEmpty && ownerReferences?.contains { $0.uid == uid } == true }

    /// Adds an owner, or replaces the reference to the same one.
    ///
    /// - Returns: false, and nothing is changed, when `owner` is a controller and another one already manages the object.
    @discardableResult
    public mutating func addOwner(_ owner: OwnerReference) -> Bool {
        if owner.controller == true, let controller, controller.uid != owner.uid { return false }
        var owners = ownerReferences ?? []
        if let position = owners.firstIndex(where: { $0.uid == owner.uid }) { owners[position] = owner } else { owners.append(owner) }
        ownerReferences = owners
        return true
    }
}

extension OwnerReference {
    /// A reference to an object that is stored, which so has a UID: the object that carries the reference is deleted after `owner`.
    ///
    /// - Parameter blocksDeletion: whether `owner`, when it is deleted in the foreground, waits until this object is gone.
    public init(to owner: some APIObject, blocksDeletion: Bool = false) {
        self.init(apiVersion: owner.apiVersion, kind: owner.kind, name: owner.name, uid: owner.uid, blockOwnerDeletion: blocksDeletion ? true : nil)
    }

    /// A reference to the object's controller, the one owner that manages it.
    public init(controller owner: some APIObject) {
        self.init(to: owner, blocksDeletion: true)
        controller = true
    }
}
