#definitions("io.k8s.api.events.v1")

/// Something that happened to an object, told for people. Kept for a short time, usually an hour, and not in any order that can be relied on.
@resource(group: "events.k8s.io", version: "v1", plural: "events", singular: "event", shortNames: ["ev"], scope: "Namespaced")
struct Event {
    /// When it first happened, to the microsecond.
    var eventTime: MicroTime
    /// The object that it happened to, usually the one that the reporting controller looks after.
    var regarding: ObjectReference?
    /// A second object that it is about.
    var related: ObjectReference?
    /// Normal or Warning.
    var type: String?
    /// One CamelCase word for why it happened, at most 128 characters.
    var reason: String?
    /// What was done, or failed, about the object, at most 128 characters.
    var action: String?
    /// What happened, for people, at most 1 kB.
    var note: String?
    /// The controller that reports it, such as example.com/controller.
    var reportingController: String?
    /// The instance of the controller, such as its pod, at most 128 characters.
    var reportingInstance: String?
    /// How often it happened and until when. Not set for a single occurrence.
    var series: EventSeries?
    /// Deprecated: who reports it, as in events of the core API.
    var deprecatedSource: EventSource?
    /// Deprecated: when it first happened, as in events of the core API.
    var deprecatedFirstTimestamp: Time?
    /// Deprecated: when it last happened, as in events of the core API.
    var deprecatedLastTimestamp: Time?
    /// Deprecated: how often it happened, as in events of the core API.
    var deprecatedCount: Int32?
}

/// How often something happened again.
struct EventSeries {
    /// How often it happened up to lastObservedTime.
    var count: Int32
    /// When it last happened.
    var lastObservedTime: MicroTime
}
