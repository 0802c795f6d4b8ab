extension Status {
    /// Why a call failed, for programs. Other reasons than these exist; they are kept as they are.
    public struct Reason: RawRepresentable, Hashable, Sendable, CustomStringConvertible {
        public let rawValue: String
        public init(rawValue: String) { self.rawValue = rawValue }
        init(_ rawValue: String) { self.rawValue = rawValue }

        /// The server gave none.
        public static let unknown = Reason("")
        /// No or invalid credentials.
        public static let unauthorized = Reason("Unauthorized")
        /// The user may not do this; trying again does not help.
        public static let forbidden = Reason("Forbidden")
        public static let notFound = Reason("NotFound")
        public static let alreadyExists = Reason("AlreadyExists")
        /// The object changed since it was read, or a precondition does not hold: read it again, decide again.
        public static let conflict = Reason("Conflict")
        /// What was asked for existed and is gone for good.
        public static let gone = Reason("Gone")
        /// The resource version or continue token is too old: list again.
        public static let expired = Reason("Expired")
        /// Fields of the object are wrong; the causes say which.
        public static let invalid = Reason("Invalid")
        /// The request itself is malformed.
        public static let badRequest = Reason("BadRequest")
        public static let methodNotAllowed = Reason("MethodNotAllowed")
        public static let notAcceptable = Reason("NotAcceptable")
        public static let requestEntityTooLarge = Reason("RequestEntityTooLarge")
        public static let unsupportedMediaType = Reason("UnsupportedMediaType")
        /// The request could not be done in the time that the client gave; it may have been done all the same.
        public static let timeout = Reason("Timeout")
        /// The server could not do the request in time; it may have been done all the same.
        public static let serverTimeout = Reason("ServerTimeout")
        /// Wait before trying again, as long as ``Status/retryAfterSeconds`` says.
        public static let tooManyRequests = Reason("TooManyRequests")
        public static let internalError = Reason("InternalError")
        public static let serviceUnavailable = Reason("ServiceUnavailable")
        /// The storage could not be read.
        public static let storeReadError = Reason("StorageReadError")

        public var description: String { rawValue.isEmpty ? "Unknown" : rawValue }

        /// The HTTP status code that goes with the reason, as in Kubernetes; 500 for those that are not known.
        public var code: Int32 {
            switch self {
            case .unauthorized: 401
            case .forbidden: 403
            case .notFound: 404
            case .methodNotAllowed: 405
            case .notAcceptable: 406
            case .alreadyExists, .conflict: 409
            case .gone, .expired: 410
            case .requestEntityTooLarge: 413
            case .unsupportedMediaType: 415
            case .invalid: 422
            case .tooManyRequests: 429
            case .badRequest: 400
            case .serviceUnavailable: 503
            case .timeout: 504
            default: 500
            }
        }

        /// The reason that goes with an HTTP status code, where a server answers without a `Status`.
        public init(code: Int32) {
            switch code {
            case 400: self = .badRequest
            case 401: self = .unauthorized
            case 403: self = .forbidden
            case 404: self = .notFound
            case 405: self = .methodNotAllowed
            case 406: self = .notAcceptable
            case 409: self = .conflict
            case 410: self = .gone
            case 413: self = .requestEntityTooLarge
            case 415: self = .unsupportedMediaType
            case 422: self = .invalid
            case 429: self = .tooManyRequests
            case 500: self = .internalError
            case 503: self = .serviceUnavailable
            case 504: self = .timeout
            default: self = .unknown
            }
        }
    }

    /// Whether the call failed for this reason. A status without a reason is judged by its code.
    public func `is`(_ reason: Reason) -> Bool { failureReason == reason }

    /// Why the call failed; by the code where the status names no reason.
    public var failureReason: Reason {
        if let reason, !reason.isEmpty { return Reason(rawValue: reason) }
        return Reason(code: code ?? 0)
    }

    /// Whether this is the answer to a call that succeeded.
    public var isSuccess: Bool { status == "Success" }
    /// How many seconds to wait before trying again, where the server says it.
    public var retryAfterSeconds: Int32? { details?.retryAfterSeconds }
    /// The single causes of the failure; empty where there are none.
    public var causes: [StatusCause] { details?.causes ?? [] }
}

extension Status: Error, CustomStringConvertible {
    /// What happened, as the server put it, with reason and code.
    public var description: String {
        let text = message.flatMap { $0.isEmpty ? nil : $0 } ?? failureReason.description
        return code.map { "\(text) (\($0) \(failureReason))" } ?? "\(text) (\(failureReason))"
    }
}
