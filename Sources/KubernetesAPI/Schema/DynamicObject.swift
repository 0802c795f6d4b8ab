/// An object of any kind, also of kinds that no type is declared for.
public struct DynamicObject: APIObject, CustomDebugStringConvertible {
    public var members: JSONObject

    /// An object with its type and metadata.
    public init(apiVersion: String, kind: String, metadata: ObjectMeta = ObjectMeta()) {
        members = JSONObject()
        self.apiVersion = apiVersion
        self.kind = kind
        self.metadata = metadata
    }

    /// Takes members as they are.
    public init(members: JSONObject) { self.members = members }

    /// The same object without its Swift type; with apiVersion and kind also where the typed one leaves them out.
    public init(_ object: some APIObject) {
        members = object.members
        if members["apiVersion"]?.string == nil { apiVersion = object.apiVersion }
        if members["kind"]?.string == nil { kind = object.kind }
    }

    /// Reads an object from outside: it has to name its apiVersion and kind, and its metadata is checked.
    public init(checking json: JSONValue, at path: FieldPath = FieldPath()) throws(InvalidObjectError) {
        guard case .object(let members) = json else {
            throw InvalidObjectError(problems: [.init(path: path, found: json.typeName, expected: "an object")])
        }
        for name in ["apiVersion", "kind"] {
            guard let text = members[name]?.string, !text.isEmpty else {
                let found = members[name].map { $0.string == nil ? $0.typeName : "an empty string" } ?? "nothing"
                throw InvalidObjectError(problems: [.init(path: path.field(name), found: found, expected: "a string that is not empty")])
            }
        }
        if let metadata = members["metadata"] { try ObjectMeta.checker.check(metadata, at: path.field("metadata")) }
        self.members = members
    }

    public var apiVersion: String {
        get { members[required: "apiVersion"] }
        set { members["apiVersion"] = .string(newValue) }
    }
    public var kind: String {
        get { members[required: "kind"] }
        set { members["kind"] = .string(newValue) }
    }
    public var json: JSONValue { .object(members) }

    /// Group, version and kind; nil where apiVersion is malformed.
    public var groupVersionKind: GroupVersionKind? { GroupVersionKind(of: members) }

    /// The object as a typed one.
    public func checked<Kind: Resource>(as type: Kind.Type = Kind.self) throws(InvalidObjectError) -> Kind { try Kind(checking: json) }

    /// The object as one line of JSON.
    public var debugDescription: String { members.description }
}
