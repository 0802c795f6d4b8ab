/// What is wrong with one field of an object, in the words of Kubernetes: `spec.replicas: Invalid value: -1: must be greater than or equal to 0`.
public struct FieldError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Kinds of errors. The raw value is the `reason` of a cause in a `Status`.
    public enum Kind: String, Hashable, Sendable {
        case required = "FieldValueRequired"
        case invalid = "FieldValueInvalid"
        case typeInvalid = "FieldValueTypeInvalid"
        case notSupported = "FieldValueNotSupported"
        case duplicate = "FieldValueDuplicate"
        case forbidden = "FieldValueForbidden"
        case notFound = "FieldValueNotFound"
        case tooLong = "FieldValueTooLong"
        case tooMany = "FieldValueTooMany"

        /// How the error begins.
        public var title: String {
            switch self {
            case .required: "Required value"
            case .invalid, .typeInvalid: "Invalid value"
            case .notSupported: "Unsupported value"
            case .duplicate: "Duplicate value"
            case .forbidden: "Forbidden"
            case .notFound: "Not found"
            case .tooLong: "Too long"
            case .tooMany: "Too many"
            }
        }
    }

    public let kind: Kind
    public let path: FieldPath
    /// The value that is refused; nil where the kind of error has none.
    public let value: JSONValue?
    /// What would be right; may be empty.
    public let detail: String

    public init(_ kind: Kind, at path: FieldPath, value: JSONValue? = nil, _ detail: String = "") {
        self.kind = kind
        self.path = path
        self.value = value
        self.detail = detail
    }

    /// The error without its path, as in a `Status` cause's `message`.
    public var message: String {
        var text = kind.title
        switch value {
        case nil: break
        case .string(let string): text += ": \(string.quotedAsGo)"
        case let other?: text += ": \(other)"
        }
        if !detail.isEmpty { text += ": \(detail)" }
        return text
    }

    public var description: String { "\(path): \(message)" }
}

/// Everything that is wrong with an object; never empty.
public struct FieldErrors: Error, Hashable, Sendable, CustomStringConvertible {
    public let errors: [FieldError]

    /// - Precondition: not empty.
    public init(_ errors: [FieldError]) {
        precondition(!errors.isEmpty, "no error to report")
        self.errors = errors
    }

    /// One error as it is; several as Kubernetes joins them, each text once: `[a: Required value, b: Required value]`.
    public var description: String {
        var seen: Set<String> = []
        let texts = errors.map(\.description).filter { seen.insert($0).inserted }
        return texts.count == 1 ? texts[0] : "[" + texts.joined(separator: ", ") + "]"
    }
}
