import KubernetesAPI

/// The metadata of an object, as the server looks at it.
extension JSONObject {
    var metadata: JSONObject { self["metadata"]?.object ?? JSONObject() }
    var objectName: String { self["metadata"]?["name"]?.string ?? "" }
    var objectNamespace: String { self["metadata"]?["namespace"]?.string ?? "" }
    var objectUID: String { self["metadata"]?["uid"]?.string ?? "" }
    var objectVersion: String { self["metadata"]?["resourceVersion"]?.string ?? "" }
    var isBeingDeleted: Bool { self["metadata"]?["deletionTimestamp"]?.string != nil }
    var finalizers: [String] { (self["metadata"]?["finalizers"]?.array ?? []).compactMap(\.string) }

    /// Sets a field of the metadata; nil removes it.
    mutating func setMetadata(_ field: String, _ value: JSONValue?) {
        var metadata = self.metadata
        guard metadata[field] != value else { return }
        metadata[field] = value
        self["metadata"] = .object(metadata)
    }

    mutating func setFinalizers(_ finalizers: [String]) {
        setMetadata("finalizers", finalizers.isEmpty ? nil : .array(finalizers.map { .string($0) }))
    }
}
