import KubernetesAPI

/// Who writes what, and how: what is the same for every object that a request touches.
struct WriteScope: Sendable {
    let resource: ServedResource
    /// Empty for resources without namespaces.
    let namespace: String
    let user: Identity
    /// The field manager.
    let manager: String
    var subresource = ""
    var isDryRun = false
    let now: Time
    /// What the client is warned of.
    var warnings = RequestWarnings()

    /// The options of the request, as admission policies see them.
    func options(of operation: AdmissionRequest.Operation) -> JSONObject {
        let kinds: [AdmissionRequest.Operation: String] = [.create: "CreateOptions", .update: "UpdateOptions", .delete: "DeleteOptions"]
        var options: JSONObject = ["kind": .string(kinds[operation] ?? ""), "apiVersion": "meta.k8s.io/v1"]
        if isDryRun { options["dryRun"] = ["All"] }
        if !manager.isEmpty, operation != .delete { options["fieldManager"] = .string(manager) }
        return options
    }

    func key(_ name: String) -> ObjectKey { ObjectKey(namespace: namespace, name: name) }
}

/// What a write left behind.
struct WriteOutcome: Sendable {
    enum Effect: Sendable {
        case created, updated, unchanged, deleted
        /// Marked for deletion, and waiting for finalizers or a grace period.
        case deleting
    }

    /// The object as its clients read it.
    var object: JSONObject
    /// The same as it is stored, where it was stored or is unchanged.
    var stored: StoredObject?
    var effect: Effect
}

/// What an update makes of an object.
struct ObjectDraft: Sendable {
    /// Decoded and defaulted.
    var object: JSONObject
    /// Whether its managedFields are right already, as after server-side apply.
    var hasManagedFields = false
    /// For subresources that prepare and check objects in their own way; nil for what the object and its status do.
    var rules: SubresourceRules?
}

/// How a subresource other than the status changes an object.
struct SubresourceRules: Sendable {
    /// Leaves only what the subresource may change.
    let prepared: @Sendable (_ object: JSONObject, _ old: JSONObject) -> JSONObject
    let errors: @Sendable (_ object: JSONObject, _ old: JSONObject) -> [FieldError]
}

extension GroupKind {
    /// The kind that an object says it has: failures name that one.
    init(of object: JSONObject, or expected: GroupKind) {
        let stated = GroupVersionKind(of: object)
        self = GroupKind(group: stated?.group ?? expected.group, kind: stated?.kind ?? expected.kind)
    }
}
