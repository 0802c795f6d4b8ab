public import KubernetesAPI

/// Events of the core group, the form in which events are stored; see ``EventConversion``.
public struct CoreEventKind: BuiltInKind {
    public init() {}
    public var type: any Resource.Type { CoreEvent.self }
    public var nameRule: NameRule { .pathSegment }
    public var emptyObject: JSONObject {
        [
            "involvedObject": [:], "source": [:], "firstTimestamp": .null, "lastTimestamp": .null, "eventTime": .null, "reportingComponent": "",
            "reportingInstance": "",
        ]
    }

    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("involvedObject")
        object.editAlwaysPresent("source")
        object.writeNull("firstTimestamp", "lastTimestamp", "eventTime")
        object.editPresent("series") { $0.writeNull("lastObservedTime") }
        object.fillIn("reportingComponent", "")
        object.fillIn("reportingInstance", "")
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] { EventRules.errors(in: object) }

    public func selectableValues(of object: JSONObject) -> [String: String] {
        let involved = object.goObject("involvedObject")
        var values = ["reason": object.goString("reason"), "type": object.goString("type"), "reportingComponent": object.goString("reportingComponent")]
        for field in EventRules.referenceFields { values["involvedObject.\(field)"] = involved.goString(field) }
        let component = object.goObject("source").goString("component")
        values["source"] = component.isEmpty ? object.goString("reportingComponent") : component
        return values
    }

    public var columns: [TableColumn] { EventTable.columns }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] { EventTable.cells(of: object, now: now) }
}
