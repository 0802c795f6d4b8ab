import KubernetesAPI

/// The Table of events of both groups, from their stored form.
enum EventTable {
    static let columns = [
        TableColumn("Last Seen", CoreTexts.eventLastTimestamp), TableColumn("Type", CoreTexts.eventType), TableColumn("Reason", CoreTexts.eventReason),
        TableColumn("Object", CoreTexts.eventInvolvedObject), TableColumn("Subobject", priority: 1, CoreTexts.eventFieldPath),
        TableColumn("Source", priority: 1, CoreTexts.eventSource), TableColumn("Message", CoreTexts.eventMessage),
        TableColumn("First Seen", priority: 1, CoreTexts.eventFirstTimestamp), TableColumn("Count", priority: 1, CoreTexts.eventCount),
        TableColumn("Name", format: "name", priority: 1, TableTexts.name),
    ]

    static func cells(of event: JSONObject, now: Time) -> [JSONValue] {
        func nonEmpty(_ texts: String...) -> String { texts.first { !$0.isEmpty } ?? "" }
        let first = TableCells.since(event.goHas("firstTimestamp") ? event["firstTimestamp"] : event["eventTime"], now)
        var last = event.goHas("lastTimestamp") ? TableCells.since(event["lastTimestamp"], now) : first
        var count = max(event.goInteger("count"), 0)
        if let series = event["series"]?.object {
            last = TableCells.since(series["lastObservedTime"], now)
            count = series.goInteger("count")
        } else if count == 0 {
            count = 1
        }
        let (about, source) = (event.goObject("involvedObject"), event.goObject("source"))
        let kind = about.goString("kind").lowercased()
        let target = about.goString("name").isEmpty ? kind : "\(kind)/\(about.goString("name"))"
        let component = nonEmpty(source.goString("component"), event.goString("reportingComponent"))
        let instance = nonEmpty(source.goString("host"), event.goString("reportingInstance"))
        return [
            .string(last), .string(event.goString("type")), .string(event.goString("reason")), .string(target), .string(about.goString("fieldPath")),
            .string(instance.isEmpty ? component : "\(component), \(instance)"), .string(event.goString("message").withoutSpaceAround), .string(first),
            .integer(count), TableCells.name(event),
        ]
    }
}
