/// Moving containers out of the place that holds them, so that they have one reference and change in place.
///
/// A pattern such as `case .array(var elements)` does not suffice: without optimisation the value that was matched lives to the end of the statement, and the
/// first change copies the list.
extension Optional<JSONValue> {
    /// The object in this place, which is empty afterwards. Nil, and nothing happens, where there is no object.
    mutating func takeObject() -> JSONObject? {
        guard case .object(let object)? = self else { return nil }
        self = nil
        return object
    }

    /// The list in this place, which is empty afterwards. Nil, and nothing happens, where there is no list.
    mutating func takeArray() -> [JSONValue]? {
        guard case .array(let elements)? = self else { return nil }
        self = nil
        return elements
    }
}
