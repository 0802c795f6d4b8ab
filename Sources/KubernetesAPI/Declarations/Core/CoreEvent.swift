#definitions("io.k8s.api.core.v1")

@definition("io.k8s.api.core.v1.Event")
@resource(group: "", version: "v1", kind: "Event", plural: "events", singular: "event", shortNames: ["ev"], scope: "Namespaced")
struct CoreEvent {
    var involvedObject: ObjectReference
    var action: String?
    var count: Int32?
    var eventTime: MicroTime?
    var firstTimestamp: Time?
    var lastTimestamp: Time?
    var message: String?
    var reason: String?
    var related: ObjectReference?
    var reportingComponent: String?
    var reportingInstance: String?
    var series: CoreEventSeries?
    var source: EventSource?
    var type: String?
}

@definition("io.k8s.api.core.v1.EventSeries")
struct CoreEventSeries {
    var count: Int32?
    var lastObservedTime: MicroTime?
}

struct EventSource {
    var component: String?
    var host: String?
}
