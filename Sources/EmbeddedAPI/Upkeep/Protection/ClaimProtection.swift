import KubernetesAPI
import Synchronization

/// Lets claims and volumes that are being deleted go once nothing uses them any more.
///
/// Reads PersistentVolumeClaims, PersistentVolumes and pods. Takes the finalizers `kubernetes.io/pvc-protection` and `kubernetes.io/pv-protection` away.
final class ClaimProtection: FeedHandler {
    private static let finalizers: [GroupResource: String] = [
        .persistentVolumeClaims: PersistentVolumeClaimKind.finalizer, .persistentVolumes: PersistentVolumeKind.finalizer,
    ]

    private let client: any InternalClient
    private let report: @Sendable (UpkeepFailure) -> Void
    private let queue = WorkQueue<ObjectAddress>()
    /// What waits for its users to go: mostly nothing.
    private let waiting = Mutex<Set<ObjectAddress>>([])

    init(client: any InternalClient, report: @escaping @Sendable (UpkeepFailure) -> Void) {
        self.client = client
        self.report = report
    }

    func run() async {
        await queue.run(limit: 4, failed: { self.report(UpkeepFailure(loop: "protection", subject: "\($0)", cause: $1)) }) { address in
            try await self.release(address)
        }
    }

    func handle(_ event: FeedEvent) {
        switch event {
        case .changed(let object, let resource, _):
            if Self.finalizers[resource.resource] != nil {
                let address = ObjectAddress(resource.resource, object.key)
                guard object.mentions("\"deletionTimestamp\"") else { return }
                waiting.withLock { _ = $0.insert(address) }
                queue.add(address)
            } else if resource.resource == .pods {
                addAll(in: object.key.namespace)
            }
        case .ended(let object, let resource):
            if Self.finalizers[resource.resource] != nil {
                waiting.withLock { _ = $0.remove(ObjectAddress(resource.resource, object.key)) }
                if resource.resource == .persistentVolumeClaims { addAll(in: "") }
            } else if resource.resource == .pods {
                addAll(in: object.key.namespace)
            }
        case .interrupted: for address in waiting.withLock({ $0 }) { queue.add(address) }
        case .appeared, .disappeared, .synced: break
        }
    }

    private func addAll(in namespace: String) {
        for address in waiting.withLock({ $0.filter { $0.key.namespace == namespace } }) { queue.add(address) }
    }

    private func release(_ address: ObjectAddress) async throws {
        guard let finalizer = Self.finalizers[address.resource],
            let object = client.object(address.resource, namespace: address.key.namespace, name: address.key.name), object.isBeingDeleted,
            object.finalizers.contains(finalizer), !isUsed(object, address)
        else { return }
        let left = object.finalizers.filter { $0 != finalizer }
        do {
            try await client.mergePatch(
                ["metadata": ["uid": .string(object.objectUID), "finalizers": left.isEmpty ? .null : .array(left.map { .string($0) })]],
                namespace: address.key.namespace, name: address.key.name, in: address.resource, subresource: "", manager: controllerManager)
        } catch  where error.isNotFound {
            return
        }
    }

    private func isUsed(_ object: JSONObject, _ address: ObjectAddress) -> Bool {
        guard address.resource == .persistentVolumeClaims else { return object["status"]?["phase"]?.string == "Bound" }
        return client.objects(.pods, namespace: address.key.namespace).contains { Self.uses($0, claim: address.key.name) }
    }

    /// Whether a pod that has not ended mounts the claim.
    static func uses(_ pod: JSONObject, claim: String) -> Bool {
        guard !["Succeeded", "Failed"].contains(pod["status"]?["phase"]?.string ?? "") else { return false }
        return (pod["spec"]?["volumes"]?.array ?? []).contains { volume in
            if volume["persistentVolumeClaim"]?["claimName"]?.string == claim { return true }
            guard volume["ephemeral"]?["volumeClaimTemplate"] != nil, let name = volume["name"]?.string else { return false }
            return "\(pod.objectName)-\(name)" == claim
        }
    }
}
