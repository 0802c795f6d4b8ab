public import KubernetesAPI

/// Which of some objects belong to a controller: by its reference as their controller, and by its selector.
public struct Claims<Object: Resource>: Sendable {
    /// Those that belong to the controller: they have its reference and match, or are in ``adopted``.
    public private(set) var owned: [Object] = []
    /// Those without a controller that match. They are to get the controller's reference first.
    public private(set) var adopted: [Object] = []
    /// Those with the controller's reference that match no more. They are to lose it.
    public private(set) var released: [Object] = []

    /// - Parameters:
    ///   - objects: of the controller's namespace; at least all that have its reference or that of no controller.
    ///   - selector: one that is wrong chooses nothing, and releases nothing.
    public init(of controller: some Resource, among objects: [Object], selector structured: LabelSelector) {
        guard let selector = try? Selector(structured: structured.members) else { return }
        let (meta, uid) = (controller.metadata, controller.uid)
        for object in objects where object.namespace == controller.namespace {
            let matches = selector.matches(object.members["metadata"]?["labels"]?.object)
            if let owner = object.metadata.controller {
                guard owner.uid == uid else { continue }
                if matches {
                    owned.append(object)
                } else if !meta.isBeingDeleted {
                    released.append(object)
                }
            } else if matches, !meta.isBeingDeleted, !object.metadata.isBeingDeleted {
                adopted.append(object)
                owned.append(object)
            }
        }
    }
}

/// The patches that change an object's controller, as strategic merge patches: other owners are left alone, and an object of the same name that took its place
/// is refused for its UID.
public enum OwnerPatch {
    public static func adopt(_ object: some Resource, by controller: some Resource, adding finalizer: String? = nil) -> JSONObject {
        var metadata: JSONObject = ["uid": .string(object.uid), "ownerReferences": [OwnerReference(controller: controller).json]]
        if let finalizer { metadata["finalizers"] = [.string(finalizer)] }
        return ["metadata": .object(metadata)]
    }

    public static func release(_ object: some Resource, from controller: some Resource, removing finalizer: String? = nil) -> JSONObject {
        let reference: JSONObject = ["$patch": "delete", "uid": .string(controller.uid)]
        var metadata: JSONObject = ["uid": .string(object.uid), "ownerReferences": [.object(reference)]]
        if let finalizer { metadata["$deleteFromPrimitiveList/finalizers"] = [.string(finalizer)] }
        return ["metadata": .object(metadata)]
    }
}
