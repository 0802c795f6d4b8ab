/// The failures of an API server, with the words of Kubernetes.
extension Status {
    /// A failed call.
    public init(
        failure reason: Reason, code: Int32? = nil, message: String, group: String? = nil, kind: String? = nil, name: String? = nil, uid: String? = nil,
        causes: [StatusCause] = [], retryAfterSeconds: Int32? = nil
    ) {
        let details = StatusDetails(
            causes: causes.isEmpty ? nil : causes, group: group.flatMap { $0.isEmpty ? nil : $0 }, kind: kind, name: name.flatMap { $0.isEmpty ? nil : $0 },
            retryAfterSeconds: retryAfterSeconds, uid: uid)
        self.init(members: ["kind": "Status", "apiVersion": "v1", "metadata": [:]])
        status = "Failure"
        self.message = message
        self.reason = reason.rawValue.isEmpty ? nil : reason.rawValue
        if !details.members.isEmpty { self.details = details }
        self.code = code ?? reason.code
    }

    /// A call that succeeded and has no object to return.
    public static func success(group: String? = nil, kind: String? = nil, name: String? = nil, uid: String? = nil) -> Status {
        var status = Status(members: ["kind": "Status", "apiVersion": "v1", "metadata": [:]])
        status.status = "Success"
        let details = StatusDetails(group: group.flatMap { $0.isEmpty ? nil : $0 }, kind: kind, name: name, uid: uid)
        if !details.members.isEmpty { status.details = details }
        return status
    }

    public static func notFound(_ resource: GroupResource, name: String) -> Status {
        failure(.notFound, resource, name, "\(resource) \(quoted(name)) not found")
    }

    public static func alreadyExists(_ resource: GroupResource, name: String) -> Status {
        failure(.alreadyExists, resource, name, "\(resource) \(quoted(name)) already exists")
    }

    /// - Parameter why: part of a sentence, such as `the object has been modified; please apply your changes to the latest version and try again`.
    public static func conflict(_ resource: GroupResource, name: String, _ why: String) -> Status {
        failure(.conflict, resource, name, "Operation cannot be fulfilled on \(resource) \(quoted(name)): \(why)")
    }

    /// - Parameter why: part of a sentence; may be empty.
    public static func forbidden(_ resource: GroupResource, name: String, _ why: String) -> Status {
        let subject = name.isEmpty ? "\(resource)" : "\(resource) \(quoted(name))"
        return failure(.forbidden, resource, name, "\(subject) is forbidden" + (why.isEmpty ? "" : ": \(why)"))
    }

    /// The object has wrong fields; each becomes a cause.
    public static func invalid(_ kind: GroupKind, name: String, _ errors: FieldErrors) -> Status {
        Status(
            failure: .invalid, message: "\(kind) \(quoted(name)) is invalid: \(errors)", group: kind.group, kind: kind.kind, name: name,
            causes: errors.errors.map { StatusCause(field: $0.path.description, message: $0.message, reason: $0.kind.rawValue) })
    }

    public static func badRequest(_ message: String) -> Status { Status(failure: .badRequest, message: message) }

    /// The resource version or continue token is too old.
    public static func expired(_ message: String) -> Status { Status(failure: .expired, message: message) }

    /// What was asked for is gone for good.
    public static func gone(_ message: String) -> Status { Status(failure: .gone, message: message) }

    public static func tooManyRequests(_ message: String, retryAfterSeconds: Int32) -> Status {
        Status(failure: .tooManyRequests, message: message, retryAfterSeconds: retryAfterSeconds)
    }

    /// - Parameter retryAfterSeconds: 0 where it is not said.
    public static func timeout(_ message: String, retryAfterSeconds: Int32 = 0) -> Status {
        Status(failure: .timeout, message: "Timeout: \(message)", retryAfterSeconds: retryAfterSeconds == 0 ? nil : retryAfterSeconds)
    }

    public static func serverTimeout(_ resource: GroupResource, operation: String, retryAfterSeconds: Int32 = 0) -> Status {
        Status(
            failure: .serverTimeout, message: "The \(operation) operation against \(resource) could not be completed at this time, please try again.",
            group: resource.group, kind: resource.resource, name: operation, retryAfterSeconds: retryAfterSeconds == 0 ? nil : retryAfterSeconds)
    }

    public static func methodNotSupported(_ resource: GroupResource, action: String) -> Status {
        Status(
            failure: .methodNotAllowed, message: "\(action) is not supported on resources of kind \(quoted(resource.description))", group: resource.group,
            kind: resource.resource)
    }

    public static func internalError(_ message: String) -> Status {
        Status(failure: .internalError, message: "Internal error occurred: \(message)", causes: [StatusCause(message: message)])
    }

    private static func failure(_ reason: Reason, _ resource: GroupResource, _ name: String, _ message: String) -> Status {
        Status(failure: reason, message: message, group: resource.group, kind: resource.resource, name: name.isEmpty ? nil : name)
    }

    private static func quoted(_ text: String) -> String { text.quotedAsGo }
}
