import Foundation
import HTTPTransport
import KubernetesAPI
import Tracing

/// A connection to one API server: all calls and watches share its HTTP/2 connection, its rate limit and its credentials.
///
/// Make one for a process and pass it around; ``shutdown()`` ends everything that is under way. Typed access begins with ``resources(_:in:)``, access to kinds
/// known only at run time with ``resources(_:in:)-dynamic``.
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
        /// Until the head of an answer, and between two pieces of it. The API server itself gives up after 60 s.
        public var timeout: Duration
        /// The largest answer that is read, in bytes; also the limit for a single watch event is a 16th of it.
        public var maxAnswerBytes: Int
        /// Receives what the server says in `Warning` headers, such as that an API is deprecated, once for each answer.
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
        connection = Connection(configuration)
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
                let waited = try await settings.rateLimiter?.pass() ?? .zero
                metrics.countWait(waited)
                let start = ContinuousClock.now
                let outcome: RetryPolicy.Outcome
                let failure: KubernetesError
                let credentials = try await credentials(for: call)
                do {
                    let response = try await exchange(call, credentials)
                    metrics.count(call.method, code: "\(response.status)", duration: .now - start)
                    if response.status < 300 {
                        for warning in response.headers.values(of: "Warning") { settings.onWarning(WarningHeader.text(of: warning)) }
                        return response
                    }
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
        let bytes = try await bytes(call)
        do {
            return try JSONValue(parsing: bytes, limits: JSONLimits(sizeBytes: settings.maxAnswerBytes))
        } catch {
            throw KubernetesError(.undecodable("the answer is not JSON: \(error)"), request: call.description)
        }
    }

    func bytes(_ call: Call) async throws -> [UInt8] {
        let response = try await send(call)
        do {
            return try await response.body.collect(upTo: settings.maxAnswerBytes)
        } catch {
            if error.kind == .cancelled { throw CancellationError() }
            throw KubernetesError(.transport(error), request: call.description)
        }
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
        request.limits.bodyBytes = call.isStream ? nil : settings.maxAnswerBytes
        return try await transport.send(request)
    }

    /// What an answer of 300 or more says.
    private func failure(from response: HTTPResponse, of call: Call) async throws -> KubernetesError {
        let body = try await response.body.collect(upTo: 1 << 20)
        if let json = try? JSONValue(parsing: body), case .object(let members) = json, json["kind"] == "Status" {
            return KubernetesError(.status(Status(members: members)), request: call.description)
        }
        // Something in between answered (a proxy, a load balancer), or an old API path: the beginning of the text is all there is to tell.
        let text = String(decoding: body.prefix(300), as: UTF8.self).split(whereSeparator: \.isNewline).joined(separator: " ")
        let code = response.status
        let message = response.status < 400 ? "the server redirects to \(response.headers["Location"] ?? "nowhere"), which is not followed" : text
        var status = Status(members: ["message": .string(message.isEmpty ? "the server answered \(code) without a text" : message)])
        status.code = Int32(code)
        status.reason = Status.Reason(code: Int32(code)).rawValue
        return KubernetesError(.status(status), request: call.description)
    }
}

extension HTTPTransportError {
    /// Whether the same request may succeed later.
    fileprivate var isTransient: Bool {
        switch kind {
        case .nameResolution, .connect, .proxy, .timeout, .protocolViolation, .connectionClosed, .other: true
        case .invalidRequest, .invalidConfiguration, .tls, .tooLarge, .redirect, .requestBody, .consumerTooSlow, .bodyConsumedTwice, .cancelled, .shutdown: false
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
