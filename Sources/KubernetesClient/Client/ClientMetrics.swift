import Metrics
import Synchronization

/// What a client counts, under the names that dashboards for Kubernetes' own clients know.
///
/// `rest_client_requests_total` by code, method and host; `rest_client_request_duration_seconds` by verb, code and host;
/// `rest_client_rate_limiter_duration_seconds` by host; `rest_client_request_retries_total` by verb and host.
final class ClientMetrics: Sendable {
    private struct Key: Hashable {
        let method: Call.Method
        let code: String
    }
    private struct Instruments: Sendable {
        let requests: Counter
        let duration: Recorder
    }

    private let host: String
    private let instruments = Mutex<[Key: Instruments]>([:])
    private let waits: Recorder

    init(host: String) {
        self.host = host
        waits = Recorder(label: "rest_client_rate_limiter_duration_seconds", dimensions: [("host", host)], aggregate: true)
    }

    func count(_ method: Call.Method, code: String, duration: Duration) {
        let instruments = self.instruments.withLock { known in
            if let existing = known[Key(method: method, code: code)] { return existing }
            let dimensions = [("code", code), ("host", host)]
            let made = Instruments(
                requests: Counter(label: "rest_client_requests_total", dimensions: dimensions + [("method", method.rawValue)]),
                duration: Recorder(label: "rest_client_request_duration_seconds", dimensions: dimensions + [("verb", method.rawValue)], aggregate: true))
            known[Key(method: method, code: code)] = made
            return made
        }
        instruments.requests.increment()
        instruments.duration.record(duration.inSeconds)
    }

    func countWait(_ duration: Duration) { waits.record(duration.inSeconds) }

    func countRetry(_ method: Call.Method) {
        Counter(label: "rest_client_request_retries_total", dimensions: [("host", host), ("verb", method.rawValue)]).increment()
    }
}
