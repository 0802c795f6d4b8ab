import KubernetesAPI

/// A warning about an object, for people: what becomes an Event.
struct UpkeepEvent: Sendable {
    let reason: String
    let message: String
    /// The controller that it comes from.
    let component: String
    let object: JSONObject
    let apiVersion: String
    let kind: String

    /// The Event to create. It stands in the object's namespace, or in `default`.
    func json(now: Time) -> JSONObject {
        let namespace = object.objectNamespace
        var involved: JSONObject = [
            "kind": .string(kind), "name": .string(object.objectName), "uid": .string(object.objectUID), "apiVersion": .string(apiVersion),
            "resourceVersion": .string(object.objectVersion),
        ]
        if !namespace.isEmpty { involved["namespace"] = .string(namespace) }
        let place = namespace.isEmpty ? "default" : namespace
        return [
            "apiVersion": "v1", "kind": "Event",
            "metadata": ["generateName": .string("\(object.objectName)."), "namespace": .string(place)],
            "involvedObject": .object(involved), "reason": .string(reason), "message": .string(message),
            "source": ["component": .string(component)], "firstTimestamp": now.json, "lastTimestamp": now.json, "count": 1, "type": "Warning",
            "eventTime": .null, "reportingComponent": .string(component), "reportingInstance": "",
        ]
    }
}
