import Foundation
import HTTPTransport
import KubernetesAPI
import Tracing

/// A connection to one API server: all calls and watches share its HTTP/2 connection, its rate limit and its credentials.
///
/// Make one for a process and pass it around; ``shutdown()`` ends everything that is under way. Access begins with `resources`: with a type for declared kinds
/// (``resources(_:in:)-(Object.Type,_)``), with a ``KubernetesAPI/ResourceDefinition`` for kinds known only at run time
/// (``resources(_:in:)-(ResourceDefinition,_)``).
public final class KubernetesClient: Sendable {
    public let configuration: ClientConfiguration
    let settings: Settings
    private let connection: Connection
    private let metrics: ClientMetrics

    /// How the client behaves, apart from where it connects to.
    public struct Settings: Sendable {
        /// nil does not limit the rate; the server's own fairness then decides.
        public var rateLimiter: RateLimiter?
        public var retries: RetryPolicy
        /// Until the head of an answer, and between two pieces of it; for a watch, from when the server should have ended it. The API server itself gives
        /// up after 60 s.
        public var timeout: Duration
        /// The largest answer that is read, in bytes after decompression. A single watch event may have a 16th of it, and 1 MiB in any case.
        public var maxAnswerBytes: Int
        /// Receives what the server says in `Warning` headers, such as that an API is deprecated, for each answer that has some; refusals too.
        /// It also hears when a rotated file of certificate authorities cannot be read, and is used as it was.
        public var onWarning: @Sendable (String) -> Void

        public init(
            rateLimiter: RateLimiter? = RateLimiter(ratePerSecond: 200, burst: 400), retries: RetryPolicy = RetryPolicy(), timeout: Duration = .seconds(65),
            maxAnswerBytes: Int = 512 << 20, onWarning: @escaping @Sendable (String) -> Void = { _ in }
        ) {
            self.rateLimiter = rateLimiter
            self.retries = retries
            self.timeout = timeout
            self.maxAnswerBytes = maxAnswerBytes
            self.onWarning = onWarning
        }

        var maxEventBytes: Int { max(maxAnswerBytes / 16, 1 << 20) }
    }

    /// Connects to nothing yet: what of `configuration` cannot be used shows with the first call.
    public init(_ configuration: ClientConfiguration, settings: Settings = Settings()) {
        self.configuration = configuration
        self.settings = settings
        connection = Connection(configuration, onWarning: settings.onWarning)
        metrics = ClientMetrics(host: configuration.server.authority)
    }

    /// Ends all calls and watches with an error and closes the connections.
    public func shutdown() async { await connection.shutdown() }

    /// What the transport has done so far: one entry, and one more for each client certificate before the current one that is still in use.
    public var statistics: [HTTPTransportStatistics] { connection.statistics }

    // MARK: Sending

    /// Sends a call and waits for an answer with a status below 300; repeats it where the retry policy says so.
    ///
    /// - Throws: ``KubernetesError``, or `CancellationError` when the task is cancelled.
    func send(_ call: Call) async throws -> HTTPResponse {
        try await withSpan("kubernetes.\(call.method.rawValue.lowercased())", ofKind: .client) { span in
            span.attributes["http.request.method"] = call.method.rawValue
            span.attributes["url.path"] = call.path
            let isReadOnly = call.method == .get
            var attempt = 1
            var hasRenewedCredentials = false
            while true {
                if let limiter = settings.rateLimiter { metrics.countWait(try await limiter.pass()) }
                let start = ContinuousClock.now
                let outcome: RetryPolicy.Outcome
                let failure: KubernetesError
                let credentials = try await credentials(for: call)
                do {
                    let response = try await exchange(call, credentials)
                    metrics.count(call.method, code: "\(response.status)", duration: .now - start)
                    span.attributes["http.response.status_code"] = response.status
                    for warning in response.headers.values(of: "Warning").flatMap(WarningHeader.texts) { settings.onWarning(warning) }
                    if response.status < 300 { return response }
                    failure = try await self.failure(from: response, of: call)
                    if response.status == 401, !hasRenewedCredentials, await configuration.credentials.invalidate(credentials) {
                        // A plugin's token or a rotated file may be newer by now: one more try, whatever the method, since 401 means that nothing was done.
                        hasRenewedCredentials = true
                        continue
                    }
                    outcome = .answered(status: response.status, retryAfter: response.retryAfter ?? failure.status?.retryAfter)
                } catch let error as HTTPTransportError {
                    if error.kind == .cancelled { throw CancellationError() }
                    metrics.count(call.method, code: "<error>", duration: .now - start)
                    failure = KubernetesError(.transport(error), request: call.description)
                    guard error.isTransient else { throw failure }
                    outcome = .failed(mayHaveArrived: error.requestMayHaveBeenSent)
                }
                let delay = settings.retries.delay(after: outcome, attempt: attempt, isReadOnly: isReadOnly, random: .random(in: 0..<1))
                guard let delay else { throw failure }
                metrics.countRetry(call.method)
                try await Task.sleep(for: delay)
                attempt += 1
            }
        }
    }

    /// Sends a call and reads its answer as JSON.
    func json(_ call: Call) async throws -> JSONValue {
        let response = try await send(call)
        let bytes = try await bytes(of: response, call)
        do {
            return try JSONValue(parsing: bytes, limits: JSONLimits(sizeBytes: settings.maxAnswerBytes))
        } catch {
            throw KubernetesError(.undecodable(Self.description(ofNoJSON: bytes, response, error)), request: call.description)
        }
    }

    func bytes(_ call: Call) async throws -> [UInt8] { try await bytes(of: try await send(call), call) }

    private func bytes(of response: HTTPResponse, _ call: Call) async throws -> [UInt8] {
        do {
            // The limit is kept here and not by the transport: giving a body up closes its stream at once, whatever libcurl's version.
            let bytes = try await response.body.collect(upTo: settings.maxAnswerBytes)
            // Whoever is cancelled when all has come but not all is read finds the rest thrown away, and an end like any other.
            try Task.checkCancellation()
            return bytes
        } catch let error as HTTPTransportError {
            if error.kind == .cancelled { throw CancellationError() }
            throw KubernetesError(.transport(error), request: call.description)
        }
    }

    private static func description(ofNoJSON bytes: [UInt8], _ response: HTTPResponse, _ error: JSONError) -> String {
        if bytes.isEmpty { return "the answer (\(response.status)) is empty, where an object should be" }
        guard let type = AnswerText.mediaType(of: response.headers), !type.contains("json") else { return "the answer is not JSON: \(error)" }
        return
            "the answer is not JSON but \(type): \"\(AnswerText.summary(of: bytes))\"; is this the URL of an API server, or is a proxy or a login in between?"
    }

    private func credentials(for call: Call) async throws -> Credentials {
        do {
            return try await configuration.credentials.credentials(now: Date())
        } catch let error as ClientConfigurationError {
            throw KubernetesError(.configuration(error), request: call.description)
        }
    }

    /// One exchange.
    private func exchange(_ call: Call, _ credentials: Credentials) async throws -> HTTPResponse {
        let transport: HTTPTransport
        do {
            transport = try connection.transport(presenting: credentials.clientCertificate)
        } catch let error as ClientConfigurationError {
            throw KubernetesError(.configuration(error), request: call.description)
        } catch let error as KubernetesError {
            throw KubernetesError(error.cause, request: call.description)
        }
        var headers = HTTPHeaders()
        headers.add("Accept", call.accept)
        if call.body != nil { headers.add("Content-Type", call.contentType) }
        for (name, value) in credentials.headers { headers.add(name, value) }
        if let context = ServiceContext.current { InstrumentationSystem.instrument.inject(context, into: &headers, using: HeaderInjector()) }

        var request = HTTPRequest(method: call.method.rawValue, url: "\(configuration.server)\(call.path)\(call.query.text)", headers: headers)
        if let body = call.body { request.body = .bytes(body) }
        request.acceptsCompression = configuration.acceptsCompression && !call.isStream
        request.timeouts.responseHead = settings.timeout
        request.timeouts.idle = call.isStream ? nil : settings.timeout
        request.timeouts.total = call.lifetime
        // Whether anything else may be sent twice is for the retry policy to say, not for the transport.
        request.isIdempotent = call.method == .get
        return try await transport.send(request)
    }

    /// What an answer of 300 or more says.
    private func failure(from response: HTTPResponse, of call: Call) async throws -> KubernetesError {
        let body = try await beginning(of: response.body)
        let code = Int32(response.status)
        if let json = try? JSONValue(parsing: body), case .object(let members) = json, json["kind"] == "Status" {
            var status = Status(members: members)
            if status.code == nil { status.code = code }
            return KubernetesError(.status(status), request: call.description)
        }
        // Something in between answered (a proxy, a load balancer), or the server does not know the path: the beginning of the text is all there is to tell.
        let text = AnswerText.summary(of: body)
        let message: String
        if response.status < 400 {
            // Without the query, which may be a secret of whoever redirects.
            let target = response.headers["Location"].map { String($0.prefix { $0 != "?" }) } ?? "nowhere"
            message = "redirected to \(target), which is not followed; correct the server's URL"
        } else {
            let kind = text.isEmpty ? "nothing" : AnswerText.mediaType(of: response.headers) ?? "a text"
            message = "answered with \(kind) instead of a Status" + (text.isEmpty ? "" : ": \(text)")
        }
        let cause = StatusCause(message: text, reason: AnswerText.unexpectedServerResponse)
        return KubernetesError(
            .status(Status(failure: Status.Reason(code: code), code: code, message: message, causes: [cause])), request: call.description)
    }

    /// How much of an error's body is read. A Status with its causes is far smaller.
    private static var maxErrorBytes: Int { 1 << 20 }

    /// As much of an error's body as there is to tell: what the status code says holds even where the text does not come whole, or never ends.
    private func beginning(of body: HTTPBody) async throws -> [UInt8] {
        try await withThrowingTaskGroup(of: [UInt8].self) { tasks in
            tasks.addTask {
                var bytes: [UInt8] = []
                do {
                    for try await chunk in body {
                        bytes += chunk.prefix(Self.maxErrorBytes - bytes.count)
                        if bytes.count == Self.maxErrorBytes { break }
                    }
                } catch let error as HTTPTransportError where error.kind == .cancelled {
                    throw CancellationError()
                } catch {
                    // What has come will do.
                }
                return bytes
            }
            tasks.addTask { [timeout = settings.timeout] in
                try await Task.sleep(for: timeout)
                return []
            }
            defer { tasks.cancelAll() }
            return try await tasks.next() ?? []
        }
    }
}

extension HTTPTransportError {
    /// Whether the same request may succeed later.
    fileprivate var isTransient: Bool {
        switch kind {
        case .nameResolution, .connect, .proxy, .timeout, .protocolViolation, .connectionClosed, .other: true
        case .invalidRequest, .invalidConfiguration, .tls, .tooLarge, .redirect, .requestBody, .consumerTooSlow, .bodyConsumedTwice, .cancelled, .shutdown:
            false
        }
    }
}

extension HTTPResponse {
    /// `Retry-After` in seconds (RFC 9110 §10.2.3). The form with a date, which the API server does not use, is not read.
    fileprivate var retryAfter: Duration? {
        headers["Retry-After"].flatMap { Int64($0.filter { $0 != " " }) }.flatMap { $0 >= 0 ? .seconds($0) : nil }
    }
}

extension Status {
    fileprivate var retryAfter: Duration? {
        retryAfterSeconds.flatMap { $0 > 0 ? .seconds(Int64($0)) : nil }
    }
}

private struct HeaderInjector: Injector {
    func inject(_ value: String, forKey key: String, into headers: inout HTTPHeaders) { headers[key] = value }
}
