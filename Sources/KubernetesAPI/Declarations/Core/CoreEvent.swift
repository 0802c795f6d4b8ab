#definitions("io.k8s.api.core.v1")

/// Something that happened to an object, told for people. Kept for a short time, usually an hour, and not in any order that can be relied on.
@definition("io.k8s.api.core.v1.Event")
@resource(group: "", version: "v1", kind: "Event", plural: "events", singular: "event", shortNames: ["ev"], scope: "Namespaced")
struct CoreEvent {
    /// The object that it happened to.
    var involvedObject: ObjectReference
    /// Normal or Warning.
    var type: String?
    /// One CamelCase word for what happened, such as FailedScheduling.
    var reason: String?
    /// What happened, for people.
    var message: String?
    /// How often it happened.
    var count: Int32?
    /// When it first happened.
    var firstTimestamp: Time?
    /// When it last happened.
    var lastTimestamp: Time?
    /// When it first happened, to the microsecond, in events of the newer form.
    var eventTime: MicroTime?
    /// How often it happened and until when, in events of the newer form. Not set for a single occurrence.
    var series: CoreEventSeries?
    /// What was done, or failed, about the object, in events of the newer form.
    var action: String?
    /// A second object that the event is about.
    var related: ObjectReference?
    /// Who reports it, in the older form.
    var source: EventSource?
    /// The controller that reports it, such as example.com/controller.
    var reportingComponent: String?
    /// The instance of the controller, such as its pod.
    var reportingInstance: String?
}

/// How often something happened again.
@definition("io.k8s.api.core.v1.EventSeries")
struct CoreEventSeries {
    /// How often it happened up to lastObservedTime.
    var count: Int32?
    /// When it last happened.
    var lastObservedTime: MicroTime?
}

/// Who reports an event.
struct EventSource {
    /// The component, such as kubelet.
    var component: String?
    /// The node that it runs on.
    var host: String?
}
