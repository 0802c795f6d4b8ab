public import KubernetesAPI

/// Events of events.k8s.io/v1, which are the core group's events under other field names; see ``EventConversion``.
public struct EventKind: ConvertedKind {
    public init() {}
    public var type: any Resource.Type { Event.self }
    public var storedType: any Resource.Type { CoreEvent.self }
    public func stored(_ object: JSONObject) -> JSONObject { EventConversion.stored(object) }
    public func shown(_ stored: JSONObject) -> JSONObject { EventConversion.shown(stored) }
    public var emptyObject: JSONObject {
        ["eventTime": .null, "regarding": [:], "deprecatedSource": [:], "deprecatedFirstTimestamp": .null, "deprecatedLastTimestamp": .null]
    }

    public func applyDefaults(to object: inout JSONObject) {
        object.editAlwaysPresent("regarding")
        object.editAlwaysPresent("deprecatedSource")
        object.writeNull("eventTime", "deprecatedFirstTimestamp", "deprecatedLastTimestamp")
        object.editPresent("series") { $0.writeNull("lastObservedTime") }
    }

    public func creationErrors(in object: JSONObject) -> [FieldError] {
        let event = EventConversion.stored(object)
        return EventRules.errors(in: event) + EventRules.strictCreationErrors(in: event)
    }

    public func updateErrors(in object: JSONObject, replacing old: JSONObject) -> [FieldError] {
        let event = EventConversion.stored(object)
        return EventRules.errors(in: event) + EventRules.strictUpdateErrors(in: event, replacing: EventConversion.stored(old))
    }

    public func selectableValues(of object: JSONObject) -> [String: String] {
        let regarding = object.goObject("regarding")
        var values = ["reason": object.goString("reason"), "type": object.goString("type"), "reportingController": object.goString("reportingController")]
        for field in EventRules.referenceFields { values["regarding.\(field)"] = regarding.goString(field) }
        return values
    }

    public var columns: [TableColumn] { EventTable.columns }
    public func cells(of object: JSONObject, now: Time) -> [JSONValue] { EventTable.cells(of: EventConversion.stored(object), now: now) }
}
