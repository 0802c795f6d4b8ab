public import KubernetesAPI

/// Events are one resource with two faces: `events` of the core group and `events` of events.k8s.io/v1, each with its own field names. They are stored in the
/// core group's form, so who serves events.k8s.io reads and writes the core group's objects and converts them here.
public enum EventConversion {
    /// Field names of the core group, and of events.k8s.io.
    private static let fields = [
        ("involvedObject", "regarding"), ("message", "note"), ("reportingComponent", "reportingController"), ("source", "deprecatedSource"),
        ("firstTimestamp", "deprecatedFirstTimestamp"), ("lastTimestamp", "deprecatedLastTimestamp"), ("count", "deprecatedCount"),
    ]
    private static let namesOutside = Dictionary(uniqueKeysWithValues: fields)
    private static let namesInside = Dictionary(uniqueKeysWithValues: fields.map { ($0.1, $0.0) })

    /// The stored form of an object of events.k8s.io/v1, with its defaults.
    public static func stored(_ event: JSONObject) -> JSONObject {
        var object = renamed(event, namesInside)
        object["apiVersion"] = "v1"
        CoreEventKind().applyDefaults(to: &object)
        return object
    }

    /// What events.k8s.io/v1 shows of a stored event.
    public static func shown(_ stored: JSONObject) -> JSONObject {
        var object = renamed(stored, namesOutside)
        object["apiVersion"] = "events.k8s.io/v1"
        for field in ["reportingController", "reportingInstance"] where object.goString(field).isEmpty { object.removeValue(forKey: field) }
        EventKind().applyDefaults(to: &object)
        return object
    }

    private static func renamed(_ object: JSONObject, _ names: [String: String]) -> JSONObject {
        var result = JSONObject()
        for (key, value) in object { result[names[key] ?? key] = value }
        return result
    }
}
