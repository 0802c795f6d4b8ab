#definitions("io.k8s.api.events.v1")

@resource(group: "events.k8s.io", version: "v1", plural: "events", singular: "event", shortNames: ["ev"], scope: "Namespaced")
struct Event {
    var eventTime: MicroTime
    var action: String?
    var deprecatedCount: Int32?
    var deprecatedFirstTimestamp: Time?
    var deprecatedLastTimestamp: Time?
    var deprecatedSource: EventSource?
    var note: String?
    var reason: String?
    var regarding: ObjectReference?
    var related: ObjectReference?
    var reportingController: String?
    var reportingInstance: String?
    var series: EventSeries?
    var type: String?
}

struct EventSeries {
    var count: Int32
    var lastObservedTime: MicroTime
}
