public import KubernetesAPI

/// Why a configuration was not applied.
public enum ApplyError: Error, Sendable, CustomStringConvertible {
    /// Others own fields that it would change; at least one, in the order of the owners.
    case conflicts([ApplyConflict])
    /// The configuration is of another type than the request's path, or has managedFields.
    case badRequest(String)
    /// The configuration or the live object does not fit the schema.
    case invalid(String)

    public var description: String {
        switch self {
        case .conflicts(let conflicts): ApplyConflict.message(conflicts)
        case .badRequest(let message), .invalid(let message): message
        }
    }

    /// The API server's answer. What does not fit the schema is answered with 500 and no reason, as Kubernetes does.
    public var status: Status {
        switch self {
        case .conflicts(let conflicts):
            let causes = conflicts.map {
                StatusCause(field: $0.path.fieldText, message: "conflict with \($0.ownerText)", reason: "FieldManagerConflict")
            }
            return Status(failure: .conflict, message: description, causes: causes)
        case .badRequest(let message): return .badRequest(message)
        case .invalid(let message): return Status(failure: .unknown, message: message)
        }
    }
}
