import KubernetesAPI

/// Empties custom resources whose definition is being deleted, and then lets the definition go.
///
/// Reads CustomResourceDefinitions and their instances. Deletes the instances; writes the condition `Terminating` and takes the finalizer
/// `customresourcecleanup.apiextensions.k8s.io` away. Driven by events: the last instance's end completes the deletion.
final class DefinitionLifecycle: FeedHandler {
    static let finalizer = "customresourcecleanup.apiextensions.k8s.io"
    private static let manager = "kube-apiserver"

    private let client: any InternalClient
    private let now: @Sendable () -> Time
    private let report: @Sendable (UpkeepFailure) -> Void
    /// Names of definitions.
    private let queue = WorkQueue<String>()
    private let awaited = AwaitedDeletions<GroupResource>()

    init(client: any InternalClient, now: @escaping @Sendable () -> Time, report: @escaping @Sendable (UpkeepFailure) -> Void) {
        self.client = client
        self.now = now
        self.report = report
    }

    func run() async {
        await queue.run(limit: 8, failed: { self.report(UpkeepFailure(loop: "deletion", subject: "customresourcedefinitions \($0)", cause: $1)) }) { name in
            try await self.finish(name)
        }
    }

    func handle(_ event: FeedEvent) {
        switch event {
        case .changed(let object, let resource, _):
            if resource.resource == .customResourceDefinitions, object.mentions("\"deletionTimestamp\"") { queue.add(object.key.name) }
        case .ended(let object, let resource):
            if case .wasLast = awaited.noteEnd(of: ObjectAddress(resource.resource, object.key), owner: resource.resource) {
                // A definition is named after its resource.
                queue.add(resource.resource.description)
            }
        case .interrupted(let resource):
            if awaited.isWaiting(resource.resource) { queue.add(resource.resource.description) }
        case .appeared, .disappeared, .synced: break
        }
    }

    private func finish(_ name: String) async throws {
        guard let definition = client.object(.customResourceDefinitions, namespace: "", name: name), definition.isBeingDeleted,
            definition.finalizers.contains(Self.finalizer)
        else { return }
        let resource = GroupResource(
            group: definition["spec"]?["group"]?.string ?? "", resource: definition["spec"]?["names"]?["plural"]?.string ?? "")
        guard DefinitionStatus.isEstablished(definition) else { return try await release(definition, .neverEstablished) }

        try await report(.inProgress, on: definition)
        let present = client.objects(resource, namespace: nil)
        let errors = await forEachConcurrently(present.filter { !$0.isBeingDeleted }) { [client] object in
            do {
                try await client.delete(
                    namespace: object.objectNamespace, name: object.objectName, in: resource, uid: object.objectUID, resourceVersion: nil,
                    propagationPolicy: nil)
            } catch  where error.isNotFound || error.isConflict {
                return
            }
        }
        if let error = errors.first {
            try await report(.failed("could not issue all deletes: \((error as? Status)?.message ?? "\(error)")"), on: definition)
            throw error
        }
        var remaining = addresses(of: resource)
        var last: Set<ObjectAddress>
        repeat {
            last = remaining
            awaited.wait(for: last, of: resource)
            // What ended before it was awaited has not been noticed.
            remaining = addresses(of: resource)
        } while remaining != last
        guard remaining.isEmpty else { return }
        awaited.stop(resource)
        try await release(definition, .completed)
    }

    private func addresses(of resource: GroupResource) -> Set<ObjectAddress> {
        Set(client.objects(resource, namespace: nil).map { ObjectAddress(resource, namespace: $0.objectNamespace, name: $0.objectName) })
    }

    /// Writes the condition unless it stands there. The definition may have changed since: its present state gets it.
    private func report(_ progress: DefinitionDeletion, on definition: JSONObject) async throws {
        guard let present = client.object(.customResourceDefinitions, namespace: "", name: definition.objectName), present.objectUID == definition.objectUID,
            let reported = progress.reported(in: present, now: now())
        else { return }
        try await client.update(reported, in: .customResourceDefinitions, subresource: "status", manager: Self.manager)
    }

    private func release(_ definition: JSONObject, _ progress: DefinitionDeletion) async throws {
        let others = definition.finalizers.filter { $0 != Self.finalizer }
        // Nobody would see the condition of a definition that goes with the next write.
        if !others.isEmpty { try await report(progress, on: definition) }
        do {
            try await client.mergePatch(
                ["metadata": ["uid": .string(definition.objectUID), "finalizers": others.isEmpty ? .null : .array(others.map { .string($0) })]],
                namespace: "", name: definition.objectName, in: .customResourceDefinitions, subresource: "", manager: Self.manager)
        } catch  where error.isNotFound {
            return
        }
    }
}

/// How far the deletion of a definition has come.
enum DefinitionDeletion: Hashable, Sendable {
    case inProgress
    case failed(String)
    case completed
    case neverEstablished

    /// The definition with the condition `Terminating`, in Kubernetes' words; nil when it has it already.
    func reported(in definition: JSONObject, now: Time) -> JSONObject? {
        let (value, reason, message) =
            switch self {
            case .inProgress: ("True", "InstanceDeletionInProgress", "CustomResource deletion is in progress")
            case .failed(let message): ("True", "InstanceDeletionFailed", message)
            case .completed: ("False", "InstanceDeletionCompleted", "removed all instances")
            case .neverEstablished: ("False", "NeverEstablished", "resource was never established")
            }
        var status = definition["status"]?.object ?? [:]
        var conditions = status["conditions"]?.array ?? []
        let position = conditions.firstIndex { $0["type"]?.string == "Terminating" }
        let old = position.map { conditions[$0] }
        let condition: JSONValue = [
            "type": "Terminating", "status": .string(value),
            "lastTransitionTime": old?["status"]?.string == value ? old?["lastTransitionTime"] ?? now.json : now.json,
            "reason": .string(reason), "message": .string(message),
        ]
        if condition == old { return nil }
        if let position { conditions[position] = condition } else { conditions.append(condition) }
        status["conditions"] = .array(conditions)
        var reported = definition
        reported["status"] = .object(status)
        return reported
    }
}
