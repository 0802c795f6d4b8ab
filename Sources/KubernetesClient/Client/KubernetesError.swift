import HTTPTransport
import KubernetesAPI

/// Why a call to the API server failed, with the request in the message.
public struct KubernetesError: Error, Sendable, CustomStringConvertible {
    public enum Cause: Sendable {
        /// The API server's own answer; its reason tells what to do.
        case status(Status)
        /// No answer, or not a whole one.
        case transport(HTTPTransportError)
        /// An answer that is not what the API promises; the text says what and where.
        case undecodable(String)
        /// A request that cannot be made; nothing was sent.
        case invalidRequest(String)
        /// Credentials could not be had.
        case configuration(ClientConfigurationError)
    }

    public let cause: Cause
    /// Method and path without the query, such as `GET /api/v1/namespaces/ml/pods/train-1`; nil where there was no request yet.
    public let request: String?

    public init(_ cause: Cause, request: String? = nil) {
        self.cause = cause
        self.request = request
    }

    public var description: String { (request.map { "\($0): " } ?? "") + text }

    private var text: String {
        switch cause {
        case .status(let status): return status.description
        case .transport(let error): return error.message
        case .undecodable(let what): return what
        case .invalidRequest(let why): return why
        case .configuration(let error): return error.description
        }
    }
}

extension KubernetesError {
    /// The API server's answer, where it gave one.
    public var status: Status? {
        if case .status(let status) = cause { status } else { nil }
    }

    /// Why the server refused, such as `notFound`; by the status code where something else than the API answered; nil without an answer.
    public var reason: Status.Reason? { status?.failureReason }

    public var isNotFound: Bool { reason == .notFound }
    public var isAlreadyExists: Bool { reason == .alreadyExists }
    /// Somebody else changed the object first, or owns a field: read again and decide again.
    public var isConflict: Bool { reason == .conflict }
    /// The resourceVersion or the continue token is older than what the server remembers (410): list again.
    public var isGone: Bool { reason == .gone || reason == .expired }
    /// Whether the answer has not the API's form: it is that of a proxy, or of a server that does not know the path (the resource, not the object, is missing).
    public var isUnexpectedAnswer: Bool { status?.causes.contains { $0.reason == AnswerText.unexpectedServerResponse } ?? false }
}
