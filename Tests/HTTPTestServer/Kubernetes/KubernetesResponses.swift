import Foundation

/// A `Status` with which an API server refuses a request.
public struct StatusFailure: Sendable {
    public struct Cause: Sendable {
        public var reason: String
        public var message: String
        public var field: String

        public init(reason: String, message: String, field: String) {
            self.reason = reason
            self.message = message
            self.field = field
        }
    }

    /// The HTTP status.
    public var code: Int
    /// A constant of apimachinery's `StatusReason`, such as `NotFound`.
    public var reason: String
    public var message: String
    /// The resource and object that `details` names.
    public var kind: String?
    public var name: String?
    public var causes: [Cause]
    /// In `details`, and as a `retry-after` field.
    public var retryAfterSeconds: Int?

    public init(
        _ code: Int, _ reason: String, _ message: String, kind: String? = nil, name: String? = nil, causes: [Cause] = [],
        retryAfterSeconds: Int? = nil
    ) {
        self.code = code
        self.reason = reason
        self.message = message
        self.kind = kind
        self.name = name
        self.causes = causes
        self.retryAfterSeconds = retryAfterSeconds
    }

    /// What a watch or a list gets for a resource version or continue token that is too old.
    public static let expired = StatusFailure(410, "Expired", "The provided continue parameter or resourceVersion is too old.")

    /// The JSON of the `Status`, on one line.
    public var json: String {
        var details: [String: Any] = [:]
        if let kind { details["kind"] = kind }
        if let name { details["name"] = name }
        if let retryAfterSeconds { details["retryAfterSeconds"] = retryAfterSeconds }
        if !causes.isEmpty { details["causes"] = causes.map { ["reason": $0.reason, "message": $0.message, "field": $0.field] } }
        var status: [String: Any] = [
            "kind": "Status", "apiVersion": "v1", "metadata": [String: String](), "status": "Failure", "message": message, "reason": reason,
            "code": code,
        ]
        if !details.isEmpty { status["details"] = details }
        return jsonText(status)
    }
}

extension TestRequest {
    /// Whether this is a watch: `watch=true` or `watch=1`.
    public var isWatch: Bool {
        ["true", "1"].contains(parameter("watch") ?? "")
    }
}

extension TestResponder {
    /// Answers with a JSON document.
    public func json(_ document: String, status: Int = 200, headers: Headers = [:]) async throws(TestServerError) {
        var headers = headers
        if headers["content-type"] == nil { headers.add("content-type", "application/json") }
        try await respond(status, headers: headers, body: document)
    }

    /// Answers with a `Status`, and `retry-after` if it says when to try again.
    public func fail(_ failure: StatusFailure) async throws(TestServerError) {
        let headers = Headers(failure.retryAfterSeconds.map { [Headers.Field("retry-after", String($0))] } ?? [])
        try await json(failure.json, status: failure.code, headers: headers)
    }

    /// Answers one chunk of a list, as `limit` and `continue` of the request ask.
    ///
    /// - Parameters:
    ///   - items: JSON documents, the same for every chunk.
    ///   - kind: of the list, such as `PodList`.
    public func list(
        _ items: [String], apiVersion: String = "v1", kind: String, resourceVersion: String = "1", for request: TestRequest
    ) async throws(TestServerError) {
        var start = 0
        if let token = request.parameter("continue"), !token.isEmpty {
            guard let offset = Int(token), items.indices.contains(offset) else {
                try await fail(.expired)
                return
            }
            start = offset
        }
        let limit = request.parameter("limit").flatMap { Int($0) } ?? 0
        let end = limit > 0 ? min(start + limit, items.count) : items.count
        var metadata: [String: Any] = ["resourceVersion": resourceVersion]
        if end < items.count {
            metadata["continue"] = String(end)
            metadata["remainingItemCount"] = items.count - end
        }
        let chunk = items[start..<end].joined(separator: ",")
        try await json(
            "{\"kind\":\(jsonText(kind)),\"apiVersion\":\(jsonText(apiVersion)),\"metadata\":\(jsonText(metadata)),\"items\":[\(chunk)]}")
    }

    /// Starts the response to a watch; its events follow.
    public func startWatch() async throws(TestServerError) -> WatchStream {
        try await start(200, headers: ["content-type": "application/json"])
        return WatchStream(responder: self)
    }
}

/// Writes the events of a watch, one JSON document on each line.
public struct WatchStream: Sendable {
    /// Ends the watch, resets it or stalls.
    public let responder: TestResponder

    public func added(_ object: String) async throws(TestServerError) { try await event("ADDED", object) }

    public func modified(_ object: String) async throws(TestServerError) { try await event("MODIFIED", object) }

    public func deleted(_ object: String) async throws(TestServerError) { try await event("DELETED", object) }

    /// - Parameter endsInitialEvents: adds the annotation that ends a streaming list (`sendInitialEvents`).
    public func bookmark(
        resourceVersion: String, apiVersion: String = "v1", kind: String, endsInitialEvents: Bool = false
    ) async throws(TestServerError) {
        var metadata: [String: Any] = ["resourceVersion": resourceVersion]
        if endsInitialEvents { metadata["annotations"] = ["k8s.io/initial-events-end": "true"] }
        try await event("BOOKMARK", jsonText(["kind": kind, "apiVersion": apiVersion, "metadata": metadata]))
    }

    public func error(_ failure: StatusFailure) async throws(TestServerError) { try await event("ERROR", failure.json) }

    /// - Parameters:
    ///   - type: any word.
    ///   - object: a JSON document.
    public func event(_ type: String, _ object: String) async throws(TestServerError) {
        try await responder.write("{\"type\":\(jsonText(type)),\"object\":\(object)}\n")
    }

    public func end() async throws(TestServerError) { try await responder.end() }
}

/// Foundation's writer, so that a fault of ours shows. `value` consists of strings, numbers, dictionaries and arrays and so can always be written.
private func jsonText(_ value: Any) -> String {
    let data = try? JSONSerialization.data(withJSONObject: value, options: [.sortedKeys, .fragmentsAllowed, .withoutEscapingSlashes])
    return String(decoding: data ?? Data("null".utf8), as: UTF8.self)
}
