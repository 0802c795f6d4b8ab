import KubernetesAPI

/// A kind with a status of its own, which each of its objects has from the beginning, and in which some fields always stand.
protocol WorkloadKind: BuiltInKind {
    /// The fields of the status that always stand there.
    var emptyStatus: JSONObject { get }
}

extension WorkloadKind {
    public var hasGeneration: Bool { true }

    public func prepareForCreation(_ object: inout JSONObject) { object["status"] = .object(emptyStatus) }
    public func prepareForUpdate(_ object: inout JSONObject, replacing old: JSONObject) { object["status"] = old["status"] ?? .object(emptyStatus) }

    /// Adds what is missing to the status of any object.
    func completeStatus(of object: inout JSONObject) {
        guard let status = object["status"]?.object else {
            object["status"] = .object(emptyStatus)
            return
        }
        let missing = emptyStatus.filter { status[$0.key] == nil }
        guard !missing.isEmpty else { return }
        var complete = status
        for (field, value) in missing { complete[field] = value }
        object["status"] = .object(complete)
    }
}

extension JSONObject {
    /// Changes the object in a field; one that is absent or null is an empty object.
    mutating func edit(_ field: String, _ change: (inout JSONObject) -> Void) {
        var inner = self[field]?.object ?? JSONObject()
        change(&inner)
        self[field] = .object(inner)
    }

    /// Sets a field that is absent or null.
    mutating func setDefault(_ field: String, _ value: JSONValue) {
        if self[field].present == nil { self[field] = value }
    }

    /// Sets a text that is absent or empty.
    mutating func setDefaultText(_ field: String, _ text: String) {
        if (self[field]?.string ?? "").isEmpty { self[field] = .string(text) }
    }

    /// Changes each object in a list.
    mutating func editItems(_ field: String, _ change: (inout JSONObject) -> Void) {
        guard let elements = self[field]?.array else { return }
        self[field] = .array(
            elements.map { element in
                guard var object = element.object else { return element }
                change(&object)
                return .object(object)
            })
    }
}
