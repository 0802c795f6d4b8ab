import KubernetesAPI

/// The label by which a Deployment's ReplicaSets, and their pods, differ.
let templateHashLabel = "pod-template-hash"

extension PodTemplateSpec {
    /// The hash in the names of a Deployment's ReplicaSets and their pods.
    ///
    /// - Parameter collisions: how often a name made from the hash was taken; Deployment's `status.collisionCount`.
    func hash(collisions: Int32?) -> String {
        var hash = StableHash()
        hash.combine(JSONValue.object(comparable).serialized(sortedKeys: true))
        if let collisions { hash.combine(Int(collisions)) }
        return hash.text
    }

    /// Whether the pods would be the same: the hash label does not count, and what is empty equals what is absent.
    func isEquivalent(to other: PodTemplateSpec) -> Bool { comparable == other.comparable }

    private var comparable: JSONObject {
        var members = members.withoutEmptyMembers
        if var meta = members["metadata"]?.object, var labels = meta["labels"]?.object {
            labels[templateHashLabel] = nil as JSONValue?
            meta["labels"] = labels.isEmpty ? nil : .object(labels)
            members["metadata"] = meta.isEmpty ? nil : .object(meta)
        }
        return members
    }
}

extension JSONObject {
    /// Without null, empty lists and empty `metadata`, labels and annotations, at any depth. Other empty objects mean something, such as `emptyDir: {}`.
    fileprivate var withoutEmptyMembers: JSONObject {
        JSONObject(
            uniqueKeysWithValues: compactMap { key, value in
                let value = value.withoutEmptyMembers
                switch value {
                case .null: return nil
                case .array(let elements) where elements.isEmpty: return nil
                case .object(let object) where object.isEmpty && ["metadata", "labels", "annotations"].contains(key): return nil
                default: return (key, value)
                }
            })
    }
}

extension JSONValue {
    fileprivate var withoutEmptyMembers: JSONValue {
        switch self {
        case .object(let object): .object(object.withoutEmptyMembers)
        case .array(let elements): .array(elements.map(\.withoutEmptyMembers))
        default: self
        }
    }
}
