/// A type of values in API objects: it knows its JSON form and its schema.
public protocol SchemaValue: Hashable, Sendable {
    /// Reads the value; nil when `json` is not of this type.
    init?(json: JSONValue)
    /// The value as the API server takes it.
    var json: JSONValue { get }
    static var schema: Schema { get }
    /// What a required field is read as when the object lacks it, as in Go: Kubernetes leaves zero values out.
    static var zero: Self { get }
}

extension String: SchemaValue {
    public init?(json: JSONValue) {
        guard case .string(let value) = json else { return nil }
        self = value
    }
    public var json: JSONValue { .string(self) }
    public static var schema: Schema { Schema(.string) }
    public static var zero: String { "" }
}

extension Bool: SchemaValue {
    public init?(json: JSONValue) {
        guard case .bool(let value) = json else { return nil }
        self = value
    }
    public var json: JSONValue { .bool(self) }
    public static var schema: Schema { Schema(.boolean) }
    public static var zero: Bool { false }
}

extension Int32: SchemaValue {
    public init?(json: JSONValue) {
        guard let value = json.integer else { return nil }
        self.init(exactly: value)
    }
    public var json: JSONValue { .integer(Int64(self)) }
    public static var schema: Schema { Schema(.int32) }
}

extension Int64: SchemaValue {
    public init?(json: JSONValue) {
        guard let value = json.integer else { return nil }
        self = value
    }
    public var json: JSONValue { .integer(self) }
    public static var schema: Schema { Schema(.int64) }
}

extension Double: SchemaValue {
    public init?(json: JSONValue) {
        guard let value = json.double else { return nil }
        self = value
    }
    public var json: JSONValue { .double(self) }
    public static var schema: Schema { Schema(.double) }
}

extension JSONValue: SchemaValue {
    public init?(json: JSONValue) { self = json }
    public var json: JSONValue { self }
    public static var schema: Schema { Schema(.any) }
    public static var zero: JSONValue { .null }
}

extension JSONObject: SchemaValue {
    public init?(json: JSONValue) {
        guard case .object(let value) = json else { return nil }
        self = value
    }
    public var json: JSONValue { .object(self) }
    public static var schema: Schema { Schema(.anyObject) }
    public static var zero: JSONObject { JSONObject() }
}

/// A null element is read as the element's zero value, as Kubernetes does.
extension Array: SchemaValue where Element: SchemaValue {
    public init?(json: JSONValue) {
        guard case .array(let elements) = json else { return nil }
        self.init()
        reserveCapacity(elements.count)
        for element in elements {
            guard let value = element.isNull ? Element.zero : Element(json: element) else { return nil }
            append(value)
        }
    }
    public var json: JSONValue { .array(map(\.json)) }
    public static var schema: Schema { Schema(.array(Element.schema)) }
    public static var zero: [Element] { [] }
}

/// Written in the order of the keys, so that the same value gives the same bytes. A null value is read as the zero value, as Kubernetes does.
extension Dictionary: SchemaValue where Key == String, Value: SchemaValue {
    public init?(json: JSONValue) {
        guard case .object(let members) = json else { return nil }
        self.init(minimumCapacity: members.count)
        for member in members.members {
            guard let value = member.value.isNull ? Value.zero : Value(json: member.value) else { return nil }
            self[member.key] = value
        }
    }
    public var json: JSONValue {
        var members = JSONObject()
        for key in keys.sorted() { members[key] = self[key]?.json }
        return .object(members)
    }
    public static var schema: Schema { Schema(.map(Value.schema)) }
    public static var zero: [String: Value] { [:] }
}
