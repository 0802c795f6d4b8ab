import KubernetesAPI

/// The metadata of an object, as the server looks at it.
extension JSONObject {
    var metadata: JSONObject { self["metadata"]?.object ?? JSONObject() }

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
