/// Typed access to members, which the accessors of generated types are made of. A null member counts as absent.
extension JSONObject {
    /// The member `name` as a `Value`; nil when it is absent, null or of another type. Setting nil removes it.
    public subscript<Value: SchemaValue>(optional name: String) -> Value? {
        get {
            guard let value = self[name], !value.isNull else { return nil }
            return Value(json: value)
        }
        set { self[name] = newValue?.json }
    }

    /// The member `name` as a `Value`; the zero value when it is absent, null or of another type.
    public subscript<Value: SchemaValue>(required name: String) -> Value {
        get {
            guard let value = self[name], !value.isNull else { return .zero }
            return Value(json: value) ?? .zero
        }
        set { self[name] = newValue.json }
    }

    /// The member `name` as a `Value`; `defaultValue` when it is absent, null or of another type.
    public subscript<Value: SchemaValue>(name: String, default defaultValue: JSONValue) -> Value {
        get {
            guard let value = self[name], !value.isNull else { return Value(json: defaultValue) ?? .zero }
            return Value(json: value) ?? Value(json: defaultValue) ?? .zero
        }
        set { self[name] = newValue.json }
    }

    /// Sets a member unless `value` is nil, which leaves it as it is.
    public mutating func set<Value: SchemaValue>(_ name: String, _ value: Value?) {
        guard let value else { return }
        self[name] = value.json
    }
}
