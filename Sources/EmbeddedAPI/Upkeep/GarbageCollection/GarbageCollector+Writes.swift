import KubernetesAPI

extension GarbageCollector {
    /// Deletes the object unless it changed since it was looked at.
    ///
    /// - Parameter checksVersion: whether any change counts, and not only another object in its place.
    func delete(_ object: JSONObject, at address: ObjectAddress, policy: String, checksVersion: Bool) async throws {
        do {
            try await client.delete(
                namespace: address.key.namespace, name: address.key.name, in: address.resource, uid: object.objectUID,
                resourceVersion: checksVersion ? object.objectVersion : nil, propagationPolicy: policy)
        } catch  where error.isNotFound {
            return
        }
    }

    func removeFinalizer(_ finalizer: String, from object: JSONObject, at address: ObjectAddress) async throws {
        let rest = object.finalizers.filter { $0 != finalizer }
        try await patch(object, at: address, ["finalizers": rest.isEmpty ? .null : .array(rest.map { .string($0) })])
    }

    func removeReferences(to uids: [String], from object: JSONObject, at address: ObjectAddress) async throws {
        let rest = (object["metadata"]?["ownerReferences"]?.array ?? []).filter { !uids.contains($0["uid"]?.string ?? "") }
        try await patch(object, at: address, ["ownerReferences": rest.isEmpty ? .null : .array(rest)])
    }

    func unblockOwners(of object: JSONObject, at address: ObjectAddress) async throws {
        let references = (object["metadata"]?["ownerReferences"]?.array ?? []).map { reference -> JSONValue in
            guard var members = reference.object, members["blockOwnerDeletion"]?.bool ?? false else { return reference }
            members["blockOwnerDeletion"] = false
            return .object(members)
        }
        try await patch(object, at: address, ["ownerReferences": .array(references)])
    }

    private func patch(_ object: JSONObject, at address: ObjectAddress, _ changes: JSONObject) async throws {
        var metadata = object.preconditions
        for (key, value) in changes { metadata[key] = value }
        do {
            try await client.mergePatch(
                ["metadata": .object(metadata)], namespace: address.key.namespace, name: address.key.name, in: address.resource, subresource: "",
                manager: controllerManager)
        } catch  where error.isNotFound {
            return
        }
    }
}
