import KubernetesAPI

extension FieldError {
    static func notSupported(_ path: FieldPath, _ value: JSONValue, _ supported: [String]) -> FieldError {
        FieldError(.notSupported, at: path, value: value, "supported values: " + supported.map(\.quotedAsGo).joined(separator: ", "))
    }

    static func tooLong(_ path: FieldPath, _ limit: Int64) -> FieldError {
        FieldError(.tooLong, at: path, limit < 0 ? "value is too long" : "may not be more than \(limit) byte\(limit == 1 ? "" : "s")")
    }

    static func tooMany(_ path: FieldPath, _ count: Int64, _ limit: Int64) -> FieldError {
        FieldError(.tooMany, at: path, value: .integer(count), limit < 0 ? "has too many items" : "must have at most \(limit) item\(limit == 1 ? "" : "s")")
    }
}

extension FieldPath {
    /// The place of an error about the whole object, as Kubernetes prints it.
    static let whole = FieldPath([.field("<nil>")])
}
