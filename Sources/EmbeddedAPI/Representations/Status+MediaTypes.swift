import KubernetesAPI

extension Status {
    /// The client accepts nothing that there is.
    static func notAcceptable(_ mediaTypes: [String]) -> Status {
        notAcceptable("only the following media types are accepted: \(mediaTypes.joined(separator: ", "))")
    }

    static func notAcceptable(_ message: String) -> Status { Status(failure: .notAcceptable, message: message) }

    /// A failure of the routes of built-in kinds, whose details are there and empty.
    static func withEmptyDetails(_ reason: Reason, _ message: String) -> Status {
        var status = Status(members: ["kind": "Status", "apiVersion": "v1", "metadata": [:], "status": "Failure", "message": .string(message)])
        status.reason = reason.rawValue
        status.members["details"] = [:]
        status.code = reason.code
        return status
    }
}
