public import KubernetesAPI
public import KubernetesClient

/// Tells people what happened to an object, as Events. Recording never waits and never fails: what cannot be sent is dropped and counted
/// (`martlet_events_dropped_total`).
public struct EventRecorder: Sendable {
    private let sender: EventSender
    private let controller: String
    private let instance: String

    /// - Parameters:
    ///   - controller: who reports, such as `deployment-controller`.
    ///   - instance: which process of it, such as the pod's or the node's name.
    public init(client: KubernetesClient, controller: String, instance: String) {
        self.init(sender: EventSender(client: client), controller: controller, instance: instance)
    }

    private init(sender: EventSender, controller: String, instance: String) {
        self.sender = sender
        self.controller = controller
        self.instance = instance
    }

    /// Reports under another name; what is sent shares one queue.
    public func reporting(as controller: String) -> EventRecorder { EventRecorder(sender: sender, controller: controller, instance: instance) }

    /// - Parameters:
    ///   - reason: one CamelCase word for why, which tools match on.
    ///   - action: what was done or failed, such as `Scheduling`.
    ///   - note: for people; cut to 1 kB.
    ///   - fieldPath: the part of the object, such as `spec.containers{main}`.
    public func record(
        _ type: EventType, _ reason: String, action: String, _ note: String, of object: some APIObject, fieldPath: String? = nil,
        related: ObjectReference? = nil
    ) {
        sender.send(
            EventOccurrence(
                type: type, reason: reason, action: action, note: note, regarding: ObjectReference(to: object, fieldPath: fieldPath), related: related,
                reportingController: controller, reportingInstance: instance))
    }

    /// Records that a condition changes, where it does: when `object` has another status or reason for it. A warning for False.
    public func recordTransition(to condition: Condition, of object: some APIObject) {
        let before = object.members["status"]?["conditions"]?.array?.first { $0["type"]?.string == condition.type }
        if before?["status"]?.string == condition.status, before?["reason"]?.string == condition.reason { return }
        record(condition.isFalse ? .warning : .normal, condition.reason, action: condition.type, condition.message, of: object)
    }

    /// Sends what is recorded until the task is cancelled. To be called once for all that share a queue.
    public func run() async { await sender.run() }
}

extension ObjectReference {
    /// A reference to an object as it is now.
    public init(to object: some APIObject, fieldPath: String? = nil) {
        self.init(
            apiVersion: object.apiVersion, kind: object.kind, namespace: object.namespace, name: object.name, uid: object.uid,
            resourceVersion: object.resourceVersion, fieldPath: fieldPath)
    }
}
