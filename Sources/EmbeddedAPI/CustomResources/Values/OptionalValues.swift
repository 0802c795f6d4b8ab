import KubernetesAPI

// A `nil` in code that expects a JSONValue is null and not "absent"; these say which one is meant.
extension Optional where Wrapped == JSONValue {
    /// The value, unless it is absent or null.
    var present: JSONValue? {
        guard let self, !self.isNull else { return .none }
        return self
    }

    /// The value, where it is a number.
    var number: JSONValue? {
        guard let self, self.double != nil else { return .none }
        return self
    }
}
