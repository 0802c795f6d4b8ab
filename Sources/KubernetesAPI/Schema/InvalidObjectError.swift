/// Why an object from outside is not of the type it is taken for.
public struct InvalidObjectError: Error, Hashable, Sendable, CustomStringConvertible {
    /// One value that does not fit.
    public struct Problem: Hashable, Sendable, CustomStringConvertible {
        /// Where.
        public let path: FieldPath
        /// What is there: the type of the value, or the value itself where it cannot be secret.
        public let found: String
        /// What the schema wants.
        public let expected: String

        public init(path: FieldPath, found: String, expected: String) {
            self.path = path
            self.found = found
            self.expected = expected
        }

        public var description: String { "\(path.elements.isEmpty ? "the object" : path.description): found \(found), expected \(expected)" }
    }

    /// In the order of the object's members; at least one.
    public let problems: [Problem]
    /// Whether there are more problems than are listed.
    public let isTruncated: Bool
    /// The resource's kind, where it is one.
    public let kind: String?

    public init(problems: [Problem], isTruncated: Bool = false, kind: String? = nil) {
        self.problems = problems
        self.isTruncated = isTruncated
        self.kind = kind
    }

    public var description: String {
        "invalid \(kind ?? "object"): " + problems.map(\.description).joined(separator: "; ") + (isTruncated ? "; and more" : "")
    }
}

extension APIStruct {
    /// Reads an object from outside and checks the types of all declared fields, at any depth.
    ///
    /// Required fields may be absent, since Kubernetes leaves zero values out; they read as zero values. Undeclared fields are kept. Null counts as absent.
    ///
    /// - Parameter path: where the object stands in what it is part of, for the messages.
    public init(checking json: JSONValue, at path: FieldPath = FieldPath()) throws(InvalidObjectError) {
        self.init(members: try Self.checkedMembers(json, at: path))
    }

    static func checkedMembers(_ json: JSONValue, at path: FieldPath) throws(InvalidObjectError) -> JSONObject {
        try Self.checker.check(json, at: path)
        guard case .object(let members) = json else {
            throw InvalidObjectError(problems: [.init(path: path, found: json.typeName, expected: "an object")])
        }
        return members
    }
}
