/// A typed view of a JSON object: its fields are read from and written to the object's members.
///
/// What is not declared stays in ``members`` and so survives reading and writing; only fields that were set exist, which is what server-side apply needs;
/// a copy costs as much as a copy of the members, one retain. Conformances are generated from declarations (see `scripts/generate`).
///
/// Reading is lenient: an optional field that is absent, null or of another type is nil; any other field is then its default or zero value.
/// Objects from outside are checked once, by ``init(checking:at:)``, after which no field is of another type.
public protocol APIStruct: SchemaValue, CustomDebugStringConvertible {
    /// The fields that are present, declared and other ones.
    var members: JSONObject { get set }
    init(members: JSONObject)
    static var definition: StructDefinition { get }
    /// What ``init(checking:at:)`` checks, compiled at first use.
    static var checker: SchemaChecker { get }
}

extension APIStruct {
    /// The object without any field.
    public init() { self.init(members: JSONObject()) }

    /// Reads an object without checking its fields; nil when `json` is no object.
    public init?(json: JSONValue) {
        guard case .object(let members) = json else { return nil }
        self.init(members: members)
    }

    public var json: JSONValue { .object(members) }
    public static var schema: Schema { Schema(.structure(Self.self)) }
    public static var zero: Self { Self() }

    public static func == (left: Self, right: Self) -> Bool { left.members == right.members }
    public func hash(into hasher: inout Hasher) { members.hash(into: &hasher) }

    /// The object as one line of JSON.
    public var debugDescription: String { members.description }
}

/// A string with a fixed set of values. Conformances are generated from declarations (see `scripts/generate`).
public protocol APIEnum: SchemaValue, RawRepresentable, CaseIterable where RawValue == String {
    /// The values with their descriptions, in the order of declaration.
    static var cases: [Schema.EnumerationCase] { get }
    /// What the enumeration is for; may be empty.
    static var typeDescription: String { get }
}

extension APIEnum {
    public init?(json: JSONValue) {
        guard case .string(let value) = json else { return nil }
        self.init(rawValue: value)
    }
    public var json: JSONValue { .string(rawValue) }
    public static var schema: Schema { Schema(.enumeration(cases), description: typeDescription) }
}
