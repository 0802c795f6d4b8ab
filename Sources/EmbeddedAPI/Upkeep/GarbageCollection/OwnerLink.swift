import KubernetesAPI

/// One of `metadata.ownerReferences`.
struct OwnerLink: Hashable, Sendable {
    let apiVersion: String
    let kind: String
    let name: String
    let uid: String
    /// Whether a foreground deletion of the owner waits for the dependent.
    let blocksDeletion: Bool

    var groupKind: GroupKind? { (try? GroupVersion(parsing: apiVersion)).map { GroupKind(group: $0.group, kind: kind) } }
}

extension OwnerLink {
    init?(json: JSONValue) {
        guard let uid = json["uid"]?.string, !uid.isEmpty else { return nil }
        self.init(
            apiVersion: json["apiVersion"]?.string ?? "", kind: json["kind"]?.string ?? "", name: json["name"]?.string ?? "", uid: uid,
            blocksDeletion: json["blockOwnerDeletion"]?.bool ?? false)
    }

    static func list(of object: JSONObject) -> [OwnerLink] {
        (object["metadata"]?["ownerReferences"]?.array ?? []).compactMap(OwnerLink.init(json:))
    }
}

/// The finalizers by which a deletion waits for the garbage collector.
enum CollectorFinalizer {
    /// The object goes when the dependents that block it are gone.
    static let foreground = "foregroundDeletion"
    /// The object goes when its dependents do not name it as their owner any more.
    static let orphan = "orphan"
}

extension JSONObject {
    /// What a patch needs in order to be about this object in this state only.
    var preconditions: JSONObject { ["uid": .string(objectUID), "resourceVersion": .string(objectVersion)] }
}
