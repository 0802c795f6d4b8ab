import KubernetesAPI
import Synchronization

/// Lets volumes and claims go that are being deleted: their finalizer keeps a claim while pods use it, and a volume while it is bound.
///
/// Reads PersistentVolumes, PersistentVolumeClaims and Pods. Writes the finalizers of the first two.
final class VolumeProtection: FeedHandler {
    private static let manager = "kube-controller-manager"

    private let client: any InternalClient
    private let report: @Sendable (UpkeepFailure) -> Void
    private let queue = WorkQueue<ObjectAddress>()
    /// The claims that are being deleted: few, and few for long.
    private let leaving = Mutex<Set<ObjectKey>>([])

    init(client: any InternalClient, report: @escaping @Sendable (UpkeepFailure) -> Void) {
        self.client = client
        self.report = report
    }

    func run() async {
        await queue.run(limit: 2, failed: { self.report(UpkeepFailure(loop: "the protection of volumes", subject: "\($0)", cause: $1)) }) { item in
            try await self.release(item)
        }
    }

    func handle(_ event: FeedEvent) {
        switch event {
        case .changed(let object, let changed, _):
            switch changed.resource {
            case .persistentVolumeClaims where object.mentions("\"deletionTimestamp\""):
                _ = leaving.withLock { $0.insert(object.key) }
                queue.add(ObjectAddress(changed.resource, object.key))
            case .persistentVolumes where object.mentions("\"deletionTimestamp\""): queue.add(ObjectAddress(changed.resource, object.key))
            case .pods: addClaims(in: object.key.namespace)
            default: break
            }
        case .ended(let object, let changed):
            switch changed.resource {
            case .persistentVolumeClaims: _ = leaving.withLock { $0.remove(object.key) }
            case .pods: addClaims(in: object.key.namespace)
            default: break
            }
        case .interrupted, .appeared, .disappeared, .synced: break
        }
    }

    private func addClaims(in namespace: String) {
        for key in leaving.withLock({ $0.filter { $0.namespace == namespace } }) { queue.add(ObjectAddress(.persistentVolumeClaims, key)) }
    }

    private func release(_ item: ObjectAddress) async throws {
        guard var object = client.object(item.resource, namespace: item.key.namespace, name: item.key.name), object.isBeingDeleted else { return }
        let isClaim = item.resource == .persistentVolumeClaims
        guard isClaim ? !isUsed(item.key) : object["status"]?["phase"] != "Bound" else { return }
        let finalizer = isClaim ? PersistentVolumeClaimKind.finalizer : PersistentVolumeKind.finalizer
        let finalizers = object["metadata"]?["finalizers"]?.array ?? []
        guard finalizers.contains(.string(finalizer)), var metadata = object["metadata"]?.object else { return }
        metadata["finalizers"] = .array(finalizers.filter { $0 != .string(finalizer) })
        object["metadata"] = .object(metadata)
        do {
            try await client.update(object, in: item.resource, subresource: "", manager: Self.manager)
        } catch  where error.isNotFound {
            return
        }
    }

    /// Whether a pod that has not ended has the claim as a volume; that of an ephemeral volume is named after the pod.
    private func isUsed(_ claim: ObjectKey) -> Bool {
        client.objects(.pods, namespace: claim.namespace).contains { pod in
            let phase = pod["status"]?["phase"]?.string
            guard phase != "Succeeded", phase != "Failed" else { return false }
            return (pod["spec"]?["volumes"]?.array ?? []).contains { volume in
                volume["persistentVolumeClaim"]?["claimName"]?.string == claim.name
                    || volume["ephemeral"] != nil && "\(pod.objectName)-\(volume["name"]?.string ?? "")" == claim.name
            }
        }
    }
}
