import KubernetesAPI

/// Failures of requests that are no one kind's, in Kubernetes' words.
enum RequestErrors {
    static let unknownResource: Status = {
        var status = Status(failure: .notFound, message: "the server could not find the requested resource")
        status.members["details"] = [:]
        return status
    }()

    static let methodNotAllowed: Status = {
        var status = Status(failure: .methodNotAllowed, message: "the server does not allow this method on the requested resource")
        status.members["details"] = [:]
        return status
    }()

    static let bodyTooLarge: APIResponse = {
        let status = Status(failure: .requestEntityTooLarge, message: "Request entity too large: limit is \(APIRequest.maximumBodyBytes)")
        return APIResponse(status: 413, headers: [("Content-Type", "application/json")], body: .bytes(status.json.serialized()))
    }()

    static func modified(_ resource: GroupResource, _ name: String) -> Status {
        .conflict(resource, name: name, "the object has been modified; please apply your changes to the latest version and try again")
    }

    static func invalid(_ kind: GroupKind, _ name: String, _ errors: [FieldError]) -> Status {
        .invalid(kind, name: name, FieldErrors(errors))
    }

    /// What storage could not do, as a client is told.
    static func status(of error: StorageError, resource: GroupResource? = nil) -> Status {
        switch error {
        case .watchExpired, .listExpired: .expired(error.description)
        case .continueExpired(let fresh):
            continueExpired(error.description, fresh)
        case .invalidContinue(let reason): .badRequest("invalid continue token: \(reason)")
        case .versionInFuture:
            Status(
                failure: .timeout, message: "\(error.description)",
                causes: [StatusCause(message: "Too large resource version", reason: "ResourceVersionTooLarge")],
                retryAfterSeconds: 1)
        case .diskFull, .busy, .unavailable, .closed: Status(failure: .serviceUnavailable, message: error.description)
        case .invalidObject: .badRequest(error.description)
        default: .internalError(error.description)
        }
    }

    private static func continueExpired(_ message: String, _ fresh: String) -> Status {
        var status = Status.expired(message)
        status.members["metadata"] = ["continue": .string(fresh)]
        return status
    }
}
