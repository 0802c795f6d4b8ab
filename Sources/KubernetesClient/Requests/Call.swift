import KubernetesAPI

/// One request to the API server, before credentials and retries.
struct Call: Sendable {
    enum Method: String, Sendable {
        case get = "GET"
        case post = "POST"
        case put = "PUT"
        case patch = "PATCH"
        case delete = "DELETE"
    }

    var method: Method
    /// Absolute, escaped, without the query.
    var path: String
    var query = Query()
    var body: [UInt8]?
    var contentType = "application/json"
    var accept = "application/json"
    /// Whether the answer has no end of its own (a watch, a followed log).
    var isStream = false
    /// After which an answer that has not ended is given up: for a watch, whose end was asked for, or a dead one would never be noticed.
    var lifetime: Duration?

    /// Method and path, for messages; a query can hold what should not be logged.
    var description: String { "\(method.rawValue) \(path)" }
}
